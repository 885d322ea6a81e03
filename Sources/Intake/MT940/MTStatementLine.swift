// Field 61, the statement line, and fields 60 to 65, the balances.

import CaseModel

/// Why a field cannot be used.
struct MTFault: Error {
  let code: String
  let found: String
  let expected: String
}

/// Field 61 taken apart, before dates and amount are judged.
///
/// Layout (SWIFT Standards MT, category 9, field 61): value date YYMMDD, optional entry date MMDD,
/// debit or credit mark, optional funds code, amount, type of four characters, customer's reference,
/// optional `//` and the bank's reference, optional second line.
struct MTStatementLine {
  enum Mark: String {
    case credit = "C"
    case debit = "D"
    case reversalOfCredit = "RC"
    case reversalOfDebit = "RD"
    case expectedCredit = "EC"
    case expectedDebit = "ED"

    /// +1 for money into the account. A reversed credit takes money out again (formats.md §4.2).
    var sign: Int64 {
      switch self {
      case .credit, .reversalOfDebit, .expectedCredit: 1
      case .debit, .reversalOfCredit, .expectedDebit: -1
      }
    }
    var isReversal: Bool { self == .reversalOfCredit || self == .reversalOfDebit }
    var isExpected: Bool { self == .expectedCredit || self == .expectedDebit }
  }

  let valueDate: Substring
  let entryDate: Substring?
  let mark: Mark
  let hasLowerCaseMark: Bool
  let amount: Substring
  /// Four characters, `NTRF`; nil when the line ends before them.
  let type: String?
  let customerReference: String?
  let servicerReference: String?
  let supplement: String?

  /// - Throws: `MTFault` with `E-FIELD` when the line has not the layout of field 61.
  init(_ field: MTField) throws(MTFault) {
    var lines = field.lines
    // A line broken before its amount goes on in the next.
    if lines.count > 1, !(lines[0].contains(",")) {
      lines[0] = MTField.trimmed(lines[0]) + MTField.trimmed(lines.remove(at: 1))
    }
    var rest = Substring(MTField.trimmed(lines[0]))
    guard let value = Self.take(6, of: &rest, where: \.isWholeNumber) else {
      throw Self.fault("no value date at the start")
    }
    valueDate = value
    entryDate = Self.take(4, of: &rest, where: \.isWholeNumber)
    let letters = rest.prefix(2)
    let upper = letters.uppercased()
    guard let mark = Mark(rawValue: upper) ?? Mark(rawValue: String(upper.prefix(1))) else {
      throw Self.fault("no debit or credit mark after the dates")
    }
    self.mark = mark
    let written = rest.prefix(mark.rawValue.count)
    hasLowerCaseMark = written != mark.rawValue[...]
    rest = rest.dropFirst(mark.rawValue.count)
    if let funds = rest.first, funds.isLetter { rest = rest.dropFirst() }
    amount = rest.prefix { $0.isWholeNumber || $0 == "," || $0 == "." }
    rest = rest.dropFirst(amount.count)
    rest = rest.drop { $0 == " " }
    if rest.count >= 4 {
      type = String(rest.prefix(4))
      rest = rest.dropFirst(4)
    } else {
      type = nil
      if !rest.isEmpty { rest = rest.dropFirst(rest.count) }
    }
    let parts = Self.splitReferences(rest)
    customerReference = parts.customer
    servicerReference = parts.servicer
    let second = lines.dropFirst().map { MTField.trimmed($0) }.filter { !$0.isEmpty }
    supplement = second.isEmpty ? nil : second.joined(separator: " ")
  }

  private static func splitReferences(_ text: Substring) -> (customer: String?, servicer: String?) {
    var before = text
    var after: Substring?
    if let bar = text.firstRange(of: "//") {
      before = text[..<bar.lowerBound]
      after = text[bar.upperBound...]
    }
    func named(_ part: Substring?) -> String? {
      let text = MTField.trimmed(String(part ?? ""))
      return text.isEmpty || text == "NONREF" ? nil : text
    }
    return (named(before), named(after))
  }

  private static func take(
    _ count: Int, of rest: inout Substring, where test: (Character) -> Bool
  ) -> Substring? {
    let head = rest.prefix(count)
    guard head.count == count, head.allSatisfy({ $0.isASCII && test($0) }) else { return nil }
    rest = rest.dropFirst(count)
    return head
  }

