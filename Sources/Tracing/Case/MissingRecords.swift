// Which days of which accounts no reliable record covers, and what that leaves open (N13).

import CaseModel

/// The days of the followed accounts that no record covers, with a sentence for each reason.
struct MissingRecords {
  /// Days without a record, by account.
  var holes: [AccountID: [ClosedRange<Int32>]] = [:]
  /// From this day on the booked balance of the account is not to be relied on.
  var unknownFrom: [AccountID: Int32] = [:]
  /// Accounts whose records end before the others do.
  var endsEarly: Set<AccountID> = []
  /// What is missing of each account, a sentence each, in the order of the days.
  var sentences: [AccountID: [String]] = [:]

  /// Whether a record of the account is missing in these days; without days, at any time.
  func misses(_ account: AccountID, _ days: ClosedRange<Int32>? = nil) -> Bool {
    guard let own = holes[account] else { return false }
    return days.map { days in own.contains { $0.overlaps(days) } } ?? !own.isEmpty
  }

  func misses(_ accounts: Set<AccountID>) -> Bool { accounts.contains { misses($0) } }

  mutating func distrust(_ account: AccountID, from day: Int32) {
    unknownFrom[account] = min(unknownFrom[account] ?? day, day)
  }
}

extension CaseLedgerBuilder {
  /// Days that a payment between two accounts may be under way when one record is missing: default, twice
  /// a working week.
  static let hiddenDaysMax = 10

  /// What is missing of the followed accounts: days before, between and after their statements, whole
  /// accounts, and statements that do not reconcile or are incomplete.
  func missingRecords() -> MissingRecords {
    var result = MissingRecords()
    let periods = scope.flatMap { statementsOf[$0.id] ?? [] }.compactMap(\.period)
    let last =
      (periods.map(\.last) + caseFile.entries.filter { isInScope($0.account) }.map(\.bookedOn))
      .max()
    for account in caseFile.accounts where followed.contains(account.id) {
      guard isInScope(account.id) else {
        result.note(account, .min...(.max), "no record of it was received")
        continue
      }
      noteEdges(of: account, lastDay: last, &result)
    }
    for gap in caseFile.gaps where isInScope(gap.account) {
      guard let account = accountsByID[gap.account] else { continue }
      noteGap(gap, account, &result)
    }
    return result
  }

  private func noteEdges(
    of account: Account, lastDay: CivilDate?, _ result: inout MissingRecords
  ) {
    let statements = statementsOf[account.id] ?? []
    guard let first = statements.first, let begins = first.period?.first,
      let ends = statements.compactMap(\.period).map(\.last).max()
    else {
      result.note(account, .min...(.max), "its statements do not say which days they cover")
      result.distrust(account.id, from: .min)
      return
    }
    let isNumbered = first.number.flatMap { Int($0) }.map { $0 > 1 } ?? false
    if let opening = first.opening?.amount, opening.currency == account.currency {
      if !opening.isZero || isNumbered {
        let held = opening.isZero ? "number \(first.number ?? "")" : "\(opening)"
        result.note(
          account, .min...(begins.dayNumber - 1),
          "its records begin on \(begins) with \(held); what came before is not on record")
      }
    } else {
      result.note(
        account, .min...(begins.dayNumber - 1),
        "its records begin on \(begins) and state no opening balance")
      result.distrust(account.id, from: .min)
    }
    for statement in statements
    where statement.status == .unreconciled || statement.status == .incomplete {
      let day = statement.period?.first.dayNumber ?? begins.dayNumber
      let what = statement.status == .incomplete ? "is incomplete" : "does not reconcile"
      result.note(
        account, day...(.max),
        "statement \(statement.source.label), \(statement.source.locator), \(what); nothing on the account is certain from then on"
      )
      result.distrust(account.id, from: day)
    }
    if let lastDay, ends < lastDay {
      result.note(
        account, (ends.dayNumber + 1)...(.max),
        "its records end on \(ends), those of other accounts on \(lastDay)")
      result.endsEarly.insert(account.id)
    }
  }

