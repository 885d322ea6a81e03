// Builds the ledger of a case: which accounts, which opening balances, which gaps.

import CaseModel

/// The work of `CaseLedger.init`, one aspect a file: scope and openings here, entries and their order
/// in the extensions.
struct CaseLedgerBuilder {
  let caseFile: CaseFile
  let matcher: EntryMatcher
  let accountsByID: [AccountID: Account]
  /// The ledger's accounts in key order, and their names as documents print them.
  let scope: [Account]
  let names: [AccountID: String]
  let victims: Set<PersonCode>
  var classes: [LedgerClass] = []
  var limits: [String] = []
  var openings: [OpeningBalance] = []
  var drafts: [Draft] = []
  var counts = AssumptionCounts()
  /// Draft of each debit or credit that a reversal may name.
  var draftOfEntry: [EntryID: Int] = [:]

  /// Steps in the making: what one entry, or one pair, becomes, with its place in each bank's order.
  struct Draft {
    var date: CivilDate
    var phase = 1
    var movements: [Movement]
    var sources: [SourceRef]
    /// The place in the order of each account it is booked on.
    var places: [(account: AccountID, sequence: Int32)]
    var time: Int32?
    /// The draft that this one takes back.
    var reverses: Int?
  }

  /// Roles whose accounts the ledger takes. Third parties, families, witnesses, creditors and companies
  /// that nobody in these roles controls stay outside: their money is followed to their door.
  private static let followed: Set<Role> = [
    .suspect, .defendant, .respondent, .controller, .nominee, .intermediary, .publicOfficial,
  ]

  init(_ caseFile: CaseFile) {
    self.caseFile = caseFile
    matcher = EntryMatcher(caseFile)
    var accountsByID: [AccountID: Account] = [:]
    for account in caseFile.accounts { accountsByID[account.id] = account }
    self.accountsByID = accountsByID
    let persons = caseFile.matter.persons
    victims = Set(persons.filter(\.isVictim).map(\.code))
    let others = persons.filter { person in
      !person.isVictim && person.roles.contains { Self.followed.contains($0.role) }
    }
    let keys = Set(others.flatMap { $0.holds + $0.controls })
    let codes = Set(others.map(\.code))
    let booked = Set(caseFile.entries.map(\.account)).union(caseFile.statements.map(\.account))
    scope = caseFile.accounts.filter { account in
      booked.contains(account.id)
        && (keys.contains(account.key) || account.holder.map { codes.contains($0) } ?? false
          || account.controller.map { codes.contains($0) } ?? false)
    }.sorted { ($0.key, $0.currency) < ($1.key, $1.currency) }
    names = Self.names(of: scope)
  }

  /// Display names made unique: the currency, then a number in key order, is added where two agree.
  private static func names(of scope: [Account]) -> [AccountID: String] {
    var names: [AccountID: String] = [:]
    var used: Set<String> = []
    for account in scope {
      let isShared = scope.count { $0.displayName == account.displayName } > 1
      let stem =
        isShared ? "\(account.displayName) \(account.currency.code)" : account.displayName
      var name = stem
      var number = 2
      while !used.insert(name).inserted {
        name = "\(stem) (\(number))"
        number += 1
      }
      names[account.id] = name
    }
    return names
  }

  mutating func build() throws(TracingError) -> CaseLedger {
    for each in caseFile.matter.sourceClasses {
      declare(each.code, isTainted: each.isTainted)
    }
    if scope.isEmpty {
      limits.append("No account of the matter has records; nothing could be traced.")
    }
    try checkEntries()
    noteStatements()
    try layEntries()
    layGaps()
    let steps = orderedSteps()
    var accounts: [LedgerAccount] = []
    for account in scope { accounts.append(openingAccount(account, steps: steps)) }
    let ledger = Ledger(classes: classes, accounts: accounts, steps: steps)
    try ledger.validate()
    return CaseLedger(
      ledger: ledger, accounts: scope.map(\.id), limits: limits, openings: openings,
      closesOn: steps.map(\.date).max() ?? caseFile.matter.asOf)
  }

  /// Declares a class unless it is, and gives its code.
  @discardableResult
  mutating func declare(_ code: SourceClassCode, isTainted: Bool = false) -> SourceClassCode {
    if !classes.contains(where: { $0.code == code }) {
      classes.append(LedgerClass(code, isTainted: isTainted))
    }
    return code
  }

  func name(_ account: AccountID) -> String { names[account] ?? "" }
  func isInScope(_ account: AccountID) -> Bool { names[account] != nil }

  /// How an account outside the ledger is named: its key, but the token where a victim holds it.
  func outsideName(_ id: AccountID) -> String {
    guard let account = accountsByID[id] else { return "unknown account" }
    let isVictims =
      account.holder.map { victims.contains($0) } ?? false
      || caseFile.matter.persons.contains { $0.isVictim && $0.holds.contains(account.key) }
    return isVictims ? account.displayName : account.key.text
  }