  private static func fault(_ found: String) -> MTFault {
    MTFault(
      code: "E-FIELD", found: found,
      expected: "field 61 as YYMMDD[MMDD]C or D, amount, type, references")
  }
}

/// Fields 60F, 60M, 62F, 62M, 64, 65: mark, date, currency, amount.
struct MTBalance {
  let amount: Money
  let date: CivilDate
  let hasLowerCaseMark: Bool

  /// - Throws: `MTFault`: `E-FIELD` for the layout or mark, `E-DATE`, `E-CCY`, `E-AMOUNT…`.
  init(_ field: MTField, pivot: CenturyPivot) throws(MTFault) {
    let text = field.head
    guard let first = text.first, "CDcd".contains(first) else {
      throw MTFault(
        code: "E-FIELD", found: "a balance without debit or credit mark",
        expected: "field \(field.tag) as C or D, YYMMDD, currency, amount")
    }
    hasLowerCaseMark = first.isLowercase
    let rest = text.dropFirst()
    guard rest.utf8.count >= 6 else {
      throw MTFault(
        code: field.isClosed ? "E-FIELD" : "E-TRUNC", found: "a balance that ends early",
        expected: "field \(field.tag) as C or D, YYMMDD, currency, amount")
    }
    guard let date = MTDate.day(rest.prefix(6), pivot: pivot) else {
      throw MTFault(
        code: "E-DATE", found: "the balance date '\(Issue.escaped(String(rest.prefix(6))))'",
        expected: "a day as YYMMDD")
    }
    self.date = date
    let code = rest.dropFirst(6).prefix(3)
    guard let currency = Currency(iso: code.uppercased()) else {
      throw MTFault(
        code: "E-CCY", found: "the currency '\(Issue.escaped(String(code)))'",
        expected: "an ISO 4217 code after the date")
    }
    let digits = MTField.trimmed(String(rest.dropFirst(9)))
    guard digits.contains(",") || field.isClosed else {
      throw MTFault(
        code: "E-TRUNC",
        found: "the balance amount '\(Issue.escaped(digits))'",
        expected: "digits with a decimal comma")
    }
    amount = try MTAmount.money(digits, currency, sign: first.uppercased() == "D" ? -1 : 1)
  }
}

/// Amounts with decimal comma, unsigned.
enum MTAmount {
  static func money(
    _ text: some StringProtocol, _ currency: Currency, sign: Int64
  ) throws(MTFault) -> Money {
    do {
      let amount = try AmountText(String(text), form: .swift, currency: currency)
      return Money(minorUnits: sign * amount.minorUnits, currency: currency)
    } catch {
      throw MTFault(
        code: error.code,
        found: "the amount '\(Issue.escaped(String(text)))': \(error.reason)",
        expected: "digits with a decimal comma and at most \(currency.exponent) decimals")
    }
  }
}

/// Days with two-digit years or with none.
enum MTDate {
  /// `YYMMDD`, nil when it is no day.
  static func day(_ text: some StringProtocol, pivot: CenturyPivot) -> CivilDate? {
    guard let parts = numbers(text, count: 3) else { return nil }
    return CivilDate(year: pivot.year(of: parts[0]), month: parts[1], day: parts[2])
  }

  /// `MMDD` in the year that puts it nearest to another day; nil when it is no day in any of the
  /// three years about it (formats.md §4.2).
  static func day(_ text: some StringProtocol, near other: CivilDate) -> CivilDate? {
    guard let parts = numbers(text, count: 2) else { return nil }
    var best: CivilDate?
    for year in (other.year - 1)...(other.year + 1) {
      guard let day = CivilDate(year: year, month: parts[0], day: parts[1]) else { continue }
      if let known = best, abs(known - other) <= abs(day - other) { continue }
      best = day
    }
    return best
  }

  private static func numbers(_ text: some StringProtocol, count: Int) -> [Int]? {
    let bytes = Array(text.utf8)
    guard bytes.count == count * 2, bytes.allSatisfy({ (48...57).contains($0) }) else { return nil }
    return (0..<count).map { Int(bytes[$0 * 2] - 48) * 10 + Int(bytes[$0 * 2 + 1] - 48) }
  }
}
