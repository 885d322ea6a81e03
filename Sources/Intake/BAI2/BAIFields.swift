import CaseModel

/// Why a field of a BAI2 record cannot be used.
struct BAIFault: Error {
  let code: String
  let found: String
  let expected: String
}

/// Takes fields from the front; fields that are not there are empty.
struct BAICursor {
  private var fields: ArraySlice<String>
  init(_ fields: [String]) { self.fields = fields[...] }
  var isAtEnd: Bool { fields.isEmpty }
  mutating func next() -> String { fields.popFirst() ?? "" }

  /// The funds type with what it brings: V a day and a time, S three amounts, D pairs of days and amounts.
  mutating func funds() -> BAIFunds {
    let type = next().uppercased()
    switch type {
    case "V": return BAIFunds(type: type, valueDay: next(), more: [next()])
    case "S": return BAIFunds(type: type, valueDay: nil, more: [next(), next(), next()])
    case "D":
      let count = min(Int(next()) ?? 0, 1024)
      return BAIFunds(
        type: type, valueDay: nil, more: (0..<count).flatMap { _ in [next(), next()] })
    default: return BAIFunds(type: type, valueDay: nil, more: [])
    }
  }
}

/// When the money of an amount is available.
struct BAIFunds {
  let type: String
  let valueDay: String?
  let more: [String]
  /// As written, for the references of an entry; nil when nothing is said.
  var text: String? {
    type.isEmpty ? nil : ([type] + [valueDay].compactMap(\.self) + more).joined(separator: ",")
  }
}

/// Figures and codes as BAI2 writes them.
enum BAIField {
  /// Whole minor units, with or without a sign; nil when empty.
  static func minor(_ text: String) throws(BAIFault) -> Int64? {
    guard !text.isEmpty else { return nil }
    let digits = text.drop { $0 == "+" || $0 == "-" }
    guard text.count - digits.count <= 1, !digits.isEmpty,
      digits.utf8.allSatisfy({ (0x30...0x39).contains($0) })
    else {
      throw BAIFault(
        code: "E-AMOUNT", found: "an amount that is no whole number",
        expected: "digits that count minor units")
    }
    guard let value = Int64(digits) else {
      throw BAIFault(
        code: "E-AMOUNT-RANGE", found: "an amount beyond a 64-bit count of minor units",
        expected: "at most 19 digits")
    }
    return text.hasPrefix("-") ? -value : value
  }

  static func day(_ text: String, _ pivot: CenturyPivot) throws(BAIFault) -> CivilDate? {
    do { return try FixedFigures.day(text, FixedFigures.yearMonthDay, pivot) } catch {
      throw BAIFault(code: "E-DATE", found: error.reason, expected: "a day as YYMMDD")
    }
  }

  /// The direction of a type code: 100 to 399 and 920 to 959 credit, 400 to 699 and 960 to 999 debit
  /// (BAI2, appendix A); 0 for 890, which moves nothing; nil where the standard gives no direction.
  static func sign(ofType code: String) -> Int64? {
    switch Int(code) ?? 0 {
    case 100...399, 920...959: 1
    case 400...699, 960...999: -1
    case 890: 0
    default: nil
    }
  }

  /// Type codes that name one channel (BAI2, appendix A).
  static func channel(ofType code: String) -> Channel {
    switch Int(code) ?? 0 {
    case 475, 470, 472, 477: .cheque
    case 208, 508: .transferInternational
    case 354: .interest
    case 698: .fee
    default: .unknown
    }
  }
}
