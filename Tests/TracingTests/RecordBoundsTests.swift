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
  ) throws -> [PlaceInCurrency: Money] {
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
        var known: [PlaceInCurrency: TracedInterval] = [:]
        for bound in bounds {
          known[.init(bound.place, bound.currency)] = bound.interval
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

  // MARK: By hand

  private func bounds(_ small: SmallCase, _ method: String) throws -> [String] {
    try CaseLedger(of: small.file).recordBounds(method: method).map { bound in
      let place =
        switch bound.place {
        case .account(let id): "account \(id.value)"
        case .asset(let code): "asset \(code)"
        case .cash(let pool): pool
        case .debtDischarge: "debt"
        case .dissipated: "spent"
        case .abroad(let key): "abroad \(key)"
        case .untraced(let id): "untraced \(id.value)"
        }
      let high = bound.interval.highest?.decimalText ?? "no upper end"
      return "\(place) \(bound.interval.lowest.decimalText)–\(high)"
    }
  }

  /// 100 of unknown origin, 500 of fraud, a car for 300 of a price of 350.
  private func opening(_ amount: String, price: String? = "350.00") throws -> SmallCase {
    var small = try SmallCase()
    let a = try small.account("A", opening: amount, holder: "S-01")
    try small.person("S-01", .suspect)
    try small.tainted("T1", word: "fraud")
    try small.property("CAR", word: "garage")
    let euro = try #require(Currency(iso: "EUR"))
    small.file.matter.property[0].price = price.flatMap { Money($0, in: euro) }
    try small.entry(a, "2024-02-01", "500.00", "fraud")
    try small.entry(a, "2024-02-02", "-300.00", "garage")
    return small
  }

  @Test(
    "an opening balance of unknown origin may be clean or tainted, and a price may be paid before")
  func openingOfUnknownOrigin() throws {
    #expect(try bounds(opening("0"), "fifo").isEmpty)
    #expect(
      try bounds(opening("100.00"), "fifo") == [
        "asset CAR 200.00–350.00", "cash of S-01 0.00–no upper end", "debt 0.00–no upper end",
        "spent 0.00–no upper end",
      ])
    #expect(
      try bounds(opening("100.00"), "libr") == [
        "asset CAR 200.00–350.00", "cash of S-01 0.00–no upper end",
        "debt 0.00–no upper end", "spent 0.00–no upper end",
      ])
    #expect(try bounds(opening("100.00", price: nil), "lifo")[0] == "asset CAR 300.00–no upper end")
    let bound = try #require(
      try CaseLedger(of: opening("100.00").file).recordBounds(method: "fifo").first)
    #expect(
      bound.interval.reasons == [
        "A: its records begin on 2024-01-01 with 100.00 EUR; what came before is not on record.",
        "The price of 350.00 EUR exceeds the payments on record; the rest may have been paid where records are missing.",
        "It is assumed that no refund and no sale lies in what is missing.",
      ])
    #expect(!bound.interval.isExact)
    let placed = try CaseLedger(of: opening("100.00").file).bounds(method: "fifo")
    #expect(placed.first?.traced.decimalText == "200.00")
    #expect(placed.first?.overRecords == bound.interval)
    #expect(placed.first?.overOrders?.isOrderIndependent == true)
  }

  @Test("nothing is certain on an account from the day its statement does not reconcile")
  func unreconciled() throws {
    var small = try opening("0", price: "300.00")
    let record = small.file.statements[0]
    small.file.statements[0] = StatementRecord(
      id: record.id, account: record.account, number: nil, period: record.period,
      opening: record.opening, closing: nil, entryCount: 2, status: .unreconciled,
      difference: nil, source: record.source)
    let found = try bounds(small, "rolling_pro_rata")
    #expect(found.prefix(2) == ["asset CAR 0.00–300.00", "account 1 0.00–no upper end"])
  }

  @Test("an account of the suspect without any record may have sent what it is named for")
  func accountWithoutRecords() throws {
    var small = try opening("0", price: "300.00")
    let b = try small.account("B", holder: "S-01", hasStatements: false)
    let a = AccountID(1)
    try small.entry(a, "2024-02-03", "50.00", "fraud", other: b)
    try small.entry(a, "2024-02-04", "-30.00", "own", other: b)
    let found = try bounds(small, "fifo")
    #expect(found.contains("account 1 170.00–220.00"))
    #expect(found.contains("account 2 0.00–no upper end"))
    #expect(found.contains("abroad local:B 0.00–no upper end"))
    #expect(!found.contains { $0.hasPrefix("asset CAR") })
  }
}
