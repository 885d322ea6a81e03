// Which booked entries a selector of the case sheet means.

import CaseModel

extension CaseIndex {
  /// The entries a selector means, in the order of the case file.
  ///
  /// Every condition that is given must hold; within one condition any of its members will do. Text
  /// is compared without case. A selector without any condition means nothing, so that an unfinished
  /// case sheet never sweeps in a whole case. Persons are matched by the accounts they hold, the other side
  /// by what the record itself names, so that a class means here what it means to the tracing.
  ///
  /// - Complexity: O(*n*) in the entries of the case.
  func entries(of selector: EntrySelector) -> [Entry] {
    guard selector != EntrySelector() else { return [] }
    let own = Set(selector.accounts.flatMap(accounts).map(\.id))
    let others = Set(selector.counterpartyAccounts.flatMap(accounts).map(\.id))
    let persons = accounts(of: Set(selector.counterpartyPersons), controlled: false)
    let words = selector.textContains.map { $0.lowercased() }
    return caseFile.entries.filter { entry in
      if !selector.accounts.isEmpty, !own.contains(entry.account) { return false }
      switch selector.direction {
      case .credit where entry.amount.minorUnits <= 0: return false
      case .debit where entry.amount.minorUnits >= 0: return false
      default: break
      }
      if !selector.counterpartyAccounts.isEmpty || !selector.counterpartyPersons.isEmpty {
        guard let other = entry.counterpartyAccount else { return false }
        if !selector.counterpartyAccounts.isEmpty, !others.contains(other) { return false }
        if !selector.counterpartyPersons.isEmpty, !persons.contains(other) { return false }
      }
      if !selector.channels.isEmpty, !selector.channels.contains(entry.channel) { return false }
      if let period = selector.period, !period.contains(entry.bookedOn) { return false }
      if let least = selector.least, compare(entry.amount, least) < 0 { return false }
      if let most = selector.most, compare(entry.amount, most) > 0 { return false }
      if !words.isEmpty {
        let text = ((entry.counterpartyName ?? "") + "\n" + (entry.purpose ?? "")).lowercased()
        if !words.contains(where: text.contains) { return false }
      }
      return true
    }
  }

  /// −1, 0 or 1: the magnitude of an amount against a decimal limit, exactly.
  private func compare(_ amount: Money, _ limit: DecimalNumber) -> Int {
    let left = Int128(amount.minorUnits).magnitude * UInt128(limit.denominator.magnitude)
    let right = Int128(limit.digits) * Int128(amount.currency.minorUnitsPerMajor)
    guard right >= 0 else { return 1 }
    return left < right.magnitude ? -1 : left > right.magnitude ? 1 : 0
  }
}
