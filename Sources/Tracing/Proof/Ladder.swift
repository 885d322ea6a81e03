// The ladder of a run: day by day what moved, how much of it was tainted, and what each account then held.

public import CaseModel

/// One movement of a run with the state of the accounts it touched.
public struct LadderRow: Hashable, Sendable, Codable {
  public struct Balance: Hashable, Sendable, Codable {
    public let account: String
    public let tainted: Money
    public let clean: Money
    /// What is owed; nothing unless the account is overdrawn.
    public let debt: Money
  }
  /// The step's number in the ledger.
  public let step: Int
  public let date: CivilDate
  public let from: String
  public let to: String
  /// All that moved, and what of it was tainted, in the currency in which it left.
  public let moved: Money
  public let tainted: Money
  /// The accounts of the movement after the whole step.
  public let after: [Balance]
  public let source: SourceRef?
}

extension CaseLedger {
  /// Every movement of a run, in order.
  ///
  /// - Parameter touchingTaintOnly: leaves out movements that carried nothing tainted and met no tainted
  ///   balance.
  /// - Throws: `TracingError` for an unknown method or a ledger that cannot be run.
  /// - Returns: the rows, and how many movements were left out.
  public func ladder(
    method name: String, policy: TracingPolicy = TracingPolicy(), touchingTaintOnly: Bool = true
  ) throws(TracingError) -> (rows: [LadderRow], leftOut: Int) {
    let method = try TracingCatalogue.method(named: name)
    var engine = try TracingEngine(ledger, method: method, policy: policy, recordsPaths: true)
    try engine.open()
    var ends: [Int] = []
    var after: [[Int: LadderRow.Balance]] = []
    var start = engine.provenance.nodes.count
    let opened = start
    for index in engine.order.indices {
      try engine.advance(index)
      ends.append(engine.provenance.nodes.count)
      after.append(engine.balances(touchedSince: start))
      start = engine.provenance.nodes.count
    }
    let table = MovementTable(engine)
    var rows: [LadderRow] = []
    var leftOut = 0
    start = opened
    for index in engine.order.indices {
      for row in engine.rungs(start..<ends[index], after: after[index], of: index, table: table) {
        let meetsTaint =
          !row.tainted.isZero || row.after.contains { !$0.tainted.isZero }
        if touchingTaintOnly, !meetsTaint { leftOut += 1 } else { rows.append(row) }
      }
      start = ends[index]
    }
    return (rows, leftOut)
  }
}

extension TracingEngine {
  /// The accounts that the nodes recorded from `start` on name, as they stand now.
  fileprivate func balances(touchedSince start: Int) -> [Int: LadderRow.Balance] {
    var result: [Int: LadderRow.Balance] = [:]
    for node in provenance.nodes[start...] {
      for label in [node.from, node.to] {
        guard let index = accountIndexes[provenance.labels[Int(label)]], result[index] == nil else {
          continue
        }
        let state = accounts[index]
        let currency = currencies[state.currency]
        let tainted = tainted(state.totals)
        result[index] = LadderRow.Balance(
          account: state.name, tainted: Money(minorUnits: tainted, currency: currency),
          clean: Money(minorUnits: state.held - tainted, currency: currency),
          debt: Money(minorUnits: state.owed, currency: currency))
      }
    }
    return result
  }

  /// The movements of one step.
  fileprivate func rungs(
    _ range: Range<Int>, after: [Int: LadderRow.Balance], of index: Int, table: MovementTable
  ) -> [LadderRow] {
    func lines(_ isWanted: (Provenance.Node) -> Bool) -> [MovementTable.Line] {
      table.lines(
        range.filter { provenance.nodes[$0].kind != .basis && isWanted(provenance.nodes[$0]) }
          .map { UnitPaths.Part(node: Int32($0), amount: provenance.nodes[$0].amount) })
    }
    let tainted = lines { classes.isTainted[Int($0.sourceClass)] }
    return lines { _ in true }.map { line in
      let part = tainted.first {
        $0.from == line.from && $0.to == line.to && $0.amount.currency == line.amount.currency
      }
      let touched = Set([line.from, line.to].compactMap { accountIndexes[$0] }).sorted()
      return LadderRow(
        step: order[index].sequence, date: order[index].date, from: line.from, to: line.to,
        moved: line.amount, tainted: part?.amount ?? .zero(line.amount.currency),
        after: touched.compactMap { after[$0] }, source: line.sources.first)
    }
  }
}
