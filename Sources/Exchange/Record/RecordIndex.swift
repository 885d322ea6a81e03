import CaseModel

/// The record with every name resolved: what all exports share.
///
/// - Complexity: O(*n*) once an export; look-ups are constant.
struct RecordIndex: Sendable {
  let record: ExportRecord
  let redaction: Redaction
  private let accounts: [AccountID: Account]
  private let entries: [EntryID: Entry]
  private let statements: [StatementID: StatementRecord]
  private let accountsByKey: [AccountKey: [Account]]
  private let persons: [PersonCode: Person]
  /// Every legally known person, the selection's accounts with those they name, in their order.
  let listedAccounts: [Account]

  var matter: Matter { record.caseFile.matter }
  var caseFile: CaseFile { record.caseFile }

  init(_ record: ExportRecord) {
    self.record = record
    let caseFile = record.caseFile
    redaction = Redaction(caseFile)
    accounts = Dictionary(
      caseFile.accounts.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    entries = Dictionary(
      caseFile.entries.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    statements = Dictionary(
      caseFile.statements.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    accountsByKey = Dictionary(grouping: caseFile.accounts, by: \.key)
    persons = Dictionary(
      caseFile.matter.persons.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
    var mentioned = Set(caseFile.entries.map(\.account))
    mentioned.formUnion(caseFile.entries.compactMap(\.counterpartyAccount))
    mentioned.formUnion(caseFile.statements.map(\.account))
    let whole = record.selection.isWhole
    let redaction = self.redaction
    listedAccounts = caseFile.accounts.filter {
      whole || mentioned.contains($0.id) || record.selection.takes($0)
    }.sorted {
      (redaction.key($0), $0.currency) < (redaction.key($1), $1.currency)
    }
  }

  func account(_ id: AccountID?) -> Account? { id.flatMap { accounts[$0] } }
  func entry(_ id: EntryID) -> Entry? { entries[id] }
  func statement(_ id: StatementID) -> StatementRecord? { statements[id] }
  func person(_ code: PersonCode?) -> Person? { code.flatMap { persons[$0] } }

  /// The case's account behind a key: the one in the currency, else the only one.
  func account(_ key: AccountKey, in currency: Currency?) -> Account? {
    guard let found = accountsByKey[key] else { return nil }
    return found.first { $0.currency == currency } ?? (found.count == 1 ? found.first : nil)
  }

  /// Every person of the matter, by code.
  var listedPersons: [Person] { persons.values.sorted { $0.code < $1.code } }

  // MARK: Names that are the same everywhere

  func id(_ account: Account) -> StableID {
    StableID(
      matter.code, "account", redaction.key(account).text, account.currency.code,
      String(account.currency.exponent))
  }
  func id(_ person: PersonCode) -> StableID { StableID(matter.code, "person", person.text) }
  func id(_ entry: Entry) -> StableID { StableID(matter.code, "entry", entry.key) }
  func id(_ file: ContentHash) -> StableID { StableID(matter.code, "file", file.hex) }
  func id(_ debit: Entry, _ credit: Entry) -> StableID {
    StableID(matter.code, "transfer", debit.key, credit.key)
  }
  func id(_ statement: StatementRecord) -> StableID {
    StableID(
      matter.code, "statement", statement.source.file.hex, statement.source.locator.text,
      account(statement.account).map { id($0).text } ?? "")
  }
  /// The holder of an account whom no record of the case names.
  func unknownHolder(of account: Account) -> StableID {
    StableID(matter.code, "unknown-holder", id(account).text)
  }
  /// The other side of one line, as that line names it. Never joined with that of another line: people
  /// are not merged by name (formats.md §7.3).
  func statedParty(of entry: Entry) -> StableID {
    StableID(matter.code, "stated-party", entry.key)
  }

  // MARK: Texts

  func name(_ account: Account) -> String { redaction.name(account) }
  func counterparty(_ entry: Entry) -> String? { redaction.clean(entry.counterpartyName) }
  func purpose(_ entry: Entry) -> String? { redaction.clean(entry.purpose) }

  /// `PX-003 line 214`.
  func place(_ source: SourceRef) -> String { "\(source.label) \(source.locator)" }

  /// The files that anything of the record was read from, the case sheet among them, by label.
  var listedFiles: [ReceivedFile] {
    var files = caseFile.files
    var known = Set(files.map(\.sha256))
    func add(_ source: SourceRef, _ format: String) {
      guard known.insert(source.file).inserted else { return }
      files.append(
        ReceivedFile(
          sha256: source.file, name: source.label, byteCount: 0, format: format, parser: ""))
    }
    add(matter.source, "case-sheet")
    let others =
      caseFile.statements.map(\.source) + caseFile.entries.map(\.source)
      + record.payments.map(\.source) + record.entities.map(\.source)
    for source in others.sorted() { add(source, "") }
    return files.sorted {
      $0.label == $1.label
        ? $0.sha256 < $1.sha256 : $0.label.utf8.lexicographicallyPrecedes($1.label.utf8)
    }
  }
}
