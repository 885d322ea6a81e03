// What kind of message it is, stated or told by its fields.

import CaseModel

/// The message types that are read, by what becomes of them.
enum SwiftType: Equatable {
  /// One customer payment: MT103.
  case customer
  /// Several customer payments under one head: MT101, MT102.
  case customers
  /// A payment between institutions: MT200, MT202, MT205, with or without a cover's customers.
  case institution
  /// Notice, debit and credit advice: MT210, MT900, MT910.
  case advice
  /// Common group messages: charges, cancellations, queries, answers, free text.
  case common
  /// Statements, which their own reader takes: MT940, MT942, MT950.
  case statement
  case notRead

  init(_ type: String) {
    switch type {
    case "103": self = .customer
    case "101", "102": self = .customers
    case "200", "202", "205": self = .institution
    case "210", "900", "910": self = .advice
    case "940", "942", "950": self = .statement
    default:
      let common: Set<Substring> = ["90", "91", "92", "95", "96", "98", "99"]
      let isPayment = ["1", "2", "9", "n"].contains(type.first)
      self = isPayment && common.contains(type.suffix(2)) ? .common : .notRead
    }
  }

  /// The type of a message without block 2, by the fields only that type has; nil when several could
  /// be meant.
  static func told(by fields: [SwiftField]) -> String? {
    let tags = Set(fields.map(\.tag))
    let numbers = Set(fields.map(\.number))
    if !tags.isDisjoint(with: ["60F", "60M", "61", "62F", "62M"]) {
      return tags.contains("28") && !tags.contains("28C") ? "950" : "940"
    }
    if tags.contains("34F") || tags.contains("90C") { return "942" }
    if tags.contains("32B"), tags.contains("28D") { return "101" }
    if tags.contains("32A"), numbers.contains("59") {
      if tags.contains("32B") { return "102" }
      return numbers.contains("58") ? "202" : "103"
    }
    if tags.contains("32A"), numbers.contains("58") { return "202" }
    if tags.contains("32A"), numbers.contains("25") {
      if numbers.contains("50") || numbers.contains("56") { return "910" }
      // A 52a stands in both advices; without one it is the advice that can do without.
      return numbers.contains("52") ? nil : "900"
    }
    if tags.contains("79") { return "n99" }
    return nil
  }
}
