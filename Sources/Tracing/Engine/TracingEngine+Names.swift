// The engine seen from outside: its accounts and places by name, and its steps one by one.

import CaseModel

extension TracingEngine {
  /// Makes the step at this place of `order` the one being processed.
  mutating func advance(to index: Int) { now = Int32(index) }

  func accountIndex(_ name: String) throws(TracingError) -> Int {
    guard let index = accountIndexes[name] else {
      throw TracingError(.unknownAccount(name), at: place, remedy: "declare the account")
    }
    return index
  }

  /// Where places outside accounts stand in `holdings`, by key; nil before their first use.
  var holdingIndexes: HoldingIndexes { HoldingIndexes(engine: self) }

  /// The asset that a debt bought, when co-ordination is evidenced.
  func assetName(boughtBy debt: Debt) -> String? {
    guard debt.coordinatedAsset >= 0,
      case .asset(let name, _) = numbered.places.keys[Int(debt.coordinatedAsset)]
    else { return nil }
    return name
  }

  /// What a step moved that a later reversal may take back in part.
  func piecesToTakeBack(ofSequence sequence: Int) -> [Lot]? {
    numbered.position(ofSequence: sequence).flatMap { reversible[$0]?.pieces }
  }

  /// Whether a reversal that stands names the step.
  func isReversed(sequence: Int) -> Bool {
    numbered.position(ofSequence: sequence).map { numbered.steps[Int($0)].isReversed } ?? false
  }

  /// Units of tainted classes.
  func tainted(_ totals: Composition) -> Int64 {
    var sum: Int64 = 0
    for share in totals.shares where classes.isTainted[Int(share.sourceClass)] {
      sum += share.units
    }
    return sum
  }

  struct HoldingIndexes {
    let engine: TracingEngine
    /// In the order of first use.
    var keys: [HoldingKey] { engine.holdings.map(\.key) }
    subscript(key: HoldingKey) -> Int? {
      engine.numbered.places.known(key).flatMap { engine.knownHolding(of: $0) }
    }
  }
}
