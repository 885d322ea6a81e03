import CaseModel

extension FactBranch {
  /// Lets only so much of a class's receipts count; the rest becomes the clean class
  /// `<code>-BEYOND`. A receipt that is in part beyond becomes two entries on one line of the bank,
  /// and so does its other leg, in the same proportion (largest remainder).
  mutating func seed(
    _ index: Int, _ limit: Money, _ portion: CaseChange.Portion, _ place: String
  ) throws {
    let source = caseFile.matter.sourceClasses[index]
    let receipts = try receipts(of: index, place)
    if let other = receipts.first(where: { $0.amount.currency != limit.currency }) {
      throw WhatIfError.wrongCurrency(
        source.code, found: other.amount.currency.code, place: place)
    }
    var left = limit.minorUnits
    var beyond: Set<EntryID> = []
    for receipt in receipts {
      let units = receipt.amount.minorUnits
      let counted = min(units, portion == .each ? limit.minorUnits : left)
      left -= portion == .total ? counted : 0
      if counted == units { continue }
      if counted == 0 {
        beyond.insert(receipt.id)
      } else {
        beyond.insert(try divide(receipt, counted: counted, source.code, place))
      }
    }
    guard !beyond.isEmpty else {
      throw WhatIfError.noChange("no receipt of \(source.code) exceeds \(limit)", place: place)
    }
    effects.append(
      CaseChange(.seed(source.code, limit, portion), source: source.source).description
        + ": \(Self.count(receipts.count, "receipt")), \(beyond.count) of them beyond it in whole or in part"
    )
    // A part may lie below the least amount the class's selector asks for; it stays of the class.
    assign(Set(receipts.map(\.id)).subtracting(beyond), to: source)
    var clean = source
    clean.code = SourceClassCode("\(source.code)-BEYOND")
    clean.title = "\(source.title), beyond what the what-if counts"
    clean.isTainted = false
    assign(beyond, to: clean)
  }

  /// The credits that are of the class and of none listed before it, the earliest first.
  private func receipts(of index: Int, _ place: String) throws -> [Entry] {
    let rank = Dictionary(
      uniqueKeysWithValues: caseFile.accounts.enumerated().map { ($0.element.id, $0.offset) })
    let found = unsortedReceipts(of: index)
    guard !found.isEmpty else { throw WhatIfError.nothingSelected(place: place) }
    return found.sorted {
      ($0.bookedOn.dayNumber, rank[$0.account] ?? 0, $0.sequence, $0.key)
        < ($1.bookedOn.dayNumber, rank[$1.account] ?? 0, $1.sequence, $1.key)
    }
  }

  private func unsortedReceipts(of index: Int) -> [Entry] {
    let matcher = EntryMatcher(caseFile)
    let classes = caseFile.matter.sourceClasses
    return caseFile.entries.filter { entry in
      entry.amount.minorUnits > 0 && matcher.selects(classes[index].selector, entry)
        && !classes[..<index].contains { matcher.selects($0.selector, entry) }
    }
  }

  func receiptCount(of index: Int) -> Int { unsortedReceipts(of: index).count }

  /// Makes two entries of one, and of its other leg. The part beyond has the new number.
  private mutating func divide(
    _ receipt: Entry, counted: Int64, _ code: SourceClassCode, _ place: String
  ) throws -> EntryID {
    let units = receipt.amount.minorUnits
    let parts = [counted, units - counted]
    let pair = caseFile.transfers.firstIndex { $0.credit == receipt.id }
    guard let pair else {
      let booked = Set(caseFile.entries.map(\.account))
      if let sender = receipt.counterpartyAccount, sender != receipt.account,
        booked.contains(sender)
      {
        throw WhatIfError.unpaired(
          code, entry: "\(receipt.source.label): \(receipt.source.locator)", place: place)
      }
      return split(receipt, parts)
    }
    let transfer = caseFile.transfers[pair]
    let rest = split(receipt, parts)
    guard let debit = caseFile.entries.first(where: { $0.id == transfer.debit }),
      debit.amount.minorUnits != .min
    else { return rest }
    let shares = Split.largestRemainder(-debit.amount.minorUnits, over: parts)
    guard shares.allSatisfy({ $0 > 0 }) else { return rest }
    let other = split(debit, shares.map { -$0 })
    caseFile.transfers.append(
      Transfer(id: transfer.id, debit: other, credit: rest, reasons: transfer.reasons))
    return rest
  }

  /// Replaces an entry by two on the same line: the first keeps its number.
  private mutating func split(_ entry: Entry, _ parts: [Int64]) -> EntryID {
    precondition(parts.reduce(0, +) == entry.amount.minorUnits, "parts are not the whole")
    let id = newEntryID()
    func part(_ units: Int64, _ id: EntryID, _ key: String) -> Entry {
      Entry(
        id: id, key: key, account: entry.account,
        amount: Money(minorUnits: units, currency: entry.amount.currency),
        bookedOn: entry.bookedOn, valueOn: entry.valueOn, timeOfDay: entry.timeOfDay,
        sequence: entry.sequence, channel: entry.channel, isReversal: entry.isReversal,
        counterpartyAccount: entry.counterpartyAccount, counterpartyName: entry.counterpartyName,
        purpose: entry.purpose, statement: entry.statement, source: entry.source)
    }
    guard let place = caseFile.entries.firstIndex(where: { $0.id == entry.id }) else { return id }
    caseFile.entries[place] = part(parts[0], entry.id, entry.key)
    caseFile.entries.insert(part(parts[1], id, entry.key + "+"), at: place + 1)
    return id
  }
}
