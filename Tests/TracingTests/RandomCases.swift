// Random cases of several accounts with statements, and what is left when a statement is missing.

import CaseModel
import Testing

@testable import Tracing

/// A case whose records are whole: every account has statements that join, numbered from 1, with the
/// balances that its entries give.
struct RandomCase {
  var small: SmallCase
  private var random: SeededNumbers
  private var balances: [AccountID: Int64] = [:]
  /// Days of the statements, the same for every account.
  private let periods: [(first: Int32, last: Int32)]

  private static let days: Int32 = 40
  private static let start = CivilDate(dayNumber: 19_700)

  init(seed: UInt64, entries: Int = 26, most: Int64 = 12) throws {
    random = SeededNumbers(seed: seed)
    small = try SmallCase()
    var cuts = [
      Int32.random(in: 8...14, using: &random), Int32.random(in: 18...30, using: &random),
    ]
    cuts.append(Self.days)
    var first: Int32 = 0
    periods = cuts.map { last in
      defer { first = last + 1 }
      return (first, last)
    }
    try small.person("S-01", .suspect)
    try small.tainted("T1", word: "fraud")
    try small.tainted("T2", word: "bribe")
    try small.fact("F-01", .certified)
    for code in ["CAR", "BOAT"] { try small.property(code, word: code.lowercased()) }
    if seed % 3 == 0 {
      small.file.matter.facts.append(
        CaseFact(
          code: FactCode("F-02"), statement: "one plan", status: .certified, helpsRespondent: false,
          exhibit: nil, topic: "co-ordination", property: [PropertyCode("CAR")],
          source: try SmallCase.source("sheet", 9)))
    }
    let currencies = ["EUR", "EUR", seed % 2 == 0 ? "EUR" : "JPY"]
    var accounts: [AccountID] = []
    for (name, currency) in zip(["A", "B", "C"], currencies) {
      let id = try small.account(name, currency, holder: "S-01", hasStatements: false)
      accounts.append(id)
      for _ in periods { try addStatement(id) }
    }
    for number in 0..<entries { try addEntry(number, entries, accounts, most) }
    try statePrices()
    stateBalances(accounts)
  }

  private mutating func addStatement(_ account: AccountID) throws {
    let period = periods[small.file.statements.count % periods.count]
    let id = StatementID(Int64(small.file.statements.count + 1))
    small.file.statements.append(
      StatementRecord(
        id: id, account: account, number: "\(small.file.statements.count % periods.count + 1)",
        period: Period(
          first: Self.start.adding(days: Int(period.first)),
          last: Self.start.adding(days: Int(period.last))), opening: nil, closing: nil,
        entryCount: 0, status: .reconciled, difference: nil,
        source: try SmallCase.source("statement-\(id.value)", 1)))
  }

  // MARK: Entries

  private mutating func addEntry(
    _ number: Int, _ entries: Int, _ accounts: [AccountID], _ most: Int64
  ) throws {
    let day = Int32(number) * Self.days / Int32(entries)
    let own = Int.random(in: 0..<3, using: &random)
    let other = (own + Int.random(in: 1...2, using: &random)) % 3
    let amount = Int64.random(in: 1...most, using: &random)
    let account = accounts[own]
    switch Int.random(in: 0..<20, using: &random) {
    case 0..<3: try add(account, day, amount, "fraud")
    case 3: try add(account, day, amount, "bribe")
    case 4..<7: try add(account, day, amount, "salary")
    case 7..<9: try add(account, day, -amount, "car")
    case 9..<11: try add(account, day, -amount, "boat")
    case 11: try add(account, day, -amount, "shop", channel: .cardPresent)
    case 12: try add(account, day, -amount, "atm", channel: .atmWithdrawal)
    case 13: try add(account, day, amount, "interest", channel: .interest)
    case 14: try add(account, day, -amount, "fee", channel: .fee)
    default:
      let arrives =
        own == 2 || other == 2 ? Int64.random(in: 1...most, using: &random) : amount
      let isJPY = small.file.accounts[2].currency.code == "JPY"
      let delay = Int32([0, 0, 1, 3][Int.random(in: 0..<4, using: &random)])
      let out = try add(account, day, -amount, "own", other: accounts[other])
      let into = try add(
        accounts[other], min(Self.days, day + delay), isJPY ? arrives : amount, "own",
        other: account)
      small.pair(out, into)
    }
  }

