import CaseModel
import CaseStore
import Digests

// Small made-up statements in the words of the domain. No real account, no real person.

let euro = Currency(asset: "EUR", exponent: 2)

func day(_ text: String) -> CivilDate {
  guard let day = CivilDate(text) else { preconditionFailure("not a day: \(text)") }
  return day
}

func money(_ minor: Int64) -> Money { Money(minorUnits: minor, currency: euro) }

/// An entry whose key comes from its content and an occurrence number, as Intake makes it.
func entry(
  _ booked: String?, _ minor: Int64, to other: String? = nil, name: String? = nil,
  purpose: String? = nil, line: Int, occurrence: Int = 1, servicer: String? = nil,
  own: String? = nil, key: String? = nil, kind: EntryKind = .booked
) -> StatementEntry {
  var references: [String: String] = [:]
  references["servicer"] = servicer
  references["reference"] = own
  let content = "\(booked ?? "-") \(minor) \(other ?? "") \(purpose ?? "") #\(occurrence)"
  return StatementEntry(
    locator: .line(line), amount: money(minor), bookedOn: booked.map(day), kind: kind,
    counterparty: Counterparty(
      name: name, accountText: other, accountKey: other.map { AccountKey("iban:" + $0) }),
    purpose: purpose, references: references,
    transactionKey: ContentHash(of: key ?? content).hex)
}

func statement(
  _ account: String, _ entries: [StatementEntry], opening: Int64? = nil, closing: Int64? = nil,
  from first: String? = nil, through last: String? = nil, number: String? = nil
) -> Statement {
  Statement(
    accountText: account, accountKey: AccountKey("iban:" + account), currency: euro, number: number,
    opening: opening.map { StatedBalance(amount: money($0), date: first.map(day)) },
    closing: closing.map { StatedBalance(amount: money($0), date: last.map(day)) },
    entries: entries, locator: .line(1))
}

func input(
  _ name: String, _ statements: [Statement], text: String? = nil, exhibit: String? = nil,
  quarantined: [QuarantinedRow] = [], skipped: Int = 0, read: Int? = nil, issues: [Issue] = []
) -> ImportInput {
  // Forty lines, so that the made-up places exist in the made-up file.
  let body =
    text ?? "\(name) \(statements.hashValueFreeText)\n"
    + (2...40).map { "line \($0) of \(name)\n" }.joined()
  let bytes = Array(body.utf8)
  return ImportInput(
    file: ReceivedFile(
      sha256: ContentHash(of: bytes), name: name, byteCount: Int64(bytes.count),
      format: "delimited", exhibit: exhibit, parser: "delimited 1"),
    bytes: bytes, program: "test 1", statements: statements, issues: issues,
    quarantined: quarantined, skipped: skipped,
    recordsRead: read
      ?? statements.reduce(0) { $0 + $1.entries.count } + quarantined.count + skipped)
}

extension [Statement] {
  fileprivate var hashValueFreeText: String {
    map { $0.accountText + " " + $0.entries.map(\.transactionKey).joined(separator: " ") }
      .joined(separator: "; ")
  }
}

let accountA = "DE02100100100000000001"
let accountB = "DE02100100100000000002"
let accountC = "DE02100100100000000003"
