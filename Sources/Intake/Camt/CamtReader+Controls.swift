// A camt statement against its own figures: balances and control totals.

import CaseModel

extension CamtReader {
  /// Figures of the entries of one statement.
  struct Tally {
    var count = 0
    var booked: [Currency: Int128] = [:]
    var creditCount = 0
    var debitCount = 0
    var credit: [Currency: Int128] = [:]
    var debit: [Currency: Int128] = [:]
    var isWhole = true

    mutating func add(_ entry: StatementEntry) {
      let (currency, minor) = (entry.amount.currency, Int128(entry.amount.minorUnits))
      if entry.kind == .booked { booked[currency, default: 0] += minor }
      if minor < 0 {
        debitCount += 1
        debit[currency, default: 0] -= minor
      } else {
        creditCount += 1
        credit[currency, default: 0] += minor
      }
    }
  }

  /// Opening + booked entries − closing, reported at the closing balance.
  func compare(_ head: CamtStatement, _ tally: Tally) throws {
    let statement = head.header
    guard let opening = statement.opening, let closing = statement.closing else {
      if statement.opening != nil || statement.closing != nil {
        try report(
          .warning, "W-INCOMPLETE", place(head.path),
          "a statement without \(statement.opening == nil ? "an opening" : "a closing") balance",
          "OPBD or PRCD, and CLBD; it is kept as incomplete")
      }
      return
    }
    let at = place(head.closingPath ?? head.path)
    let currency = opening.amount.currency
    guard closing.amount.currency == currency else {
      try report(
        .warning, "W-UNBALANCED", at,
        "opening in \(currency), closing in \(closing.amount.currency)",
        "both in the account's currency; the statement is kept as unreconciled")
      return
    }
    let difference =
      Int128(opening.amount.minorUnits) + (tally.booked[currency] ?? 0)
      - Int128(closing.amount.minorUnits)
    guard difference != 0 else { return }
    let shown = Int64(exactly: difference).map { Money(minorUnits: $0, currency: currency) }
    try report(
      .warning, "W-UNBALANCED", at,
      "opening + entries − closing = \(shown.map(\.description) ?? "beyond 64 bits")",
      "0; check for missing pages, the statement is kept as unreconciled")
  }

  /// TxsSummry: numbers and sums of all entries, of the credits and of the debits.
  func checkSummary(_ head: CamtStatement, _ tally: Tally) throws {
    guard let summary = head.summary else { return }
    var found: [String] = []
    func check(_ name: String, count: Int, sums: [Currency: Int128]?) {
      guard let part = summary[name] else { return }
      if let stated = part.value("NbOfNtries").flatMap({ Int($0) }), stated != count {
        found.append("\(name): \(stated) entries stated, \(count) read")
      }
      guard let sums, sums.count <= 1, let text = part["Sum"]?.text,
        let currency = sums.keys.first ?? head.header.currency,
        let stated = try? CamtAmount.money(MTField.trimmed(text), currency, path: "")
      else { return }
      let read = sums[currency] ?? 0
      if Int128(stated.minorUnits) != read {
        let sum = Money(minorUnits: Int64(clamping: read), currency: currency)
        found.append("\(name): \(stated) stated, \(sum) read")
      }
    }
    check("TtlNtries", count: tally.count, sums: nil)
    if tally.isWhole {
      check("TtlCdtNtries", count: tally.creditCount, sums: tally.credit)
      check("TtlDbtNtries", count: tally.debitCount, sums: tally.debit)
    }
    guard !found.isEmpty else { return }
    try report(
      .warning, "W-COUNT", place(head.path + "/TxsSummry"), found.joined(separator: "; "),
      "equal figures; check whether entries are missing")
  }
}
