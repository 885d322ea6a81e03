// What a run leaves: every unit at its place, by class, and the balances.

public import CaseModel

/// Where money lies after a run, in the names of the ledger.
public enum LedgerPlace: Hashable, Sendable {
  case asset(String)
  case account(String)
  /// Behind a gap in the account's records, or sent there without an arrival on record.
  case untraced(String)
  case underWay(String)
  case outside(String)
  /// Used up to repay a debt of the account.
  case debtDischarge(of: String)
  case dissipated(from: String)
}

/// The end of a run: one row for each place, class and currency that holds anything.
public struct LedgerOutcome: Hashable, Sendable {
  public struct Row: Hashable, Sendable {
    public let place: LedgerPlace
    public let sourceClass: SourceClassCode
    /// True for tainted classes, and under `poison` also for clean money of a poisoned account.
    public let isTainted: Bool
    public let amount: Money
  }
  public struct Balance: Hashable, Sendable {
    public let account: String
    public let closing: Money
    /// The lowest balance after any step of the account; the closing one when there was none.
    public let lowest: Money
  }
  /// In the order of the ledger's accounts, then of first use of the other places; classes by first
  /// sight, `BORROWED` last.
  public let rows: [Row]
  public let balances: [Balance]
  /// The closing balance of each account shared by contributions (`pari_passu_share`): one row for
  /// each class that ever contributed.
  public let contributionShares: [Row]
}

extension Ledger {
  /// Refuses what cannot be traced: unknown names, negative amounts, steps before an opening.
  /// - Throws: `TracingError`, the first problem.
  public func validated() throws(TracingError) -> Ledger {
    try validate()
    return self
  }

  /// Applies a method under a policy. Pure: the same ledger gives the same outcome everywhere.
  /// - Throws: `TracingError` with the step that could not be taken.
  public func traced(
    by method: any TracingMethod, under policy: TracingPolicy = TracingPolicy()
  ) throws(TracingError) -> LedgerOutcome {
    var engine = try TracingEngine(self, method: method, policy: policy, recordsPaths: false)
    try engine.run()
    return engine.outcome
  }
}

extension TracingEngine {
  var outcome: LedgerOutcome {
    var rows: [LedgerOutcome.Row] = []
    for account in accounts {
      rows += self.rows(account.totals, at: .account(account.name), currency: account.currency)
    }
    for holding in holdings {
      rows += self.rows(holding.totals, at: place(of: holding.key), currency: holding.currency)
    }
    let balances = accounts.map { account in
      let currency = currencies[account.currency]
      return LedgerOutcome.Balance(
        account: account.name,
        closing: Money(minorUnits: account.balance, currency: currency),
        lowest: Money(minorUnits: account.lowest ?? account.balance, currency: currency))
    }
    return LedgerOutcome(
      rows: rows, balances: balances,
      contributionShares: accounts.indices.flatMap { contributionShares(of: $0) })
  }

  func rows(_ totals: Composition, at place: LedgerPlace, currency: Int) -> [LedgerOutcome.Row] {
    totals.shares.map { share in
      row(share.units, of: share.sourceClass, at: place, currency: currency)
    }
  }

  /// What is held at the end, shared by everything each class paid in, by largest remainder.
  func contributionShares(of account: Int) -> [LedgerOutcome.Row] {
    let state = accounts[account]
    guard !state.contributed.isEmpty else { return [] }
    let present = state.contributed.shares
    let parts = Split.largestRemainder(state.held, over: present.map(\.units))
    return zip(present, parts).map { share, part in
      row(part, of: share.sourceClass, at: .account(state.name), currency: state.currency)
    }
  }

  private func row(
    _ units: Int64, of sourceClass: Int32, at place: LedgerPlace, currency: Int
  ) -> LedgerOutcome.Row {
    LedgerOutcome.Row(
      place: place, sourceClass: classes.codes[Int(sourceClass)],
      isTainted: classes.isTainted[Int(sourceClass)],
      amount: Money(minorUnits: units, currency: currencies[currency]))
  }

  func place(of key: HoldingKey) -> LedgerPlace {
    switch key {
    case .asset(let name, _): .asset(name)
    case .transit(let name): .underWay(name)
    case .dissipated(let account): .dissipated(from: accounts[account].name)
    case .discharged(let account): .debtDischarge(of: accounts[account].name)
    case .outside(let name, _): .outside(name)
    case .untraced(let account, _): .untraced(accounts[account].name)
    }
  }
}
