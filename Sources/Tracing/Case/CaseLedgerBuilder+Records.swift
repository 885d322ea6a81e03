// Statements, opening balances and gaps of a case's accounts.

import CaseModel

extension CaseLedgerBuilder {
  /// The statements of booked entries of each account, by their first day.
  static func statements(of caseFile: CaseFile) -> [AccountID: [StatementRecord]] {
    var result = Dictionary(
      grouping: caseFile.statements.filter { $0.status != .notApplicable }, by: \.account)
    for (account, statements) in result {
      result[account] = statements.sorted {
        let (a, b) = ($0.period?.first.dayNumber ?? .min, $1.period?.first.dayNumber ?? .min)
        return a != b ? a < b : $0.source < $1.source
      }
    }
    return result
  }

  mutating func noteStatements() {
    for account in scope {
      for statement in statementsOf[account.id] ?? [] {
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

  /// The accounts of the scope with what each held at first.
  mutating func openingAccounts(steps: [LedgerStep]) -> [LedgerAccount] {
    var firstStep: [String: CivilDate] = [:]
    for step in steps {
      for name in step.movement.accountNames where firstStep[name] == nil {
        firstStep[name] = step.date
      }
    }
    var accounts: [LedgerAccount] = []
    for account in scope {
      accounts.append(openingAccount(account, firstStep: firstStep[name(account.id)]))
    }
    return accounts
  }

  private mutating func openingAccount(
    _ account: Account, firstStep: CivilDate?
  ) -> LedgerAccount {
    let name = name(account.id)
    let first = statementsOf[account.id]?.first
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
    let code = declareUncertain("opening balance of \(name)", account.id)
    openings.append(.init(account: name, balance: stated.amount))
    return LedgerAccount(
      name: name, currency: account.currency,
      opening: [OpeningLot(code, amount: units, sources: [first.source])], opensOn: opensOn)
  }

  /// A gap where the balance jumps, or is not stated, ends tracing on that account; the stated
  /// balance begins anew as a class of its own (confiscation.md §4.2, missing records). For bounds, a
  /// gap across which the balance is the same ends it too.
  mutating func layGaps() {
    guard !caseFile.gaps.isEmpty else { return }
    var draftsOf: [AccountID: [Int]] = [:]
    for index in drafts.indices {
      for place in drafts[index].places { draftsOf[place.account, default: []].append(index) }
    }
    var records: [StatementID: StatementRecord] = [:]
    for record in caseFile.statements { records[record.id] = record }
    for gap in caseFile.gaps where isInScope(gap.account) {
      lay(gap, records, draftsOf[gap.account] ?? [])
    }
  }

  private mutating func lay(
    _ gap: CoverageGap, _ records: [StatementID: StatementRecord], _ own: [Int]
  ) {
    let name = name(gap.account)
    let days = gap.missing.map { "from \($0.first) to \($0.last)" }
    if let jump = gap.jump, jump.isZero, !isForBounds {
      if let days {
        limits.append(
          "\(name): no statement covers the time \(days); the balance is the same before and after, and tracing goes on."
        )
      }
      return
    }
    let after = records[gap.after]
    let firstAfter = entriesOf[gap.after]?.map(\.bookedOn).min()
    guard let day = after?.period?.first ?? gap.missing?.last.adding(days: 1) ?? firstAfter else {
      limits.append("\(name): a gap in the records has no day; it could not be placed.")
      return
    }
    let code = declareUncertain("untraced after gap, \(name)", gap.account)
    let balance = after?.opening?.amount
    limits.append(
      "\(name): the records break off \(days ?? "at \(day)")"
        + (gap.jump.map { " and resume \($0) apart" } ?? " and a balance is not stated")
        + "; tracing stops there, and \(balance.map { "\($0)" } ?? "nothing") counts as untraced afterwards."
    )
    let before = Set((entriesOf[gap.before] ?? []).map(\.sequence))
    for index in own
    where drafts[index].date == day
      && drafts[index].places.contains(where: {
        $0.account == gap.account && before.contains($0.sequence)
      })
    {
      drafts[index].phase = -1
    }
    let shown = [gap.before, gap.after].compactMap { records[$0]?.source }.sorted()
    drafts.append(
      Draft(
        date: day, phase: 0,
        movements: [.gap(account: name, balance: balance?.minorUnits ?? 0, sourceClass: code)],
        sources: gap.sources.isEmpty ? shown : gap.sources.sorted(), places: [(gap.account, .min)]))
  }
}
