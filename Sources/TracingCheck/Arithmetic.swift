// Whole minor units, decimal text, and the split by largest remainder.

/// Minor units. Wider than what is allowed, so that a sum can be looked at before it is refused.
public typealias Units = Int128

/// Shares `total` over `weights` by largest remainder; equal remainders go to the first listed.
///
/// Source: tracing-examples/1, rounding. All zero weights share nothing.
func share(_ total: Units, over weights: [Units]) throws(Refusal) -> [Units] {
  var whole: Units = 0
  for weight in weights { whole += weight }
  guard whole > 0 else { return weights.map { _ in 0 } }
  var parts: [Units] = []
  var rests: [Units] = []
  var left = total
  for weight in weights {
    let product = total.multipliedReportingOverflow(by: weight)
    guard !product.overflow else {
      throw Refusal(.overflow, at: "a split", remedy: "use amounts within 64 bits")
    }
    parts.append(product.partialValue / whole)
    rests.append(product.partialValue % whole)
    left -= product.partialValue / whole
  }
  while left > 0 {
    var best = 0
    for index in weights.indices where rests[index] > rests[best] { best = index }
    parts[best] += 1
    rests[best] = -1
    left -= 1
  }
  return parts
}

/// An exact decimal number: `digits` ÷ 10^`places`.
struct Decimal10 {
  var digits: Units
  var places: Int

  /// Reads `-12.50`; no exponent, no grouping.
  init?(_ text: String) {
    var body = Substring(text)
    let isNegative = body.first == "-"
    if isNegative { body = body.dropFirst() }
    let parts = body.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count <= 2, let whole = parts.first, !whole.isEmpty else { return nil }
    let fraction = parts.count == 2 ? parts[1] : ""
    guard parts.count == 1 || !fraction.isEmpty, whole.utf8.count + fraction.utf8.count <= 37
    else { return nil }
    var value: Units = 0
    for byte in (whole + fraction).utf8 {
      guard (48...57).contains(byte) else { return nil }
      value = value * 10 + Units(byte - 48)
    }
    digits = isNegative ? -value : value
    places = fraction.utf8.count
  }

  /// The number as whole minor units; nil when it has more places than the currency.
  func units(places wanted: Int) -> Units? {
    var value = digits
    if places <= wanted {
      for _ in places..<wanted {
        let product = value.multipliedReportingOverflow(by: 10)
        guard !product.overflow else { return nil }
        value = product.partialValue
      }
      return value
    }
    for _ in wanted..<places {
      guard value % 10 == 0 else { return nil }
      value /= 10
    }
    return value
  }
}

/// Minor units as text with the currency's places.
func decimalText(_ units: Units, places: Int) -> String {
  let magnitude = String(units.magnitude)
  let padded = String(repeating: "0", count: max(0, places + 1 - magnitude.count)) + magnitude
  let sign = units < 0 ? "-" : ""
  return places == 0 ? sign + padded : "\(sign)\(padded.dropLast(places)).\(padded.suffix(places))"
}

/// How many decimal places an amount of the currency has. Source: ISO 4217; for ledger units their
/// own protocol. Everything else of three letters has two.
func minorUnitPlaces(of currency: String) -> Int? {
  switch currency {
  case "JPY", "VND", "KRW", "CLP", "ISK", "UGX", "RWF", "PYG", "XAF", "XOF", "XPF", "VUV", "GNF",
    "KMF", "DJF", "BIF", "UYI":
    0
  case "BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND": 3
  case "CLF", "UYW": 4
  case "USDT", "USDC", "TRX", "XRP", "ADA": 6
  case "XLM": 7
  case "BTC", "LTC", "BCH", "DOGE", "ZEC", "DASH": 8
  case "SOL", "TON": 9
  case "DOT": 10
  case "XMR": 12
  case "ETH", "ETC", "BNB", "DAI", "MATIC", "POL", "AVAX": 18
  default:
    currency.utf8.count == 3 && currency.utf8.allSatisfy { (65...90).contains($0) } ? 2 : nil
  }
}

extension Units {
  /// The amount itself when it fits 64 bits.
  func within64Bits(at place: String) throws(Refusal) -> Units {
    guard self >= Units(Int64.min), self <= Units(Int64.max) else {
      throw Refusal(.overflow, at: place, remedy: "split the ledger or use a larger unit")
    }
    return self
  }
}
