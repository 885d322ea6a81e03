import CaseModel

/// Why a field of a CFONB record cannot be used.
struct CFONBFault: Error {
  let code: String
  let columns: ClosedRange<Int>
  let found: String
  let expected: String
}

/// The columns that balances and movements share.
struct CFONBFields {
  private let record: FixedRecord
  private let pivot: CenturyPivot

  init(_ record: FixedRecord, _ pivot: CenturyPivot) {
    self.record = record
    self.pivot = pivot
  }

  var account: String { "\(record[3...7]) \(record[12...16]) \(record[22...32])" }

  /// The RIB key is not in the record but follows from bank, branch and account, and so does the IBAN.
  var accountKey: AccountKey {
    let (bank, branch, number) = (record[3...7], record[12...16], record[22...32])
    if let iban = NationalAccount.french(bank: bank, branch: branch, account: number) {
      return AccountKey("iban:" + iban)
    }
    return AccountNumber.key(number, bankCode: bank + branch, scheme: "FR")
  }

  func currency() throws -> Currency {
    guard let currency = Currency(iso: record[17...19]) else {
      throw CFONBFault(
        code: "E-CCY", columns: 17...19, found: "the currency '\(record[17...19])'",
        expected: "three letters of ISO 4217")
    }
    return currency
  }

  func day(_ columns: ClosedRange<Int>) throws -> CivilDate? {
    do {
      return try FixedFigures.day(record[columns], FixedFigures.dayMonthYear, pivot)
    } catch {
      throw CFONBFault(
        code: "E-DATE", columns: columns, found: error.reason, expected: "a day as DDMMYY")
    }
  }

  /// Fourteen characters, the last with the sign overpunched: `{`, A to I for +0 to +9, `}`, J to R for
  /// −0 to −9. The decimals stand in column 20.
  func amount(_ currency: Currency) throws -> Money {
    let text = record[91...104]
    func fault(_ code: String, _ found: String) -> CFONBFault {
      CFONBFault(
        code: code, columns: 91...104, found: found,
        expected: "thirteen digits and a last one with its sign: {, A to I, }, J to R")
    }
    guard let (digit, sign) = Self.overpunched(record[104]) else {
      throw fault("E-AMOUNT", "an amount whose last character is no overpunched digit")
    }
    guard let decimals = Int(record[20...20]), decimals <= 4 else {
      throw CFONBFault(
        code: "E-AMOUNT", columns: 20...20, found: "no number of decimals", expected: "0 to 4")
    }
    // Some banks leave leading zeros blank.
    let digits = text.dropLast().drop { $0 == " " } + "\(digit)"
    do {
      let minor = try FixedFigures.minorUnits(String(digits), decimals: decimals, currency)
      return Money(minorUnits: sign * minor, currency: currency)
    } catch { throw fault(error.code, error.reason) }
  }

  static func overpunched(_ scalar: Unicode.Scalar) -> (digit: Int, sign: Int64)? {
    switch scalar {
    case "{": (0, 1)
    case "A"..."I": (Int(scalar.value) - 0x40, 1)
    case "}": (0, -1)
    case "J"..."R": (Int(scalar.value) - 0x49, -1)
    default: nil
    }
  }
}

/// A movement with its details.
struct CFONBMovement {
  private var entry: StatementEntry
  private var label: String?
  private var details: [(qualifier: String, text: String)] = []

  init(_ record: FixedRecord, _ fields: CFONBFields) throws {
    entry = StatementEntry(
      locator: record.locator, byteOffset: record.byteOffset,
      amount: try fields.amount(try fields.currency()), bookedOn: try fields.day(35...40),
      valueOn: try fields.day(43...48))
    guard entry.bookedOn != nil else {
      throw CFONBFault(
        code: "E-DATE", columns: 35...40, found: "no booking day", expected: "a day as DDMMYY")
    }
    label = record.text(49...79)
    let references: [(String, ClosedRange<Int>)] = [
      ("bank-code", 33...34), ("bank-internal", 8...11), ("reject", 41...42), ("document", 82...88),
      ("reference", 105...120),
    ]
    for (name, columns) in references {
      guard let text = record.text(columns), text.contains(where: { $0 != "0" }) else { continue }
      entry.references[name] = text
    }
    entry.isReversal = entry.references["reject"] != nil
  }

  mutating func add(_ record: FixedRecord) {
    guard let text = record.text(49...118) else { return }
    details.append((record[46...48], text))
  }

  /// What the qualifiers say: NPY and NBE name the other side (payer, beneficiary), IPY and IBE carry its
  /// identifier, RCN the end-to-end reference and the purpose, REF the references, RUM the mandate, MMO
  /// the original amount, LIB and LCC and LC2 free text. Others are kept with their name.
  var finished: StatementEntry {
    var entry = entry
    var purpose = [label].compactMap(\.self)
    for (qualifier, text) in details {
      switch qualifier {
      case "LIB", "LCC", "LC2", "LCS": purpose.append(text)
      case "NPY" where !entry.amount.isNegative || entry.counterparty.name == nil,
        "NBE" where entry.amount.isNegative || entry.counterparty.name == nil:
        entry.counterparty.name = text
      case "RCN":
        let (reference, rest) = Self.cut(text, 35)
        entry.references["end-to-end"] = reference
        if let rest { purpose.append(rest) }
      case "REF": entry.references["customer"] = text
      case "RUM": entry.references["mandate"] = Self.cut(text, 35).0
      case "IPY", "IBE": entry.references["party-id"] = text
      case "MMO": original(text, &entry)
      default:
        let name = qualifier.trimmed
        purpose.append(name.isEmpty ? text : "\(name): \(text)")
      }
    }
    if !purpose.isEmpty { entry.purpose = purpose.joined(separator: " ") }
    return entry
  }

  /// MMO: currency, decimals, fourteen digits; the rate that may follow is kept as printed.
  private func original(_ text: String, _ entry: inout StatementEntry) {
    let fields = Array(text)
    guard fields.count >= 18, let currency = Currency(iso: String(fields[0..<3])),
      let decimals = Int(String(fields[3])),
      let minor = try? FixedFigures.minorUnits(
        String(fields[4..<18]), decimals: decimals, currency)
    else {
      entry.references["original-amount"] = text
      return
    }
    let sign: Int64 = entry.amount.isNegative ? -1 : 1
    entry.originalAmount = Money(minorUnits: sign * minor, currency: currency)
    let rest = String(fields[18...]).trimmed
    if !rest.isEmpty { entry.exchangeRate = rest }
  }

  /// The first columns and what stands behind them.
  private static func cut(_ text: String, _ width: Int) -> (String, String?) {
    let rest = String(text.dropFirst(width)).trimmed
    return (String(text.prefix(width)).trimmed, rest.isEmpty ? nil : rest)
  }
}
