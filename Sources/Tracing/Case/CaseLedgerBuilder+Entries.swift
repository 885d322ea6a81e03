// What each booked entry of a case becomes in the ledger.

import CaseModel

extension CaseLedgerBuilder {
  /// Days between the two legs of a transfer that no record pairs: default, two bank working days
  /// and a day of grace.
  static let unpairedDaysMax = 3

  mutating func layEntries() throws(TracingError) {
    var rank: [AccountID: Int] = [:]
    for (index, account) in scope.enumerated() { rank[account.id] = index }
    let entries = caseFile.entries.filter { isInScope($0.account) && !$0.amount.isZero }
      .sorted {
        (rank[$0.account] ?? 0, $0.sequence, $0.key) < (rank[$1.account] ?? 0, $1.sequence, $1.key)
      }
    let legs = pairedLegs(among: entries)
    for entry in entries {
      guard entry.amount.minorUnits != .min else {
        throw TracingError(
          .overflow, at: "\(entry.source.label): \(entry.source.locator)",
          remedy: "check the amount")
      }
      if let other = legs[entry.id], isInScope(other.account) {
        if entry.amount.isNegative { lay(transfer: entry, other) }
      } else if entry.amount.isNegative {
        layDebit(entry, other: legs[entry.id])
      } else {
        layCredit(entry)
      }
    }
    noteAssumptions()
  }

  private mutating func add(
    _ movements: [Movement], for entry: Entry, and other: Entry? = nil, reverses: Int? = nil
  ) {
    var places = [(entry.account, entry.sequence)]
    if let other { places.append((other.account, other.sequence)) }
    draftOfEntry[entry.id] = drafts.count
    drafts.append(
      Draft(
        date: entry.bookedOn, movements: movements,
        sources: [entry.source] + (other.map { [$0.source] } ?? []), places: places,
        time: entry.timeOfDay, reverses: reverses))
  }

  // MARK: Transfers

  /// Both legs on one day become one step; legs on two days become a departure and an arrival. What
  /// the bank kept on the way is a fee; what arrived beyond what left is unexplained.
  private mutating func lay(transfer debit: Entry, _ credit: Entry) {
    let (from, to) = (name(debit.account), name(credit.account))
    let obtainedAs = obtaining(credit, from: debit.account)
    let (left, arrived) = (-debit.amount.minorUnits, credit.amount.minorUnits)
    let isSameCurrency = debit.amount.currency == credit.amount.currency
    let moved = isSameCurrency ? min(left, arrived) : left
    let credited = isSameCurrency ? moved : arrived
    var extra: [Movement] = []
    if isSameCurrency, left > moved { extra.append(.fee(from: from, amount: left - moved)) }
    var late: [Movement] = []
    if isSameCurrency, arrived > moved {
      let code = declare(SourceClassCode("unexplained credits of \(to)"))
      late.append(.credit(to: to, amount: arrived - moved, sourceClass: code))
    }
    if debit.bookedOn >= credit.bookedOn {
      if debit.bookedOn > credit.bookedOn { counts.bookedLate += 1 }
      let step = Movement.transfer(
        from: from, to: to, amount: moved, credited: credited, obtainedAs: obtainedAs)
      if debit.bookedOn == credit.bookedOn {
        add([step] + extra + late, for: debit, and: credit)
      } else {
        drafts.append(
          Draft(
            date: credit.bookedOn, movements: [step] + extra + late,
            sources: [debit.source, credit.source],
            places: [(credit.account, credit.sequence)], time: credit.timeOfDay))
      }
    } else {
      let transit = "\(debit.key)-\(credit.key)"
      add([.departure(from: from, transit: transit, amount: moved)] + extra, for: debit)
      add(
        [.arrival(transit: transit, to: to, amount: credited, obtainedAs: obtainedAs)] + late,
        for: credit)
    }
  }

