// What each booked entry of a case becomes in the ledger.

import CaseModel

extension CaseLedgerBuilder {
  mutating func layEntries() throws(TracingError) {
    let rank = rank
    let entries = caseFile.entries.filter { isInScope($0.account) && !$0.amount.isZero }
      .sorted {
        (rank[$0.account] ?? 0, $0.sequence, $0.key) < (rank[$1.account] ?? 0, $1.sequence, $1.key)
      }
    namePools()
    findSales(among: entries)
    let groups = findGroups(among: entries)
    let legs = pairedLegs(among: entries)
    findBatches(among: entries, legs: legs)
    for group in groups { lay(group) }
    for entry in entries where !groupedEntries.contains(entry.id) {
      if let other = legs[entry.id], isInScope(other.account) {
        if entry.amount.isNegative { lay(transfer: entry, other) }
      } else if let batch = batchOfEntry[entry.id] {
        try lay(entry, inPartsOf: batch, other: legs[entry.id])
      } else if entry.amount.isNegative {
        layDebit(entry, other: legs[entry.id])
      } else {
        layCredit(entry)
      }
    }
  }

  /// Adds the draft of an entry, or of both legs of a transfer, and gives its number.
  @discardableResult
  mutating func add(
    _ movements: [Movement], for entry: Entry, and other: Entry? = nil, reverses: Int? = nil
  ) -> Int {
    var places = [(entry.account, entry.sequence)]
    if let other { places.append((other.account, other.sequence)) }
    let isTimed = entry.timeOfDay != nil && (other.map { $0.timeOfDay != nil } ?? true)
    drafts.append(
      Draft(
        date: entry.bookedOn, movements: movements,
        sources: [entry.source] + (other.map { [$0.source] } ?? []), places: places,
        time: isTimed ? entry.timeOfDay : nil, reverses: reverses))
    return drafts.count - 1
  }

  // MARK: Debits

  private mutating func layDebit(_ entry: Entry, other: Entry?) {
    let amount = -entry.amount.minorUnits
    if entry.isReversal, let original = takeBack(entry) {
      add([.reversal(of: 0, amount: amount)], for: entry, reverses: original)
      return
    }
    if entry.isReversal { noteAmbiguity(of: entry, original: nil, isPart: false) }
    let draft = add([debit(entry, amount: amount, other: other)], for: entry)
    noteWithdrawal(entry, amount: amount, draft: draft)
    if !entry.isReversal { offerForReversal(entry, draft: draft) }
  }

  /// Where an amount of a debit went, as far as the record says.
  mutating func debit(_ entry: Entry, amount: Int64, other: Entry?) -> Movement {
    let from = name(entry.account)
    let bought = caseFile.matter.property.filter { item in
      item.account == nil && item.funding.contains { matcher.selects($0, entry) }
    }
    if let item = bought.first {
      if bought.count > 1 { counts.severalAssets += 1 }
      return payment(for: item, from: from, amount: amount)
    }
    if entry.channel == .fee || entry.channel == .interest {
      return .fee(from: from, amount: amount)
    }
    let receiver = other?.account ?? entry.counterpartyAccount
    if let receiver, receiver != entry.account, isInScope(receiver) {
      counts.unpairedDebits += 1
      return .debit(from: from, to: .untraced(name(receiver)), amount: amount)
    }
    if Self.isWithdrawal(entry), let pool = pool(of: entry.account) {
      counts.cashOut += 1
      return .transfer(from: from, to: pool.name, amount: amount, credited: nil)
    }
    if let receiver, receiver != entry.account {
      return .debit(from: from, to: .outside(outsideName(receiver)), amount: amount)
    }
    if isForBounds, mayArriveUnseen(entry) {
      return .debit(from: from, to: .untraced(from), amount: amount)
    }
    return .debit(from: from, to: .dissipated, amount: amount)
  }

  func payment(for item: PropertyItem, from: String, amount: Int64) -> Movement {
    .debit(
      from: from, to: .asset(item.code.text), amount: amount, isCoordinated: isCoordinated(item))
  }

  /// Co-ordination is evidenced by a fact that may reach a court (Brazil v Durant).
  func isCoordinated(_ item: PropertyItem) -> Bool {
    caseFile.matter.facts.contains {
      $0.topic == "co-ordination" && $0.property.contains(item.code) && $0.status.mayReachCourt
    }
  }

  // MARK: Credits

  private mutating func layCredit(_ entry: Entry) {
    let to = name(entry.account)
    let amount = entry.amount.minorUnits
    if counter.saleOfEntry[entry.id] != nil {
      // Laid as what it is without the sale; `settleSales` makes it one if something was bought.
      let movement = credit(entry, amount: amount)
      let draft = add([movement], for: entry)
      counter.offers.append(.init(entry: entry, draft: draft))
      return
    }
    let sourceClass = sourceClass(of: entry)
    if sourceClass == nil, entry.isReversal {
      if let original = takeBack(entry) {
        add([.reversal(of: 0, amount: amount)], for: entry, reverses: original)
        return
      }
      counts.unlinkedRefunds += 1
      noteAmbiguity(of: entry, original: nil, isPart: false)
      let code = declare(Ledger.unknownRefund)
      add([.credit(to: to, amount: amount, sourceClass: code)], for: entry)
      return
    }
    let draft = add([credit(entry, amount: amount)], for: entry)
    if entry.channel == .cashDeposit { purse.deposits.append(.init(entry: entry, draft: draft)) }
    offerForReversal(entry, draft: draft)
  }

  private mutating func sourceClass(of entry: Entry) -> SourceClass? {
    let matching = caseFile.matter.sourceClasses.filter { matcher.selects($0.selector, entry) }
    if matching.count > 1 { counts.severalClasses += 1 }
    return matching.first
  }

  /// What an amount of a receipt is, as far as the case says.
  mutating func credit(_ entry: Entry, amount: Int64) -> Movement {
    let to = name(entry.account)
    let matching = caseFile.matter.sourceClasses.first { matcher.selects($0.selector, entry) }
    let sender = entry.counterpartyAccount
    let isUnpaired = sender.map { $0 != entry.account && isInScope($0) } ?? false
    if isForBounds, let hidden = hiddenSender(of: entry, hasClass: matching != nil) {
      let code = declareUncertain("receipt without its departure, \(to)", hidden)
      return .credit(to: to, amount: amount, sourceClass: code)
    }
    if let matching { return .credit(to: to, amount: amount, sourceClass: matching.code) }
    if entry.channel == .interest { return .interest(to: to, amount: amount) }
    if isUnpaired { counts.unpairedCredits += 1 }
    let kind = entry.channel == .cashDeposit ? "unexplained cash of" : "unexplained credits of"
    let code = declare(SourceClassCode("\(kind) \(to)"))
    return .credit(to: to, amount: amount, sourceClass: code)
  }
}
