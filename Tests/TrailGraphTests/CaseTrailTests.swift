import CaseModel
import TestSupport
import Testing
import TrailGraph

@Suite("A case becomes a trail")
struct CaseTrailTests {
  private let euro = Currency(asset: "EUR", exponent: 2)

  private func entry(
    _ id: Int64, account: Int64, _ minor: Int64, day: Int32, sequence: Int32,
    counterparty: Int64? = nil, name: String? = nil, channel: Channel = .unknown,
    time: Int32? = nil
  ) -> Entry {
    Entry(
      id: EntryID(id), key: "\(id)", account: AccountID(account),
      amount: Money(minorUnits: minor, currency: euro), bookedOn: CivilDate(dayNumber: day),
      valueOn: nil, timeOfDay: time, sequence: sequence, channel: channel, isReversal: false,
      counterpartyAccount: counterparty.map { AccountID($0) }, counterpartyName: name, purpose: nil,
      statement: StatementID(1), source: source)
  }

  private var source: SourceRef {
    SourceRef(file: hash, label: "x.csv", locator: .line(1))
  }
  private var hash: ContentHash {
    guard let hash = ContentHash(hex: String(repeating: "0", count: 64)) else {
      preconditionFailure("64 zeros are a hash")
    }
    return hash
  }

  private func caseFile(_ entries: [Entry], _ transfers: [Transfer] = []) -> CaseFile {
    let accounts = [10, 20, 30].map {
      Account(
        id: AccountID($0), key: AccountKey("k\($0)"), currency: euro, displayName: "A\($0)",
        hasStatements: true)
    }
    let matter = Matter(
      code: MatterCode("M"), title: "", profile: "untoc", asOf: CivilDate(dayNumber: 20_000),
      reportingCurrency: euro, office: "", persons: [], counts: [], sourceClasses: [], property: [],
      events: [], facts: [], rates: [], orders: [], nonConvictionGround: nil, source: source)
    return CaseFile(
      matter: matter, files: [], accounts: accounts, statements: [], gaps: [], entries: entries,
      transfers: transfers)
  }

  @Test("a pair of entries is one edge that names both, a line without a pair is one edge")
  func edges() throws {
    let trail = Trail(
      of: caseFile(
        [
          entry(1, account: 10, -500, day: 100, sequence: 1, counterparty: 20),
          entry(2, account: 20, 500, day: 101, sequence: 1, counterparty: 10),
          entry(3, account: 20, -300, day: 101, sequence: 2, counterparty: 30),
        ], [Transfer(id: TransferID(1), debit: EntryID(1), credit: EntryID(2), reasons: [])]))
    #expect(trail.edgeCount == 2)
    let ten = try #require(trail.account(AccountID(10)))
    let edge = try #require(trail.outgoing(of: ten).first)
    #expect(trail.entries(edge) == [EntryID(1), EntryID(2)])
    #expect(trail.names.accountID(of: trail.destination[edge]) == AccountID(20))
    #expect(trail.day(edge) == CivilDate(dayNumber: 100))
    #expect(!trail.hasTimeOfDay(edge))
  }

  @Test("cash and unnamed counterparties join nothing; a name is a party of its own")
  func parties() throws {
    let trail = Trail(
      of: caseFile([
        entry(1, account: 10, 900, day: 100, sequence: 1, name: "Branch 7", channel: .cashDeposit),
        entry(2, account: 10, -100, day: 100, sequence: 2),
        entry(3, account: 10, -200, day: 101, sequence: 3, name: "Corner  Shop, Ltd."),
        entry(4, account: 20, -300, day: 101, sequence: 1, name: "CORNER SHOP LTD"),
      ]))
    #expect(trail.accountCount == 4, "three accounts and one party")
    let party = Int32(3)
    #expect(trail.names.accountID(of: party) == nil)
    #expect(trail.names.labels[3] == "Corner  Shop, Ltd.")
    #expect(trail.incoming(of: party).count == 2)
    let ten = try #require(trail.account(AccountID(10)))
    let cash = try #require(trail.incoming(of: ten).first)
    #expect(trail.source[Int(cash)] == TransferColumns.outside)
    #expect(trail.channel(Int(cash)) == .cashDeposit)
    #expect(
      trail.outgoing(of: ten).map { trail.destination[$0] } == [TransferColumns.outside, party])
  }

  @Test("the bank's sequence within a day decides what came first, in every account at once")
  func sameDay() {
    // 10 pays 20, 20 pays 30, 30 pays 10, all on one day; the case file lists accounts, not moments.
    let entries = [
      entry(1, account: 10, -500, day: 100, sequence: 1, counterparty: 20),
      entry(6, account: 10, 500, day: 100, sequence: 2, counterparty: 30),
      entry(2, account: 20, 500, day: 100, sequence: 1, counterparty: 10),
      entry(3, account: 20, -500, day: 100, sequence: 2, counterparty: 30),
      entry(4, account: 30, 500, day: 100, sequence: 1, counterparty: 20),
      entry(5, account: 30, -500, day: 100, sequence: 2, counterparty: 10),
    ]
    func pair(_ id: Int64, _ debit: Int64, _ credit: Int64) -> Transfer {
      Transfer(id: TransferID(id), debit: EntryID(debit), credit: EntryID(credit), reasons: [])
    }
    let trail = Trail(of: caseFile(entries, [pair(1, 1, 2), pair(2, 3, 4), pair(3, 5, 6)]))
    let search = Trail.CycleSearch(lengths: 3...3, window: 86_400)
    #expect(trail.temporalCycleCounts(search).counts == [1])

    // The same with 20 paying before it was paid: no cycle can start at 10 or pass 20 in time.
    var early = entries
    early[2] = entry(2, account: 20, 500, day: 100, sequence: 2, counterparty: 10)
    early[3] = entry(3, account: 20, -500, day: 100, sequence: 1, counterparty: 30)
    let other = Trail(of: caseFile(early, [pair(1, 1, 2), pair(2, 3, 4), pair(3, 5, 6)]))
    var starts: [Int64] = []
    _ = other.forEachTemporalCycle(search, continues: { _, _ in true }) {
      starts.append(other.names.accountID(of: other.source[$0[$0.startIndex]])?.value ?? 0)
    }
    #expect(!starts.contains(10))
  }

  @Test("a line whose transfer names an unknown entry stays a line of its own")
  func strayTransfer() {
    let trail = Trail(
      of: caseFile(
        [entry(1, account: 10, -500, day: 100, sequence: 1, counterparty: 20)],
        [Transfer(id: TransferID(1), debit: EntryID(1), credit: EntryID(99), reasons: [])]))
    #expect(trail.edgeCount == 1)
  }
}
