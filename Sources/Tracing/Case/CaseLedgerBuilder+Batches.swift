// One booked line that stands for several payments.

import CaseModel

extension CaseLedgerBuilder {
  private var batches: [BatchSplit] { caseFile.matter.tracing?.batches ?? [] }

  /// Finds the entries that a batch of the sheet splits; the first batch listed takes one. Legs of a
  /// transfer, prices and reversals are left whole.
  mutating func findBatches(among entries: [Entry], legs: [EntryID: Entry]) {
    for (index, batch) in batches.enumerated() where isShown(by: batch.facts) {
      for entry in entries where matcher.selects(batch.selector, entry) {
        guard batchOfEntry[entry.id] == nil else { continue }
        let isLeg = legs[entry.id].map { isInScope($0.account) } ?? false
        guard !isLeg, !entry.isReversal, !groupedEntries.contains(entry.id),
          counter.saleOfEntry[entry.id] == nil
        else {
          limits.append(
            "\(entry.source.label), \(entry.source.locator): the entry is a transfer, a price or a reversal; it was not split."
          )
          continue
        }
        batchOfEntry[entry.id] = index
      }
    }
  }

  /// Lays the parts of an entry in the order of the sheet, then what they leave of it.
  /// - Throws: `TracingError` with the sheet's line when the parts do not fit the entry.
  mutating func lay(_ entry: Entry, inPartsOf index: Int, other: Entry?) throws(TracingError) {
    let batch = batches[index]
    let place = "\(batch.source.label): \(batch.source.locator)"
    let whole = Int128(entry.amount.minorUnits.magnitude)
    var rest = whole
    var movements: [Movement] = []
    for part in batch.parts {
      guard part.amount.currency == entry.amount.currency else {
        throw TracingError(
          .currencyMismatch(
            expected: entry.amount.currency.code, found: part.amount.currency.code),
          at: place, remedy: "state the parts in the currency of the account")
      }
      rest -= Int128(part.amount.minorUnits)
      movements.append(try movement(of: part, entry, at: place))
    }
    guard rest >= 0, let left = Int64(exactly: rest) else {
      throw TracingError(
        .malformed("the parts of the batch exceed the entry of \(entry.bookedOn)"), at: place,
        remedy: "check the parts against the bank's list, or narrow the selector")
    }
    if left > 0 {
      movements.append(
        entry.amount.isNegative
          ? debit(entry, amount: left, other: other) : credit(entry, amount: left))
      limits.append(
        "\(name(entry.account)): of the batch entry of \(entry.amount) on \(entry.bookedOn) "
          + "(\(entry.source.label), \(entry.source.locator)), "
          + "\(Money(minorUnits: left, currency: entry.amount.currency)) are in no part of the list; "
          + "they are treated like any other entry.")
    }
    let draft = add(movements, for: entry)
    if left > 0 { noteWithdrawal(entry, amount: left, draft: draft) }
  }

  private mutating func movement(
    of part: BatchSplit.Part, _ entry: Entry, at place: String
  ) throws(TracingError) -> Movement {
    let units = part.amount.minorUnits
    guard units > 0 else {
      throw TracingError(
        .negativeAmount("a part of the batch"), at: place, remedy: "state it above nothing")
    }
    if entry.amount.isNegative, let code = part.property,
      let item = caseFile.matter.property.first(where: { $0.code == code })
    {
      return payment(for: item, from: name(entry.account), amount: units)
    }
    if !entry.amount.isNegative, let code = part.sourceClass, classCodes.contains(code) {
      return .credit(to: name(entry.account), amount: units, sourceClass: code)
    }
    throw TracingError(
      .malformed(
        "a part of the batch does not fit a \(entry.amount.isNegative ? "debit" : "credit")"),
      at: place, remedy: "name property for a debit, a source class for a credit")
  }
}
