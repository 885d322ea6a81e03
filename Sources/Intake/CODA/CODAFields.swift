import CaseModel

/// Why a field of a CODA record cannot be used.
struct CODAFault: Error {
  let code: String
  let columns: ClosedRange<Int>
  let found: String
  let expected: String
}

/// Amounts and days as CODA writes them.
enum CODAField {
  /// Fifteen digits with three decimals, unsigned.
  static func minor(
    _ record: FixedRecord, _ columns: ClosedRange<Int>, _ currency: Currency
  ) throws -> Int64 {
    do {
      return try FixedFigures.minorUnits(record[columns], decimals: 3, currency)
    } catch {
      throw CODAFault(
        code: error.code, columns: columns, found: error.reason,
        expected: "fifteen digits with three decimals, of which the currency has the first"
          + " \(currency.exponent)")
    }
  }

  /// The same with its sign: 0 credit, 1 debit.
  static func signed(
    _ record: FixedRecord, sign: Int, _ columns: ClosedRange<Int>, _ currency: Currency
  ) throws -> Int64 {
    let unsigned = try minor(record, columns, currency)
    switch record[sign] {
    case "0": return unsigned
    case "1": return -unsigned
    default:
      throw CODAFault(
        code: "E-MARK", columns: sign...sign, found: "the sign '\(record[sign])'",
        expected: "0 for credit or 1 for debit")
    }
  }

  static func day(
    _ record: FixedRecord, _ columns: ClosedRange<Int>, _ pivot: CenturyPivot
  ) throws -> CivilDate? {
    do {
      return try FixedFigures.day(record[columns], FixedFigures.dayMonthYear, pivot)
    } catch {
      throw CODAFault(
        code: "E-DATE", columns: columns, found: error.reason, expected: "a day as DDMMYY")
    }
  }
}

/// Columns 6 to 42 of record 1, laid out by the structure digit in column 2: 0 Belgian number, 1 foreign
/// number, 2 Belgian IBAN, 3 foreign IBAN.
struct CODAAccount {
  let text: String
  let currency: Currency
  /// Why an account that is written like an IBAN is none.
  var wrongIBAN: String?
  private let iban: String?

  init(_ record: FixedRecord) throws {
    let (columns, money): (ClosedRange<Int>, ClosedRange<Int>)
    switch record[2] {
    case "0": (columns, money) = (6...17, 19...21)
    case "1", "3": (columns, money) = (6...39, 40...42)
    case "2": (columns, money) = (6...36, 40...42)
    default:
      throw CODAFault(
        code: "E-STRUCTURE", columns: 2...2, found: "the account structure '\(record[2])'",
        expected: "0, 1, 2 or 3")
    }
    guard let text = record.text(columns) else {
      throw CODAFault(
        code: "E-ACCOUNT", columns: columns, found: "no account", expected: "its number")
    }
    guard let currency = Currency(iso: record[money]) else {
      throw CODAFault(
        code: "E-CCY", columns: money, found: "the currency '\(record[money])'",
        expected: "three letters of ISO 4217")
    }
    self.text = text
    self.currency = currency
    iban = record[2] == "0" ? NationalAccount.belgian(text) : AccountNumber.iban(text)
    if record[2] == "2" || record[2] == "3", iban == nil {
      wrongIBAN = (AccountNumber.ibanFault(text) ?? .characters).rawValue
    }
  }

  /// - Parameter bank: The bank's BIC as record 0 states it.
  func key(bank: String?) -> AccountKey {
    if let iban { return AccountKey("iban:" + iban) }
    return AccountNumber.key(withoutIBAN: text, institution: bank)
  }
}