  @discardableResult
  private mutating func add(
    _ account: AccountID, _ day: Int32, _ units: Int64, _ purpose: String,
    channel: Channel = .unknown, other: AccountID? = nil
  ) throws -> EntryID {
    let unit = try #require(small.file.accounts.first { $0.id == account }).currency
    let period = try #require(periods.firstIndex { $0.last >= day })
    let statement = StatementID((account.value - 1) * Int64(periods.count) + Int64(period) + 1)
    return try small.entry(
      account, Self.start.adding(days: Int(day)).description,
      Money(minorUnits: units, currency: unit).decimalText, purpose, channel: channel,
      other: other, statement: statement)
  }

  /// States what was paid as the price of each asset that one currency paid for.
  private mutating func statePrices() throws {
    for index in small.file.matter.property.indices where Bool.random(using: &random) {
      let word = small.file.matter.property[index].code.text.lowercased()
      let paid = small.file.entries.filter { $0.purpose == word }.map(\.amount)
      guard let currency = paid.first?.currency, paid.allSatisfy({ $0.currency == currency })
      else { continue }
      small.file.matter.property[index].price = -paid.sum(in: currency)
    }
  }

  /// States the balances that the entries give, and numbers the entries by day.
  private mutating func stateBalances(_ accounts: [AccountID]) {
    for account in accounts {
      let own = small.file.entries.indices.filter { small.file.entries[$0].account == account }
        .sorted {
          (small.file.entries[$0].bookedOn, $0) < (small.file.entries[$1].bookedOn, $1)
        }
      for (place, index) in own.enumerated() {
        small.file.entries[index] = small.file.entries[index].numbered(Int32(place + 1))
      }
      var balance = Money.zero(
        small.file.accounts.first { $0.id == account }?.currency ?? RandomLedger.eur)
      for index in small.file.statements.indices
      where small.file.statements[index].account == account {
        let record = small.file.statements[index]
        let opening = balance
        for entry in small.file.entries where entry.statement == record.id {
          balance += entry.amount
        }
        small.file.statements[index] = record.stating(opening, balance)
      }
    }
  }

  // MARK: Missing

  /// The case without one statement: its entries, its record and its pairs are gone, and the gap stands
  /// that the store would report: a balance that does not join, or a number left out.
  func without(_ statement: StatementID) -> CaseFile {
    var file = small.file
    guard let record = file.statements.first(where: { $0.id == statement }) else { return file }
    let gone = Set(file.entries.filter { $0.statement == statement }.map(\.id))
    file.entries.removeAll { gone.contains($0.id) }
    file.transfers.removeAll { gone.contains($0.debit) || gone.contains($0.credit) }
    file.statements.removeAll { $0.id == statement }
    let own = file.statements.filter { $0.account == record.account }
    for (before, after) in zip(own, own.dropFirst()) {
      guard let closing = before.closing?.amount, let opening = after.opening?.amount,
        let ends = before.period?.last, let begins = after.period?.first,
        begins - ends > 1
      else { continue }
      file.gaps.append(
        CoverageGap(
          account: record.account, before: before.id, after: after.id,
          missing: Period(first: ends.adding(days: 1), last: begins.adding(days: -1)),
          jump: opening - closing, sources: [before.source, after.source]))
    }
    return file
  }
}

extension Entry {
  fileprivate func numbered(_ sequence: Int32) -> Entry {
    Entry(
      id: id, key: key, account: account, amount: amount, bookedOn: bookedOn, valueOn: valueOn,
      timeOfDay: timeOfDay, sequence: sequence, channel: channel, isReversal: isReversal,
      counterpartyAccount: counterpartyAccount, counterpartyName: counterpartyName,
      purpose: purpose, statement: statement, source: source)
  }
}

extension StatementRecord {
  fileprivate func stating(_ opening: Money, _ closing: Money) -> StatementRecord {
    StatementRecord(
      id: id, account: account, number: number, period: period,
      opening: StatedBalance(amount: opening, date: period?.first),
      closing: StatedBalance(amount: closing, date: period?.last), entryCount: entryCount,
      status: status, difference: difference, source: source)
  }
}
