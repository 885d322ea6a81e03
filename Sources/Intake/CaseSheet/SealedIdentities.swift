public import CaseModel
import Yams

// Reads the sealed sheet: which pseudonym stands for whom. No message ever quotes a value of it.

/// Reads a sealed sheet.
///
/// Per person: `names`, `aliases`, `accounts` and `phones`. The n-th account of `V-04` is what a case
/// sheet calls `sealed:V-04/n`. An IBAN is kept in canonical form, `iban:…`.
///
/// - Throws: `FileRefusal` with every issue, naming keys and lines, never the identities themselves.
public func readSealedSheet(_ file: InputFile) throws -> SealedSheet {
  let report = SheetReport(file, mayQuote: false)
  let root = try SheetDocument.root(report, kind: SheetKind.sealedIdentities.rawValue)
  let sheet = SheetFields(
    root, what: "the sealed sheet", allowed: ["moneytrail", "matter", "persons"], report)
  let matter = sheet.code("matter").map { MatterCode($0) }
  var entries: [SealedEntry] = []
  var persons: Set<String> = []
  var accounts: Set<AccountKey> = []
  let kinds: [(key: String, kind: SealedEntry.Kind)] = [
    ("names", .name), ("aliases", .alias), ("phones", .phone),
  ]
  let items = sheet.items(
    "persons", what: "a person", allowed: ["code"] + kinds.map(\.key) + ["accounts"])
  for item in items {
    guard let code = item.code("code") else { continue }
    if !persons.insert(code).inserted {
      item.wrong("E-DUPLICATE", "code", nil, "each person once")
    }
    let person = PersonCode(code)
    for (key, kind) in kinds {
      for (number, (line, text)) in item.texts(key).enumerated() {
        entries.append(
          SealedEntry(
            person: person, kind: kind, number: number + 1, value: text,
            source: report.source(line: line)))
      }
    }
    for (number, account) in item.accounts("accounts").enumerated() {
      if account.isSealed || !accounts.insert(account).inserted {
        item.wrong("E-ACCOUNT", "accounts", nil, "each account number once, and no token")
      }
      entries.append(
        SealedEntry(
          person: person, kind: .account, number: number + 1, value: account.text,
          source: report.source(line: item.line(of: "accounts"))))
    }
  }
  try report.throwIfRefused()
  guard let matter else { throw report.refusal ?? FileRefusal([]) }
  return SealedSheet(matter: matter, entries: entries, source: report.source(line: 1))
}
