// What every section needs while a file is drawn up: the case, the words, and how to name things.

import CaseModel
import Digests

/// One document in the making: the facts of the case beside the words of a language.
struct Drafting: Sendable {
  let track: Track
  let caseFile: CaseFile
  let proposal: Proposal
  let run: TracingRun
  let findings: [Finding]
  let manifest: Manifest
  let wording: Wording

  private let accounts: [AccountID: Account]
  private let accountsByKey: [AccountKey: Account]
  private let entries: [EntryID: Entry]
  private let persons: [PersonCode: Person]

  init(
    track: Track, caseFile: CaseFile, proposal: Proposal, run: TracingRun, findings: [Finding],
    manifest: Manifest, wording: Wording
  ) {
    self.track = track
    self.caseFile = caseFile
    self.proposal = proposal
    self.run = run
    self.findings = findings
    self.manifest = manifest
    self.wording = wording
    accounts = Dictionary(caseFile.accounts.map { ($0.id, $0) }, uniquingKeysWith: { a, _ in a })
    accountsByKey = Dictionary(
      caseFile.accounts.map { ($0.key, $0) }, uniquingKeysWith: { a, _ in a })
    entries = Dictionary(caseFile.entries.map { ($0.id, $0) }, uniquingKeysWith: { a, _ in a })
    persons = Dictionary(
      caseFile.matter.persons.map { ($0.code, $0) }, uniquingKeysWith: { a, _ in a })
  }

  var matter: Matter { caseFile.matter }

  /// The facts a court document may cite, in the order of their codes. Everything below that
  /// status cannot alter a byte of the document.
  var courtFacts: [CaseFact] {
    matter.facts.filter(\.status.mayReachCourt).sorted { $0.code < $1.code }
  }

  func fact(_ code: FactCode) -> CaseFact? { courtFacts.first { $0.code == code } }
}

// MARK: Names of persons, accounts and places

extension Drafting {
  /// A victim, a witness and a child are a code and nothing else; others are code and display name.
  func name(_ person: Person) -> String {
    let isProtected = person.isVictim || person.isChild || person.has(.witness)
    if isProtected || person.displayName == person.code.text || person.displayName.isEmpty {
      return person.code.text
    }
    return person.code.text + " (" + person.displayName + ")"
  }

  func name(of code: PersonCode?) -> String? {
    guard let code else { return nil }
    return persons[code].map { name($0) } ?? code.text
  }

  func name(of id: AccountID) -> String { accounts[id].map { name($0) } ?? "—" }

  func name(ofKey key: AccountKey) -> String? { accountsByKey[key].map { name($0) } }

  /// A protected person's account is called by its holder, never by its number.
  func name(_ account: Account) -> String {
    guard let holder = account.holder, let person = persons[holder],
      person.isVictim || person.isChild
    else { return account.displayName }
    let ofHolder = caseFile.accounts.filter { $0.holder == holder }.map(\.key).sorted()
    guard ofHolder.count > 1, let place = ofHolder.firstIndex(of: account.key) else {
      return wording.word("account", "of") + " " + person.code.text
    }
    return wording.word("account", "of") + " \(person.code.text), \(place + 1)/\(ofHolder.count)"
  }

  func name(of place: Place) -> String {
    switch place {
    case .account(let id): name(of: id)
    case .asset(let code): propertyName(code)
    case .cash(let pool): wording.word("place", "cash") + " (" + pool + ")"
    case .dissipated: wording.word("place", "dissipated")
    case .debtDischarge: wording.word("place", "debt-discharge")
    case .abroad(let key):
      wording.word("place", "abroad") + " ("
        + (key.hasPrefix("iban:") ? String(key.dropFirst(5)) : key) + ")"
    case .untraced(let id): name(of: id) + ", " + wording.word("place", "untraced")
    }
  }

  func propertyName(_ code: PropertyCode) -> String {
    guard let item = matter.property.first(where: { $0.code == code }) else { return code.text }
    return code.text + " " + item.description
  }

  func className(_ code: SourceClassCode) -> String {
    guard let found = matter.sourceClasses.first(where: { $0.code == code }) else {
      return code.text
    }
    return code.text + " " + found.title
  }

  /// The lines of a finding's entries, in order of label and line.
  func sources(of ids: [EntryID]) -> [SourceRef] {
    Set(ids.compactMap { entries[$0]?.source }).sorted()
  }

  func entry(at source: SourceRef) -> Entry? { source.entry.flatMap { entries[$0] } }

  /// The country code of the forum, when the profile is one of a State.
  var homeState: String? {
    matter.profile.count == 2 ? matter.profile.uppercased() : nil
  }
}

// MARK: Small builders

extension Drafting {
  func text(_ value: String) -> [Inline] { [.text(value)] }

  /// The value, or a dash that stands for “not recorded”.
  func text(_ value: String?) -> [Inline] {
    guard let value, !value.isEmpty else { return [.text("—")] }
    return [.text(value)]
  }

  func day(_ date: CivilDate?) -> [Inline] { text(date?.description) }

  func figure(_ figure: Figure?) -> [Inline] { figure.map { [.figure($0)] } ?? [.text("—")] }

  func figures(_ figures: [Figure], separator: String = "; ") -> [Inline] {
    guard !figures.isEmpty else { return [.text("—")] }
    var result: [Inline] = []
    for (place, figure) in figures.enumerated() {
      if place > 0 { result.append(.text(separator)) }
      result.append(.figure(figure))
    }
    return result
  }

  func paragraph(_ key: String, _ values: [String: [Inline]] = [:]) throws -> Block {
    .paragraph(try wording.frame(key, values))
  }

  func fact(_ key: String, _ values: [String: [Inline]]) throws -> Block {
    .paragraph(try wording.fact(key, values))
  }

  /// Says that nothing is recorded under a heading, and what would have to be there.
  func nothing(_ key: String) throws -> Block {
    .callout(.note, try wording.frame(key))
  }

  func field(_ label: String, _ value: [Inline]) throws -> Document.Field {
    Document.Field(try wording.label(label), value)
  }

  func section(
    _ anchor: String, title: String? = nil, _ blocks: [Block], _ subsections: [Section] = []
  ) throws -> Section {
    Section(
      anchor: anchor, title: try wording.title(title ?? anchor), blocks: blocks,
      subsections: subsections)
  }

  func period(_ period: Period) -> String {
    period.first == period.last
      ? period.first.description : "\(period.first) – \(period.last)"
  }

  /// Sums per currency, in the order of the codes.
  func totals(_ figures: [Figure], label: String) -> [Figure] {
    Set(figures.map(\.amount.currency)).sorted().compactMap { currency in
      let parts = figures.filter { $0.amount.currency == currency }
      // A sum of one is that one: it keeps its own label, derivation and code.
      return parts.count == 1 ? parts[0] : parts.total(label: label)
    }
  }
}
