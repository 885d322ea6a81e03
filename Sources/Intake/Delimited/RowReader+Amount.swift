import CaseModel

/// A number of a row in minor units, with what is to be said about it.
struct RowAmount {
  var minorUnits: Int64
  /// The text carried an explicit sign: +1 or −1.
  var sign = 0
  var hasForeignDigits = false
}

extension RowReader {
  /// The row's currency as a place in the table: its own column first, then the profile's constant;
  /// `XXX`, ISO 4217's code for "no currency", when the layout states none.
  mutating func currency() throws -> Int {
    guard plan.currency >= 0 else {
      return currencies.place(of: profile.currency ?? Delimited.unstated)
    }
    let bytes = scanner.trimmed(plan.currency)
    if let known = currencies.place(of: bytes) { return known }
    let code = scanner.string(plan.currency) ?? ""
    if code.isEmpty || profile.nullWords.contains(code) {
      guard let constant = profile.currency else {
        throw RowFault(
          "E-CCY", "an empty currency", "an ISO 4217 code, or a currency in the profile")
      }
      return currencies.place(of: constant)
    }
    guard let currency = Currency(iso: code) ?? Currency(iso: code.uppercased()) else {
      throw RowFault("E-CCY", "the currency '\(Issue.escaped(code))'", "an ISO 4217 code")
    }
    let place = currencies.place(of: currency)
    if !scanner.needsUnescaping(plan.currency) { currencies.keep(bytes, place: place) }
    return place
  }

  /// The signed amount by whichever model the layout uses.
  mutating func signedAmount(_ currency: Int) throws -> RowAmount {
    if plan.amount >= 0, plan.debit < 0 || !scanner.trimmed(plan.amount).isEmpty {
      return try oneColumn(currency)
    }
    return try twoColumns(currency)
  }

  private mutating func oneColumn(_ currency: Int) throws -> RowAmount {
    var read = try number(plan.amount, currency)
    if plan.flag >= 0 {
      let sign = try flagSign()
      if read.sign * sign < 0, read.minorUnits != 0, read.sign > 0 || sign > 0 {
        throw RowFault(
          "E-FLAG",
          "a sign that contradicts the mark '\(Issue.escaped(scanner.string(plan.flag) ?? ""))'",
          "sign and mark that agree")
      }
      guard read.minorUnits != .min else { throw Self.edge }
      read.minorUnits = abs(read.minorUnits) * Int64(sign)
    } else if plan.plusIsCredit, read.sign > 0 {
      return read
    }
    if plan.isInverted {
      guard read.minorUnits != .min else { throw Self.edge }
      read.minorUnits = -read.minorUnits
    }
    return read
  }

  static var edge: RowFault {
    RowFault("E-AMOUNT-RANGE", "an amount at the edge", "a smaller one")
  }

  /// What the debit or credit mark says: +1 or −1.
  private mutating func flagSign() throws -> Int {
    let bytes = scanner.trimmed(plan.flag)
    if let sign = flags.meaning(of: bytes) { return sign }
    let code = scanner.string(plan.flag) ?? ""
    let codes = profile.flag?.codes ?? [:]
    guard let sign = codes[code] else {
      throw RowFault(
        "E-FLAG", "the debit or credit mark '\(Issue.escaped(code))'",
        codes.keys.sorted().joined(separator: " or "))
    }
    if !scanner.needsUnescaping(plan.flag) { flags.keep(bytes, sign) }
    return sign
  }

  /// Money in and money out in two columns, unsigned, or with the money out already negative. Money in below
  /// zero may be a correction or money out: the row is set aside, unless the profile turns the signs.
  private mutating func twoColumns(_ currency: Int) throws -> RowAmount {
    let credit = try optionalNumber(plan.credit, currency)
    let debit = try optionalNumber(plan.debit, currency)
    let digits = credit?.hasForeignDigits == true || debit?.hasForeignDigits == true
    switch (credit?.minorUnits ?? 0, debit?.minorUnits ?? 0) {
    case (0, 0):
      guard credit != nil || debit != nil else {
        throw RowFault("E-AMOUNT", "no amount", "an amount in one of the two columns")
      }
      return RowAmount(minorUnits: 0, hasForeignDigits: digits)
    case (let credit, 0):
      if plan.isInverted, credit == .min { throw Self.edge }
      guard credit > 0 || plan.isInverted else {
        throw RowFault(
          "E-AMOUNT", "a negative number in the money-in column",
          "an unsigned one; ask the bank whether it is a correction or money out")
      }
      return RowAmount(
        minorUnits: plan.isInverted ? 0 - credit : credit, hasForeignDigits: digits)
    case (0, let debit):
      let isNegative = debit < 0
      if let style = debitIsNegative, style != isNegative {
        throw RowFault(
          "E-AMOUNT", "a money-out column that mixes signs", "all unsigned or all negative")
      }
      debitIsNegative = isNegative
      let value = isNegative ? debit : 0 - debit
      guard value != .min else { throw Self.edge }
      return RowAmount(
        minorUnits: plan.isInverted ? 0 - value : value, hasForeignDigits: digits)
    default:
      throw RowFault("E-AMOUNT", "money in and money out in one row", "one of the two")
    }
  }

  /// A number that may be absent: balance, fee, one of two columns.
  mutating func optionalNumber(_ column: Int, _ currency: Int) throws -> RowAmount? {
    guard column >= 0, !scanner.trimmed(column).isEmpty else { return nil }
    if plan.hasNullWords, isNull(column) { return nil }
    return try number(column, currency)
  }

  mutating func originalAmount() throws -> Money? {
    guard plan.originalCurrency >= 0, let code = scanner.string(plan.originalCurrency),
      let currency = Currency(iso: code.uppercased()),
      !scanner.trimmed(plan.originalAmount).isEmpty, !isNull(plan.originalAmount)
    else { return nil }
    let exponent = plan.isMinorUnits ? 0 : currency.exponent
    let bytes = scanner.trimmed(plan.originalAmount)
    let read =
      try plan.amounts.read(bytes, exponent: exponent).map { RowAmount(minorUnits: $0.minorUnits) }
      ?? general(bytes, currency)
    return Money(minorUnits: read.minorUnits, currency: currency)
  }

  @inline(__always) private mutating func number(_ column: Int, _ currency: Int) throws -> RowAmount
  {
    let bytes = scanner.trimmed(column)
    let exponent = plan.isMinorUnits ? 0 : currencies.exponents[currency]
    if let plain = plan.amounts.read(bytes, exponent: exponent) {
      return RowAmount(minorUnits: plain.minorUnits, sign: plain.sign)
    }
    return try general(bytes, currencies.all[currency])
  }

  private mutating func general(
    _ bytes: UnsafeBufferPointer<UInt8>, _ currency: Currency
  ) throws -> RowAmount {
    do throws(AmountFault) {
      let unit = plan.isMinorUnits ? Currency(asset: currency.code, exponent: 0) : currency
      let read = try AmountText(utf8: bytes, form: plan.form, currency: unit)
      return RowAmount(
        minorUnits: read.minorUnits, sign: read.sign, hasForeignDigits: read.hasForeignDigits)
    } catch {
      let shown = Issue.escaped(String(decoding: bytes.prefix(40), as: UTF8.self))
      let sign =
        profile.hasDecimals ? profile.decimal.map { "decimal sign '\($0)'" } ?? "" : "no decimals"
      throw RowFault(
        error.code, "'\(shown)': \(error.reason)",
        "a decimal number, \(sign), at most \(currency.exponent) decimals for \(currency.code)")
    }
  }
}
