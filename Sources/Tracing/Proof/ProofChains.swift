// The chains behind the amounts of a run: each unit once, receipt by receipt, step by step.

import CaseModel

/// Lays out the way of every lot as links, and joins lots that came the same way.
struct ProofChains {
  private let engine: TracingEngine
  private let table: MovementTable

  init(_ engine: TracingEngine) {
    self.engine = engine
    table = MovementTable(engine)
  }

  private struct Way: Hashable {
    let place: LedgerPlace
    let steps: [Int32]
    let names: [String]
  }

  /// - Returns: chains in the order of the stocks, and how many more there are than the bound.
  func chains(
    of stocks: [Stock], allClasses: Bool, most: Int
  ) -> (chains: [TracingProof.Chain], leftOut: Int) {
    var paths = UnitPaths(engine.provenance)
    var chains: [TracingProof.Chain] = []
    var leftOut = 0
    for stock in stocks {
      guard stock.isTainted || allClasses else {
        // Its units are asked for all the same, so that every chain gets the share the claims have.
        _ = paths.behind(stock.lots)
        continue
      }
      var order: [Way] = []
      var found: [Way: [MovementTable.Line]] = [:]
      var amounts: [Way: Money] = [:]
      for (place, lots) in stock.rests {
        for lot in lots {
          let lines = table.lines(paths.behind([lot]).parts)
          let way = Way(
            place: place, steps: lines.map(\.step), names: lines.flatMap { [$0.from, $0.to] })
          if let known = found[way] {
            found[way] = zip(known, lines).map { $0.joined(with: $1) }
          } else {
            order.append(way)
            found[way] = lines
          }
          let money = Money(minorUnits: lot.amount, currency: stock.amount.currency)
          amounts[way] = (amounts[way] ?? .zero(money.currency)) + money
        }
      }
      for way in order {
        guard chains.count < most else {
          leftOut += 1
          continue
        }
        let amount = amounts[way] ?? .zero(stock.amount.currency)
        chains.append(
          TracingProof.Chain(
            place: way.place.proofText, class: stock.sourceClass.text,
            tainted: stock.isTainted, amount: amount.decimalText, currency: amount.currency.code,
            links: links(found[way] ?? [])))
      }
    }
    return (chains, leftOut)
  }

  /// A link leaves from where the one before it arrived.
  private func links(_ lines: [MovementTable.Line]) -> [TracingProof.Link] {
    lines.enumerated().map { place, line in
      let arrived = line.arrived ?? line.amount
      return TracingProof.Link(
        seq: line.step >= 0 ? engine.order[Int(line.step)].sequence : 0,
        from: place == 0 ? line.from : lines[place - 1].to, to: line.to,
        amount: arrived.decimalText, currency: arrived.currency.code,
        left: line.arrived == nil ? nil : line.amount.decimalText,
        leftCurrency: line.arrived == nil ? nil : line.amount.currency.code)
    }
  }
}

extension MovementTable.Line {
  /// The same movement with the units of both.
  func joined(with other: MovementTable.Line) -> MovementTable.Line {
    var result = self
    result.amount += other.amount
    if let more = other.arrived { result.arrived = (arrived ?? .zero(more.currency)) + more }
    return result
  }
}
