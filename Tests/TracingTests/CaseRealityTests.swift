// What a case holds besides plain payments: cash, sales, batches, payments in parts, returns, known times.

import CaseModel
import Testing

@testable import Tracing

@Suite("Ledger of a case: cash, sales, batches, groups, returns")
struct CaseRealityTests {
  private func small() throws -> (SmallCase, AccountID, AccountID) {
    var small = try SmallCase()
    let a = try small.account("A", holder: "S-01")
    let b = try small.account("B", holder: "S-01")
    try small.person("S-01", .suspect, holds: ["A", "B"])
    try small.tainted("T1", word: "fraud")
    try small.property("CAR", word: "garage")
    try small.fact("F-01", .certified)
    try small.fact("F-09", .intelligenceOnly)
    return (small, a, b)
  }

  private func words(_ words: String...) -> EntrySelector { EntrySelector(textContains: words) }

  // MARK: Cash

  private func cash(_ facts: [String], deposit: String = "40.00", on day: String = "2024-02-15")
    throws -> CaseLedger
  {
    var (small, a, b) = try small()
    try small.entry(a, "2024-02-01", "100.00", "fraud")
    try small.entry(a, "2024-02-02", "-60.00", "ATM", channel: .atmWithdrawal)
    try small.entry(b, day, deposit, "counter", channel: .cashDeposit)
    small.file.matter.tracing = TracingFacts(cashLinks: [
      CashLink(
        person: PersonCode("S-01"), withdrawals: words("atm"), deposits: words("counter"),
        facts: facts.map { FactCode($0) }, source: try SmallCase.source("sheet", 5))
    ])
    return try CaseLedger(of: small.file)
  }

