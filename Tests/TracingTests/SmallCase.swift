// Small cases made by hand: accounts, entries, transfers and gaps with the least that is needed.

import CaseModel
import Testing

@testable import Tracing

/// Builds a case file line by line. Accounts are numbered from 1 in the order they are added.
struct SmallCase {
  var file: CaseFile
  private var sequences: [AccountID: Int32] = [:]

  init() throws {
    let day = try #require(CivilDate("2024-12-31"))
    let source = try Self.source("sheet", 1)
    let currency = try #require(Currency(iso: "EUR"))
    file = CaseFile(
      matter: Matter(
        code: MatterCode("M-1"), title: "Test", profile: "untoc", asOf: day,
        reportingCurrency: currency, office: "Office", persons: [], counts: [], sourceClasses: [],
        property: [], events: [], facts: [], rates: [], orders: [], nonConvictionGround: nil,
        source: source),
      files: [], accounts: [], statements: [], gaps: [], entries: [], transfers: [])
  }

  static func source(_ label: String, _ line: Int) throws -> SourceRef {
    SourceRef(
      file: try #require(ContentHash(hex: String(repeating: "a", count: 64))), label: label,
      locator: .line(line))
  }

  mutating func person(
    _ code: String, _ role: Role, holds: [String] = [], controls: [String] = []
  ) throws {
    file.matter.persons.append(
      Person(
        code: PersonCode(code), isLegalPerson: false, displayName: code,
        roles: [RoleAssignment(role: role)], holds: holds.map { AccountKey("local:\($0)") },
        controls: controls.map { AccountKey("local:\($0)") }, isChild: false,
        source: try Self.source("sheet", 2)))
  }

  /// An account with one statement that opens on 1 January with `opening`.
  @discardableResult
  mutating func account(
    _ name: String, _ currency: String = "EUR", opening: String? = "0", holder: String? = nil,
    status: ReconciliationStatus = .reconciled, hasStatements: Bool = true
  ) throws -> AccountID {
    let id = AccountID(Int64(file.accounts.count + 1))
    let unit = try #require(Currency(iso: currency))
    file.accounts.append(
      Account(
        id: id, key: AccountKey("local:\(name)"), currency: unit, displayName: name,
        holder: holder.map { PersonCode($0) }, hasStatements: hasStatements))
    if hasStatements { try statement(id, from: "2024-01-01", opening: opening, status: status) }
    return id
  }

  @discardableResult
  mutating func statement(
    _ account: AccountID, from: String, opening: String?, status: ReconciliationStatus = .reconciled
  ) throws -> StatementID {
    let id = StatementID(Int64(file.statements.count + 1))
    let unit = try #require(file.accounts.first { $0.id == account }).currency
    let first = try #require(CivilDate(from))
    let last = try #require(CivilDate("2024-12-31"))
    file.statements.append(
      StatementRecord(
        id: id, account: account, number: nil, period: Period(first: first, last: last),
        opening: opening.flatMap { Money($0, in: unit) }.map {
          StatedBalance(amount: $0, date: first)
        }, closing: nil, entryCount: 0, status: status, difference: nil,
        source: try Self.source("statement-\(id.value)", 1)))
    return id
  }

  @discardableResult
  mutating func entry(
    _ account: AccountID, _ day: String, _ amount: String, _ purpose: String = "",
    channel: Channel = .unknown, other: AccountID? = nil, isReversal: Bool = false,
    statement: StatementID? = nil, time: Int32? = nil
  ) throws -> EntryID {
    let id = EntryID(Int64(file.entries.count + 1))
    let unit = try #require(file.accounts.first { $0.id == account }).currency
    sequences[account, default: 0] += 1
    let belongs = try #require(
      statement ?? file.statements.last { $0.account == account }?.id)
    file.entries.append(
      Entry(
        id: id, key: "key-\(id.value)", account: account,
        amount: try #require(Money(amount, in: unit)), bookedOn: try #require(CivilDate(day)),
        valueOn: nil, timeOfDay: time, sequence: sequences[account] ?? 0, channel: channel,
        isReversal: isReversal, counterpartyAccount: other, counterpartyName: nil,
        purpose: purpose, statement: belongs,
        source: try Self.source("statement-\(belongs.value)", 10 + Int(id.value))))
    return id
  }

  mutating func pair(_ debit: EntryID, _ credit: EntryID) {
    file.transfers.append(
      Transfer(
        id: TransferID(Int64(file.transfers.count + 1)), debit: debit, credit: credit,
        reasons: ["test"]))
  }

  /// A tainted class for every credit whose purpose holds the word.
  mutating func tainted(_ code: String, word: String) throws {
    file.matter.sourceClasses.append(
      SourceClass(
        code: SourceClassCode(code), title: code, isTainted: true, nature: .obtaining, count: nil,
        selector: EntrySelector(direction: .credit, textContains: [word]), reason: "test",
        source: try Self.source("sheet", 3)))
  }

  mutating func property(_ code: String, word: String) throws {
    file.matter.property.append(
      PropertyItem(
        code: PropertyCode(code), kind: "vehicle", description: code, identifiers: nil,
        locationState: "XX", location: "", legalOwner: nil, controller: nil, acquiredOn: nil,
        price: nil, funding: [EntrySelector(direction: .debit, textContains: [word])], account: nil,
        valuations: [], encumbrances: [], interests: [], instrumentalityFacts: [], custody: nil,
        source: try Self.source("sheet", 4)))
  }

  mutating func fact(_ code: String, _ status: EvidenceStatus) throws {
    file.matter.facts.append(
      CaseFact(
        code: FactCode(code), statement: code, status: status, helpsRespondent: false,
        exhibit: nil, topic: "conduct", source: try Self.source("sheet", 6)))
  }

  /// Claims as `place class amount`, one a line.
  static func table(_ run: TracingRun) -> String {
    run.claims.map { claim in
      let place =
        switch claim.place {
        case .account(let id): "account \(id.value)"
        case .asset(let code): "asset \(code)"
        case .untraced(let id): "untraced \(id.value)"
        case .abroad(let key): "abroad \(key)"
        case .cash(let pool): pool
        case .debtDischarge: "debt"
        case .dissipated: "spent"
        }
      return "\(place): \(claim.sourceClass)\(claim.isTainted ? "*" : "") \(claim.amount.amount)"
    }.joined(separator: "\n")
  }
}
