// Transfers between accounts of the ledger: both legs of one payment, and several payments in parts.

import CaseModel

extension CaseLedgerBuilder {
  /// Days between the two legs of a transfer that no record pairs: default, two bank working days
  /// and a day of grace.
  static let unpairedDaysMax = 3

  /// Both legs on one day become one step; legs on two days become a departure and an arrival. What
  /// the bank kept on the way is a fee; what arrived beyond what left is unexplained.
  mutating func lay(transfer debit: Entry, _ credit: Entry) {
    let (from, to) = (name(debit.account), name(credit.account))
    let (left, arrived) = (-debit.amount.minorUnits, credit.amount.minorUnits)
    let isSameCurrency = debit.amount.currency == credit.amount.currency
    let moved = isSameCurrency ? min(left, arrived) : left
    var extra: [Movement] = []
    if isSameCurrency, left > moved { extra.append(.fee(from: from, amount: left - moved)) }
    var late: [Movement] = []
    if isSameCurrency, arrived > moved {
      let code = declare(SourceClassCode("unexplained credits of \(to)"))
      late.append(.credit(to: to, amount: arrived - moved, sourceClass: code))
    }
    lay(
      transfer: debit, credit, moved: moved, credited: isSameCurrency ? moved : arrived,
      transit: "\(debit.key)-\(credit.key)", extra: extra, late: late)
  }

  /// One payment, or a part of one, from debit to credit.
  private mutating func lay(
    transfer debit: Entry, _ credit: Entry, moved: Int64, credited: Int64, transit: String,
    extra: [Movement] = [], late: [Movement] = []
  ) {
    let (from, to) = (name(debit.account), name(credit.account))
    let obtainedAs = obtaining(credit, from: debit.account)
    let step = Movement.transfer(
      from: from, to: to, amount: moved, credited: credited, obtainedAs: obtainedAs)
    if debit.bookedOn == credit.bookedOn {
      add([step] + extra + late, for: debit, and: credit)
    } else if debit.bookedOn > credit.bookedOn {
      layLate([step] + extra + late, debit, credit)
    } else {
      add([.departure(from: from, transit: transit, amount: moved)] + extra, for: debit)
      add(
        [.arrival(transit: transit, to: to, amount: credited, obtainedAs: obtainedAs)] + late,
        for: credit)
    }
  }

  /// A transfer that its source booked after its arrival stands on one day: the day of arrival, unless
  /// the source's bank had not enough on it until it was booked and the receiver can do without. A day
  /// on which neither bank shows an overdraft must not make one, because debt takes up taint.
  private mutating func layLate(_ movements: [Movement], _ debit: Entry, _ credit: Entry) {
    func spare(_ entry: Entry) -> Int128? {
      balances.lowest(of: entry.account, from: credit.bookedOn, until: debit.bookedOn).map {
        $0 - Int128(entry.amount.minorUnits.magnitude)
      }
    }
    let isShort = spare(debit).map { $0 < 0 } ?? false
    if isShort, let left = spare(credit), left >= 0 {
      counts.bookedLateAtSource += 1
      drafts.append(
        Draft(
          date: debit.bookedOn, movements: movements, sources: [debit.source, credit.source],
          places: [(debit.account, debit.sequence)], time: debit.timeOfDay))
      return
    }
    counts.bookedLate += 1
    if isShort {
      limits.append(
        "\(name(debit.account)): the transfer of \(-debit.amount) booked on \(debit.bookedOn) arrived on "
          + "\(credit.bookedOn), when the account did not hold it; an overdraft that its bank does not show "
          + "is reckoned until then, and what repays it counts as repaid debt.")
    }
    drafts.append(
      Draft(
        date: credit.bookedOn, movements: movements, sources: [debit.source, credit.source],
        places: [(credit.account, credit.sequence)], time: credit.timeOfDay))
  }

  /// The tainted class as which money out of a victim's account in the ledger was received, if the
  /// case says so. Between accounts of the offenders themselves nothing is obtained (§3 rule 3).
  private func obtaining(_ credit: Entry, from sender: AccountID) -> SourceClassCode? {
    guard let account = accountsByID[sender], isVictims(account) else { return nil }
    return caseFile.matter.sourceClasses.first {
      $0.isTainted && matcher.selects($0.selector, credit)
    }?.code
  }

