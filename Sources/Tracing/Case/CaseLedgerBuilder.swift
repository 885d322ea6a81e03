// Builds the ledger of a case: which accounts, under which names, and in what order the work is done.

import CaseModel

/// The work of `CaseLedger.init`, one aspect a file: the scope here; records and gaps, entries,
/// transfers, reversals, cash, sales, batches and the order in the extensions.
struct CaseLedgerBuilder {
  let caseFile: CaseFile
  /// Builds the ledger in which every gap breaks and what may have come from a missing record is a
  /// class of its own (N13); false for the ledger that is traced.
  let isForBounds: Bool
  let matcher: EntryMatcher
  let accountsByID: [AccountID: Account]
  /// The ledger's accounts in key order, and their names as documents print them.
  let scope: [Account]
  let names: [AccountID: String]
  let rank: [AccountID: Int]
  /// Every account of the persons whose money is followed, with records or without.
  let followed: Set<AccountID>
  let followedInOrder: [AccountID]
  let victims: Set<PersonCode>
  let statementsOf: [AccountID: [StatementRecord]]
  let entriesOf: [StatementID: [Entry]]
  let courtFacts: Set<FactCode>
  let balances: BankBalances
  var missing = MissingRecords()
  var classes: [LedgerClass] = []
  var classCodes: Set<SourceClassCode> = []
  var uncertain: [SourceClassCode: AccountID] = [:]
  var limits: [String] = []
  var openings: [OpeningBalance] = []
  var drafts: [Draft] = []
  var counts = AssumptionCounts()
  var reversible: [OtherSide: [ReversibleEntry]] = [:]
  var reversibleByAmount: [OtherSideAmount: [Int]] = [:]
  var purse = Purse()
  var counter = SalesCounter()
  var batchOfEntry: [EntryID: Int] = [:]
  var groupedEntries: Set<EntryID> = []

  /// Steps in the making: what one entry, or one pair, becomes, with its place in each bank's order.
  struct Draft {
    var date: CivilDate
    var phase = 1
    var movements: [Movement]
    var sources: [SourceRef]
    /// The place in the order of each account it is booked on.
    var places: [(account: AccountID, sequence: Int32)]
    /// The time of day; nil unless every entry of it states one.
    var time: Int32?
    /// The draft that this one takes back.
    var reverses: Int?
  }

  /// Roles whose accounts the ledger takes. Third parties, families, witnesses, creditors and companies
  /// that nobody in these roles controls stay outside: their money is followed to their door.
  private static let followedRoles: Set<Role> = [
    .suspect, .defendant, .respondent, .controller, .nominee, .intermediary, .publicOfficial,
  ]

  init(_ caseFile: CaseFile, isForBounds: Bool = false) {
    self.caseFile = caseFile
    self.isForBounds = isForBounds
    matcher = EntryMatcher(caseFile)
    var accountsByID: [AccountID: Account] = [:]
    for account in caseFile.accounts { accountsByID[account.id] = account }
    self.accountsByID = accountsByID
    let persons = caseFile.matter.persons
    victims = Set(persons.filter(\.isVictim).map(\.code))
    let others = persons.filter { person in
      !person.isVictim && person.roles.contains { Self.followedRoles.contains($0.role) }
    }
    let keys = Set(others.flatMap { $0.holds + $0.controls })
    let codes = Set(others.map(\.code))
    let booked = Set(caseFile.entries.map(\.account)).union(caseFile.statements.map(\.account))
    let followed = caseFile.accounts.filter { account in
      keys.contains(account.key) || account.holder.map { codes.contains($0) } ?? false
        || account.controller.map { codes.contains($0) } ?? false
    }
    self.followed = Set(followed.map(\.id))
    followedInOrder = followed.sorted { ($0.key, $0.currency) < ($1.key, $1.currency) }.map(\.id)
    scope = followed.filter { booked.contains($0.id) }
      .sorted { ($0.key, $0.currency) < ($1.key, $1.currency) }
    names = Self.names(of: scope)
    var rank: [AccountID: Int] = [:]
    for (index, account) in scope.enumerated() { rank[account.id] = index }
    self.rank = rank
    statementsOf = Self.statements(of: caseFile)
    entriesOf = Dictionary(grouping: caseFile.entries, by: \.statement)
    courtFacts = Set(caseFile.matter.facts.filter(\.status.mayReachCourt).map(\.code))
    balances = BankBalances(
      caseFile.entries.filter { rank[$0.account] != nil },
      openings: statementsOf.compactMapValues { $0.first?.opening?.amount })
  }

