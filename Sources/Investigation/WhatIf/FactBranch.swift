import CaseModel
import CaseStore
import Tracing

/// The facts of a case while a what-if changes them: a copy that nothing outside can reach.
struct FactBranch {
  var caseFile: CaseFile
  /// What follows from a change and the case cannot know, a sentence each.
  var notes: [String] = []
  /// What each change did, a sentence each.
  var effects: [String] = []
  private var nextEntry: Int64

  init(_ caseFile: CaseFile) {
    self.caseFile = caseFile
    nextEntry = (caseFile.entries.map(\.id.value).max() ?? 0) + 1
  }

  /// - Throws: `WhatIfError` naming the change, when the case has nothing that it could change.
  mutating func apply(_ change: CaseChange) throws {
    let place = change.source.place
    switch change.kind {
    case .seed(let code, let limit, let portion):
      try seed(try index(of: code, place), limit, portion, place)
    case .characterise(let code, let isTainted):
      let index = try index(of: code, place)
      caseFile.matter.sourceClasses[index].isTainted = isTainted
      let met = receiptCount(of: index)
      effects.append("\(change): \(Self.count(met, "receipt"))")
    case .assign(let selector, let code):
      let found = try credits(selector, place)
      assign(Set(found.map(\.id)), to: caseFile.matter.sourceClasses[try index(of: code, place)])
      effects.append(
        "\(Self.count(found.count, "receipt")) of \(code) from now on: \(selector.inWords)")
    case .ownership(let person, let tie, let account, let isAdded):
      try retie(person, tie, account, isAdded: isAdded, place)
      let verb = isAdded ? tie.rawValue : "no longer \(tie.rawValue)"
      let met = Set(caseFile.accounts.filter { $0.key == account }.map(\.id))
      effects.append(
        "\(person) \(verb) \(account): \(Self.count(caseFile.entries.count { met.contains($0.account) }, "entry")) booked there"
      )
    case .excludeExhibit(let label): try exclude(exhibit: label, place)
    case .excludeEntries(let selector): try exclude(entries: selector, place)
    }
  }

  static func count(_ number: Int, _ what: String) -> String {
    switch (number, what) {
    case (1, _): "1 \(what)"
    case (_, "entry"): "\(number) entries"
    default: "\(number) \(what)s"
    }
  }

  // MARK: Classes

  private func index(of code: SourceClassCode, _ place: String) throws -> Int {
    guard let index = caseFile.matter.sourceClasses.firstIndex(where: { $0.code == code }) else {
      throw WhatIfError.unknown(
        what: "source class \(code)", place: place,
        known: caseFile.matter.sourceClasses.map(\.code.text))
    }
    return index
  }

  private func credits(_ selector: EntrySelector, _ place: String) throws -> [Entry] {
    let matcher = EntryMatcher(caseFile)
    let found = caseFile.entries.filter {
      !$0.amount.isNegative && matcher.selects(selector, $0)
    }
    guard !found.isEmpty else { throw WhatIfError.nothingSelected(place: place) }
    return found
  }

  /// Takes entries out of every class and puts them into one, whatever the selectors say.
  mutating func assign(_ entries: Set<EntryID>, to target: SourceClass) {
    for index in caseFile.matter.sourceClasses.indices {
      var selector = caseFile.matter.sourceClasses[index].selector
      selector.except = (selector.except ?? []).union(entries)
      selector.exactly = selector.exactly?.subtracting(entries)
      caseFile.matter.sourceClasses[index].selector = selector
    }
    if let index = caseFile.matter.sourceClasses.firstIndex(where: { $0.code == target.code }) {
      let known = caseFile.matter.sourceClasses[index].selector.exactly ?? []
      caseFile.matter.sourceClasses[index].selector.exactly = known.union(entries)
    } else {
      var added = target
      added.selector = EntrySelector()
      added.selector.exactly = entries
      caseFile.matter.sourceClasses.append(added)
    }
  }

  mutating func newEntryID() -> EntryID {
    defer { nextEntry += 1 }
    return EntryID(nextEntry)
  }

  // MARK: Persons and accounts

  private mutating func retie(
    _ code: PersonCode, _ tie: CaseChange.Tie, _ key: AccountKey, isAdded: Bool, _ place: String
  ) throws {
    guard let index = caseFile.matter.persons.firstIndex(where: { $0.code == code }) else {
      throw WhatIfError.unknown(
        what: "person \(code)", place: place, known: caseFile.matter.persons.map(\.code.text))
    }
    guard caseFile.accounts.contains(where: { $0.key == key }) else {
      throw WhatIfError.unknown(what: "account of that number", place: place, known: [])
    }
    var person = caseFile.matter.persons[index]
    var keys = tie == .holds ? person.holds : person.controls
    guard keys.contains(key) != isAdded else {
      throw WhatIfError.noChange(
        "\(code) \(isAdded ? "already" : "does not") \(tie.rawValue) that account", place: place)
    }
    if isAdded { keys.append(key) } else { keys.removeAll { $0 == key } }
    if tie == .holds { person.holds = keys } else { person.controls = keys }
    caseFile.matter.persons[index] = person
    readHands(of: key)
  }

  /// The first person, by code, who holds or controls an account, as the store reads it.
  private mutating func readHands(of key: AccountKey) {
    let persons = caseFile.matter.persons.sorted { $0.code < $1.code }
    let holder = persons.first { $0.holds.contains(key) }?.code
    let controller = persons.first { $0.controls.contains(key) }?.code
    caseFile.accounts = caseFile.accounts.map { account in
      guard account.key == key else { return account }
      return Account(
        id: account.id, key: account.key, currency: account.currency,
        displayName: account.displayName, institution: account.institution, holder: holder,
        controller: controller, hasStatements: account.hasStatements)
    }
  }
}

/// Why a what-if cannot be asked of a case. Nothing is traced.
public enum WhatIfError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The change names something the case does not hold.
  case unknown(what: String, place: String, known: [String])
  case nothingSelected(place: String)
  /// The case already is as the change says.
  case noChange(String, place: String)
  case wrongCurrency(SourceClassCode, found: String, place: String)
  /// A receipt cannot be divided, because its other leg in the case is not paired.
  case unpaired(SourceClassCode, entry: String, place: String)
  case isTheCaseSheet(place: String)

  public var description: String {
    switch self {
    case .unknown(let what, let place, let known):
      "\(place): the case has no \(what) — "
        + (known.isEmpty
          ? "see: moneytrail accounts" : "it has \(known.sorted().joined(separator: ", "))")
    case .nothingSelected(let place):
      "\(place): no entry of the case is meant — see: moneytrail entries"
    case .noChange(let text, let place):
      "\(place): \(text) — leave the change out"
    case .wrongCurrency(let code, let found, let place):
      "\(place): receipts of \(code) are in \(found) — state the amount in that currency"
    case .unpaired(let code, let entry, let place):
      "\(place): a receipt of \(code), \(entry), comes from an account of the case and is not paired "
        + "with its departure, so it cannot be divided — characterise it as a whole"
    case .isTheCaseSheet(let place):
      "\(place): the case sheet itself cannot be left out — exclude files of records"
    }
  }
}