  @Test(
    "cash paid in again is joined to the cash of its person on evidence, and called an inference")
  func cashIsJoined() throws {
    let ledger = try cash(["F-09", "F-01"])
    let run = try ledger.trace(method: "fifo")
    #expect(
      SmallCase.table(run) == """
        account 1: T1* 40.00 EUR
        account 2: T1* 40.00 EUR
        cash of S-01: T1* 20.00 EUR
        """)
    #expect(
      run.limits.contains {
        $0.contains("taken out of cash of S-01. This is an inference; it rests on F-01.")
      })
    #expect(ledger.cashPools == ["cash of S-01"])
    #expect(ledger.ledger.accounts.last?.mayOwe == false)
  }

  @Test(
    "cash is not joined on intelligence, after 14 days, or beyond what was drawn",
    arguments: [
      (["F-09"], "40.00", "2024-02-15"), (["F-01"], "40.00", "2024-02-17"),
      (["F-01"], "60.01", "2024-02-15"), (["F-01"], "40.00", "2024-02-01"),
    ])
  func cashIsNotJoined(_ facts: [String], _ deposit: String, _ day: String) throws {
    let run = try cash(facts, deposit: deposit, on: day).trace(method: "fifo")
    #expect(
      SmallCase.table(run) == """
        account 1: T1* 40.00 EUR
        account 2: unexplained cash of B \(deposit) EUR
        cash of S-01: T1* 60.00 EUR
        """)
    #expect(!run.limits.contains { $0.contains("inference") })
  }

  @Test("cash out of a victim's account lies with who controls the account, never with the victim")
  func victimsCash() throws {
    var small = try SmallCase()
    let v = try small.account("V", holder: "V-01")
    try small.person("S-01", .controller, controls: ["V"])
    try small.person("V-01", .victim, holds: ["V"])
    try small.entry(v, "2024-02-01", "100.00", "wages")
    try small.entry(v, "2024-02-02", "-60.00", "ATM", channel: .atmWithdrawal)
    #expect(try CaseLedger(of: small.file).cashPools == ["cash of S-01"])
  }

  @Test("a pool of cash has a name of its own, one a person and currency")
  func poolNames() throws {
    var small = try SmallCase()
    let a = try small.account("cash of S-01 EUR", holder: "S-01")
    let b = try small.account("B", "USD", holder: "S-01")
    try small.person("S-01", .suspect)
    for account in [a, b] {
      try small.entry(account, "2024-02-01", "100.00")
      try small.entry(account, "2024-02-02", "-60.00", channel: .cashWithdrawal)
    }
    let ledger = try CaseLedger(of: small.file)
    #expect(Set(ledger.cashPools) == ["cash of S-01 EUR (2)", "cash of S-01 USD"])
    let run = try ledger.trace(method: "rolling_pro_rata")
    #expect(run.claims.contains { $0.place == .cash("cash of S-01 USD") })
  }

  @Test("no more is taken out of a pool of cash than lies in it")
  func poolsNeverOwe() throws {
    let ledger = Ledger(
      classes: [],
      accounts: [
        LedgerAccount(name: "P", currency: RandomLedger.eur, mayOwe: false),
        LedgerAccount(name: "A", currency: RandomLedger.eur),
      ],
      steps: [
        LedgerStep(
          sequence: 1, date: CivilDate(dayNumber: 19_700),
          movement: .transfer(from: "P", to: "A", amount: 1, credited: nil))
      ])
    #expect(throws: TracingError.self) {
      try ledger.traced(by: TracingCatalogue.named("fifo"))
    }
  }

  // MARK: Sales

  private func sold(
    fraction: String?, facts: [String] = ["F-01"], prices: [String] = ["80.00"],
    bought: Bool = true, refundAfter: Bool = false
  ) throws -> TracingRun {
    var (small, a, b) = try small()
    try small.entry(a, "2024-02-01", "100.00", "fraud")
    try small.entry(a, "2024-02-02", "60.00", "a friend")
    if bought { try small.entry(a, "2024-02-03", "-160.00", "garage") }
    for (index, price) in prices.enumerated() {
      try small.entry(b, "2024-03-0\(index + 1)", price, "buyer")
    }
    if refundAfter { try small.entry(a, "2024-04-01", "10.00", "garage", isReversal: true) }
    small.file.matter.tracing = TracingFacts(sales: [
      AssetSale(
        property: PropertyCode("CAR"), selector: words("buyer"), fraction: fraction,
        facts: facts.map { FactCode($0) }, source: try SmallCase.source("sheet", 5))
    ])
    return try CaseLedger(of: small.file).trace(method: "fifo")
  }

  @Test("the price of an item stands in its place, and the item appears as sold")
  func sale() throws {
    let run = try sold(fraction: nil)
    #expect(
      SmallCase.table(run) == """
        account 2: T1* 50.00 EUR
        account 2: unexplained credits of A 30.00 EUR
        """)
    #expect(
      run.limits.contains {
        $0.hasPrefix("CAR: sold on 2024-03-01 for 80.00 EUR, statement-2, line 14;")
      })
  }

  @Test("a part sold carries its part, and instalments of one price share it")
  func partSales() throws {
    #expect(
      try SmallCase.table(sold(fraction: "1/4")) == """
        asset CAR: T1* 75.00 EUR
        asset CAR: unexplained credits of A 45.00 EUR
        account 2: T1* 50.00 EUR
        account 2: unexplained credits of A 30.00 EUR
        """)
    #expect(
      try SmallCase.table(sold(fraction: nil, prices: ["20.00", "60.00"]))
        == SmallCase.table(sold(fraction: nil)))
    #expect(
      try SmallCase.table(sold(fraction: "1/2", prices: ["20.00", "60.00"])) == """
        asset CAR: T1* 50.00 EUR
        asset CAR: unexplained credits of A 30.00 EUR
        account 2: T1* 50.00 EUR
        account 2: unexplained credits of A 30.00 EUR
        """)
  }

  @Test("a sale on intelligence, or of what was never seen bought, is an ordinary receipt")
  func noSale() throws {
    let silent = try sold(fraction: nil, facts: ["F-09"])
    #expect(SmallCase.table(silent).contains("account 2: unexplained credits of B 80.00 EUR"))
    #expect(!silent.limits.contains { $0.contains("CAR") })
    let unseen = try sold(fraction: nil, bought: false)
    #expect(SmallCase.table(unseen).contains("account 2: unexplained credits of B 80.00 EUR"))
    #expect(unseen.limits.contains { $0.hasPrefix("CAR: the records do not show") })
  }

  @Test("a refund after the sale is no reversal of the purchase, so that the run goes on")
  func refundAfterSale() throws {
    let run = try sold(fraction: nil, refundAfter: true)
    #expect(SmallCase.table(run).contains("account 1: refund, unknown 10.00 EUR"))
  }

  // MARK: Batches

  private func batch(_ parts: [(String, String?, String?)], _ amount: String) throws -> CaseLedger {
    var (small, a, _) = try small()
    try small.entry(a, "2024-02-01", "100.00", "fraud")
    try small.entry(a, "2024-02-03", amount, "batch")
    let euro = try #require(Currency(iso: "EUR"))
    small.file.matter.tracing = TracingFacts(batches: [
      BatchSplit(
        selector: words("batch"),
        parts: try parts.map {
          BatchSplit.Part(
            amount: try #require(Money($0.0, in: euro)), property: $0.1.map { PropertyCode($0) },
            sourceClass: $0.2.map { SourceClassCode($0) })
        }, facts: [FactCode("F-01")], source: try SmallCase.source("sheet", 5))
    ])
    return try CaseLedger(of: small.file)
  }

  @Test("a batch is several payments with one line, and its remainder is named")
  func batches() throws {
    let debit = try batch([("30.00", "CAR", nil)], "-90.00").trace(method: "fifo")
    #expect(
      SmallCase.table(debit) == """
        asset CAR: T1* 30.00 EUR
        account 1: T1* 10.00 EUR
        spent: T1* 60.00 EUR
        """)
    #expect(debit.limits.contains { $0.contains("60.00 EUR are in no part of the list") })
    let credit = try batch([("30.00", nil, "T1")], "30.00").trace(method: "fifo")
    #expect(SmallCase.table(credit) == "account 1: T1* 130.00 EUR")
    #expect(!credit.limits.contains { $0.contains("in no part") })
  }

  @Test("parts that exceed the entry, or do not fit it, are refused with the sheet's line")
  func badBatches() throws {
    for parts in [[("90.01", "CAR", nil)], [("9.00", nil, "T1")]] as [[(String, String?, String?)]]
    {
      #expect {
        _ = try batch(parts, "-90.00")
      } throws: { error in
        (error as? TracingError)?.place == "sheet: line 5"
      }
    }
  }

  // MARK: Payments in parts

  private func group(_ debits: [(String, String)], _ credits: [(String, String)], _ facts: String)
    throws -> CaseLedger
  {
    var (small, a, b) = try small()
    try small.entry(a, "2024-02-01", "100.00", "fraud")
    try small.entry(a, "2024-02-01", "100.00", "a friend")
    for (day, amount) in debits { try small.entry(a, day, amount, "parts") }
    for (day, amount) in credits { try small.entry(b, day, amount, "parts") }
    small.file.matter.tracing = TracingFacts(transferGroups: [
      TransferGroup(
        debits: words("parts"), credits: words("parts"), facts: [FactCode(facts)],
        source: try SmallCase.source("sheet", 5))
    ])
    return try CaseLedger(of: small.file)
  }

  @Test("several debits fill several credits in order; what is missing is a fee")
  func groups() throws {
    let run = try group(
      [("2024-02-02", "-80.00"), ("2024-02-03", "-70.00")],
      [("2024-02-03", "30.00"), ("2024-02-04", "60.00"), ("2024-02-04", "55.00")], "F-01"
    ).trace(method: "fifo")
    #expect(
      SmallCase.table(run) == """
        account 1: unexplained credits of A 50.00 EUR
        account 2: T1* 100.00 EUR
        account 2: unexplained credits of A 45.00 EUR
        spent: unexplained credits of A 5.00 EUR
        """)
    #expect(run.limits.contains { $0.hasPrefix("2 debits and 3 credits are taken as one payment") })
  }

  @Test("what arrived beyond what left is unexplained, and a group on intelligence is none")
  func groupsThatDoNotAddUp() throws {
    let more = try group([("2024-02-02", "-80.00")], [("2024-02-04", "85.00")], "F-01")
    #expect(
      try SmallCase.table(more.trace(method: "fifo")) == """
        account 1: T1* 20.00 EUR
        account 1: unexplained credits of A 100.00 EUR
        account 2: T1* 80.00 EUR
        account 2: unexplained credits of B 5.00 EUR
        """)
    let silent = try group([("2024-02-02", "-80.00")], [("2024-02-04", "85.00")], "F-09")
    #expect(
      try SmallCase.table(silent.trace(method: "fifo")).contains(
        "account 2: unexplained credits of B 85.00 EUR"))
  }

  @Test("between two currencies the parts sum to what left and to what arrived")
  func groupAtARate() throws {
    var (small, a, _) = try small()
    let c = try small.account("C", "JPY", holder: "S-01")
    try small.entry(a, "2024-02-01", "100.00", "fraud")
    try small.entry(a, "2024-02-02", "-33.33", "parts")
    try small.entry(a, "2024-02-03", "-66.67", "parts")
    try small.entry(c, "2024-02-05", "7001", "parts")
    try small.entry(c, "2024-02-06", "9000", "parts")
    small.file.matter.tracing = TracingFacts(transferGroups: [
      TransferGroup(
        debits: words("parts"), credits: words("parts"), facts: [FactCode("F-01")],
        source: try SmallCase.source("sheet", 5))
    ])
    let run = try CaseLedger(of: small.file).trace(method: "rolling_pro_rata")
    #expect(SmallCase.table(run) == "account 3: T1* 16001 JPY")
  }

  // MARK: Returns

  @Test("part of a payment that came back is linked when only one payment can be meant")
  func partReturns() throws {
    var (small, a, b) = try small()
    let shop = try small.account("SHOP", hasStatements: false)
    try small.entry(a, "2024-02-01", "100.00", "fraud")
    try small.entry(a, "2024-02-02", "-80.00", "goods", other: shop)
    try small.entry(a, "2024-02-03", "50.00", "a friend")
    try small.entry(a, "2024-02-04", "30.00", "returned", other: shop, isReversal: true)
    let run = try CaseLedger(of: small.file).trace(method: "fifo")
    #expect(
      SmallCase.table(run) == """
        account 1: T1* 50.00 EUR
        account 1: unexplained credits of A 50.00 EUR
        abroad local:SHOP: T1* 50.00 EUR
        """)
    #expect(run.limits.contains { $0.hasPrefix("One part of a payment came back") })
    // A second payment to the same shop: it could be either, so it is neither.
    try small.entry(b, "2024-01-02", "90.00", "x")
    small.file.entries.removeAll { $0.isReversal }
    try small.entry(a, "2024-02-05", "-40.00", "goods", other: shop)
    try small.entry(a, "2024-02-06", "30.00", "returned", other: shop, isReversal: true)
    let open = try CaseLedger(of: small.file).trace(method: "fifo")
    #expect(SmallCase.table(open).contains("account 1: refund, unknown 30.00 EUR"))
  }

  @Test("no more comes back than was paid, part by part")
  func partsOfParts() throws {
    var (small, a, _) = try small()
    let shop = try small.account("SHOP", hasStatements: false)
    try small.entry(a, "2024-02-01", "100.00", "fraud")
    try small.entry(a, "2024-02-02", "-80.00", "goods", other: shop)
    for day in 4...6 {
      try small.entry(a, "2024-02-0\(day)", "30.00", "returned", other: shop, isReversal: true)
    }
    let run = try CaseLedger(of: small.file).trace(method: "fifo")
    #expect(
      SmallCase.table(run) == """
        account 1: T1* 80.00 EUR
        account 1: refund, unknown 30.00 EUR
        abroad local:SHOP: T1* 20.00 EUR
        """)
  }

  // MARK: Times

  @Test("a day on which every entry states its time is not reordered by a same-day policy")
  func timesAreKept() throws {
    for isTimed in [true, false] {
      var (small, a, _) = try small()
      try small.entry(a, "2024-02-01", "100.00", "a friend")
      try small.entry(a, "2024-02-02", "-100.00", "garage", time: 36_000)
      try small.entry(a, "2024-02-02", "50.00", "fraud", time: isTimed ? 39_600 : nil)
      try small.entry(a, "2024-02-02", "-50.00", "shop", time: 39_600)
      let ledger = try CaseLedger(of: small.file)
      let phases = ledger.ledger.steps.filter { $0.date == CivilDate("2024-02-02") }.map(\.phase)
      #expect(phases == (isTimed ? [1, 2, 2] : [1, 1, 1]))
      let run = try ledger.trace(
        method: "proceeds_first", policy: TracingPolicy(sameDayOrder: .creditsFirst))
      #expect(SmallCase.table(run).hasPrefix("asset CAR: T1*") == !isTimed)
    }
  }
}
