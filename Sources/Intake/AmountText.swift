import CaseModel

/// How a source writes amounts (formats.md §3.7). Decimal text only; no exponent, no guessing.
public struct AmountForm: Hashable, Sendable {
  /// Ways of writing the sign besides a leading minus or plus, accepted only when stated.
  public struct Signs: OptionSet, Hashable, Sendable {
    public let rawValue: Int
    public init(rawValue: Int) { self.rawValue = rawValue }
    /// `12.50` or `+12.50` or `-12.50`.
    public static let leading = Signs(rawValue: 1)
    /// `12.50-`.
    public static let trailing = Signs(rawValue: 2)
    /// `(12.50)`.
    public static let parentheses = Signs(rawValue: 4)
    /// `12.50 DR`, `12.50 CR`.
    public static let suffix = Signs(rawValue: 8)
  }

  /// `.` or `,`; nil when the numbers have no decimals.
  public var decimal: Unicode.Scalar?
  /// Group separators in threes that are accepted. Never holds `decimal`.
  public var groups: Set<Unicode.Scalar>
  public var signs: Signs
  /// True where a standard fixes the decimal sign, so that `10.500` cannot be a grouped number and
  /// zeros beyond the currency's decimals are harmless.
  public var isFixedByStandard: Bool
  /// Digits of the text count units of 10^-impliedDecimals: 2 for amounts in cents without a sign.
  public var impliedDecimals: Int

  public init(
    decimal: Unicode.Scalar?, groups: Set<Unicode.Scalar>? = nil, signs: Signs = .leading,
    isFixedByStandard: Bool = false, impliedDecimals: Int = 0
  ) {
    self.decimal = decimal
    self.groups = (groups ?? Self.usualGroups).subtracting(decimal.map { [$0] } ?? [])
    self.signs = signs
    self.isFixedByStandard = isFixedByStandard
    self.impliedDecimals = impliedDecimals
  }

  /// `.`, `,`, space, no-break, narrow and thin space, both apostrophes.
  public static let usualGroups: Set<Unicode.Scalar> = [
    ".", ",", " ", "\u{A0}", "\u{202F}", "\u{2009}", "'", "\u{2019}",
  ]
  /// SWIFT: decimal comma, unsigned, no groups.
  public static let swift = AmountForm(
    decimal: ",", groups: [], signs: [], isFixedByStandard: true)
  /// XML Schema decimal: point, no groups; a sign is read (and judged by the importer).
  public static let xml = AmountForm(decimal: ".", groups: [], isFixedByStandard: true)
}

/// Why a text is no amount.
public enum AmountFault: Error, Hashable, Sendable {
  case notANumber, exponent, tooPrecise, outOfRange, empty, symbol
  /// The code of the error: `E-AMOUNT`, `E-AMOUNT-PRECISION`, `E-AMOUNT-RANGE`.
  public var code: String {
    switch self {
    case .tooPrecise: "E-AMOUNT-PRECISION"
    case .outOfRange: "E-AMOUNT-RANGE"
    case .notANumber, .exponent, .empty, .symbol: "E-AMOUNT"
    }
  }
  /// What is wrong, for the report.
  public var reason: String {
    switch self {
    case .notANumber: "no amount in the stated form"
    case .exponent: "an exponent, so digits may be lost"
    case .tooPrecise: "more decimals than the currency has"
    case .outOfRange: "beyond a 64-bit count of minor units"
    case .empty: "no amount"
    case .symbol: "a currency sign of another currency"
    }
  }
}

/// An amount read from text.
public struct AmountText: Hashable, Sendable {
  /// Signed count of minor units.
  public let minorUnits: Int64
  /// The text carried an explicit sign: +1 or −1; 0 when it had none.
  public let sign: Int
  /// Digits other than 0 to 9 (Arabic-Indic and alike) were read: `W-DIGITS`.
  public let hasForeignDigits: Bool

  /// Reads an amount in the minor units of a currency.
  /// - Parameter currency: gives the decimals, and the signs that may stand beside the number.
  /// - Throws: `AmountFault`. Nothing is rounded.
  public init(_ text: some StringProtocol, form: AmountForm, currency: Currency) throws(AmountFault)
  {
    var text = String(text)
    let quick = text.withUTF8 { Self.quick($0, form: form, exponent: currency.exponent) }
    if let quick {
      self = quick
      return
    }
    self = try Self.general(Array(text.unicodeScalars), form, currency)
  }

  /// The same on UTF-8 bytes, without making a string in the usual case.
  public init(
    utf8 bytes: UnsafeBufferPointer<UInt8>, form: AmountForm, currency: Currency
  ) throws(AmountFault) {
    if let quick = Self.quick(bytes, form: form, exponent: currency.exponent) {
      self = quick
      return
    }
    self = try Self.general(
      Array(String(decoding: bytes, as: UTF8.self).unicodeScalars), form, currency)
  }