  /// The tainted class as which money out of a victim's account in the ledger was received, if the
  /// case says so. Between accounts of the offenders themselves nothing is obtained (§3 rule 3).
  private func obtaining(_ credit: Entry, from sender: AccountID) -> SourceClassCode? {
    guard let account = accountsByID[sender] else { return nil }
    let isVictims =
      account.holder.map { victims.contains($0) } ?? false
      || caseFile.matter.persons.contains { $0.isVictim && $0.holds.contains(account.key) }
    guard isVictims else { return nil }
    return caseFile.matter.sourceClasses.first {
      $0.isTainted && matcher.selects($0.selector, credit)
    }?.code
  }

  // MARK: Debits and credits

  private mutating func layDebit(_ entry: Entry, other: Entry?) {
    let from = name(entry.account)
    let amount = -entry.amount.minorUnits
    if entry.isReversal, let original = original(of: entry) {
      return add([.reversal(of: 0, amount: amount)], for: entry, reverses: original)
    }
    let bought = caseFile.matter.property.filter { item in
      item.account == nil && item.funding.contains { matcher.selects($0, entry) }
    }
    if let item = bought.first {
      if bought.count > 1 { counts.severalAssets += 1 }
      return add(
        [
          .debit(
            from: from, to: .asset(item.code.text), amount: amount,
            isCoordinated: isCoordinated(item))
        ], for: entry)
    }
    if entry.channel == .fee || entry.channel == .interest {
      return add([.fee(from: from, amount: amount)], for: entry)
    }
    let destination: Destination
    let receiver = other?.account ?? entry.counterpartyAccount
    if let receiver, receiver != entry.account, isInScope(receiver) {
      counts.unpairedDebits += 1
      destination = .untraced(name(receiver))
    } else if let receiver, receiver != entry.account {
      destination = .outside(outsideName(receiver))
    } else {
      if entry.channel == .cashWithdrawal || entry.channel == .atmWithdrawal { counts.cashOut += 1 }
      destination = .dissipated
    }
    add([.debit(from: from, to: destination, amount: amount)], for: entry)
  }

  private mutating func layCredit(_ entry: Entry) {
    let to = name(entry.account)
    let amount = entry.amount.minorUnits
    let matching = caseFile.matter.sourceClasses.filter { matcher.selects($0.selector, entry) }
    if let found = matching.first {
      if matching.count > 1 { counts.severalClasses += 1 }
      return add([.credit(to: to, amount: amount, sourceClass: found.code)], for: entry)
    }
    if entry.isReversal {
      if let original = original(of: entry) {
        return add([.reversal(of: 0, amount: amount)], for: entry, reverses: original)
      }
      counts.unlinkedRefunds += 1
      let code = declare(Ledger.unknownRefund)
      return add([.credit(to: to, amount: amount, sourceClass: code)], for: entry)
    }
    if entry.channel == .interest {
      return add([.interest(to: to, amount: amount)], for: entry)
    }
    if let sender = entry.counterpartyAccount, sender != entry.account, isInScope(sender) {
      counts.unpairedCredits += 1
    }
    let code = declare(SourceClassCode("unexplained credits of \(to)"))
    add([.credit(to: to, amount: amount, sourceClass: code)], for: entry)
  }

  /// Co-ordination is evidenced by a fact that may reach a court (Brazil v Durant).
  private func isCoordinated(_ item: PropertyItem) -> Bool {
    caseFile.matter.facts.contains {
      $0.topic == "co-ordination" && $0.property.contains(item.code) && $0.status.mayReachCourt
    }
  }

  /// The latest earlier entry of the account with the opposite amount and the same other side that
  /// is no leg of a transfer and is not taken back yet.
  private mutating func original(of entry: Entry) -> Int? {
    let taken = Set(drafts.compactMap(\.reverses))
    let candidates = caseFile.entries.filter { other in
      guard other.account == entry.account, other.id != entry.id, !other.isReversal,
        other.amount == -entry.amount, other.bookedOn <= entry.bookedOn,
        other.sequence < entry.sequence,
        other.counterpartyAccount == entry.counterpartyAccount,
        other.counterpartyName == entry.counterpartyName,
        let draft = draftOfEntry[other.id], !taken.contains(draft)
      else { return false }
      return drafts[draft].movements.count == 1 && drafts[draft].places.count == 1
    }
    let candidate = candidates.max { $0.sequence < $1.sequence }
    guard let candidate, let draft = draftOfEntry[candidate.id] else { return nil }
    switch drafts[draft].movements.first {
    case .debit, .fee, .credit, .interest: break
    default: return nil
    }
    counts.reversals += 1
    return draft
  }

