// Cash: what is drawn lies in a pool of its person; what is paid in again is joined only on evidence.

import CaseModel

/// The cash of the case: pools, what went in, and what may come out of them.
struct Purse {
  struct Pool {
    let name: String
    let currency: Currency
    let person: PersonCode?
  }
  struct Withdrawal {
    let entry: Entry
    let amount: Int64
    let draft: Int
  }
  struct Deposit {
    let entry: Entry
    let draft: Int
  }
  /// In the order of first use.
  var pools: [Pool] = []
  /// The pool of each account of the scope, before it is used.
  var poolOf: [AccountID: Pool] = [:]
  var withdrawals: [Withdrawal] = []
  var deposits: [Deposit] = []
  /// How much of a draft was taken back.
  var takenBack: [Int: Int64] = [:]
  /// Accounts between which a deposit was joined, by pool.
  var joined: [String: Set<AccountID>] = [:]
}

extension CaseLedgerBuilder {
  /// Days from a withdrawal to a deposit that may be joined to it (confiscation.md §4.2, cash).
  static let cashDaysMax = 14

  static func isWithdrawal(_ entry: Entry) -> Bool {
    entry.channel == .cashWithdrawal || entry.channel == .atmWithdrawal
  }

  /// Whose cash is drawn from an account: its holder; where a victim holds it, who controls it.
  func person(of account: Account) -> PersonCode? {
    if let holder = account.holder, !victims.contains(holder) { return holder }
    let others = caseFile.matter.persons.filter { !$0.isVictim }
    return others.first { $0.holds.contains(account.key) }?.code ?? account.controller
      ?? others.first { $0.controls.contains(account.key) }?.code
  }

  /// Names one pool a person and currency, apart from every account; an account of nobody in the matter
  /// has a pool of its own.
  mutating func namePools() {
    var currencies: [PersonCode: Set<Currency>] = [:]
    for account in scope {
      if let person = person(of: account) {
        currencies[person, default: []].insert(account.currency)
      }
    }
    var used = Set(names.values)
    var known: [String: Purse.Pool] = [:]
    for account in scope {
      let person = person(of: account)
      var stem = person.map { "cash of \($0)" } ?? "cash from \(name(account.id))"
      if let person, (currencies[person]?.count ?? 0) > 1 { stem += " \(account.currency.code)" }
      if let pool = known[stem] {
        purse.poolOf[account.id] = pool
        continue
      }
      var name = stem
      var number = 2
      while !used.insert(name).inserted {
        name = "\(stem) (\(number))"
        number += 1
      }
      let pool = Purse.Pool(name: name, currency: account.currency, person: person)
      known[stem] = pool
      purse.poolOf[account.id] = pool
    }
  }

  /// The pool of an account, which from now on is part of the ledger.
  mutating func pool(of account: AccountID) -> Purse.Pool? {
    guard let pool = purse.poolOf[account] else { return nil }
    if !purse.pools.contains(where: { $0.name == pool.name }) { purse.pools.append(pool) }
    return pool
  }

  /// The pool that cash drawn from an account would lie in, also where no record shows any.
  func pool(onceUsedBy account: Account) -> Purse.Pool? {
    if let pool = purse.poolOf[account.id] { return pool }
    guard let person = person(of: account) else { return nil }
    return scope.lazy.compactMap { purse.poolOf[$0.id] }.first {
      $0.person == person && $0.currency == account.currency
    }
  }

  mutating func noteWithdrawal(_ entry: Entry, amount: Int64, draft: Int) {
    guard case .transfer? = drafts[draft].movements.last else { return }
    purse.withdrawals.append(.init(entry: entry, amount: amount, draft: draft))
  }

  /// Joins deposits to cash drawn before, where the case sheet states it on facts that may reach a
  /// court: one person, a linked withdrawal at most 14 days before, no more than the pool then holds.
  mutating func settleCash() {
    let links = (caseFile.matter.tracing?.cashLinks ?? []).filter { isShown(by: $0.facts) }
    guard !links.isEmpty else { return }
    var used: Set<SourceRef> = []
    func isEarlier(_ a: Entry, _ b: Entry) -> Bool {
      (a.bookedOn, rank[a.account] ?? 0, a.sequence) < (
        b.bookedOn, rank[b.account] ?? 0, b.sequence
      )
    }
    let withdrawals = purse.withdrawals.sorted { isEarlier($0.entry, $1.entry) }
    var drawn: [String: Int64] = [:]
    for deposit in purse.deposits.sorted(by: { isEarlier($0.entry, $1.entry) }) {
      let entry = deposit.entry
      guard purse.takenBack[deposit.draft] == nil, let pool = purse.poolOf[entry.account] else {
        continue
      }
      let named = links.filter {
        $0.person == pool.person && matcher.selects($0.deposits, entry)
      }
      guard !named.isEmpty else { continue }
      let earlier = withdrawals.filter {
        purse.poolOf[$0.entry.account]?.name == pool.name && Self.isBefore($0.entry, entry)
      }
      let held = earlier.reduce(Int128(0)) {
        $0 + Int128($1.amount) - Int128(purse.takenBack[$1.draft] ?? 0)
      }
      let link = named.first { link in
        earlier.contains {
          entry.bookedOn - $0.entry.bookedOn <= Self.cashDaysMax
            && matcher.selects(link.withdrawals, $0.entry)
        }
      }
      guard let link, Int128(entry.amount.minorUnits) <= held - Int128(drawn[pool.name] ?? 0) else {
        leaveUnjoined(deposit)
        continue
      }
      drawn[pool.name, default: 0] += entry.amount.minorUnits
      join(deposit, to: pool, on: link)
      used.insert(link.source)
    }
    for link in links where !used.contains(link.source) {
      limits.append(
        "The cash link of \(link.source.label), \(link.source.locator), joins no deposit: none that it names "
          + "follows a withdrawal that it names within \(Self.cashDaysMax) days, out of the same person's cash "
          + "of that currency and within what was there.")
    }
  }

  private mutating func join(_ deposit: Purse.Deposit, to pool: Purse.Pool, on link: CashLink) {
    let entry = deposit.entry
    drafts[deposit.draft].movements = [
      .transfer(
        from: pool.name, to: name(entry.account), amount: entry.amount.minorUnits, credited: nil)
    ]
    purse.joined[pool.name, default: []].insert(entry.account)
    let facts = link.facts.filter { courtFacts.contains($0) }.map(\.text).joined(separator: ", ")
    limits.append(
      "\(name(entry.account)): the \(entry.amount) paid in on \(entry.bookedOn) (\(entry.source.label), "
        + "\(entry.source.locator)) are taken out of \(pool.name). This is an inference; it rests on \(facts)."
    )
  }

  /// For bounds: a withdrawal it came from may be missing.
  private mutating func leaveUnjoined(_ deposit: Purse.Deposit) {
    let entry = deposit.entry
    guard isForBounds, missing.misses(followed) else { return }
    let code = declareUncertain(
      "cash that may have been drawn before, \(name(entry.account))", entry.account)
    drafts[deposit.draft].movements = [
      .credit(to: name(entry.account), amount: entry.amount.minorUnits, sourceClass: code)
    ]
  }

  /// Whether one entry certainly comes first: on an earlier day, or earlier in one account's order.
  static func isBefore(_ a: Entry, _ b: Entry) -> Bool {
    a.bookedOn < b.bookedOn
      || (a.bookedOn == b.bookedOn && a.account == b.account && a.sequence < b.sequence)
  }
}
