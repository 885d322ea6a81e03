// A flow chart as Graphviz source. Readable in black and white: shape and line, never colour alone.

import CaseModel

enum FlowDrawing {
  /// How the drawing lies on the page, so that its letters stay legible.
  enum Form {
    /// Few places: top to bottom, on the page as it is.
    case down
    /// Long chains: left to right, on a turned page.
    case across
    /// Many places side by side: left to right, one below the other, on the page as it is.
    case tall

    /// The most the drawing may measure, width and height in inches. On a turned page it fills them.
    var size: String {
      switch self {
      case .down: "6.4,7"
      case .across: "10.2,5.7!"
      case .tall: "6.4,8.6"
      }
    }
  }

  static func form(_ chart: FlowChart) -> Form {
    if chart.nodes.count <= 9 { return .down }
    return breadth(chart) > 10 ? .tall : .across
  }

  /// Places in the fullest layer, a layer being the longest way from a source. Cycles are cut by
  /// stopping after as many rounds as there are places.
  private static func breadth(_ chart: FlowChart) -> Int {
    var layers = Dictionary(chart.nodes.map { ($0.id, 0) }, uniquingKeysWith: { a, _ in a })
    for _ in chart.nodes.indices {
      var isChanged = false
      for edge in chart.edges where edge.from != edge.to {
        let next = min((layers[edge.from] ?? 0) + 1, chart.nodes.count)
        if next > layers[edge.to] ?? 0 {
          layers[edge.to] = next
          isChanged = true
        }
      }
      if !isChanged { break }
    }
    return Dictionary(grouping: layers.values, by: { $0 }).values.map(\.count).max() ?? 0
  }

  /// The chart in the DOT language, nodes and edges in the order of the tree.
  static func dot(_ chart: FlowChart, register: SourceRegister) -> String {
    let form = form(chart)
    var text = """
      digraph flow {
        rankdir=\(form == .down ? "TB" : "LR"); size="\(form.size)"; margin=0; nodesep=0.3; ranksep="\(form == .down ? "0.5" : "0.25")"; splines=true;
        node [fontname="DejaVu Sans", fontsize=10, shape=box, style=filled, fillcolor="#ffffff", margin="0.08,0.06"];
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
        "  \"\(escaped(edge.from))\" -> \"\(escaped(edge.to))\" [label=\"\(escaped(edge.amount.amount.text))\\n[\(number)]\", \(line)];\n"
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

  /// Lines of at most about 17 characters, broken at spaces.
  private static func wrapped(_ label: String) -> String {
    var lines = [""]
    for word in label.split(separator: " ") {
      let last = lines.count - 1
      if lines[last].isEmpty {
        lines[last] = String(word)
      } else if lines[last].count + word.count + 1 <= 17 {
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
