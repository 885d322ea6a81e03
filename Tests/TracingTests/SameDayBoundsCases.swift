// Over every order within a day: cases a lawyer can check, and how far the work goes.

import CaseModel
import Testing

@testable import Tracing

@Suite("Bounds over the order within a day: named cases")
struct SameDayBoundsCases {
  private let eur = RandomLedger.eur
  private let clean = SourceClassCode("W")
  private let tainted = SourceClassCode("T")

  private func ledger(_ accounts: [LedgerAccount], _ rows: [(Int32, Movement)]) -> Ledger {
    Ledger(
      classes: [LedgerClass(clean, isTainted: false), LedgerClass(tainted, isTainted: true)],
      accounts: accounts,
      steps: rows.enumerated().map { index, row in
        LedgerStep(
          sequence: index + 1, date: CivilDate(dayNumber: 19_900 + row.0), movement: row.1)
      })
  }

  private func interval(
    _ rows: [OrderInterval], _ place: LedgerPlace
  ) throws -> TracedInterval {
    try #require(rows.first { $0.place == place && $0.sourceClass == nil }).interval
  }

  private func text(_ interval: TracedInterval) -> String {
    interval.lowest.decimalText + "–" + (interval.highest?.decimalText ?? "?")
  }

  @Test("TR-14: the gold may be wholly clean or 500.00 tainted, as the day's order is not known")
  func goldOfOneDay() throws {
    let trail = try TrailText(
      """
      tainted: t
      2024-08-01 w -> A1 500.00 USD
      2024-08-02 A1 -> spent 400.00 USD
      2024-08-02 t -> A1 1000.00 USD
      2024-08-02 A1 -> gold 600.00 USD
      """, currency: "USD")
    let rows = try trail.ledger.overOrders(by: FirstInFirstOut(), classes: true)
    let gold = try interval(rows, .asset("gold"))
    #expect(text(gold) == "0.00–500.00")
    #expect(gold.isExact && !gold.isOrderIndependent)
    #expect(
      gold.reasons == [
        "The records do not show in which order the entries of 2024-08-02 were booked."
      ]
    )
    // The 500.00 left come from the last credit, unless both payments were overdrafts it repaid.
    let account = try interval(rows, .account("A1"))
    #expect(text(account) == "500.00–500.00")
    let own = try #require(
      rows.first { $0.place == .asset("gold") && $0.sourceClass == SourceClassCode("w") })
    #expect(!own.isTainted)
    #expect(text(own.interval) == "100.00–500.00")
  }

  /// Eight rows with three equal pairs have 5040 different orders, seven different rows as many.
  @Test(
    "eight rows of one day give what trying every order gives",
    arguments: ["fifo", "rolling_pro_rata"])
  func eightRows(method name: String) throws {
    let method = try TracingCatalogue.named(name)
    let days: [[Int64]] = [
      [31, -36, 17, 31, -36, 17, -22, -48], [31, -36, 17, -22, 43, -48, -16],
    ]
    for amounts in days {
      let rows: [(Int32, Movement)] = amounts.enumerated().map { index, amount in
        amount > 0
          ? (1, .credit(to: "A", amount: amount, sourceClass: amount > 20 ? tainted : clean))
          : (1, .debit(from: "A", to: .asset("X\(-amount)"), amount: -amount))
      }
      let ledger = ledger(
        [LedgerAccount(name: "A", currency: eur, opening: [OpeningLot(clean, amount: 20)])], rows)
      let brute = BruteForceOrders(ledger, by: method, under: TracingPolicy())
      #expect(brute.runs == 5_040)
      for row in try ledger.overOrders(by: method) {
        let truth = brute.ranges[.init(place: row.place, currency: eur)] ?? 0...0
        #expect(row.interval.isExact)
        #expect(row.interval.lowest.minorUnits == truth.lowerBound, "\(row.place)")
        #expect(row.interval.highest?.minorUnits == truth.upperBound, "\(row.place)")
      }
    }
  }

  @Test("classes have exact intervals too", arguments: TracingCatalogue.all.map(\.name))
  func classesEqualBruteForce(method name: String) throws {
    let method = try TracingCatalogue.named(name)
    for seed in UInt64(100)..<106 {
      let ledger = RandomOrders.ledger(seed: seed, days: 3, most: 12, ordersMax: 100)
      let brute = BruteForceOrders(ledger, by: method, under: TracingPolicy())
      guard brute.runs > 0 else { continue }
      for row in try ledger.overOrders(by: method, classes: true) {
        let key = BruteForceOrders.Key(
          place: row.place, currency: row.interval.lowest.currency, sourceClass: row.sourceClass,
          isTainted: row.isTainted)
        let truth = brute.ranges[key] ?? 0...0
        #expect(
          row.interval.lowest.minorUnits == truth.lowerBound
            && row.interval.highest?.minorUnits == truth.upperBound,
          "seed \(seed) \(row.place) \(row.sourceClass?.text ?? "all")")
      }
    }
  }

  @Test("a clean class seen first on another account settles ties, in every order of that day")
  func tiesAcrossAccounts() throws {
    // B never meets A, but shows W and T on the day on which A's split of one unit is tied.
    let accounts = ["A", "B"].map { LedgerAccount(name: $0, currency: eur) }
    let ledger = ledger(
      accounts,
      [
        (0, .credit(to: "B", amount: 1, sourceClass: tainted)),
        (0, .credit(to: "B", amount: 1, sourceClass: clean)),
        (1, .credit(to: "A", amount: 1, sourceClass: clean)),
        (2, .credit(to: "A", amount: 1, sourceClass: tainted)),
        (3, .debit(from: "A", to: .asset("X"), amount: 1)),
      ])
    for name in ["rolling_pro_rata", "haircut", "pari_passu"] {
      let method = try TracingCatalogue.named(name)
      let rows = try ledger.overOrders(by: method)
      let bought = try interval(rows, .asset("X"))
      #expect(text(bought) == "0.00–0.01", "\(name)")
    }
  }

  @Test("accounts that never meet do not multiply the work")
  func unrelatedAccounts() throws {
    var rows: [(Int32, Movement)] = []
    let names = (0..<20).map { "A\($0)" }
    for name in names {
      rows += [
        (0, .credit(to: name, amount: 50, sourceClass: clean)),
        (1, .credit(to: name, amount: 100, sourceClass: tainted)),
        (1, .debit(from: name, to: .asset("X" + name), amount: 60)),
        (1, .credit(to: name, amount: 30, sourceClass: clean)),
        (1, .debit(from: name, to: .dissipated, amount: 20)),
        (1, .debit(from: name, to: .asset("common"), amount: 45)),
        (1, .credit(to: name, amount: 10, sourceClass: tainted)),
      ]
    }
    let many = ledger(names.map { LedgerAccount(name: $0, currency: eur) }, rows)
    let one = ledger([LedgerAccount(name: names[0], currency: eur)], Array(rows.prefix(7)))
    for method in TracingCatalogue.all {
      let all = try many.overOrders(by: method, budget: OrderBudget(steps: 40_000))
      let single = try one.overOrders(by: method)
      let common = try interval(all, .asset("common"))
      let isExact = all.allSatisfy { $0.interval.isExact }
      #expect(isExact, "\(method.name)")
      let alone = try interval(single, .asset("common"))
      #expect(common.lowest.minorUnits == 20 * alone.lowest.minorUnits)
      let (seventh, first) = (
        try interval(all, .asset("XA7")), try interval(single, .asset("XA0"))
      )
      #expect(seventh == first)
    }
  }

  @Test(
    "rows that can change places cost no search: thirty credits of one class, thirty card payments")
  func commutingRows() throws {
    let rows: [(Int32, Movement)] =
      [(0, .credit(to: "A", amount: 100_000, sourceClass: clean))]
      + (0..<30).map { (1, .credit(to: "A", amount: 100 + Int64($0), sourceClass: tainted)) }
      + (0..<30).map { (1, .debit(from: "A", to: .dissipated, amount: 10 + Int64($0))) }
    let ledger = ledger([LedgerAccount(name: "A", currency: eur)], rows)
    let found = try ledger.overOrders(by: FirstInFirstOut(), budget: OrderBudget(steps: 100))
    let nothingDepends = found.allSatisfy { $0.isOrderIndependent }
    #expect(nothingDepends)
  }

  @Test("a day of thirty rows of every kind is bounded, and says from which day")
  func thirtyRows() throws {
    let rows: [(Int32, Movement)] =
      [
        (0, .credit(to: "A", amount: 1_000, sourceClass: clean)),
        (0, .credit(to: "A", amount: 1_000, sourceClass: tainted)),
      ]
      + (0..<15).map { index in
        (
          1,
          .credit(
            to: "A", amount: 100 + Int64(index), sourceClass: index % 2 == 0 ? tainted : clean)
        )
      }
      + (0..<15).map { (1, .debit(from: "A", to: .asset("X\($0)"), amount: 90 + Int64($0))) }
    let ledger = ledger([LedgerAccount(name: "A", currency: eur)], rows)
    for method in TracingCatalogue.all {
      let found = try ledger.overOrders(by: method, budget: OrderBudget(steps: 20_000))
      let account = try interval(found, .account("A"))
      let run = try ledger.traced(by: method)
      let taint = run.rows(sharedBy: method)
        .filter { $0.place == .account("A") && $0.isTainted }.map(\.amount).sum(in: eur)
      let high = try #require(account.highest)
      #expect(account.lowest <= taint && taint <= high, "\(method.name)")
      if !account.isExact {
        #expect(account.reasons.contains { $0.hasPrefix("From 2024-06-27 on the orders") })
      }
    }
  }

  @Test("a sale before its purchase is no admissible order; a ledger without any is refused")
  func inadmissible() throws {
    let account = LedgerAccount(
      name: "A", currency: eur, opening: [OpeningLot(tainted, amount: 100)])
    let sold = ledger(
      [account],
      [
        (0, .sale(asset: "X", to: "A", amount: 80)),
        (0, .debit(from: "A", to: .asset("X"), amount: 100)),
      ])
    let rows = try sold.overOrders(by: FirstInFirstOut())
    let held = try interval(rows, .account("A"))
    #expect(text(held) == "0.80–0.80")
    #expect(held.isOrderIndependent)
    let never = ledger([account], [(0, .sale(asset: "X", to: "A", amount: 80))])
    #expect(throws: TracingError.self) { try never.overOrders(by: FirstInFirstOut()) }
  }

  @Test("places of a case: spent money of two accounts counts together, and the order decides")
  func placesOfACase() throws {
    var small = try SmallCase()
    try small.person("S-01", .suspect, holds: ["A", "B"])
    let a = try small.account("A", opening: "100.00")
    let b = try small.account("B", opening: "100.00")
    try small.tainted("T1", word: "fraud")
    try small.property("CAR", word: "car")
    for account in [a, b] {
      try small.entry(account, "2024-03-01", "100.00", "fraud")
      try small.entry(account, "2024-03-01", "-100.00", "shop")
    }
    try small.entry(a, "2024-03-02", "-100.00", "car")
    let ledger = try CaseLedger(of: small.file)
    let eur = try #require(Currency(iso: "EUR"))
    // Newest first: the shop took the fraud's money if it was there, and left the car the rest.
    let bounds = try ledger.orderBounds(method: "lifo")
    let spent = try #require(bounds[PlaceInCurrency(.dissipated, eur)])
    #expect(text(spent) == "0.00–200.00")
    #expect(spent.reasons.count == 1)
    let car = try #require(bounds[PlaceInCurrency(.asset(PropertyCode("CAR")), eur)])
    #expect(text(car) == "0.00–100.00")
    let empty = try #require(bounds[PlaceInCurrency(.account(a), eur)])
    #expect(empty.isOrderIndependent)
    // Oldest first: the order decides nothing.
    let oldest = try ledger.orderBounds(method: "fifo")
    let spentOldest = try #require(oldest[PlaceInCurrency(.dissipated, eur)])
    #expect(spentOldest.isOrderIndependent)
    for run in try [ledger.trace(method: "lifo"), ledger.trace(method: "fifo")] {
      for claim in run.claims where claim.isTainted {
        let known = run.method == "lifo" ? bounds : oldest
        let interval = try #require(known[PlaceInCurrency(claim.place, eur)])
        let isWithin =
          interval.lowest <= claim.amount.amount
          && claim.amount.amount <= interval.highest ?? claim.amount.amount
        #expect(isWithin)
      }
    }
  }

  @Test("a stated balance among entries of unknown order leaves no upper bound, and says so")
  func balanceAmongEntries() throws {
    let ledger = ledger(
      [LedgerAccount(name: "A", currency: eur, opening: [OpeningLot(tainted, amount: 100)])],
      [
        (0, .debit(from: "A", to: .asset("X"), amount: 30)),
        (0, .gap(account: "A", balance: 50, sourceClass: clean)),
      ])
    let exact = try ledger.overOrders(by: FirstInFirstOut())
    let bought = try interval(exact, .asset("X"))
    #expect(text(bought) == "0.00–0.30")
    let bound = try interval(
      try ledger.overOrders(by: FirstInFirstOut(), budget: OrderBudget(steps: 0)), .asset("X"))
    #expect(bound.highest == nil)
    #expect(bound.reasons.last?.hasPrefix("On 2024-06-26 the records resume") == true)
  }

  /// Two years of five accounts: wages, shops, a card, transfers between them, tainted cash.
  private func twoYears(entries: Int) -> Ledger {
    var random = SeededNumbers(seed: 7)
    let names = ["A", "B", "C", "D", "E"]
    var rows: [(Int32, Movement)] = []
    while rows.count < entries {
      let day = Int32(rows.count * 730 / entries)
      let amount = Int64.random(in: 1_00...300_00, using: &random)
      let name = names[Int.random(in: 0..<5, using: &random)]
      let other = names[Int.random(in: 0..<5, using: &random)]
      switch Int.random(in: 0..<20, using: &random) {
      case 0..<5: rows.append((day, .credit(to: name, amount: amount * 2, sourceClass: clean)))
      case 5: rows.append((day, .credit(to: name, amount: amount * 4, sourceClass: tainted)))
      case 6 where name != other:
        rows.append((day, .transfer(from: name, to: other, amount: amount, credited: nil)))
      case 7: rows.append((day, .debit(from: name, to: .asset("flat"), amount: amount)))
      case 8: rows.append((day, .debit(from: name, to: .outside("abroad"), amount: amount)))
      default: rows.append((day, .debit(from: name, to: .dissipated, amount: amount)))
      }
    }
    return ledger(names.map { LedgerAccount(name: $0, currency: eur) }, rows)
  }

  @Test(
    "thousands of entries are bounded when the budget is spent, and every known order lies within",
    arguments: TracingCatalogue.all.map(\.name))
  func manyEntries(method name: String) throws {
    let method = try TracingCatalogue.named(name)
    let ledger = twoYears(entries: name == "fifo" ? 10_000 : 2_000)
    let rows = try ledger.overOrders(by: method, budget: OrderBudget(steps: 500))
    #expect(rows.contains { !$0.interval.isExact })
    for order in SameDayOrder.allCases {
      let run = try ledger.traced(by: method, under: TracingPolicy(sameDayOrder: order))
      for row in rows {
        let taint = run.rows(sharedBy: method).filter { $0.place == row.place && $0.isTainted }
          .map(\.amount).sum(in: eur)
        let isWithin = row.interval.lowest <= taint && taint <= row.interval.highest ?? taint
        #expect(isWithin, "\(row.place)")
      }
    }
  }

  @Test(
    "a part refund that may repay the debt behind an asset sold that day decides what is tainted")
  func refundRepaysAsset() throws {
    let rows: [(Int32, Movement)] = [
      (1, .credit(to: "A", amount: 500, sourceClass: tainted)),
      (2, .debit(from: "A", to: .dissipated, amount: 500)),
      (3, .debit(from: "A", to: .asset("CAR"), amount: 1_000, isCoordinated: true)),
      (4, .reversal(of: 2, amount: 200)),
      (4, .sale(asset: "CAR", to: "B", amount: 1_000)),
    ]
    let ledger = ledger(
      [LedgerAccount(name: "A", currency: eur), LedgerAccount(name: "B", currency: eur)], rows)
    let policy = TracingPolicy(backwardTracing: true)
    let found = try ledger.overOrders(by: FirstInFirstOut(), under: policy)
    let sold = try interval(found, .account("B"))
    #expect(text(sold) == "0.00–2.00")
    #expect(sold.isExact && !sold.isOrderIndependent)
    #expect(text(try interval(found, .debtDischarge(of: "A"))) == "0.00–2.00")
  }

  @Test("cash that was not drawn yet cannot be paid in, so only one order is admissible")
  func poolNeverOwes() throws {
    let rows: [(Int32, Movement)] = [
      (1, .credit(to: "A", amount: 1_000, sourceClass: tainted)),
      (2, .transfer(from: "A", to: "cash", amount: 500, credited: nil)),
      (2, .transfer(from: "cash", to: "A", amount: 500, credited: nil)),
      (3, .debit(from: "A", to: .asset("CAR"), amount: 1_000)),
    ]
    let ledger = ledger(
      [
        LedgerAccount(name: "A", currency: eur),
        LedgerAccount(name: "cash", currency: eur, mayOwe: false),
      ], rows)
    for method in ["fifo", "libr", "rolling_pro_rata"] {
      let found = try ledger.overOrders(by: try TracingCatalogue.named(method))
      let car = try interval(found, .asset("CAR"))
      #expect(text(car) == "10.00–10.00", "\(method)")
      #expect(car.isOrderIndependent)
    }
  }
}
