// Which booked entries a selector of the case sheet means.

/// Decides for one case which entries an `EntrySelector` selects: every condition that is given must
/// hold, and within a condition any of its values will do. A selector without any condition means
/// nothing, so that an unfinished case sheet never sweeps in a whole case. Persons are matched by the
/// accounts they hold, the other side by what the record itself names.
///
/// Tracing and benefit use this one reading, so that a source class means the same to both.
public struct EntryMatcher: Sendable {
  private let accounts: [AccountID: Account]
  /// Account keys each person holds, from the case sheet and from the accounts themselves.
  private let held: [PersonCode: Set<AccountKey>]

  public init(_ caseFile: CaseFile) {
    var accounts: [AccountID: Account] = [:]
    var held: [PersonCode: Set<AccountKey>] = [:]
    for account in caseFile.accounts {
      accounts[account.id] = account
      if let holder = account.holder { held[holder, default: []].insert(account.key) }
    }
    for person in caseFile.matter.persons {
      held[person.code, default: []].formUnion(person.holds)
    }
    self.accounts = accounts
    self.held = held
  }

  /// - Complexity: O(size of the selector), plus the length of the texts when words are given.
  public func selects(_ selector: EntrySelector, _ entry: Entry) -> Bool {
    if let exactly = selector.exactly, exactly.contains(entry.id) { return true }
    if let except = selector.except, except.contains(entry.id) { return false }
    guard !selector.isUnconditional else { return false }
    if let direction = selector.direction,
      direction != (entry.amount.isNegative ? .debit : .credit)
    {
      return false
    }
    if let period = selector.period, !period.contains(entry.bookedOn) { return false }
    if !selector.channels.isEmpty, !selector.channels.contains(entry.channel) { return false }
    if !selector.accounts.isEmpty {
      guard let key = accounts[entry.account]?.key, selector.accounts.contains(key) else {
        return false
      }
    }
    let other = entry.counterpartyAccount.flatMap { accounts[$0]?.key }
    if !selector.counterpartyAccounts.isEmpty {
      guard let other, selector.counterpartyAccounts.contains(other) else { return false }
    }
    if !selector.counterpartyPersons.isEmpty {
      guard let other,
        selector.counterpartyPersons.contains(where: { held[$0]?.contains(other) ?? false })
      else { return false }
    }
    if let least = selector.least, Self.compare(entry.amount, least) < 0 { return false }
    if let most = selector.most, Self.compare(entry.amount, most) > 0 { return false }
    return selector.textContains.isEmpty || Self.contains(selector.textContains, entry)
  }

  private static func contains(_ words: [String], _ entry: Entry) -> Bool {
    let texts = [entry.counterpartyName, entry.purpose].compactMap { $0?.lowercased() }
    return words.contains { word in texts.contains { $0.contains(word.lowercased()) } }
  }

  /// The magnitude of an amount against a limit: −1, 0 or 1. Exact, whatever the decimals.
  private static func compare(_ amount: Money, _ limit: DecimalNumber) -> Int {
    let (left, overflow) = Int128(amount.minorUnits.magnitude).multipliedReportingOverflow(
      by: limit.denominator)
    let (right, overflow2) = Int128(limit.digits).multipliedReportingOverflow(
      by: Int128(amount.currency.minorUnitsPerMajor))
    precondition(!overflow && !overflow2, "64-bit amounts at 18 decimals fit 128 bits")
    return left < right ? -1 : left > right ? 1 : 0
  }
}

extension EntrySelector {
  /// True when no condition is given.
  var isUnconditional: Bool {
    var bare = self
    bare.exactly = nil
    bare.except = nil
    return bare == EntrySelector()
  }
}
