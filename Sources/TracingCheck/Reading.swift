// Small readers that both forms share.

extension JSON {
  func required(_ name: String, at place: String) throws(Refusal) -> String {
    guard let text = self[name]?.scalar else {
      throw Refusal(.missing(name), at: place, remedy: "state it")
    }
    return text
  }
}

func places(of currency: String, at place: String) throws(Refusal) -> Int {
  guard let places = minorUnitPlaces(of: currency) else {
    throw Refusal(.unknown(kind: "currency", name: currency), at: place, remedy: "use a known code")
  }
  return places
}

/// An amount of a currency as minor units.
func units(
  _ item: JSON, _ name: String, _ currency: String, at place: String
) throws(Refusal) -> Units {
  try units(
    item.required(name, at: place), places: places(of: currency, at: place), at: "\(place), \(name)"
  )
}

func units(
  _ text: String, places: Int, at place: String, signed: Bool = false
) throws(Refusal) -> Units {
  guard let number = Decimal10(text) else {
    throw Refusal(
      .malformed("'\(text.prefix(40))' is not an amount"), at: place,
      remedy: "write digits and a full stop")
  }
  guard let units = number.units(places: places) else {
    throw Refusal(
      .malformed("'\(text.prefix(40))' has more places than the currency"), at: place,
      remedy: "write whole minor units")
  }
  guard signed || units >= 0 else {
    throw Refusal(.negative(text), at: place, remedy: "state amounts without a sign")
  }
  return try units.within64Bits(at: place)
}

/// `1/4` or `0.25`, as two whole numbers.
func fraction(_ text: String, at place: String) throws(Refusal) -> (Units, Units) {
  let parts = text.split(separator: "/", omittingEmptySubsequences: false)
  var result: (Units, Units)?
  if parts.count == 2, let top = Int64(parts[0]), let bottom = Int64(parts[1]) {
    result = (Units(top), Units(bottom))
  } else if let number = Decimal10(text), number.places <= 18 {
    var bottom: Units = 1
    for _ in 0..<number.places { bottom *= 10 }
    result = (number.digits, bottom)
  }
  guard let result, result.0 > 0, result.0 <= result.1 else {
    throw Refusal(
      .malformed("'\(text.prefix(40))' is not a part of a whole"), at: place,
      remedy: "write it as 1/4")
  }
  return result
}

/// `2024-02-29`, when there is such a day in the Gregorian calendar.
func day(_ text: String, at place: String) throws(Refusal) -> String {
  let parts = text.split(separator: "-", omittingEmptySubsequences: false)
  let isWritten =
    parts.map(\.utf8.count) == [4, 2, 2]
    && parts.allSatisfy { $0.utf8.allSatisfy { (48...57).contains($0) } }
  guard isWritten, let year = Int(parts[0]), let month = Int(parts[1]), let number = Int(parts[2]),
    year > 0, (1...12).contains(month)
  else {
    throw Refusal(
      .malformed("'\(text.prefix(40))' is not a day"), at: place, remedy: "write it as YYYY-MM-DD")
  }
  let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
  let last = month == 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
  guard (1...last).contains(number) else {
    throw Refusal(
      .malformed("'\(text)' is a day that does not exist"), at: place, remedy: "correct the date")
  }
  return text
}

extension CheckLedger.Policy {
  private static let names = [
    "intraday", "same_day_order", "backward_tracing", "reversal", "replenish_intent",
    "poison_clears_at_zero",
  ]

  init(_ policy: JSON) throws(Refusal) {
    self.init()
    guard let members = policy.members else {
      throw Refusal(
        .malformed("the policy is not an object"), at: "policy", remedy: "write {} for the default")
    }
    for (name, value) in members where value != .null && !Self.names.contains(name) {
      throw Refusal(
        .unknown(kind: "policy", name: name), at: "policy",
        remedy: "use one of: \(Self.names.joined(separator: ", "))")
    }
    if let value = policy["intraday"] ?? policy["same_day_order"] {
      let text = value.scalar ?? value.text
      guard let order = SameDay(rawValue: text) else {
        throw Refusal(
          .unknown(kind: "same-day order", name: text), at: "policy",
          remedy: "use bank_sequence, credits_first or debits_first")
      }
      sameDay = order
    }
    backward = try Self.flag(policy, "backward_tracing")
    replenishIntent = try Self.flag(policy, "replenish_intent")
    poisonClearsAtZero = try Self.flag(policy, "poison_clears_at_zero")
    switch policy["reversal"].map({ $0.scalar ?? $0.text }) {
    case nil, "void_pair": voidsPairs = true
    case "restore_composition": voidsPairs = false
    case .some(let text):
      throw Refusal(
        .unknown(kind: "reversal", name: text), at: "policy",
        remedy: "use void_pair or restore_composition")
    }
  }

  private static func flag(_ policy: JSON, _ name: String) throws(Refusal) -> Bool {
    guard let value = policy[name] else { return false }
    switch value.scalar ?? value.text {
    case "true": return true
    case "false": return false
    default:
      throw Refusal(
        .malformed("\(name) is \(value.text)"), at: "policy", remedy: "write true or false")
    }
  }
}
