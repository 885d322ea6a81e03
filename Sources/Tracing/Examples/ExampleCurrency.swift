// The currencies a worked example may name.

import CaseModel

enum ExampleCurrency {
  /// Ledger units outside ISO 4217 by the decimals of their own protocol.
  private static let assets = [
    "USDT": 6, "USDC": 6, "TRX": 6, "XRP": 6, "ADA": 6, "XLM": 7, "BTC": 8, "BCH": 8, "LTC": 8,
    "DOGE": 8, "ZEC": 8, "DASH": 8, "SOL": 9, "TON": 9, "DOT": 10, "XMR": 12, "ETH": 18, "ETC": 18,
    "BNB": 18, "DAI": 18, "MATIC": 18, "POL": 18, "AVAX": 18,
  ]

  /// The currency of that code: ISO 4217, or a common ledger unit. Nil for any other.
  static func named(_ code: String) -> Currency? {
    Currency(iso: code) ?? assets[code].map { Currency(asset: code, exponent: $0) }
  }

  /// An amount as minor units.
  /// - Throws: `overflow` when it is a number that leaves 64 bits, else `malformed`.
  static func units(
    _ value: JSONValue?, in currency: Currency, at place: String
  ) throws(TracingError) -> Int64 {
    let text = value?.text ?? ""
    if let money = Money(text, in: currency) { return money.minorUnits }
    let body = text.hasPrefix("-") ? text.dropFirst() : text[...]
    let parts = body.split(separator: ".", omittingEmptySubsequences: false)
    let isNumber =
      (1...2).contains(parts.count)
      && parts.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy { (48...57).contains($0) } }
    let places = parts.count == 2 ? parts[1].reversed().drop { $0 == "0" }.count : 0
    guard isNumber, places <= currency.exponent else {
      throw TracingError(
        .malformed("'\(text)' is no amount in \(currency.code)"), at: place,
        remedy: "give decimal text with at most \(currency.exponent) places")
    }
    throw TracingError(
      .overflow, at: place, remedy: "\(currency.code) has \(currency.exponent) places; state less")
  }
}
