import CaseModel

// The tables of booked money: lines, and the pairs of lines that are one movement.
extension RecordIndex {
  func entriesTable() -> ExportTable {
    var table = ExportTable(
      "entries", "Booked lines, each of one account, with where it was read.", key: ["entry"],
      references: [
        .init("account", "accounts", "account"),
        .init("counterparty_account", "accounts", "account"),
        .init("statement", "statements", "statement"),
      ] + .source,
      columns: [
        .init("entry", .text, required: true, "The entry's key, the same in every store."),
        .init("account", .text, required: true, "The account."),
      ]
        + ExportTable.Column.money(
          "amount", required: true, "Signed: positive is money into the account.")
        + ExportTable.Column.currency + [
          .init("booked_on", .day, required: true, "Booking day."),
          .init("value_on", .day, "Value day."),
          .init("time_of_day", .whole, "Seconds since midnight, where stated."),
          .init("sequence", .whole, required: true, "The place among the account's lines."),
          .init("channel", .text, required: true, "How the money moved, as far as stated."),
          .init("is_reversal", .truth, required: true, "A reversal or return."),
          .init("counterparty_account", .text, "The other account, when identified."),
          .init("counterparty_name", .text, "The other side's name as stated."),
          .init("purpose", .text, "The payment's text."),
          .init("statement", .text, "The statement the line belongs to."),
        ] + ExportTable.Column.source)
    for entry in caseFile.entries {
      guard let account = account(entry.account) else { continue }
      table.add(
        [entry.key, id(account).text] + Cells.money(entry.amount)
          + Cells.currency(entry.amount.currency)
          + [
            entry.bookedOn.description, entry.valueOn?.description,
            entry.timeOfDay.map { String($0) }, String(entry.sequence), entry.channel.rawValue,
            Cells.truth(entry.isReversal),
            self.account(entry.counterpartyAccount).map { id($0).text }, counterparty(entry),
            purpose(entry), statement(entry.statement).map { id($0).text },
          ] + Cells.source(entry.source))
    }
    return table
  }

  func transfersTable() -> ExportTable {
    var table = ExportTable(
      "transfers", "Pairs of lines on two accounts that are one movement of money.",
      key: ["transfer"],
      references: [.init("debit", "entries", "entry"), .init("credit", "entries", "entry")],
      columns: [
        .init("transfer", .text, required: true, "The name of the transfer in every export."),
        .init("debit", .text, required: true, "The line that paid."),
        .init("credit", .text, required: true, "The line that was paid."),
      ] + ExportTable.Column.money("amount", required: true, "What moved, never negative.")
        + ExportTable.Column.currency
        + [.init("reasons", .list, "What the match satisfied, in words.")])
    let rows = caseFile.transfers.compactMap { transfer -> [String?]? in
      guard let debit = entry(transfer.debit), let credit = entry(transfer.credit) else {
        return nil
      }
      let amount = debit.amount.magnitude
      return [id(debit, credit).text, debit.key, credit.key] + Cells.money(amount)
        + Cells.currency(amount.currency) + [Cells.list(transfer.reasons)]
    }
    for row in rows.sorted(by: { ($0[0] ?? "") < ($1[0] ?? "") }) { table.add(row) }
    return table
  }
}
