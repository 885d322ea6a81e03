// The movements of a run as a reader sees them: day, from, to, all that moved, and the lines.

import CaseModel

/// One movement of one step between two places, of every class together.
///
/// Where money is converted, sold or lost on the way, the movement has what left and what arrived.
struct MovementTable {
  struct Key: Hashable {
    let step: Int32
    let from: Int32
    let to: Int32
    let currency: Int32
    let kind: Provenance.Kind
  }
  struct Line {
    let date: CivilDate?
    let from: String
    let to: String
    /// What of the movement is meant, and what it became where it arrived, when that differs.
    var amount: Money
    var arrived: Money?
    let moved: Money
    let sources: [SourceRef]
    let step: Int32
  }

  private let engine: TracingEngine
  private var totals: [Key: Int64] = [:]

  /// - Complexity: O(*n*) in the recorded nodes.
  init(_ engine: TracingEngine) {
    self.engine = engine
    for node in engine.provenance.nodes where node.kind != .basis {
      totals[Self.key(node), default: 0] += node.amount
    }
  }

  private static func key(_ node: Provenance.Node) -> Key {
    Key(
      step: node.step, from: node.from, to: node.to, currency: node.currency, kind: node.kind)
  }

  /// Lines for some parts, in the order of the steps; parts of one movement are one line.
  func lines(_ parts: [UnitPaths.Part]) -> [Line] {
    var lines: [Line] = []
    var places: [Key: Int] = [:]
    /// Of each arrival, what had left for it.
    var left: [Int32: (node: Provenance.Node, amount: Int64)] = [:]
    for part in parts {
      let node = engine.provenance.nodes[Int(part.node)]
      if node.kind == .left {
        left[part.node] = (node, part.amount)
        continue
      }
      let key = Self.key(node)
      let origin = left[node.parent]
      let amount =
        origin.map { money($0.amount, $0.node.currency) } ?? money(part.amount, node.currency)
      let arrived = origin == nil ? nil : money(part.amount, node.currency)
      if let place = places[key], lines[place].amount.currency == amount.currency,
        (lines[place].arrived == nil) == (arrived == nil)
      {
        lines[place].amount += amount
        if let arrived {
          lines[place].arrived = (lines[place].arrived ?? .zero(arrived.currency)) + arrived
        }
        continue
      }
      places[key] = lines.count
      let moved =
        origin.map { money(totals[Self.key($0.node)] ?? 0, $0.node.currency) }
        ?? money(totals[key] ?? 0, node.currency)
      lines.append(
        Line(
          date: engine.date(ofStep: node.step), from: engine.provenance.labels[Int(node.from)],
          to: engine.provenance.labels[Int(node.to)], amount: amount, arrived: arrived,
          moved: moved, sources: engine.sources(ofStep: node.step), step: node.step))
    }
    return lines
  }

  private func money(_ units: Int64, _ currency: Int32) -> Money {
    Money(minorUnits: units, currency: engine.currencies[Int(currency)])
  }
}

extension TracingEngine {
  /// Every line that some nodes rest on.
  func sources(of nodes: [Int32]) -> [SourceRef] {
    var found: Set<SourceRef> = []
    var last: Int32?
    for node in nodes {
      let step = provenance.nodes[Int(node)].step
      if step != last { found.formUnion(sources(ofStep: step)) }
      last = step
    }
    return Array(found)
  }

  func sources(ofStep step: Int32) -> [SourceRef] {
    step >= 0 ? order[Int(step)].sources : openings[Int(-step) - 1].sources
  }

  func date(ofStep step: Int32) -> CivilDate? {
    step >= 0 ? order[Int(step)].date : ledger.accounts.compactMap(\.opensOn).min()
  }
}
