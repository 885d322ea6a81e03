import CaseModel
import Tracing

/// A seeded case file: a few persons, their accounts, a year of entries with transfers among them.
struct MadeCase {
  let entries: Int
  private static let accountCount = 12

  /// Times the ledger of the case, one claim run, and the table over the allowed methods.
  func measure() throws {
    guard let file = try caseFile() else { throw BenchError("the made case could not be made") }
    let (ledger, building) = try Measure.time { try CaseLedger(of: file) }
    report("case_10k_steps", ledger.ledger.steps.count, "")
    report("case_10k_ledger", building, "s")
    for name in ["fifo", "libr", "rolling_pro_rata"] {
      Measure.resetPeak()
      let (run, seconds) = try Measure.time { try ledger.trace(method: name) }
      report("case_10k_trace_\(name)", seconds, "s")
      report("case_10k_trace_\(name)_peak", Measure.peakMiB(), "MiB")
      report("case_10k_claims_\(name)", run.claims.count, "")
    }
    let (_, seconds) = try Measure.time {
      try ledger.sensitivity(methods: ["rolling_pro_rata", "pari_passu", "fifo", "libr", "oatway"])
    }
    report("case_10k_sensitivity_15_runs", seconds, "s")
  }

  private func source(_ file: Int, _ line: Int) -> SourceRef? {
    let hex = String(repeating: "0", count: 62) + String(file + 10)
    return ContentHash(hex: hex).map {
      SourceRef(file: $0, label: "PX-\(file + 10)", locator: .line(line))
    }
  }

  private func caseFile() throws -> CaseFile? {
    guard let first = CivilDate("2024-01-01"), let last = CivilDate("2024-12-31"),
      let euro = Currency(iso: "EUR"), let sheet = source(0, 1)
    else { return nil }
    let keys = (0..<Self.accountCount).map { AccountKey("local:\($0)") }
    let accounts = keys.enumerated().map { index, key in
      Account(
        id: AccountID(Int64(index + 1)), key: key, currency: euro, displayName: "account \(index)",
        hasStatements: true)
    }
    let statements = accounts.enumerated().compactMap { index, account in
      source(index + 1, 1).map {
        StatementRecord(
          id: StatementID(account.id.value), account: account.id, number: nil,
          period: Period(first: first, last: last),
          opening: StatedBalance(amount: Money(minorUnits: 500_000, currency: euro), date: first),
          closing: nil, entryCount: 0, status: .reconciled, difference: nil, source: $0)
      }
    }
    let person = Person(
      code: PersonCode("S-01"), isLegalPerson: false, displayName: "S-01",
      roles: [RoleAssignment(role: .suspect)], holds: keys, controls: [], isChild: false,
      source: sheet)
    let classes = ["alpha", "beta", "gamma"].map { word in
      SourceClass(
        code: SourceClassCode(word), title: word, isTainted: word != "gamma",
        nature: word == "gamma" ? .lawful : .obtaining, count: nil,
        selector: EntrySelector(direction: .credit, textContains: [word]), reason: "made",
        source: sheet)
    }
    let property = (0..<5).map { number in
      PropertyItem(
        code: PropertyCode("ASSET-\(number)"), kind: "vehicle", description: "made",
        identifiers: nil, locationState: "XX", location: "", legalOwner: nil, controller: nil,
        acquiredOn: nil, price: nil,
        funding: [EntrySelector(direction: .debit, textContains: ["asset \(number)"])],
        account: nil, valuations: [], encumbrances: [], interests: [], instrumentalityFacts: [],
        custody: nil, source: sheet)
    }
    let (made, transfers) = madeEntries(from: first, in: euro)
    return CaseFile(
      matter: Matter(
        code: MatterCode("M-1"), title: "Made", profile: "gb", asOf: last, reportingCurrency: euro,
        office: "Office", persons: [person], counts: [], sourceClasses: classes,
        property: property, events: [], facts: [], rates: [], orders: [],
        nonConvictionGround: nil, source: sheet),
      files: [], accounts: accounts, statements: statements, gaps: [], entries: made,
      transfers: transfers)
  }

  private func madeEntries(
    from first: CivilDate, in currency: Currency
  ) -> (entries: [Entry], transfers: [Transfer]) {
    var random = SplitMix(state: 20_240_302)
    var made: [Entry] = []
    var transfers: [Transfer] = []
    var sequences = Array(repeating: Int32(0), count: Self.accountCount)
    func add(_ account: Int, _ amount: Int64, _ purpose: String, isReversal: Bool = false)
      -> EntryID?
    {
      let id = made.count + 1
      sequences[account] += 1
      guard let source = source(account + 1, id + 1) else { return nil }
      made.append(
        Entry(
          id: EntryID(Int64(id)), key: "key-\(id)", account: AccountID(Int64(account + 1)),
          amount: Money(minorUnits: amount, currency: currency),
          bookedOn: first.adding(days: id * 360 / entries), valueOn: nil, timeOfDay: nil,
          sequence: sequences[account], channel: .unknown, isReversal: isReversal,
          counterpartyAccount: nil, counterpartyName: "party \(id % 400)", purpose: purpose,
          statement: StatementID(Int64(account + 1)), source: source))
      return EntryID(Int64(id))
    }
    while made.count < entries {
      let account = random.below(Self.accountCount)
      let amount = Int64(random.below(40_000) + 100)
      switch random.below(100) {
      case 0..<40:
        let word = ["alpha", "beta", "gamma", "sales", "salary"][random.below(5)]
        _ = add(account, amount, "payment \(word) \(made.count)")
      case 40..<70: _ = add(account, -amount, "card purchase \(made.count)")
      case 70..<78: _ = add(account, -amount, "asset \(random.below(5)) instalment")
      case 78..<80: _ = add(account, amount, "refund", isReversal: true)
      default:
        let to = (account + 1 + random.below(Self.accountCount - 1)) % Self.accountCount
        guard let debit = add(account, -amount, "own transfer"),
          let credit = add(to, amount, "own transfer")
        else { continue }
        transfers.append(
          Transfer(
            id: TransferID(Int64(transfers.count + 1)), debit: debit, credit: credit,
            reasons: ["made"]))
      }
    }
    return (made, transfers)
  }
}