  // MARK: Several debits, several credits

  /// The entries of a transfer group that can be laid, each side in order of booking.
  struct Group {
    var debits: [Entry]
    var credits: [Entry]
    /// Where the sheet states it.
    var line: SourceRef
  }

  /// The transfer groups whose facts may reach a court and whose entries fit together.
  mutating func findGroups(among entries: [Entry]) -> [Group] {
    var groups: [Group] = []
    for stated in caseFile.matter.tracing?.transferGroups ?? [] where isShown(by: stated.facts) {
      let free = entries.filter { !groupedEntries.contains($0.id) && !$0.isReversal }
      func side(_ selector: EntrySelector, isDebit: Bool) -> [Entry] {
        free.filter { $0.amount.isNegative == isDebit && matcher.selects(selector, $0) }.sorted {
          ($0.bookedOn, rank[$0.account] ?? 0, $0.sequence)
            < ($1.bookedOn, rank[$1.account] ?? 0, $1.sequence)
        }
      }
      let group = Group(
        debits: side(stated.debits, isDebit: true), credits: side(stated.credits, isDebit: false),
        line: stated.source)
      let reason: String? =
        if group.debits.isEmpty || group.credits.isEmpty {
          "one of its sides selects nothing"
        } else if !Set(group.debits.map(\.account)).isDisjoint(with: group.credits.map(\.account)) {
          "one account stands on both sides"
        } else if Set(group.debits.map(\.amount.currency)).count > 1
          || Set(group.credits.map(\.amount.currency)).count > 1
        {
          "one of its sides is in several currencies"
        } else {
          nil
        }
      if let reason {
        limits.append("The transfer group of \(stated.source.locator) was left out: \(reason).")
        continue
      }
      if isForBounds, missesRecords(of: group) { continue }
      for entry in group.debits + group.credits { groupedEntries.insert(entry.id) }
      groups.append(group)
    }
    return groups
  }

  /// The debits fill the credits in order: every part of a debit is a transfer of its own to the credit
  /// it reaches. Between two currencies the debits share what arrived by amount, rounded down along the
  /// running sum, so that the parts sum to the whole.
  mutating func lay(_ group: Group) {
    let isSameCurrency = group.debits[0].amount.currency == group.credits[0].amount.currency
    let left = group.debits.map { -$0.amount.minorUnits }
    let arrived = group.credits.map(\.amount.minorUnits)
    let (whole, total) = (Self.sum(left), Self.sum(arrived))
    func reached(_ credited: Int128) -> Int128 {
      isSameCurrency ? credited : Rounding.down.quotient(credited * whole, by: total)
    }
    var (paid, filled): (Int128, Int128) = (0, 0)
    var (debit, credit) = (0, 0)
    let (debitEnds, creditEnds) = (Self.ends(left), Self.ends(arrived))
    while debit < left.count, credit < arrived.count {
      let end = min(debitEnds[debit], reached(creditEnds[credit]))
      let isFilled = end == reached(creditEnds[credit])
      let upTo: Int128 =
        isFilled
        ? creditEnds[credit]
        : isSameCurrency ? end : Rounding.down.quotient(end * total, by: whole)
      if let moved = Int64(exactly: end - paid), let credited = Int64(exactly: upTo - filled),
        moved > 0, credited > 0
      {
        let (one, other) = (group.debits[debit], group.credits[credit])
        lay(
          transfer: one, other, moved: moved, credited: credited,
          transit: "\(one.key)-\(other.key)")
        (paid, filled) = (end, upTo)
      }
      if end == debitEnds[debit] { debit += 1 }
      if isFilled { credit += 1 }
    }
    settle(group, paid: paid, of: debitEnds, filled: filled, of: creditEnds)
    limits.append(
      "\(left.count) \(left.count == 1 ? "debit" : "debits") and \(arrived.count) "
        + "\(arrived.count == 1 ? "credit" : "credits") are taken as one payment in parts, as "
        + "\(group.line.label), \(group.line.locator), states; they are matched in order of booking."
    )
  }