  private func checkEntries() throws(TracingError) {
    for entry in caseFile.entries {
      guard let account = accountsByID[entry.account] else {
        throw TracingError(
          .unknownAccount("of the entry"), at: "\(entry.source.label): \(entry.source.locator)",
          remedy: "load the account with its entries")
      }
      guard account.currency == entry.amount.currency else {
        throw TracingError(
          .currencyMismatch(expected: account.currency.code, found: entry.amount.currency.code),
          at: "\(entry.source.label): \(entry.source.locator)",
          remedy: "import the statement again with the account's currency")
      }
    }
  }

  // MARK: Statements, openings, gaps

  private func statements(of account: AccountID) -> [StatementRecord] {
    caseFile.statements.filter { $0.account == account && $0.status != .notApplicable }.sorted {
      let (a, b) = ($0.period?.first.dayNumber ?? .min, $1.period?.first.dayNumber ?? .min)
      return a != b ? a < b : $0.source < $1.source
    }
  }

  private mutating func noteStatements() {
    for account in scope {
      for statement in statements(of: account.id) {
        let which = "statement \(statement.source.label), \(statement.source.locator)"
        switch statement.status {
        case .unreconciled:
          let by = statement.difference.map { " by \($0)" } ?? ""
          limits.append(
            "\(name(account.id)): \(which) does not reconcile\(by); its entries are used as they stand."
          )
        case .incomplete:
          limits.append("\(name(account.id)): \(which) is incomplete.")
        case .reconciled, .noBalances, .notApplicable: break
        }
      }
    }
  }

  private mutating func openingAccount(_ account: Account, steps: [LedgerStep]) -> LedgerAccount {
    let name = name(account.id)
    let first = statements(of: account.id).first
    let firstStep = steps.first { $0.movement.accountNames.contains(name) }?.date
    let opensOn = [first?.period?.first, firstStep].compactMap { $0 }.min()
    guard let first, let stated = first.opening, stated.amount.currency == account.currency else {
      openings.append(.init(account: name, balance: nil))
      return LedgerAccount(name: name, currency: account.currency, opensOn: opensOn)
    }
    let units = stated.amount.minorUnits
    guard units > 0 else {
      return LedgerAccount(
        name: name, currency: account.currency, openingDebt: units == .min ? .max : -units,
        opensOn: opensOn)
    }
    let code = declare(SourceClassCode("opening balance of \(name)"))
    openings.append(.init(account: name, balance: stated.amount))
    return LedgerAccount(
      name: name, currency: account.currency,
      opening: [OpeningLot(code, amount: units, sources: [first.source])], opensOn: opensOn)
  }

  /// A gap where the balance jumps, or is not stated, ends tracing on that account; the stated
  /// balance begins anew as a class of its own (confiscation.md §4.2, missing records).
  private mutating func layGaps() {
    for gap in caseFile.gaps where isInScope(gap.account) {
      let name = name(gap.account)
      let days = gap.missing.map { "from \($0.first) to \($0.last)" }
      if let jump = gap.jump, jump.isZero {
        if let days {
          limits.append(
            "\(name): no statement covers the time \(days); the balance is the same before and after, and tracing goes on."
          )
        }
        continue
      }
      let records = caseFile.statements.filter { $0.id == gap.after || $0.id == gap.before }
      let after = records.first { $0.id == gap.after }
      let firstAfter = caseFile.entries.filter { $0.statement == gap.after }.map(\.bookedOn).min()
      guard let day = after?.period?.first ?? gap.missing?.last.adding(days: 1) ?? firstAfter else {
        limits.append("\(name): a gap in the records has no day; it could not be placed.")
        continue
      }
      let code = declare(SourceClassCode("untraced after gap, \(name)"))
      let balance = after?.opening?.amount
      limits.append(
        "\(name): the records break off \(days ?? "at \(day)")"
          + (gap.jump.map { " and resume \($0) apart" } ?? " and a balance is not stated")
          + "; tracing stops there, and \(balance.map { "\($0)" } ?? "nothing") counts as untraced afterwards."
      )
      for index in drafts.indices
      where drafts[index].date == day
        && drafts[index].places.contains(where: { place in
          place.account == gap.account && entryIsBefore(gap, sequence: place.sequence)
        })
      {
        drafts[index].phase = -1
      }
      let sources = gap.sources.isEmpty ? records.map(\.source).sorted() : gap.sources.sorted()
      drafts.append(
        Draft(
          date: day, phase: 0,
          movements: [
            .gap(account: name, balance: balance?.minorUnits ?? 0, sourceClass: code)
          ], sources: sources, places: [(gap.account, .min)]))
    }
  }

  private func entryIsBefore(_ gap: CoverageGap, sequence: Int32) -> Bool {
    caseFile.entries.contains {
      $0.account == gap.account && $0.sequence == sequence && $0.statement == gap.before
    }
  }
}
