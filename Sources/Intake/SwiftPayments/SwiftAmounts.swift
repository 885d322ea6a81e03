// Amounts, days and rates of payment messages.

import CaseModel

/// Why a message cannot be used: code, the field it stands in, found and expected.
struct SwiftFault: Error {
  let code: String
  /// Line and field, as `line 4 field 32A`.
  let place: String
  let found: String
  let expected: String
}

/// Reads the amount fields of a message.
struct SwiftAmounts {
  let pivot: CenturyPivot

  /// `240301USD1000,50`.
  func dated(_ field: SwiftField) throws(SwiftFault) -> (CivilDate, Money) {
    let text = field.head
    let money = try plain(field, text.dropFirst(6))
    return (try day(text.prefix(6), field), money)
  }

  /// `USD1000,50`.
  func plain(_ field: SwiftField, _ text: Substring? = nil) throws(SwiftFault) -> Money {
    let text = text ?? field.head[...]
    guard let currency = Currency(iso: text.prefix(3)) else {
      throw SwiftFault(
        code: "E-CCY", place: Self.place(field),
        found: "the currency '\(Issue.escaped(String(text.prefix(3))))'",
        expected: "an ISO 4217 code before the amount")
    }
    do {
      return try MTAmount.money(text.dropFirst(3), currency, sign: 1)
    } catch {
      throw SwiftFault(
        code: error.code, place: Self.place(field), found: error.found, expected: error.expected)
    }
  }

  func day(_ text: some StringProtocol, _ field: SwiftField) throws(SwiftFault) -> CivilDate {
    guard text.utf8.count == 6, let day = MTDate.day(text, pivot: pivot) else {
      throw SwiftFault(
        code: "E-DATE", place: Self.place(field),
        found: "the date '\(Issue.escaped(String(text)))'",
        expected: "a day as YYMMDD")
    }
    return day
  }

  static func place(_ field: SwiftField) -> String { "line \(field.line) field \(field.tag)" }
}
