import CaseModel

/// The case as GraphML: `movements.graphml` with every movement, `flows.graphml` with their sums between
/// accounts. Apart, because a sum beside its parts would be counted again.
///
/// Source: GraphML 1.0 (graphml.graphdrawing.org); formats.md §8.
public struct GraphML: ExchangeCatalogueEntry {
  public init() {}
  public let name = "graphml"
  public let title = "GraphML for graph programs"

  public func files(of record: ExportRecord, settings: ExportSettings) throws -> [ExportFile] {
    let index = RecordIndex(record)
    return [
      ExportFile(name: "flows.graphml", text: text(try GraphModel(index, .flows), index)),
      ExportFile(name: "movements.graphml", text: text(try GraphModel(index, .movements), index)),
    ]
  }

  private func text(_ graph: GraphModel, _ index: RecordIndex) -> String {
    var text = """
      <?xml version="1.0" encoding="UTF-8"?>
      <graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n
      """
    text += keys(GraphModel.nodeAttributes, of: "node")
    text += keys(GraphModel.edgeAttributes, of: "edge")
    text += "<graph\(XMLText.attribute("id", index.matter.code.text)) edgedefault=\"directed\">\n"
    for node in graph.nodes {
      var values = node.values
      values["label"] = node.label
      values["kind"] = node.kind
      text += "<node id=\"\(node.id.text)\">"
      text += data(values, GraphModel.nodeAttributes, of: "node") + "</node>\n"
    }
    for edge in graph.edges {
      var values = edge.values
      values["label"] = edge.label
      values["kind"] = edge.kind
      text +=
        "<edge id=\"\(edge.id.text)\" source=\"\(edge.from.text)\" target=\"\(edge.to.text)\">"
      text += data(values, GraphModel.edgeAttributes, of: "edge") + "</edge>\n"
    }
    return text + "</graph>\n</graphml>\n"
  }

  private func keys(_ attributes: [GraphModel.Attribute], of element: String) -> String {
    attributes.map {
      "<key id=\"\(element)-\($0.name)\" for=\"\(element)\" attr.name=\"\($0.name)\" "
        + "attr.type=\"\($0.type.rawValue)\"/>\n"
    }.joined()
  }

  private func data(
    _ values: [String: String], _ attributes: [GraphModel.Attribute], of element: String
  ) -> String {
    attributes.compactMap { attribute in
      values[attribute.name].map {
        "<data key=\"\(element)-\(attribute.name)\">\(XMLText.escaped($0))</data>"
      }
    }.joined()
  }
}