  // MARK: Pairs

  /// The other leg of each entry: as the case pairs them, then as the records allow exactly one way.
  private mutating func pairedLegs(among entries: [Entry]) -> [EntryID: Entry] {
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
      legs[debit.id] = credit
      legs[credit.id] = debit
    }
    struct Key: Hashable {
      let from, to: AccountID
      let amount: Money
    }
    var debits: [Key: [Entry]] = [:]
    var credits: [Key: [Entry]] = [:]
    for entry in entries where legs[entry.id] == nil && entry.amount.minorUnits != .min {
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
      for debit in debits {
        let near = credits.filter { Self.isNear(debit, $0) }
        guard near.count == 1, let credit = near.first,
          debits.count(where: { Self.isNear($0, credit) }) == 1
        else { continue }
        legs[debit.id] = credit
        legs[credit.id] = debit
        counts.inferredPairs += 1
      }
    }
    return legs
  }

  private static func isNear(_ debit: Entry, _ credit: Entry) -> Bool {
    (0...unpairedDaysMax).contains(credit.bookedOn - debit.bookedOn)
  }

  // MARK: What was assumed

  private mutating func noteAssumptions() {
    func note(_ count: Int, _ one: String, _ many: String) {
      guard count > 0 else { return }
      limits.append(count == 1 ? "One \(one)" : "\(count) \(many)")
    }
    note(
      counts.inferredPairs,
      "transfer between accounts of the ledger was paired because amount, accounts and days allow no other way.",
      "transfers between accounts of the ledger were paired because amount, accounts and days allow no other way."
    )
    note(
      counts.unpairedDebits,
      "payment to an account of the ledger has no arrival on record; it counts as untraced.",
      "payments to accounts of the ledger have no arrival on record; they count as untraced.")
    note(
      counts.unpairedCredits,
      "receipt from an account of the ledger has no departure on record; it counts as unexplained and clean.",
      "receipts from accounts of the ledger have no departure on record; they count as unexplained and clean."
    )
    note(
      counts.bookedLate,
      "transfer was booked at its source after its arrival; it is taken as made on the day of arrival.",
      "transfers were booked at their source after their arrival; they are taken as made on the day of arrival."
    )
    note(
      counts.reversals,
      "reversal was linked to its original by equal amount and other side.",
      "reversals were linked to their originals by equal amount and other side.")
    note(
      counts.unlinkedRefunds, "refund names no payment it returns; it counts as clean.",
      "refunds name no payment they return; they count as clean.")
    note(
      counts.cashOut, "cash withdrawal is treated as spent; no later deposit is joined to it.",
      "cash withdrawals are treated as spent; no later deposit is joined to them.")
    note(
      counts.severalClasses,
      "receipt fits several source classes of the case sheet; the first one listed was taken.",
      "receipts fit several source classes of the case sheet; the first one listed was taken.")
    note(
      counts.severalAssets,
      "payment fits several property items of the case sheet; the first one listed was taken.",
      "payments fit several property items of the case sheet; the first one listed was taken.")
    note(
      counts.unusablePairs,
      "stored pair of entries is no transfer (direction, account, or a leg used twice) and was left out.",
      "stored pairs of entries are no transfers (direction, account, or a leg used twice) and were left out."
    )
  }
}

/// How often the builder had to decide something; each becomes a limit.
struct AssumptionCounts {
  var inferredPairs = 0
  var unpairedDebits = 0
  var unpairedCredits = 0
  var bookedLate = 0
  var reversals = 0
  var unlinkedRefunds = 0
  var cashOut = 0
  var severalClasses = 0
  var severalAssets = 0
  var unusablePairs = 0
}
