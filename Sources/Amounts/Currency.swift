/// A currency or other countable unit of value, with the number of decimals of its minor unit.
///
/// Source: ISO 4217 (alphabetic code and exponent), including withdrawn codes that older statements
/// still carry. Asset codes that are not in the table (crypto assets, securities) state their own
/// exponent and are never mistaken for ISO money.
public struct Currency: Hashable, Sendable {
  /// The alphabetic code, upper case: `EUR`, `JPY`, `BTC`.
  public let code: String
  /// Decimals of the minor unit: 2 for EUR, 0 for JPY, 3 for KWD.
  public let exponent: Int

  /// An ISO 4217 currency, or nil when the code is not in the table.
  public init?(iso code: some StringProtocol) {
    guard let exponent = Self.exponents[String(code)] else { return nil }
    self.code = String(code)
    self.exponent = exponent
  }

  /// A unit outside ISO 4217, with the exponent that its own definition states (0 to 18).
  public init(asset code: String, exponent: Int) {
    precondition((0...18).contains(exponent), "an asset's exponent lies between 0 and 18")
    self.code = code
    self.exponent = exponent
  }

  /// ISO 4217's code for "no currency", where a record states none. Two decimals, as most money has; it
  /// is not in the table, so it never passes for a currency that was stated.
  public static let unstated = Currency(asset: "XXX", exponent: 2)

  /// 10 to the power of the exponent: minor units in one major unit.
  public var minorUnitsPerMajor: Int64 {
    var result: Int64 = 1
    for _ in 0..<exponent { result *= 10 }
    return result
  }

  /// Every ISO code the table knows, in code order.
  public static var knownCodes: [String] { exponents.keys.sorted() }

  private static let exponents: [String: Int] = {
    var table: [String: Int] = [:]
    for (exponent, codes) in isoTable {
      for code in codes.split(separator: " ") { table[String(code)] = exponent }
    }
    return table
  }()

  /// ISO 4217 list one (active) and, on the last lines, list three (withdrawn, as met in statements).
  private static let isoTable: [(Int, String)] = [
    (0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"),
    (3, "BHD IQD JOD KWD LYD OMR TND"),
    (4, "CLF UYW"),
    (
      2,
      """
      AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD \
      CAD CDF CHE CHF CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL \
      GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR \
      LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD \
      PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SLL SOS SRD SSP STN \
      SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XCD XCG YER ZAR \
      ZMW ZWG ZWL
      """
    ),
    (
      2,
      """
      ATS BEF BGL BYB CUC CYP CZC DEM EEK FIM FRF GRD HRK IEP LTL LUF LVL MTL NLG PLZ PTE ROL RUR \
      SIT SKK TRL VEF YUM ZMK
      """
    ),
    (0, "ESP ITL BYR"),
  ]
}

extension Currency: Comparable {
  public static func < (a: Currency, b: Currency) -> Bool {
    (a.code, a.exponent) < (b.code, b.exponent)
  }
}

extension Currency: CustomStringConvertible {
  public var description: String { code }
}

extension Currency: Codable {
  private enum Key: String, CodingKey { case code, exponent }

  public init(from decoder: any Decoder) throws {
    let single = try decoder.container(keyedBy: Key.self)
    code = try single.decode(String.self, forKey: .code)
    exponent = try single.decode(Int.self, forKey: .exponent)
  }

  public func encode(to encoder: any Encoder) throws {
    var keyed = encoder.container(keyedBy: Key.self)
    try keyed.encode(code, forKey: .code)
    try keyed.encode(exponent, forKey: .exponent)
  }
}