  /// What left and did not arrive is a fee of the debits it is left of; what arrived and did not leave is
  /// unexplained.
  private mutating func settle(
    _ group: Group, paid: Int128, of debitEnds: [Int128], filled: Int128, of creditEnds: [Int128]
  ) {
    for (index, entry) in group.debits.enumerated() {
      let amount = min(debitEnds[index] - paid, Int128(-entry.amount.minorUnits))
      guard amount > 0, let units = Int64(exactly: amount) else { continue }
      add([.fee(from: name(entry.account), amount: units)], for: entry)
    }
    for (index, entry) in group.credits.enumerated() {
      let amount = min(creditEnds[index] - filled, Int128(entry.amount.minorUnits))
      guard amount > 0, let units = Int64(exactly: amount) else { continue }
      let to = name(entry.account)
      let code = declare(SourceClassCode("unexplained credits of \(to)"))
      add([.credit(to: to, amount: units, sourceClass: code)], for: entry)
    }
  }

  private static func sum(_ amounts: [Int64]) -> Int128 {
    amounts.reduce(Int128(0)) { $0 + Int128($1) }
  }

  /// The running sums after each amount.
  private static func ends(_ amounts: [Int64]) -> [Int128] {
    var sum: Int128 = 0
    return amounts.map { amount in
      sum += Int128(amount)
      return sum
    }
  }

  // MARK: Pairs

  /// The other leg of each entry: as the case pairs them, then as the records allow exactly one way.
  mutating func pairedLegs(among entries: [Entry]) -> [EntryID: Entry] {
    var byID: [EntryID: Entry] = [:]
    for entry in caseFile.entries { byID[entry.id] = entry }
    var legs: [EntryID: Entry] = [:]
    for transfer in caseFile.transfers {
      guard let debit = byID[transfer.debit], let credit = byID[transfer.credit],
        debit.amount.isNegative, !credit.amount.isNegative, !credit.amount.isZero,
        legs[debit.id] == nil, legs[credit.id] == nil, debit.account != credit.account
      else {
        counts.unusablePairs += 1
        continue
      }
      if groupedEntries.contains(debit.id) || groupedEntries.contains(credit.id) { continue }
      legs[debit.id] = credit
      legs[credit.id] = debit
    }
    inferPairs(among: entries, &legs)
    return legs
  }

  private mutating func inferPairs(among entries: [Entry], _ legs: inout [EntryID: Entry]) {
    struct Key: Hashable {
      let from, to: AccountID
      let amount: Money
    }
    var debits: [Key: [Entry]] = [:]
    var credits: [Key: [Entry]] = [:]
    for entry in entries where legs[entry.id] == nil && !groupedEntries.contains(entry.id) {
      guard let other = entry.counterpartyAccount, other != entry.account, isInScope(other),
        !entry.isReversal
      else { continue }
      if entry.amount.isNegative {
        debits[Key(from: entry.account, to: other, amount: -entry.amount), default: []].append(
          entry)
      } else {
        credits[Key(from: other, to: entry.account, amount: entry.amount), default: []].append(
          entry)
      }
    }
    for (key, debits) in debits {
      guard let credits = credits[key] else { continue }
      let leaving = debits.sorted { $0.bookedOn < $1.bookedOn }
      let arriving = credits.sorted { $0.bookedOn < $1.bookedOn }
      for debit in leaving {
        guard
          let credit = Self.only(
            in: arriving, from: debit.bookedOn,
            to: debit.bookedOn.adding(days: Self.unpairedDaysMax)),
          Self.only(
            in: leaving, from: credit.bookedOn.adding(days: -Self.unpairedDaysMax),
            to: credit.bookedOn) != nil, !(isForBounds && mayPairOtherwise(debit, credit))
        else { continue }
        legs[debit.id] = credit
        legs[credit.id] = debit
        counts.inferredPairs += 1
      }
    }
  }

  /// The only entry of a sorted list that is booked in these days; nil when there is none or more.
  private static func only(in entries: [Entry], from: CivilDate, to: CivilDate) -> Entry? {
    var (low, high) = (0, entries.count)
    while low < high {
      let middle = (low + high) / 2
      if entries[middle].bookedOn < from { low = middle + 1 } else { high = middle }
    }
    guard low < entries.count, entries[low].bookedOn <= to else { return nil }
    return low + 1 < entries.count && entries[low + 1].bookedOn <= to ? nil : entries[low]
  }
}
