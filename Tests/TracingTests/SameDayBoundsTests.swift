// Over every order within a day: the interval is what trying all orders gives, or holds it.

import CaseModel
import Foundation
import Testing

@testable import Tracing

@Suite("Bounds over the order within a day")
struct SameDayBoundsTests {
  static let methods = TracingCatalogue.all.map(\.name)

  /// `MONEYTRAIL_SEEDS` asks for more.
  static let seeds =
    ProcessInfo.processInfo.environment["MONEYTRAIL_SEEDS"].flatMap { UInt64($0) } ?? 6

  /// The doctrines that change what the order can do.
  static let policies = [
    TracingPolicy(),
    TracingPolicy(backwardTracing: true, reversal: .restoreComposition),
    TracingPolicy(replenishIntent: true, poisonClearsAtZero: true),
  ]

  /// Compares with all orders, place by place; counts which intervals were exact and which bounds.
  private func compare(
    _ ledger: Ledger, _ method: any TracingMethod, _ policy: TracingPolicy,
    _ brute: BruteForceOrders, budget: OrderBudget = OrderBudget(), _ label: String
  ) throws -> (exact: Int, bounded: Int, unlimited: Int) {
    guard brute.runs > 0 else {
      // Bounds, and parts without taint, are not asked whether any order can be run; the search with
      // every class is, and so is an ordinary run, which `CaseLedger.bounds` does first.
      guard budget == OrderBudget() else { return (0, 0, 0) }
      #expect(throws: TracingError.self) { try ledger.traced(by: method, under: policy) }
      #expect(throws: TracingError.self) {
        try ledger.overOrders(by: method, under: policy, budget: budget, classes: true)
      }
      return (0, 0, 0)
    }
    let rows = try ledger.overOrders(by: method, under: policy, budget: budget, classes: false)
    var counts = (exact: 0, bounded: 0, unlimited: 0)
    for row in rows {
      let key = BruteForceOrders.Key(
        place: row.place, currency: row.interval.lowest.currency)
      let truth = brute.ranges[key] ?? 0...0
      let low = row.interval.lowest.minorUnits
      let high = row.interval.highest?.minorUnits
      if row.interval.isExact {
        counts.exact += 1
        #expect(low == truth.lowerBound && high == truth.upperBound, "\(label) \(row.place)")
        #expect(row.isOrderIndependent == (truth.count == 1), "\(label) \(row.place)")
      } else {
        counts.bounded += 1
        if high == nil { counts.unlimited += 1 }
        #expect(
          low <= truth.lowerBound && (high ?? .max) >= truth.upperBound, "\(label) \(row.place)")
        #expect(!row.isOrderIndependent, "\(label) \(row.place)")
        #expect(!row.interval.reasons.isEmpty, "\(label) \(row.place)")
      }
    }
    for (key, truth) in brute.ranges where key.sourceClass == nil && truth.upperBound > 0 {
      let isThere = rows.contains {
        $0.place == key.place && $0.interval.lowest.currency == key.currency
      }
      #expect(isThere, "\(label) \(key.place) is missing")
    }
    return counts
  }

  @Test("the interval is the lowest and highest of all orders", arguments: methods)
  func equalsBruteForce(method: String) throws {
    let rule = try TracingCatalogue.named(method)
    for seed in UInt64(0)..<Self.seeds {
      let ledger = RandomOrders.ledger(seed: seed, days: 4, most: 12, ordersMax: 150)
      for (number, policy) in Self.policies.enumerated() {
        let brute = BruteForceOrders(ledger, by: rule, under: policy)
        let counts = try compare(ledger, rule, policy, brute, "seed \(seed) policy \(number)")
        #expect(counts.bounded == 0, "the budget lasts for a small ledger")
      }
    }
  }

  @Test("a bound holds every order's value, whenever the search stops", arguments: methods)
  func boundsHold(method: String) throws {
    let rule = try TracingCatalogue.named(method)
    var counts = (exact: 0, bounded: 0, unlimited: 0)
    for seed in UInt64(0)..<Self.seeds {
      let ledger = RandomOrders.ledger(seed: seed, days: 5, most: 40, ordersMax: 60)
      for (number, policy) in Self.policies.enumerated() {
        let brute = BruteForceOrders(ledger, by: rule, under: policy)
        for steps in [0, 5, 12] {
          let found = try compare(
            ledger, rule, policy, brute, budget: OrderBudget(steps: steps),
            "seed \(seed) policy \(number) budget \(steps)")
          counts.exact += found.exact
          counts.bounded += found.bounded
          counts.unlimited += found.unlimited
        }
      }
    }
    #expect(counts.bounded > 0)
    #expect(counts.unlimited * 3 < counts.bounded, "\(counts)")
  }
}