  private init(minorUnits: Int64, sign: Int, hasForeignDigits: Bool) {
    self.minorUnits = minorUnits
    self.sign = sign
    self.hasForeignDigits = hasForeignDigits
  }

  /// Optional minus, at most 15 digits, the decimal sign, exactly the currency's decimals.
  private static func quick(
    _ bytes: UnsafeBufferPointer<UInt8>, form: AmountForm, exponent: Int
  ) -> AmountText? {
    guard form.impliedDecimals == 0, !bytes.isEmpty, bytes.count <= 17 else { return nil }
    var index = 0
    var sign = 0
    if bytes[0] == 0x2D || bytes[0] == 0x2B {
      guard form.signs.contains(.leading) else { return nil }
      sign = bytes[0] == 0x2D ? -1 : 1
      index = 1
    }
    let decimal = form.decimal.map { UInt8(truncatingIfNeeded: $0.value) } ?? 0
    var value: Int64 = 0
    var point = -1
    let start = index
    while index < bytes.count {
      let byte = bytes[index]
      if byte >= 0x30, byte <= 0x39 {
        value = value &* 10 &+ Int64(byte &- 0x30)
      } else if byte == decimal, point < 0, index > start {
        point = index
      } else {
        return nil
      }
      index += 1
    }
    guard index > start else { return nil }
    let decimals = point < 0 ? 0 : bytes.count - point - 1
    if point >= 0, decimals != exponent { return nil }
    if point < 0 { for _ in 0..<exponent { value = value &* 10 } }
    guard bytes.count - start + (point < 0 ? exponent : 0) <= 17 else { return nil }
    return AmountText(minorUnits: sign < 0 ? -value : value, sign: sign, hasForeignDigits: false)
  }

  private static func general(
    _ scalars: [Unicode.Scalar], _ form: AmountForm, _ currency: Currency
  ) throws(AmountFault) -> AmountText {
    var rest = scalars[...]
    trim(&rest)
    guard !rest.isEmpty else { throw .empty }
    var sign = 0
    if form.signs.contains(.parentheses), rest.first == "(", rest.last == ")" {
      sign = -1
      rest = rest.dropFirst().dropLast()
      trim(&rest)
    }
    try stripSymbol(&rest, currency)
    if form.signs.contains(.leading), sign == 0, let mark = signMark(rest.first) {
      sign = mark
      rest = rest.dropFirst()
      trim(&rest)
    } else if form.signs.contains(.trailing), sign == 0, let mark = signMark(rest.last) {
      sign = mark
      rest = rest.dropLast()
      trim(&rest)
    } else if form.signs.contains(.suffix), sign == 0, rest.count > 2 {
      let tail = String(String.UnicodeScalarView(rest.suffix(2))).uppercased()
      if tail == "DR" || tail == "CR" {
        sign = tail == "DR" ? -1 : 1
        rest = rest.dropLast(2)
        trim(&rest)
      }
    }
    try stripSymbol(&rest, currency)
    let digits = try digits(rest, form)
    let value = try scaled(digits, form, exponent: currency.exponent, negative: sign < 0)
    return AmountText(minorUnits: value, sign: sign, hasForeignDigits: digits.foreign)
  }

  private struct Digits {
    var values: [UInt8] = []
    var decimals = 0
    var foreign = false
  }

  /// Digits and their decimals; groups must be of three and of one kind.
  private static func digits(
    _ rest: ArraySlice<Unicode.Scalar>, _ form: AmountForm
  ) throws(AmountFault) -> Digits {
    var result = Digits()
    var sawDecimal = false
    var group: Unicode.Scalar?
    var run = 0
    for scalar in rest {
      if let digit = digitValue(scalar) {
        result.values.append(digit)
        run += 1
        if sawDecimal { result.decimals += 1 }
        if !scalar.isASCII { result.foreign = true }
      } else if scalar == form.decimal || (scalar == "\u{66B}" && form.decimal != nil) {
        guard !sawDecimal, !result.values.isEmpty, group == nil || run == 3 else {
          throw .notANumber
        }
        sawDecimal = true
        run = 0
      } else if form.groups.contains(scalar), !sawDecimal {
        guard group == nil || group == scalar, group == nil ? (1...3).contains(run) : run == 3
        else {
          throw .notANumber
        }
        group = scalar
        run = 0
      } else if scalar == "e" || scalar == "E", !result.values.isEmpty {
        throw .exponent
      } else {
        throw .notANumber
      }
    }
    guard !result.values.isEmpty, sawDecimal || group == nil || run == 3 else { throw .notANumber }
    return result
  }

