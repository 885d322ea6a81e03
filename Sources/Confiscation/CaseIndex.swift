// Looking things up in a case: who holds which account, which entry is the other leg of which.

import CaseModel

/// A case file with the look-ups the stage needs. Built once; nothing of it leaves in hash order.
struct CaseIndex {
  let caseFile: CaseFile
  let matter: Matter
  let matcher: EntryMatcher
  private let accountsByID: [AccountID: Account]
  private let accountsByKey: [AccountKey: [Account]]
  private let entriesByID: [EntryID: Entry]
  private let otherLegs: [EntryID: EntryID]
  let classes: [SourceClassCode: SourceClass]
  let persons: [PersonCode: Person]

  init(_ caseFile: CaseFile) throws {
    self.caseFile = caseFile
    matter = caseFile.matter
    matcher = EntryMatcher(caseFile)
    accountsByID = Dictionary(caseFile.accounts.map { ($0.id, $0) }) { first, _ in first }
    accountsByKey = Dictionary(grouping: caseFile.accounts, by: \.key)
    entriesByID = Dictionary(caseFile.entries.map { ($0.id, $0) }) { first, _ in first }
    var legs: [EntryID: EntryID] = [:]
    for transfer in caseFile.transfers {
      legs[transfer.debit] = transfer.credit
      legs[transfer.credit] = transfer.debit
    }
    otherLegs = legs
    classes = Dictionary(matter.sourceClasses.map { ($0.code, $0) }) { first, _ in first }
    persons = Dictionary(matter.persons.map { ($0.code, $0) }) { first, _ in first }
    try checkInvariants()
  }

  /// Codes are unique and references lead somewhere.
  private func checkInvariants() throws {
    try refuseDuplicates(matter.property.map { ($0.code.text, $0.source) }, kind: "item")
    try refuseDuplicates(matter.sourceClasses.map { ($0.code.text, $0.source) }, kind: "class")
    try refuseDuplicates(matter.persons.map { ($0.code.text, $0.source) }, kind: "person")
    try refuseDuplicates(matter.counts.map { (String($0.number), $0.source) }, kind: "count")
    let counts = Set(matter.counts.map(\.number))
    for item in matter.sourceClasses {
      if let count = item.count, !counts.contains(count) {
        throw ConfiscationError.unknownReference(
          kind: "count", code: String(count), source: item.source)
      }
    }
    for count in matter.counts where persons[count.person] == nil {
      throw ConfiscationError.unknownReference(
        kind: "person", code: count.person.text, source: count.source)
    }
  }

  private func refuseDuplicates(_ codes: [(String, SourceRef)], kind: String) throws {
    var seen: Set<String> = []
    for (code, source) in codes where !seen.insert(code).inserted {
      throw ConfiscationError.duplicateCode(kind: kind, code: code, source: source)
    }
  }

  func account(_ id: AccountID) -> Account? { accountsByID[id] }
  func accounts(_ key: AccountKey) -> [Account] { accountsByKey[key] ?? [] }
  func entry(_ id: EntryID) -> Entry? { entriesByID[id] }
  func otherLeg(of entry: Entry) -> Entry? { otherLegs[entry.id].flatMap { entriesByID[$0] } }

  /// The account on the other side, when a record or a paired leg identifies it.
  func otherAccount(of entry: Entry) -> AccountID? {
    entry.counterpartyAccount ?? otherLeg(of: entry)?.account
  }

  /// How text names an account: the display name, which is a token for protected holders.
  func name(of id: AccountID) -> String { account(id)?.displayName ?? "an unnamed account" }

  /// The name with the word “account” before it, unless it says so itself.
  func title(of id: AccountID, isInside: Bool = false) -> String {
    let name = name(of: id)
    let word = isInside ? "account" : "Account"
    guard name.lowercased().contains("account") else { return word + " " + name }
    return isInside ? name : name.prefix(1).uppercased() + name.dropFirst()
  }

  /// Accounts that persons hold on paper, and those they control whatever the name on them.
  func accounts(of persons: Set<PersonCode>, controlled: Bool) -> Set<AccountID> {
    var keys: Set<AccountKey> = []
    for code in persons {
      guard let person = self.persons[code] else { continue }
      keys.formUnion(person.holds)
      if controlled { keys.formUnion(person.controls) }
    }
    return Set(
      caseFile.accounts.filter { account in
        keys.contains(account.key)
          || account.holder.map(persons.contains) == true
          || controlled && account.controller.map(persons.contains) == true
      }.map(\.id))
  }

  /// Who holds an account on paper, as the matter or the account says.
  func holder(of account: Account) -> PersonCode? {
    account.holder ?? matter.persons.first { $0.holds.contains(account.key) }?.code
  }

  /// Who controls an account, as the matter or the account says.
  func controller(of account: Account) -> PersonCode? {
    account.controller ?? matter.persons.first { $0.controls.contains(account.key) }?.code
  }
}