  private func noteGap(_ gap: CoverageGap, _ account: Account, _ result: inout MissingRecords) {
    let statements = statementsOf[account.id] ?? []
    let before = statements.first { $0.id == gap.before }
    let after = statements.first { $0.id == gap.after }
    let resumes = after?.period?.first ?? gap.missing?.last.adding(days: 1)
    let breaks = gap.missing?.first ?? before?.period?.last ?? resumes
    guard let breaks, let resumes, breaks <= resumes else {
      result.note(account, .min...(.max), "a gap in its records has no day")
      result.distrust(account.id, from: .min)
      return
    }
    result.note(
      account, breaks.dayNumber...resumes.dayNumber,
      "its records break off on \(breaks) and resume on \(resumes)")
    if after?.opening == nil { result.distrust(account.id, from: resumes.dayNumber) }
  }

  // MARK: What an entry may have been

  private func isTransferLike(_ entry: Entry) -> Bool {
    switch entry.channel {
    case .cardPresent, .cardOnline, .fee, .interest, .payroll, .cashDeposit, .cashWithdrawal,
      .atmWithdrawal:
      false
    default: true
    }
  }

  /// Whether a debit that names no receiver may have gone to an account whose record is missing.
  func mayArriveUnseen(_ entry: Entry) -> Bool {
    guard isTransferLike(entry) else { return false }
    let day = entry.bookedOn.dayNumber
    return followed.contains {
      $0 != entry.account && missing.misses($0, day...(day + Int32(Self.hiddenDaysMax)))
    }
  }

  /// The followed account from which a receipt may have come although no record shows its departure.
  /// A receipt that names nobody and that the case sheet gives to a class is taken as what the sheet says.
  func hiddenSender(of entry: Entry, hasClass: Bool) -> AccountID? {
    if let sender = entry.counterpartyAccount, sender != entry.account {
      return followed.contains(sender) ? sender : nil
    }
    guard !hasClass, isTransferLike(entry) else { return nil }
    let day = entry.bookedOn.dayNumber
    return followedInOrder.first {
      $0 != entry.account && missing.misses($0, (day - Int32(Self.hiddenDaysMax))...day)
    }
  }

  /// Whether a missing record may hold another leg for one of two entries that were paired by inference.
  func mayPairOtherwise(_ debit: Entry, _ credit: Entry) -> Bool {
    let days = Int32(Self.unpairedDaysMax)
    let (left, came) = (debit.bookedOn.dayNumber, credit.bookedOn.dayNumber)
    return missing.misses(credit.account, left...(left + days))
      || missing.misses(debit.account, (came - days)...came)
  }

  func missesRecords(of group: Group) -> Bool {
    (group.debits + group.credits).contains { missing.misses($0.account) }
  }

  /// A reversal may belong to an entry that is missing: then the account is not certain from the day of
  /// the entry it was linked to, or, unlinked, from its first missing day.
  mutating func noteAmbiguity(of entry: Entry, original: ReversibleEntry?, isPart: Bool) {
    guard isForBounds else { return }
    let day = entry.bookedOn.dayNumber
    guard let original, !isPart else {
      let holes = (missing.holes[entry.account] ?? []).filter { $0.lowerBound <= day }
      guard let first = holes.map(\.lowerBound).min() else { return }
      missing.distrust(
        entry.account, from: min(first, original?.bookedOn.dayNumber ?? first))
      return
    }
    if missing.misses(entry.account, original.bookedOn.dayNumber...day) {
      missing.distrust(entry.account, from: original.bookedOn.dayNumber)
    }
  }
}

extension MissingRecords {
  fileprivate mutating func note(_ account: Account, _ days: ClosedRange<Int32>, _ text: String) {
    holes[account.id, default: []].append(days)
    sentences[account.id, default: []].append("\(account.displayName): \(text).")
  }
}
