import CaseModel

/// Why a field of a Norma 43 record cannot be used.
struct Norma43Fault: Error {
  let code: String
  let columns: ClosedRange<Int>
  let found: String
  let expected: String
  init(_ code: String, _ columns: ClosedRange<Int>, _ found: String, _ expected: String) {
    self.code = code
    self.columns = columns
    self.found = found
    self.expected = expected
  }
}

extension Norma43Reader {
  /// ISO 4217's number for the currency.
  func stated(_ record: FixedRecord, _ columns: ClosedRange<Int>) throws -> Currency {
    let digits = record[columns]
    guard let code = NumericCurrency.code(digits), let currency = Currency(iso: code) else {
      throw Norma43Fault(
        "E-CCY", columns, "the currency number '\(digits.trimmed)'",
        "three digits of ISO 4217, such as 978")
    }
    return currency
  }

  /// Fourteen digits with two implied decimals.
  func minor(
    _ record: FixedRecord, _ columns: ClosedRange<Int>, _ other: Currency? = nil
  ) throws -> Int64 {
    do {
      return try FixedFigures.minorUnits(
        record[columns].trimmed, decimals: 2, other ?? currency)
    } catch {
      throw Norma43Fault(
        error.code, columns, error.reason, "digits with two implied decimals")
    }
  }

  /// 1 is a debit balance, 2 a credit balance; other marks occur and are read as credit with a warning.
  func balance(
    _ record: FixedRecord, mark: Int, digits: ClosedRange<Int>
  ) throws -> Money {
    let unsigned = try minor(record, digits)
    if record[mark] == "1" { return Money(minorUnits: -unsigned, currency: currency) }
    if record[mark] != "2", unsigned != 0 {
      try desk.warn(
        "W-MARK", record.place(mark...mark), "the mark '\(record[mark])' on a balance",
        "1 for debit or 2 for credit; it is read as credit and checked by the movements")
    }
    return Money(minorUnits: unsigned, currency: currency)
  }

  func day(_ record: FixedRecord, _ columns: ClosedRange<Int>) throws -> CivilDate? {
    do {
      return try FixedFigures.day(record[columns], FixedFigures.yearMonthDay, desk.pivot)
    } catch {
      throw Norma43Fault("E-DATE", columns, error.reason, "a day as YYMMDD")
    }
  }
}

/// A movement with the complements that follow it.
struct Norma43Movement {
  let record: FixedRecord
  var entry: StatementEntry
  private var complements: [String] = []

  init(_ record: FixedRecord, _ entry: StatementEntry) {
    self.record = record
    self.entry = entry
  }

  mutating func add(_ record: FixedRecord) {
    // The two concepts of a complement run on: banks break words between them.
    for columns in [5...42, 43...80] {
      if let text = record.text(columns) { complements.append(text) }
    }
  }

  /// The entry with its purpose. What a bank writes into fixed places of the complements is its own
  /// convention: it is kept as text, and nothing is named counterparty by guessing.
  var finished: StatementEntry {
    var entry = entry
    if !complements.isEmpty { entry.purpose = complements.joined(separator: " ") }
    return entry
  }

  /// Common concepts of Cuaderno 43, annex 3, that name one channel: 11 cash machine, 15 payroll. The
  /// others (01 cheques and withdrawals, 04 drafts and transfers, 12 cards …) mix several.
  static func channel(_ concept: String, isDebit: Bool) -> Channel {
    switch concept {
    case "11": isDebit ? .atmWithdrawal : .unknown
    case "15": .payroll
    default: .unknown
    }
  }
}
