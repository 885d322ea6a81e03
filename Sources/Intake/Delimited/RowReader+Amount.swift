import CaseModel

/// An amount of a row with what is to be said about it.
struct RowAmount {
  var amount: Money
  var hasForeignDigits: Bool
}

extension RowReader {
  /// The row's currency: its own column first, then the profile's constant; `XXX`, ISO 4217's code for
  /// "no currency", when the layout states none.
  mutating func currency() throws -> Currency {
    guard let column = columns[.currency] else { return profile.currency ?? Delimited.unstated }
    let bytes = scanner.trimmed(column)
    if let last = lastCurrency, bytes.elementsEqual(last.bytes) { return last.currency }
    let code = scanner.string(column) ?? ""
    if code.isEmpty || profile.nullWords.contains(code) {
      guard let constant = profile.currency else {
        throw RowFault(
          "E-CCY", "an empty currency", "an ISO 4217 code, or a currency in the profile")
      }
      return constant
    }
    guard let currency = Currency(iso: code) ?? Currency(iso: code.uppercased()) else {
      throw RowFault("E-CCY", "the currency '\(Issue.escaped(code))'", "an ISO 4217 code")
    }
    lastCurrency = (Array(bytes), currency)
    return currency
  }

  /// The signed amount by whichever model the layout uses.
  mutating func signedAmount(_ currency: Currency) throws -> RowAmount {
    if let column = columns[.amount], !scanner.trimmed(column).isEmpty || columns[.debit] == nil {
      return try oneColumn(column, currency)
    }
    return try twoColumns(currency)
  }

  private func oneColumn(_ column: Int, _ currency: Currency) throws -> RowAmount {
    let read = try amount(column, currency)
    var value = read.minorUnits
    if let column = columns.flag, let codes = profile.flag?.codes {
      let code = scanner.string(column) ?? ""
      guard let sign = codes[code] else {
        throw RowFault(
          "E-FLAG", "the debit or credit mark '\(Issue.escaped(code))'",
          codes.keys.sorted().joined(separator: " or "))
      }
      if read.sign * sign < 0, value != 0, read.sign > 0 || sign > 0 {
        throw RowFault(
          "E-FLAG", "a sign that contradicts the mark '\(Issue.escaped(code))'",
          "sign and mark that agree")
      }
      guard value != .min else {
        throw RowFault("E-AMOUNT-RANGE", "an amount at the edge", "a smaller one")
      }
      value = abs(value) * Int64(sign)
    } else if profile.plusIsCredit, read.sign > 0 {
      return RowAmount(
        amount: Money(minorUnits: value, currency: currency),
        hasForeignDigits: read.hasForeignDigits)
    }
    if profile.isInverted {
      guard value != .min else {
        throw RowFault("E-AMOUNT-RANGE", "an amount at the edge", "a smaller one")
      }
      value = -value
    }
    return RowAmount(
      amount: Money(minorUnits: value, currency: currency), hasForeignDigits: read.hasForeignDigits)
  }

  /// Money in and money out in two columns, unsigned, or with the money out already negative.
  private mutating func twoColumns(_ currency: Currency) throws -> RowAmount {
    let credit = try columns[.credit].flatMap { try optionalAmount($0, currency) }
    let debit = try columns[.debit].flatMap { try optionalAmount($0, currency) }
    let digits = credit?.hasForeignDigits == true || debit?.hasForeignDigits == true
    switch (credit?.minorUnits ?? 0, debit?.minorUnits ?? 0) {
    case (0, 0):
      guard credit != nil || debit != nil else {
        throw RowFault("E-AMOUNT", "no amount", "an amount in one of the two columns")
      }
      return RowAmount(amount: .zero(currency), hasForeignDigits: digits)
    case (let credit, 0):
      let value = profile.isInverted ? 0 - credit : credit
      return RowAmount(
        amount: Money(minorUnits: value, currency: currency), hasForeignDigits: digits)
    case (0, let debit):
      let isNegative = debit < 0
      if let style = debitIsNegative, style != isNegative {
        throw RowFault(
          "E-AMOUNT", "a money-out column that mixes signs", "all unsigned or all negative")
      }
      debitIsNegative = isNegative
      let value = isNegative ? debit : 0 - debit
      guard value != .min else {
        throw RowFault("E-AMOUNT-RANGE", "an amount at the edge", "a smaller one")
      }
      return RowAmount(
        amount: Money(minorUnits: profile.isInverted ? 0 - value : value, currency: currency),
        hasForeignDigits: digits)
    default:
      throw RowFault("E-AMOUNT", "money in and money out in one row", "one of the two")
    }
  }

  private func optionalAmount(_ column: Int, _ currency: Currency) throws -> AmountText? {
    if scanner.trimmed(column).isEmpty { return nil }
    if !profile.nullWords.isEmpty, let text = scanner.string(column),
      profile.nullWords.contains(text)
    {
      return nil
    }
    return try amount(column, currency)
  }

  /// An amount that may be absent: balance, fee.
  func money(_ column: Int, _ currency: Currency, _ what: String) throws -> Money? {
    guard let read = try optionalAmount(column, currency) else { return nil }
    return Money(minorUnits: read.minorUnits, currency: currency)
  }

  func originalAmount(_ column: Int) throws -> Money? {
    guard let code = columns[.originalCurrency].flatMap({ scanner.string($0) }),
      let currency = Currency(iso: code.uppercased())
    else { return nil }
    return try money(column, currency, "original amount")
  }

  private func amount(_ column: Int, _ currency: Currency) throws -> AmountText {
    let bytes = scanner.trimmed(column)
    do throws(AmountFault) {
      if profile.isMinorUnits {
        let units = Currency(asset: currency.code, exponent: 0)
        return try AmountText(utf8: bytes, form: form, currency: units)
      }
      return try AmountText(utf8: bytes, form: form, currency: currency)
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
