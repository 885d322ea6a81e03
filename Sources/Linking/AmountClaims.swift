import CaseModel

/// How the amounts of two legs agree.
struct AmountAgreement: Equatable {
  enum How: Equatable { case equal, exchange, doubtfulExchange, charges }
  var how: How
  var fees: [Money] = []
  var rate: RateCheck?

  static let equal = AmountAgreement(how: .equal)

  var constraint: LinkConstraint {
    switch how {
    case .equal: LinkConstraint(.amount, "same amount and currency")
    case .charges:
      LinkConstraint(
        .charges,
        "same amount after declared charges of \(fees.map(\.description).joined(separator: " + "))")
    case .exchange, .doubtfulExchange: LinkConstraint(.exchange, exchangeText)
    }
  }

  private var exchangeText: String {
    guard let rate else { return "stated exchange" }
    let stated = "\(rate.from) for \(rate.to)"
    guard let text = rate.rate else { return "original amount as stated: \(stated)" }
    guard how == .exchange else { return "\(stated); the printed rate \(text) leads elsewhere" }
    return "\(stated), at the printed rate \(text), rounded half away from zero"
  }
}

/// An amount that the other side of a movement can have, because a record of this side says so.
struct AmountClaim: Equatable {
  let amount: Money
  let agreement: AmountAgreement
}

/// What a leg's own record says about the amount of the other leg: declared charges, fee rows that name
/// it, the original amount, a printed rate. Without such a statement amounts agree when they are equal.
struct AmountClaims {
  private var feesOf: [FeeKey: [(day: CivilDate, fee: Money)]] = [:]
  private var currencies: [Currency] = []
  private struct FeeKey: Hashable {
    let account: AccountKey
    let reference: String
  }

  /// - Complexity: O(*n*) in the legs.
  init(_ legs: [Leg]) {
    var seen: Set<Currency> = []
    for leg in legs {
      if seen.insert(leg.amount.currency).inserted { currencies.append(leg.amount.currency) }
      guard leg.kind == .booked, leg.isDebit, let day = leg.day,
        let of = MatchingWords.reference(leg.references["fee-of"])
      else { continue }
      feesOf[FeeKey(account: leg.account, reference: of), default: []].append(
        (day, leg.amount.magnitude))
    }
    currencies.sort()
  }

  /// At most a few: own charges, fee rows, the original amount, or a rate into each known currency.
  func claims(of leg: Leg) -> [AmountClaim] {
    let own = leg.amount.magnitude
    var found: [AmountClaim] = []
    func add(_ minor: Int64?, fees: [Money]) {
      guard let minor, minor > 0 else { return }
      let claim = AmountClaim(
        amount: Money(minorUnits: minor, currency: own.currency),
        agreement: AmountAgreement(how: .charges, fees: fees))
      if !found.contains(where: { $0.amount == claim.amount }) { found.append(claim) }
    }
    let included = Self.charges(leg.references["charges-included"], in: own.currency)
    if let sum = Self.total(included), sum > 0 {
      // Charges inside the amount: the payer lost more than arrived, the payee got less than was sent.
      add(Self.moved(own.minorUnits, leg.isDebit ? -sum : sum), fees: included)
    }
    let rows = feeRows(of: leg)
    if let sum = Self.total(rows), sum > 0 {
      add(Self.moved(own.minorUnits, -sum), fees: rows)
      add(Self.moved(own.minorUnits, sum), fees: rows)
    }
    return found + exchangeClaims(of: leg)
  }

  /// Whether two legs agree in amount: equal, or as either says. The first of: equal, exchange, charges.
  static func agreement(
    _ debit: Leg, _ claimsOfDebit: [AmountClaim], _ credit: Leg, _ claimsOfCredit: [AmountClaim]
  ) -> AmountAgreement? {
    let (out, into) = (debit.amount.magnitude, credit.amount.magnitude)
    if out == into { return .equal }
    let said =
      claimsOfDebit.filter { $0.amount == into } + claimsOfCredit.filter { $0.amount == out }
    for how in [AmountAgreement.How.exchange, .doubtfulExchange, .charges] {
      if let first = said.first(where: { $0.agreement.how == how }) { return first.agreement }
    }
    return nil
  }

