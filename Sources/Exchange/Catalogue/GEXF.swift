import CaseModel

/// The movements of the case as GEXF 1.3, with days for the timeline of Gephi.
///
/// Source: GEXF 1.3 schema (gexf.net/1.3); formats.md §8.
public struct GEXF: ExchangeCatalogueEntry {
  public init() {}
  public let name = "gexf"
  public let title = "GEXF 1.3 with a timeline"

  public func files(of record: ExportRecord, settings: ExportSettings) throws -> [ExportFile] {
    let index = RecordIndex(record)
    let graph = try GraphModel(index, .movements)
    var text = """
      <?xml version="1.0" encoding="UTF-8"?>
      <gexf xmlns="http://gexf.net/1.3" version="1.3">
      <graph mode="dynamic" defaultedgetype="directed" timeformat="date">\n
      """
    let (nodes, edges) = (declared(GraphModel.nodeAttributes), declared(GraphModel.edgeAttributes))
    text += attributes(nodes, of: "node") + attributes(edges, of: "edge") + "<nodes>\n"
    for node in graph.nodes {
      var values = node.values
      values["kind"] = node.kind
      text += "<node id=\"\(node.id.text)\"\(XMLText.attribute("label", node.label))>"
      text += attvalues(values, nodes) + "</node>\n"
    }
    text += "</nodes>\n<edges>\n"
    for edge in graph.edges {
      var values = edge.values
      values["kind"] = edge.kind
      text += "<edge id=\"\(edge.id.text)\" source=\"\(edge.from.text)\" target=\"\(edge.to.text)\""
      text += XMLText.attribute("label", edge.label)
      text += XMLText.attribute("start", edge.first?.description)
      text += XMLText.attribute("end", edge.last?.description) + ">"
      text += attvalues(values, edges) + "</edge>\n"
    }
    return [
      ExportFile(name: "movements.gexf", text: text + "</edges>\n</graph>\n</gexf>\n")
    ]
  }

  /// A label is an attribute of the element itself here.
  private func declared(_ attributes: [GraphModel.Attribute]) -> [GraphModel.Attribute] {
    attributes.filter { $0.name != "label" }
  }

  private func attributes(_ all: [GraphModel.Attribute], of element: String) -> String {
    "<attributes class=\"\(element)\">\n"
      + all.map {
        "<attribute id=\"\($0.name)\" title=\"\($0.name)\" type=\"\($0.type.rawValue)\"/>\n"
      }.joined() + "</attributes>\n"
  }

  private func attvalues(
    _ values: [String: String], _ attributes: [GraphModel.Attribute]
  ) -> String {
    let all = attributes.compactMap { attribute in
      values[attribute.name].map {
        "<attvalue for=\"\(attribute.name)\"\(XMLText.attribute("value", $0))/>"
      }
    }
    return all.isEmpty ? "" : "<attvalues>" + all.joined() + "</attvalues>"
  }
}