  /// Display names made unique: the currency, then a number in key order, is added where two agree.
  private static func names(of scope: [Account]) -> [AccountID: String] {
    var names: [AccountID: String] = [:]
    var used: Set<String> = []
    var bearers: [String: Int] = [:]
    for account in scope { bearers[account.displayName, default: 0] += 1 }
    for account in scope {
      let isShared = bearers[account.displayName, default: 0] > 1
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
    if isForBounds { missing = missingRecords() }
    noteStatements()
    try layEntries()
    settleSales()
    settleCash()
    noteAssumptions()
    layGaps()
    let steps = orderedSteps()
    var accounts = openingAccounts(steps: steps)
    accounts += purse.pools.map {
      LedgerAccount(name: $0.name, currency: $0.currency, mayOwe: false)
    }
    let ledger = Ledger(classes: classes, accounts: accounts, steps: steps)
    try ledger.validate()
    return CaseLedger(
      ledger: ledger, accounts: scope.map(\.id), cashPools: purse.pools.map(\.name),
      uncertain: Set(uncertain.keys), limits: limits, openings: openings,
      closesOn: steps.map(\.date).max() ?? caseFile.matter.asOf, caseFile: caseFile)
  }

  /// Declares a class unless it is, and gives its code.
  @discardableResult
  mutating func declare(_ code: SourceClassCode, isTainted: Bool = false) -> SourceClassCode {
    if classCodes.insert(code).inserted { classes.append(LedgerClass(code, isTainted: isTainted)) }
    return code
  }

  /// Declares a class of money whose origin missing records of `account` hide.
  mutating func declareUncertain(_ text: String, _ account: AccountID) -> SourceClassCode {
    let code = declare(SourceClassCode(text))
    uncertain[code] = account
    return code
  }

  func name(_ account: AccountID) -> String { names[account] ?? "" }
  func isInScope(_ account: AccountID) -> Bool { names[account] != nil }

  /// Whether a statement of the case sheet about a payment counts: one of its facts may reach a court.
  func isShown(by facts: [FactCode]) -> Bool { facts.contains { courtFacts.contains($0) } }

  /// How an account outside the ledger is named: its key, but the token where a victim holds it.
  func outsideName(_ id: AccountID) -> String {
    guard let account = accountsByID[id] else { return "unknown account" }
    return isVictims(account) ? account.displayName : account.key.text
  }

  func isVictims(_ account: Account) -> Bool {
    account.holder.map { victims.contains($0) } ?? false
      || caseFile.matter.persons.contains { $0.isVictim && $0.holds.contains(account.key) }
  }

  private func checkEntries() throws(TracingError) {
    for entry in caseFile.entries {
      let place = "\(entry.source.label): \(entry.source.locator)"
      guard let account = accountsByID[entry.account] else {
        throw TracingError(
          .unknownAccount("of the entry"), at: place, remedy: "load the account with its entries")
      }
      guard account.currency == entry.amount.currency else {
        throw TracingError(
          .currencyMismatch(expected: account.currency.code, found: entry.amount.currency.code),
          at: place, remedy: "import the statement again with the account's currency")
      }
      guard entry.amount.minorUnits != .min || !isInScope(entry.account) else {
        throw TracingError(.overflow, at: place, remedy: "check the amount")
      }
    }
  }
}
