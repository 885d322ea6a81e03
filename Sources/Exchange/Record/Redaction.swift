import CaseModel

/// What stands for a protected person: a code and nothing else (S-172).
///
/// The store already hands out tokens for sealed accounts and masks the texts of records. Here the same
/// rule is applied to what a case file says of persons and accounts, so that an export of a case file
/// from anywhere is safe by default. Victims, witnesses and children are protected, as in the documents.
struct Redaction: Sendable {
  private let protected: Set<PersonCode>
  private let names: [PersonCode: String]
  private var tokens: [AccountID: (key: AccountKey, name: String)] = [:]
  /// What must not stand in any text, and what stands for it; longest first.
  private var needles: [(text: String, token: String)] = []
  /// Accounts whose number an export does not tell.
  var withheldAccounts: Int { tokens.count }
  var protectedPersons: Int { protected.count }

  init(_ caseFile: CaseFile) {
    let persons = caseFile.matter.persons
    protected = Set(
      persons.filter { $0.isVictim || $0.isChild || $0.has(.witness) }.map(\.code))
    names = Dictionary(
      persons.map { ($0.code, $0.displayName.isEmpty ? $0.code.text : $0.displayName) },
      uniquingKeysWith: { first, _ in first })
    for code in protected.sorted() { withhold(of: code, caseFile) }
    for person in persons.sorted(by: { $0.code < $1.code }) where protected.contains(person.code) {
      if person.displayName.count > 3, person.displayName != person.code.text {
        needles.append((person.displayName, person.code.text))
      }
    }
    needles.sort {
      let (a, b) = ($0.text.utf8, $1.text.utf8)
      return a.count == b.count ? a.lexicographicallyPrecedes(b) : a.count > b.count
    }
  }

  private mutating func withhold(of code: PersonCode, _ caseFile: CaseFile) {
    let held = Set(caseFile.matter.persons.filter { $0.code == code }.flatMap(\.holds))
    let accounts = caseFile.accounts.filter { $0.holder == code || held.contains($0.key) }
      .sorted { ($0.key, $0.currency) < ($1.key, $1.currency) }
    for (index, account) in accounts.enumerated() {
      let key =
        account.key.isSealed ? account.key : AccountKey("withheld:\(code)/\(index + 1)")
      let name = "account of \(code), \(index + 1)/\(accounts.count)"
      tokens[account.id] = (key, name)
      guard !account.key.isSealed else { continue }
      needles.append((account.key.text, key.text))
      // The number alone, as other records and purposes write it; short ones would hit chance digits.
      let number = account.key.text.split { $0 == ":" || $0 == "/" }.last.map(String.init) ?? ""
      for text in [number, account.displayName] where text.count >= 8 {
        needles.append((text, name))
      }
    }
  }

  func isProtected(_ code: PersonCode) -> Bool { protected.contains(code) }

  /// The pseudonym of a protected person, the name the documents use of any other.
  func name(_ person: PersonCode) -> String {
    protected.contains(person) ? person.text : names[person] ?? person.text
  }

  /// A text of a record without what the case file itself shows of protected persons.
  func clean(_ text: String) -> String {
    guard !needles.isEmpty else { return text }
    var scalars = text.unicodeScalars
    for needle in needles where scalars.contains(needle.text.unicodeScalars) {
      scalars = scalars.replacing(needle.text.unicodeScalars, with: needle.token.unicodeScalars)
    }
    return String(scalars)
  }
  func clean(_ text: String?) -> String? { text.map { clean($0) } }
  func clean(_ selection: ExportSelection) -> ExportSelection {
    ExportSelection(
      accounts: selection.accounts.map { clean($0) }, first: selection.first, last: selection.last)
  }

  func key(_ account: Account) -> AccountKey { tokens[account.id]?.key ?? account.key }
  func name(_ account: Account) -> String { tokens[account.id]?.name ?? account.displayName }
}
