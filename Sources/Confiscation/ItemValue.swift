// What an item is worth, what lies on it, and what is left. An item without a value has no figures:
// it is never counted as if it were worth nothing.

import CaseModel

/// The value of one item on the matter's day.
struct ItemValue {
  var gross: Figure?
  var encumbered: Figure?
  var net: Figure?
  /// The day the gross value is of.
  var date: CivilDate?
  var remarks: [String] = []
  /// False when a charge on the item could not be counted or its statement does not agree.
  var isSettled = true

  /// The latest recorded valuation on or before the day; for an account without one, the closing
  /// balance its latest statement states.
  init(of item: PropertyItem, in index: CaseIndex, rates: RateBook) throws {
    let asOf = index.matter.asOf
    let known = item.valuations.filter { $0.date <= asOf }
    if known.count < item.valuations.count {
      remarks.append(
        "\(item.valuations.count - known.count) later than \(asOf) left out of the valuations.")
    }
    let latest = known.max {
      $0.date != $1.date ? $0.date < $1.date : $1.source < $0.source
    }
    if let latest {
      date = latest.date
      gross = Figure(
        latest.amount, label: "value of \(item.code)",
        derivation: "\(latest.method), \(latest.date)", from: latest.source)
    } else if let key = item.account {
      readClosingBalance(of: key, item: item, in: index)
    }
    guard let gross else {
      remarks.append("No value is recorded; no figure is given and nothing is claimed.")
      return
    }
    try subtractEncumbrances(of: item, from: gross, rates: rates)
  }

  private mutating func readClosingBalance(
    of key: AccountKey, item: PropertyItem, in index: CaseIndex
  ) {
    let accounts = index.accounts(key)
    let wanted = item.price?.currency ?? accounts.map(\.currency).min()
    let ids = Set(accounts.filter { $0.currency == wanted }.map(\.id))
    if accounts.contains(where: { $0.currency != wanted }) {
      remarks.append("The account has further currencies; each needs its own item.")
      isSettled = false
    }
    let stated = index.caseFile.statements.compactMap {
      record -> (record: StatementRecord, balance: StatedBalance, day: CivilDate)? in
      guard ids.contains(record.account), let closing = record.closing,
        let day = closing.date ?? record.period?.last, day <= index.matter.asOf
      else { return nil }
      return (record, closing, day)
    }
    let last = stated.max {
      $0.day != $1.day ? $0.day < $1.day : $1.record.source < $0.record.source
    }
    guard let last else { return }
    date = last.day
    gross = Figure(
      last.balance.amount, label: "closing balance of \(item.code)",
      derivation: "as the statement states it, \(last.day)", from: last.record.source)
    if last.record.status != .reconciled {
      isSettled = false
      remarks.append("The statement that states the balance is \(last.record.status.rawValue).")
    }
  }

  private mutating func subtractEncumbrances(
    of item: PropertyItem, from gross: Figure, rates: RateBook
  ) throws {
    var counted: [Figure] = []
    let ranked = item.encumbrances.sorted {
      $0.rank != $1.rank ? $0.rank < $1.rank : $0.source < $1.source
    }
    for charge in ranked {
      if charge.inGoodFaith == false {
        remarks.append(
          "The charge of \(charge.holder), \(charge.amount.text), is contested and not deducted.")
        isSettled = false
        continue
      }
      guard charge.amount.currency == gross.amount.currency else {
        remarks.append(
          "The charge of \(charge.holder), \(charge.amount.text), is in another currency than the "
            + "value: the net value is not known and nothing is claimed.")
        isSettled = false
        return
      }
      counted.append(
        Figure(
          charge.amount, label: "charge of \(charge.holder) on \(item.code)",
          derivation: "rank \(charge.rank), as recorded", from: charge.source))
    }
    try refuseOverflow(counted.map(\.amount), at: "charges on \(item.code)")
    encumbered = counted.total(label: "charges on \(item.code)")
    guard let encumbered else {
      net = Figure(
        gross.amount, label: "net value of \(item.code)", derivation: "no charge is deducted",
        from: gross.sources)
      return
    }
    try refuseOverflow([gross.amount, -encumbered.amount], at: "net value of \(item.code)")
    net = Figure(
      gross.amount - encumbered.amount, label: "net value of \(item.code)",
      derivation: "value less charges", from: gross.sources + encumbered.sources)
  }
}
