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

extension CheckLedger.Policy {
  init(_ policy: JSON) throws(Refusal) {
    self.init()
    if let text = policy["intraday"]?.scalar {
      guard let order = SameDay(rawValue: text) else {
        throw Refusal(
          .unknown(kind: "same-day order", name: text), at: "policy",
          remedy: "use bank_sequence, credits_first or debits_first")
      }
      sameDay = order
    }
    backward = policy["backward_tracing"]?.flag ?? false
    replenishIntent = policy["replenish_intent"]?.flag ?? false
    poisonClearsAtZero = policy["poison_clears_at_zero"]?.flag ?? false
    switch policy["reversal"]?.scalar {
    case nil, "void_pair": voidsPairs = true
    case "restore_composition": voidsPairs = false
    case .some(let text):
      throw Refusal(
        .unknown(kind: "reversal", name: text), at: "policy",
        remedy: "use void_pair or restore_composition")
    }
  }
}