  private static func scaled(
    _ digits: Digits, _ form: AmountForm, exponent: Int, negative: Bool
  ) throws(AmountFault) -> Int64 {
    var values = digits.values
    var decimals = digits.decimals + form.impliedDecimals
    if decimals > exponent {
      // Three decimals could be a group read with the wrong sign: only a standard rules that out.
      guard form.isFixedByStandard || digits.decimals != 3 else { throw .tooPrecise }
      while decimals > exponent, values.last == 0, values.count > 1 {
        values.removeLast()
        decimals -= 1
      }
      guard decimals <= exponent || values == [0] else { throw .tooPrecise }
      decimals = min(decimals, exponent)
    }
    var magnitude: UInt64 = 0
    for digit in values + [UInt8](repeating: 0, count: exponent - decimals) {
      let (shifted, over) = magnitude.multipliedReportingOverflow(by: 10)
      let (next, over2) = shifted.addingReportingOverflow(UInt64(digit))
      guard !over, !over2 else { throw .outOfRange }
      magnitude = next
    }
    if negative {
      guard magnitude <= UInt64(Int64.max) + 1 else { throw .outOfRange }
      return magnitude == UInt64(Int64.max) + 1 ? .min : -Int64(magnitude)
    }
    guard let value = Int64(exactly: magnitude) else { throw .outOfRange }
    return value
  }

  private static func digitValue(_ scalar: Unicode.Scalar) -> UInt8? {
    if scalar.isASCII {
      return (0x30...0x39).contains(scalar.value) ? UInt8(scalar.value - 0x30) : nil
    }
    guard scalar.properties.generalCategory == .decimalNumber else { return nil }
    // Decimal digits come in runs of ten that begin at a zero, so the last digit of the run counts.
    for (low, high) in [(0x660, 0x669), (0x6F0, 0x6F9), (0x966, 0x96F), (0xFF10, 0xFF19)]
    where (low...high).contains(Int(scalar.value)) {
      return UInt8(Int(scalar.value) - low)
    }
    return nil
  }

  private static func signMark(_ scalar: Unicode.Scalar?) -> Int? {
    switch scalar {
    case "-", "\u{2212}", "\u{2013}": -1
    case "+": 1
    default: nil
    }
  }

  private static func trim(_ rest: inout ArraySlice<Unicode.Scalar>) {
    while let first = rest.first, first.properties.isWhitespace { rest = rest.dropFirst() }
    while let last = rest.last, last.properties.isWhitespace { rest = rest.dropLast() }
  }

  /// Takes off a currency sign or code at either end, if it is one of this currency.
  private static func stripSymbol(
    _ rest: inout ArraySlice<Unicode.Scalar>, _ currency: Currency
  ) throws(AmountFault) {
    func isMark(_ scalar: Unicode.Scalar) -> Bool {
      scalar.properties.generalCategory == .currencySymbol || scalar.properties.isAlphabetic
    }
    let lead = rest.prefix(while: isMark)
    let trailCount = rest.reversed().prefix(while: isMark).count
    for (mark, isLead) in [(lead, true), (rest.suffix(trailCount), false)] where !mark.isEmpty {
      let text = String(String.UnicodeScalarView(mark))
      let upper = text.uppercased()
      if ["DR", "CR"].contains(upper) { continue }
      guard CurrencySigns.agree(text, currency) else {
        if CurrencySigns.isKnown(text) { throw .symbol }
        continue
      }
      rest = isLead ? rest.dropFirst(mark.count) : rest.dropLast(mark.count)
      trim(&rest)
    }
  }
}

/// Signs that stand for currencies in bank files. One sign may stand for several.
enum CurrencySigns {
  private static let table: [String: String] = [
    "€": "EUR", "£": "GBP IEP EGP LBP", "$": "USD CAD AUD NZD SGD HKD MXN ARS CLP COP TWD BRL",
    "US$": "USD", "C$": "CAD", "A$": "AUD", "S$": "SGD", "R$": "BRL", "¥": "JPY CNY", "zł": "PLN",
    "Kč": "CZK", "kr": "SEK NOK DKK ISK", "Ft": "HUF", "₽": "RUB", "₴": "UAH", "₹": "INR",
    "₺": "TRY", "₪": "ILS", "₩": "KRW", "₫": "VND", "₱": "PHP", "฿": "THB", "₦": "NGN",
    "lei": "RON", "лв": "BGN", "Fr": "CHF FRF BEF", "CHF": "CHF",
  ]
  static func agree(_ sign: String, _ currency: Currency) -> Bool {
    if sign.uppercased() == currency.code { return true }
    return table[sign]?.split(separator: " ").contains(Substring(currency.code)) ?? false
  }
  /// The one currency that a sign or code stands for; nil when it is unknown or stands for several.
  static func only(_ sign: String) -> String? {
    let all = candidates(sign)
    return all.count == 1 ? all[0] : nil
  }
  /// Every currency that a sign or code may stand for.
  static func candidates(_ sign: String) -> [String] {
    if let code = Currency(iso: sign.uppercased())?.code { return [code] }
    return table[sign]?.split(separator: " ").map(String.init) ?? []
  }
  static func isKnown(_ sign: String) -> Bool {
    table[sign] != nil || Currency(iso: sign.uppercased()) != nil
  }
}