  private func feeRows(of leg: Leg) -> [Money] {
    guard !leg.isFee, let day = leg.day, !feesOf.isEmpty else { return [] }
    for name in ["servicer", "reference"] {
      guard let own = MatchingWords.reference(leg.references[name]),
        let rows = feesOf[FeeKey(account: leg.account, reference: own)]
      else { continue }
      let near = rows.filter { abs($0.day - day) <= 1 && $0.fee.currency == leg.amount.currency }
      if !near.isEmpty { return near.map(\.fee).sorted() }
    }
    return []
  }

  private func exchangeClaims(of leg: Leg) -> [AmountClaim] {
    let own = leg.amount.magnitude
    let rate = leg.exchangeRate.flatMap { DecimalNumber($0) }.flatMap { $0.digits > 0 ? $0 : nil }
    if let original = leg.original, original.minorUnits != .min, !original.isZero,
      original.currency != own.currency
    {
      let stated = original.magnitude
      let computed = rate.flatMap { Self.computed(stated, into: own, at: $0) }
      let agrees = rate == nil || computed != nil
      return [
        AmountClaim(
          amount: stated,
          agreement: AmountAgreement(
            how: agrees ? .exchange : .doubtfulExchange,
            rate: RateCheck(
              rate: leg.exchangeRate, from: stated, to: own, computed: computed)))
      ]
    }
    guard let rate else { return [] }
    return currencies.filter { $0 != own.currency }.flatMap { other in
      Self.bothWays(own.currency, other, rate).compactMap { way in
        guard let other = way.convert(own, rounding: .halfUp), other.minorUnits > 0 else {
          return nil
        }
        return AmountClaim(
          amount: other,
          agreement: AmountAgreement(
            how: .exchange,
            rate: RateCheck(rate: leg.exchangeRate, from: own, to: other, computed: other)))
      }
    }
  }

  /// What the rate makes of `stated`, when that is `own` within the printed precision of the rate: the
  /// last printed digit stands for half a unit to either side. Nil when it is not, in either direction.
  static func computed(_ stated: Money, into own: Money, at rate: DecimalNumber) -> Money? {
    guard rate.scale < 18, rate.digits <= Int64.max / 10 - 1 else { return nil }
    let low = DecimalNumber(digits: rate.digits * 10 - 5, scale: rate.scale + 1)
    let high = DecimalNumber(digits: rate.digits * 10 + 5, scale: rate.scale + 1)
    let ways = bothWays(stated.currency, own.currency, rate)
    let lows = bothWays(stated.currency, own.currency, low)
    let highs = bothWays(stated.currency, own.currency, high)
    for (index, way) in ways.enumerated() {
      guard let exact = way.convert(stated, rounding: .halfUp),
        let one = lows[index].convert(stated, rounding: .halfUp),
        let other = highs[index].convert(stated, rounding: .halfUp)
      else { continue }
      if (min(one, other)...max(one, other)).contains(own) { return exact }
    }
    return nil
  }

  /// The rate read as units of `b` for one `a`, and as units of `a` for one `b`: records differ.
  private static func bothWays(_ a: Currency, _ b: Currency, _ rate: DecimalNumber)
    -> [ExchangeRate]
  {
    [(a, b), (b, a)].map {
      ExchangeRate(base: $0.0, quote: $0.1, value: rate, kind: .executed, source: "as printed")
    }
  }

  /// `5.00 EUR SHAR; 2.00 EUR`, as Intake writes it. Empty unless every part is of the currency.
  static func charges(_ text: String?, in currency: Currency) -> [Money] {
    guard let text else { return [] }
    var found: [Money] = []
    for part in text.split(separator: ";") {
      let words = part.split(separator: " ")
      guard words.count >= 2, words[1] == currency.code, let money = Money(words[0], in: currency)
      else { return [] }
      found.append(money)
    }
    return found
  }

  static func total(_ amounts: [Money]) -> Int64? {
    var sum: Int128 = 0
    for amount in amounts { sum += Int128(amount.minorUnits) }
    return Int64(exactly: sum)
  }

  static func moved(_ minor: Int64, _ by: Int64) -> Int64? {
    let (sum, overflow) = minor.addingReportingOverflow(by)
    return overflow ? nil : sum
  }
}
