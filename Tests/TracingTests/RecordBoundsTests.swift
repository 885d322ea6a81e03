// Missing records become bounds: the true value lies inside, and they collapse when nothing is missing.

import CaseModel
import Foundation
import Testing

@testable import Tracing

@Suite("Bounds over missing records")
struct RecordBoundsTests {
  private static let seeds: UInt64 =
    ProcessInfo.processInfo.environment["MONEYTRAIL_SEEDS"].flatMap { UInt64($0) } ?? 12

  private static let firstSeed: UInt64 =
    ProcessInfo.processInfo.environment["MONEYTRAIL_FIRST_SEED"].flatMap { UInt64($0) } ?? 0

  private func truth(
    _ ledger: CaseLedger, _ name: String, _ policy: TracingPolicy
  ) throws -> [CaseLedger.BoundKey: Money] {
    let method = try TracingCatalogue.named(name)
    return ledger.taintedAmounts(
      of: try ledger.ledger.traced(by: method, under: policy), sharedBy: method)
  }

  @Test(
    "whatever statement is missing, the true value lies inside the bounds; with it back they are gone",
    arguments: TracingCatalogue.all.map(\.name))
  func truthIsInside(method: String) throws {
    var narrow = 0
    for seed in Self.firstSeed..<Self.firstSeed + Self.seeds {
      let random = try RandomCase(seed: seed)
      let whole = try CaseLedger(of: random.small.file)
      let policy = TracingPolicy(
        sameDayOrder: SameDayOrder.allCases[Int(seed / 2 % 5 % 3)],
        backwardTracing: seed % 3 == 0, replenishIntent: seed % 4 == 0)
      let truth = try truth(whole, method, policy)
      #expect(try whole.recordBounds(method: method, policy: policy).isEmpty, "seed \(seed)")
      for statement in random.small.file.statements {
        let less = try CaseLedger(of: random.without(statement.id))
        let stated = try self.truth(less, method, policy)
        let bounds = try less.recordBounds(method: method, policy: policy)
        var known: [CaseLedger.BoundKey: TracedInterval] = [:]
        for bound in bounds {
          known[.init(place: bound.place, currency: bound.currency)] = bound.interval
        }
        for key in Set(truth.keys).union(known.keys).union(stated.keys) {
          if case .untraced = key.place { continue }
          let value = truth[key] ?? .zero(key.currency)
          let claimed = stated[key] ?? .zero(key.currency)
          let low = known[key]?.lowest ?? claimed
          let high = known[key].map(\.highest) ?? claimed
          let isInside = low <= value && high.map { value <= $0 } ?? true
          #expect(
            isInside,
            "seed \(seed) \(method) without \(statement.id.value): \(key.place) \(value) not in \(low)…\(high.map { "\($0)" } ?? "")"
          )
          #expect(known[key]?.reasons.isEmpty != true)
          if let high, high < claimed + Money(minorUnits: 3, currency: key.currency) { narrow += 1 }
        }
      }
    }
    // The bounds say something: many places stay known.
    #expect(narrow > 0)
  }
}
