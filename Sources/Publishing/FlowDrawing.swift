// A flow chart as Graphviz source. Readable in black and white: shape and line, never colour alone.

import CaseModel

enum FlowDrawing {
  /// The chart in the DOT language, nodes and edges in the order of the tree.
  ///
  /// - Parameter size: the most the drawing may measure, width and height in inches.
  static func dot(_ chart: FlowChart, register: SourceRegister, size: String, isAcross: Bool)
    -> String
  {
    var text = """
      digraph flow {
        rankdir=\(isAcross ? "LR" : "TB"); size="\(size)"; margin=0; nodesep=0.22; ranksep="\(isAcross ? "0.75" : "0.5") equally"; splines=true;
        node [fontname="DejaVu Sans", fontsize=10, shape=box, style=filled, fillcolor="#ffffff", margin="0.12,0.07"];
        edge [fontname="DejaVu Sans", fontsize=9, arrowsize=0.8];

      """
    for node in chart.nodes {
      let label =
        wrapped(node.label) + (node.detail.isEmpty ? "" : "\\n(" + escaped(node.detail) + ")")
      text += "  \"\(escaped(node.id))\" [label=\"\(label)\"\(style(node.kind))];\n"
    }
    for kind in [FlowChart.NodeKind.source, .asset] {
      let same = chart.nodes.filter { $0.kind == kind }.map { "\"\(escaped($0.id))\"" }
      if kind == .source, same.count > 1 {
        text += "  { rank=source; \(same.joined(separator: "; ")); }\n"
      }
    }
    for edge in chart.edges {
      let number = register.number(of: edge.amount)
      let line = edge.isTainted ? "penwidth=2.4" : "penwidth=1, style=dashed"
      text +=
        "  \"\(escaped(edge.from))\" -> \"\(escaped(edge.to))\" [label=\" \(escaped(edge.amount.amount.text)) [\(number)] \", \(line)];\n"
    }
    return text + "}\n"
  }

  private static func style(_ kind: FlowChart.NodeKind) -> String {
    switch kind {
    case .source: ", style=\"rounded,filled\", fillcolor=\"#e4e4e4\""
    case .account: ""
    case .asset: ", peripheries=2"
    case .dissipated: ", shape=octagon, fillcolor=\"#f2f2f2\""
    case .outside, .gap: ", style=\"dashed\""
    }
  }

  /// Lines of at most about 24 characters, broken at spaces.
  private static func wrapped(_ label: String) -> String {
    var lines = [""]
    for word in label.split(separator: " ") {
      let last = lines.count - 1
      if lines[last].isEmpty {
        lines[last] = String(word)
      } else if lines[last].count + word.count + 1 <= 24 {
        lines[last] += " " + word
      } else {
        lines.append(String(word))
      }
    }
    return lines.map(escaped).joined(separator: "\\n")
  }

  private static func escaped(_ text: String) -> String {
    var result = ""
    for character in VisibleText.of(text) {
      switch character {
      case "\\": result += "\\\\"
      case "\"": result += "\\\""
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      default: result.append(character)
      }
    }
    return result
  }
}
