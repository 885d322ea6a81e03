// From a case to claims: transfers, currencies, gaps, overdrafts, purchases, limits.

import CaseModel
import Testing

@testable import Tracing

@Suite("Ledger of a case")
struct CaseLedgerTests {
  /// Two accounts of a suspect, 100 of unknown origin, 500 of fraud, and a flat paid from both.
  private func flat() throws -> SmallCase {
    var small = try SmallCase()
    let a = try small.account("A", opening: "100.00")
    let b = try small.account("B")
    try small.person("S-01", .suspect, holds: ["A", "B"])
    try small.tainted("T1", word: "fraud")
    try small.property("FLAT", word: "notary")
    try small.entry(a, "2024-02-01", "500.00", "Fraud money")
    let out = try small.entry(a, "2024-02-03", "-300.00", "own account", other: b)
    let into = try small.entry(b, "2024-02-03", "300.00", "own account", other: a)
    small.pair(out, into)
    try small.entry(a, "2024-02-05", "-250.00", "NOTARY first part")
    try small.entry(b, "2024-02-05", "-150.00", "Notary, second part")
    try small.entry(b, "2024-02-06", "20.00", "from a friend")
    return small
  }

  @Test("a flat bought from two accounts carries the classes of both, with the lines behind them")
  func mixedPurchase() throws {
    let run = try CaseLedger(of: flat().file).trace(method: "fifo")
    #expect(
      SmallCase.table(run) == """
        asset FLAT: T1* 300.00 EUR
        asset FLAT: opening balance of A 100.00 EUR
        account 1: T1* 50.00 EUR
        account 2: T1* 150.00 EUR
        account 2: unexplained credits of B 20.00 EUR
        """)
    let claim = try #require(run.claims.first)
    #expect(
      claim.steps.map { "\($0.date) \($0.from) > \($0.to) \($0.amount.decimalText)" } == [
        "2024-02-01 received as T1 > A 300.00", "2024-02-03 A > B 50.00",
        "2024-02-05 A > asset FLAT 250.00", "2024-02-05 B > asset FLAT 50.00",
      ])
    #expect(claim.steps.map(\.moved.decimalText) == ["500.00", "300.00", "250.00", "150.00"])
    // The receipt, both legs of the transfer, and the two payments.
    #expect(claim.amount.sources.count == 5)
    #expect(run.limits.contains { $0.contains("origin of the opening balance of 1 account") })
    #expect(run.ledgerHash.hex.count == 64)
  }

  @Test("a long path is cut to the number of steps asked for, and the figure says so")
  func pathIsCut() throws {
    let ledger = try CaseLedger(of: flat().file)
    let run = try ledger.trace(method: "fifo", stepsShownMax: 2)
    let claim = try #require(run.claims.first)
    #expect(claim.steps.count == 2)
    #expect(claim.amount.sources.count == 5)
    #expect(claim.amount.derivation.contains("over 4 movements"))
    #expect(claim.amount.derivation.contains("the oldest 1 and the latest 1 movements are listed"))
  }

  @Test("sensitivity gives each method and order its own column, and says where all agree")
  func sensitivity() throws {
    let table = try CaseLedger(of: flat().file).sensitivity(
      methods: ["fifo", "libr", "rolling_pro_rata"])
    #expect(table.columns.count == 9)
    let flat = try #require(table.rows.first)
    #expect(flat.place == .asset(PropertyCode("FLAT")))
    #expect(
      flat.tainted.map { $0?.decimalText } == [
        "300.00", "300.00", "300.00", "300.00", "300.00", "300.00", "333.33", "333.33", "333.33",
      ])
    #expect(!flat.agrees)
    #expect(
      flat.envelope.map { "\($0.lowerBound.decimalText)–\($0.upperBound.decimalText)" }
        == "300.00–333.33")
  }

  @Test("entries in another order of import give the same ledger and the same run")
  func importOrderIsFree() throws {
    var small = try flat()
    let ledger = try CaseLedger(of: small.file)
    small.file.entries.reverse()
    small.file.accounts.reverse()
    small.file.statements.reverse()
    let again = try CaseLedger(of: small.file)
    #expect(again.ledger.canonicalText == ledger.ledger.canonicalText)
    #expect(again.limits == ledger.limits)
    #expect(
      try again.trace(method: "rolling_pro_rata") == ledger.trace(method: "rolling_pro_rata"))
  }

  @Test("a transfer between currencies over two days keeps its composition at the executed rate")
  func twoDayConversion() throws {
    var small = try SmallCase()
    let a = try small.account("A", "THB", opening: "150000.00")
    let b = try small.account("B", "USD")
    try small.person("S-01", .suspect, holds: ["A"], controls: ["B"])
    try small.tainted("T1", word: "fraud")
    try small.entry(a, "2024-09-03", "350000.00", "fraud")
    let out = try small.entry(a, "2024-09-04", "-200000.00", other: b)
    let into = try small.entry(b, "2024-09-06", "5721.35", other: a)
    small.pair(out, into)
    try small.entry(b, "2024-09-07", "-10.00", channel: .fee)
    let run = try CaseLedger(of: small.file).trace(method: "rolling_pro_rata")
    #expect(
      SmallCase.table(run) == """
        account 1: T1* 210000.00 THB
        account 1: opening balance of A 90000.00 THB
        account 2: T1* 3997.94 USD
        account 2: opening balance of A 1713.41 USD
        spent: T1* 7.00 USD
        spent: opening balance of A 3.00 USD
        """)
  }

  @Test("tracing stops where the records break off, and the balance after it is a class of its own")
  func gapStops() throws {
    var small = try SmallCase()
    let a = try small.account("A")
    try small.person("S-01", .suspect, holds: ["A"])
    try small.tainted("T1", word: "fraud")
    try small.property("CAR", word: "garage")
    let before = try #require(small.file.statements.last).id
    try small.entry(a, "2024-02-01", "500.00", "fraud", statement: before)
    let after = try small.statement(a, from: "2024-06-01", opening: "480.00")
    try small.entry(a, "2024-06-01", "-300.00", "garage", statement: after)
    small.file.gaps.append(
      CoverageGap(
        account: a, before: before, after: after,
        missing: Period(
          first: try #require(CivilDate("2024-03-01")), last: try #require(CivilDate("2024-05-31"))),
        jump: Money("-20.00", in: try #require(Currency(iso: "EUR"))),
        sources: [try SmallCase.source("statement-2", 1)]))
    for method in ["fifo", "libr", "rolling_pro_rata"] {
      let run = try CaseLedger(of: small.file).trace(method: method)
      #expect(
        SmallCase.table(run) == """
          asset CAR: untraced after gap, A 300.00 EUR
          account 1: untraced after gap, A 180.00 EUR
          untraced 1: T1* 500.00 EUR
          """)
      #expect(run.limits.contains { $0.contains("break off from 2024-03-01 to 2024-05-31") })
    }
    small.file.gaps[0] = CoverageGap(
      account: a, before: before, after: after, missing: small.file.gaps[0].missing,
      jump: .zero(try #require(Currency(iso: "EUR"))), sources: [])
    let bridged = try CaseLedger(of: small.file).trace(method: "fifo")
    #expect(SmallCase.table(bridged).hasPrefix("asset CAR: T1* 300.00 EUR"))
    #expect(bridged.limits.contains { $0.contains("the same before and after") })
  }

  @Test("an overdraft pays first, and co-ordination counts only on evidence that may reach a court")
  func overdraft() throws {
    var small = try SmallCase()
    let a = try small.account("A", opening: "-25.00")
    try small.person("S-01", .suspect, holds: ["A"])
    try small.tainted("T1", word: "fraud")
    try small.property("BOAT", word: "yard")
    try small.entry(a, "2024-07-01", "-300.00", "yard")
    try small.entry(a, "2024-07-03", "225.00", "fraud")
    let policy = TracingPolicy(backwardTracing: true)
    let without = """
      asset BOAT: BORROWED 300.00 EUR
      debt: T1* 225.00 EUR
      """
    #expect(
      try SmallCase.table(CaseLedger(of: small.file).trace(method: "libr", policy: policy))
        == without)
    for (status, isShown) in [(EvidenceStatus.intelligenceOnly, false), (.certified, true)] {
      small.file.matter.facts = [
        CaseFact(
          code: FactCode("F-1"), statement: "one plan", status: status, helpsRespondent: false,
          exhibit: nil, topic: "co-ordination", property: [PropertyCode("BOAT")],
          source: try SmallCase.source("sheet", 9))
      ]
      let run = try CaseLedger(of: small.file).trace(method: "libr", policy: policy)
      #expect(
        SmallCase.table(run)
          == (isShown
            ? """
            asset BOAT: BORROWED 100.00 EUR
            asset BOAT: T1* 200.00 EUR
            debt: T1* 25.00 EUR
            """ : without))
    }
  }

  @Test("a sweep from a victim's account in the suspect's hands is a receipt of its class, once")
  func sweep() throws {
    var small = try SmallCase()
    let wages = try small.account("V", holder: "V-01")
    let a = try small.account("A")
    let shop = try small.account("SHOP", hasStatements: false)
    let home = try small.account("W", holder: "V-02", hasStatements: false)
    try small.person("S-01", .suspect, holds: ["A"], controls: ["V"])
    try small.person("V-01", .victim, holds: ["V"])
    try small.person("V-02", .victim, holds: ["W"])
    try small.tainted("SWEEP", word: "rent")
    try small.entry(wages, "2024-02-01", "900.00", "wages", channel: .payroll)
    let out = try small.entry(wages, "2024-02-02", "-850.00", "rent", other: a)
    let into = try small.entry(a, "2024-02-02", "850.00", "rent", other: wages)
    small.pair(out, into)
    try small.entry(a, "2024-02-03", "-100.00", "goods", other: shop)
    try small.entry(a, "2024-02-04", "-50.00", "hush", other: home)
    let run = try CaseLedger(of: small.file).trace(method: "fifo")
    #expect(
      SmallCase.table(run) == """
        account 1: unexplained credits of V 50.00 EUR
        account 2: SWEEP* 700.00 EUR
        abroad W: SWEEP* 50.00 EUR
        abroad local:SHOP: SWEEP* 100.00 EUR
        """)
  }

  @Test("legs the case did not pair are joined only when the records allow exactly one way")
  func inferredPairs() throws {
    var small = try SmallCase()
    let a = try small.account("A", opening: "100.00")
    let b = try small.account("B")
    try small.person("S-01", .suspect, holds: ["A", "B"])
    try small.entry(a, "2024-02-01", "-10.00", other: b)
    try small.entry(b, "2024-02-02", "10.00", other: a)
    try small.entry(a, "2024-03-01", "-20.00", other: b)
    try small.entry(b, "2024-03-01", "20.00", other: a)
    try small.entry(b, "2024-03-02", "20.00", other: a)
    let ledger = try CaseLedger(of: small.file)
    let run = try ledger.trace(method: "fifo")
    #expect(
      SmallCase.table(run) == """
        account 1: opening balance of A 70.00 EUR
        account 2: opening balance of A 10.00 EUR
        account 2: unexplained credits of B 40.00 EUR
        untraced 2: opening balance of A 20.00 EUR
        """)
    #expect(ledger.limits.contains { $0.hasPrefix("One transfer between accounts") })
    #expect(ledger.limits.contains { $0.hasPrefix("One payment to an account") })
    #expect(ledger.limits.contains { $0.hasPrefix("2 receipts from accounts") })
  }

  @Test("a payment taken back in full is as if it had never been made")
  func reversal() throws {
    var small = try SmallCase()
    let a = try small.account("A", opening: "100.00")
    try small.person("S-01", .suspect, holds: ["A"])
    try small.tainted("T1", word: "fraud")
    try small.property("PHONE", word: "phone")
    try small.entry(a, "2024-02-01", "50.00", "fraud")
    try small.entry(a, "2024-02-02", "-120.00", "shop")
    try small.entry(a, "2024-02-04", "120.00", "shop, returned", isReversal: true)
    try small.entry(a, "2024-02-05", "-90.00", "phone")
    try small.entry(a, "2024-02-06", "7.00", "somebody's refund", isReversal: true)
    let run = try CaseLedger(of: small.file).trace(method: "fifo")
    #expect(
      SmallCase.table(run) == """
        asset PHONE: opening balance of A 90.00 EUR
        account 1: T1* 50.00 EUR
        account 1: opening balance of A 10.00 EUR
        account 1: refund, unknown 7.00 EUR
        """)
  }

  @Test("the order of every bank holds where a transfer ties two accounts together on one day")
  func banksOrdersHold() throws {
    var small = try SmallCase()
    let a = try small.account("A")
    let b = try small.account("B")
    try small.person("S-01", .suspect, holds: ["A", "B"])
    try small.tainted("T1", word: "fraud")
    // B receives, then pays on to A, and only then A buys: the order of A alone would not tell.
    try small.entry(b, "2024-02-01", "50.00", "fraud")
    let out = try small.entry(b, "2024-02-01", "-50.00", other: a)
    let into = try small.entry(a, "2024-02-01", "50.00", other: b)
    try small.entry(a, "2024-02-01", "-40.00", "cash", channel: .atmWithdrawal)
    small.pair(out, into)
    let ledger = try CaseLedger(of: small.file)
    let run = try ledger.trace(method: "fifo")
    #expect(SmallCase.table(run) == "account 1: T1* 10.00 EUR\ncash of S-01: T1* 40.00 EUR")
    #expect(ledger.limits.contains { $0.hasPrefix("One cash withdrawal") })
    #expect(!ledger.limits.contains { $0.contains("contradict") })
  }

  @Test("statements that do not reconcile, and missing openings, are said")
  func recordLimits() throws {
    var small = try SmallCase()
    try small.account("A", opening: nil, status: .unreconciled)
    try small.person("S-01", .suspect, holds: ["A"])
    let ledger = try CaseLedger(of: small.file)
    #expect(ledger.limits.contains { $0.contains("A: statement statement-1, line 1 does not") })
    #expect(
      OpeningBalance.limits(ledger.openings, touched: Set(ledger.ledger.accounts.map(\.name)))
        .contains { $0.contains("no opening balance on record") })
    #expect(OpeningBalance.limits(ledger.openings, touched: []).isEmpty)
    let run = try ledger.trace(method: "libr")
    #expect(run.claims.isEmpty)
  }

  @Test("a victim's own account is no part of the ledger")
  func victimsStayOut() throws {
    var small = try SmallCase()
    let v = try small.account("V", opening: "100.00", holder: "V-01")
    try small.person("V-01", .victim, holds: ["V"])
    try small.entry(v, "2024-02-01", "50.00")
    let ledger = try CaseLedger(of: small.file)
    #expect(ledger.ledger.accounts.isEmpty)
    #expect(ledger.limits.contains { $0.contains("nothing could be traced") })
  }

  @Test("an entry in another currency than its account is refused with its place")
  func wrongCurrency() throws {
    var small = try SmallCase()
    let a = try small.account("A")
    try small.account("B", "USD")
    try small.person("S-01", .suspect, holds: ["A"])
    try small.entry(a, "2024-02-01", "50.00")
    let usd = try #require(Currency(iso: "USD"))
    let entry = small.file.entries[0]
    small.file.entries[0] = Entry(
      id: entry.id, key: entry.key, account: entry.account,
      amount: Money(minorUnits: 5_000, currency: usd), bookedOn: entry.bookedOn, valueOn: nil,
      timeOfDay: nil, sequence: 1, channel: .unknown, isReversal: false, counterpartyAccount: nil,
      counterpartyName: nil, purpose: nil, statement: entry.statement, source: entry.source)
    #expect {
      _ = try CaseLedger(of: small.file)
    } throws: { error in
      "\(error)" == "statement-1: line 11: USD booked on an account in EUR — "
        + "import the statement again with the account's currency"
    }
  }

  @Test("a selector holds when all its conditions do, whatever the decimals of its limits")
  func selectors() throws {
    var small = try SmallCase()
    let a = try small.account("A")
    let b = try small.account("B", holder: "S-02")
    try small.person("S-01", .suspect, holds: ["A"])
    try small.entry(a, "2024-02-01", "50.00", "Café Über", channel: .payroll, other: b)
    let matcher = EntryMatcher(small.file)
    let entry = try #require(small.file.entries.first)
    func selects(_ change: (inout EntrySelector) -> Void) -> Bool {
      var selector = EntrySelector(direction: .credit)
      change(&selector)
      return matcher.selects(selector, entry)
    }
    #expect(selects { _ in })
    #expect(selects { $0.textContains = ["nothing", "ÜBER"] })
    #expect(!selects { $0.textContains = ["nothing"] })
    #expect(selects { $0.counterpartyPersons = [PersonCode("S-02")] })
    #expect(!selects { $0.counterpartyPersons = [PersonCode("S-01")] })
    #expect(selects { $0.least = DecimalNumber("50.000") })
    #expect(!selects { $0.least = DecimalNumber("50.001") })
    #expect(!selects { $0.most = DecimalNumber("49.9") })
    #expect(!selects { $0.direction = .debit })
    #expect(!selects { $0.channels = [.fee] })
    #expect(!selects { $0.accounts = [AccountKey("local:B")] })
  }

  @Test(
    "shares by contribution over two accounts say where they count money twice, and by how much")
  func countedTwice() throws {
    var small = try SmallCase()
    let a = try small.account("A")
    let b = try small.account("B")
    try small.person("S-01", .suspect, holds: ["A", "B"])
    try small.tainted("T1", word: "fraud")
    try small.entry(a, "2024-02-01", "100.00", "fraud")
    let out = try small.entry(a, "2024-02-02", "-100.00", other: b)
    small.pair(out, try small.entry(b, "2024-02-02", "100.00", other: a))
    try small.entry(a, "2024-02-03", "100.00", "from a friend")
    let ledger = try CaseLedger(of: small.file)
    let found = try #require(try ledger.countedTwice(method: "pari_passu"))
    #expect(found.stated.decimalText == "150.00" && found.held.decimalText == "100.00")
    #expect(
      try ledger.trace(method: "pari_passu").limits.contains {
        $0.hasPrefix(
          "Of T1 the shares by contribution state 150.00 EUR, but only 100.00 EUR is there")
      })
    #expect(try ledger.countedTwice(method: "rolling_pro_rata") == nil)
  }

  @Test("a transfer booked late at its source makes no overdraft that no bank shows")
  func lateWithoutOverdraft() throws {
    var small = try SmallCase()
    let a = try small.account("A", opening: "0.00")
    let b = try small.account("B", opening: "0.00")
    try small.person("S-01", .suspect, holds: ["A", "B"])
    try small.tainted("T1", word: "fraud")
    let into = try small.entry(b, "2024-02-09", "100.00", other: a)
    try small.entry(a, "2024-02-10", "100.00", "fraud")
    small.pair(try small.entry(a, "2024-02-11", "-100.00", other: b), into)
    let ledger = try CaseLedger(of: small.file)
    #expect(try SmallCase.table(ledger.trace(method: "fifo")) == "account 2: T1* 100.00 EUR")
    #expect(ledger.limits.contains { $0.contains("the day its source booked it") })
    // Where the receiver spent it before, one of the two must be overdrawn, and that is said.
    try small.entry(b, "2024-02-10", "-100.00", "shop")
    let spent = try CaseLedger(of: small.file)
    #expect(spent.limits.contains { $0.contains("an overdraft that its bank does not show") })
  }
}
