import CaseModel

// Fields that only the section `circumstances` has: movements, tokens, degrees, times of day.

extension SheetFields {
  static let receiptKeys = ["account", "day", "amount"]
  static let movementKeys = receiptKeys + ["side"]

  func neededAccount(_ key: String) -> AccountKey? {
    guard has(key) else {
      missing(key, AccountReference.expected)
      return nil
    }
    return optionalAccount(key)
  }

  /// One booked movement. Without a side of its own it is on the side given.
  func movement(side given: MovementRef.Side?) -> MovementRef? {
    let account = neededAccount("account")
    let side = given ?? choice("side", MovementRef.Side.self)
    let day = date("day")
    let amount = money("amount")
    if let amount, amount.isZero {
      wrong("E-AMOUNT", "amount", amount.decimalText, "an amount above nothing")
      return nil
    }
    guard let account, let side, let day, let amount else { return nil }
    return MovementRef(account: account, side: side, day: day, amount: amount)
  }

  /// The list `payments`: debits.
  func payments() -> [MovementRef] {
    items("payments", what: "a payment of \(what)", allowed: Self.receiptKeys).compactMap {
      $0.movement(side: .out)
    }
  }

  /// A word that stands for an identifier. Its form keeps numbers, mailboxes and names out.
  func token(_ key: String) -> String? {
    let expected =
      "a token: a capital letter, then capitals, digits and dashes, at most 32; never the number, mailbox "
      + "or address itself"
    guard let text = text(key, expected) else { return nil }
    guard Self.isCode(text) else {
      // What stands there may be the identifier itself, so it is not shown.
      wrong("E-IDENTITY", key, nil, expected)
      return nil
    }
    return text
  }

  /// Degrees with at most six decimals, in millionths.
  func microdegrees(_ key: String) -> Int? {
    let expected = "degrees with at most six decimals, such as `-0.127800`"
    guard let text = text(key, expected) else { return nil }
    guard let number = DecimalNumber(text), number.scale <= 6,
      let digits = Int(exactly: number.digits), abs(digits) <= 360_000_000
    else {
      wrong("E-VALUE", key, text, expected)
      return nil
    }
    return (number.scale..<6).reduce(digits) { value, _ in value * 10 }
  }

  /// A time of day as `HH:MM`, in minutes.
  func minutes(_ key: String) -> Int? {
    let expected = "a time of day as HH:MM"
    guard let text = text(key, expected) else { return nil }
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, parts.allSatisfy({ $0.utf8.count == 2 }), let hour = Int(parts[0]),
      let minute = Int(parts[1]), (0...24).contains(hour), (0...59).contains(minute),
      hour * 60 + minute <= 1_440
    else {
      wrong("E-VALUE", key, text, expected)
      return nil
    }
    return hour * 60 + minute
  }

  /// A share in basis points: 2 500 for a quarter.
  func optionalBasisPoints(_ key: String) -> Int? {
    guard let text = optionalText(key) else { return nil }
    guard let number = Int(text), (1...10_000).contains(number) else {
      wrong("E-VALUE", key, text, "basis points from 1 to 10000: 2500 for a quarter")
      return nil
    }
    return number
  }

  /// Whether an end does not come before its beginning; reports it when it does.
  func isOrdered(_ from: CivilDate?, _ until: CivilDate?) -> Bool {
    guard let from, let until, until < from else { return true }
    wrong("E-DATE", "until", until.description, "a day not before \(from)")
    return false
  }
}
