import CaseModel

extension CaseFile {
  /// The same case with accounts numbered by their place in content order, from 1.
  ///
  /// The store numbers accounts as files arrive. Stages break their last ties by that number, so it must
  /// say nothing about the order of arrival; `accounts` is sorted by key and currency in every store.
  /// - Complexity: O(*n*) in the entries.
  public var accountsNumberedByContent: CaseFile {
    var numbers: [AccountID: AccountID] = [:]
    for (index, account) in accounts.enumerated() {
      numbers[account.id] = AccountID(Int64(index + 1))
    }
    func number(_ id: AccountID) -> AccountID { numbers[id] ?? id }
    var copy = self
    copy.accounts = accounts.map { account in
      Account(
        id: number(account.id), key: account.key, currency: account.currency,
        displayName: account.displayName, institution: account.institution,
        holder: account.holder, controller: account.controller,
        hasStatements: account.hasStatements)
    }
    copy.entries = entries.map { entry in
      Entry(
        id: entry.id, key: entry.key, account: number(entry.account), amount: entry.amount,
        bookedOn: entry.bookedOn, valueOn: entry.valueOn, timeOfDay: entry.timeOfDay,
        sequence: entry.sequence, channel: entry.channel, isReversal: entry.isReversal,
        counterpartyAccount: entry.counterpartyAccount.map(number),
        counterpartyName: entry.counterpartyName, purpose: entry.purpose,
        statement: entry.statement, source: entry.source)
    }
    copy.statements = statements.map { one in
      StatementRecord(
        id: one.id, account: number(one.account), number: one.number, period: one.period,
        opening: one.opening, closing: one.closing, entryCount: one.entryCount,
        status: one.status, difference: one.difference, source: one.source)
    }
    copy.gaps = gaps.map { gap in
      CoverageGap(
        account: number(gap.account), before: gap.before, after: gap.after, missing: gap.missing,
        jump: gap.jump, missingNumbers: gap.missingNumbers, sources: gap.sources)
    }
    return copy
  }
}
