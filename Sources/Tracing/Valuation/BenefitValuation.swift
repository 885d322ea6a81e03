// Benefit, value orders and what is owed for work: the formulas of confiscation.md §3.

public import CaseModel

/// What remains for a value order after property in kind and compensation.
///
/// Source: confiscation.md §3 rule 7, `equivalent_value`. Compensation is deducted once.
public struct EquivalentValue: Hashable, Sendable {
  public let tracedTotal: Money
  /// Benefit − traced; negative when more was traced than obtained.
  public let shortfall: Money
  /// shortfall − compensation paid, at least 0.
  public let valueOrder: Money

  /// Nil when a sum leaves 64 bits or currencies differ.
  public init?(benefit: Money, tracedInKind: [Money], compensationPaid: Money) {
    let currency = benefit.currency
    guard (tracedInKind + [compensationPaid]).allSatisfy({ $0.currency == currency }) else {
      return nil
    }
    let traced = tracedInKind.reduce(Int128(0)) { $0 + Int128($1.minorUnits) }
    let short = Int128(benefit.minorUnits) - traced
    guard let total = Int64(exactly: traced), let rest = Int64(exactly: short),
      let order = Int64(exactly: max(0, short - Int128(compensationPaid.minorUnits)))
    else { return nil }
    tracedTotal = Money(minorUnits: total, currency: currency)
    shortfall = Money(minorUnits: rest, currency: currency)
    valueOrder = Money(minorUnits: order, currency: currency)
  }
}

/// The greater of the indexed value when obtained and the value now.
///
/// Source: confiscation.md §3, `benefit_value_max`; Proceeds of Crime Act 2002, ss. 79–80 (M).
public struct BenefitValue: Hashable, Sendable {
  public let indexed: Money
  public let benefit: Money

  /// indexed = value when obtained × index now ÷ index then, rounded half up.
  /// Nil unless both indexes are positive and the currencies agree.
  public init?(
    valueWhenObtained: Money, indexThen: DecimalNumber, indexNow: DecimalNumber, valueNow: Money
  ) {
    guard indexThen.digits > 0, indexNow.digits > 0,
      valueWhenObtained.currency == valueNow.currency,
      let product = ExactNumber(Int128(valueWhenObtained.minorUnits)).times(ExactNumber(indexNow)),
      let quotient = product.times(
        ExactNumber(indexThen.denominator, over: Int128(indexThen.digits))),
      let units = Int64(
        exactly: Rounding.halfUp.quotient(quotient.numerator, by: quotient.denominator))
    else { return nil }
    indexed = Money(minorUnits: units, currency: valueNow.currency)
    benefit = max(indexed, valueNow)
  }
}

/// What crossed into the set of persons charged, counted once.
///
/// Source: confiscation.md §3 rule 3, `benefit_cutset`.
public struct CutSetBenefit: Hashable, Sendable {
  /// How a flow counts. Internal, returned, lawful and outgoing flows add nothing.
  public enum Tag: String, Sendable { case obtaining, `internal`, out, returned, lawful, cost }

  public struct Flow: Hashable, Sendable {
    public let from: String
    public let to: String
    public let amount: Money
    public let tag: Tag
    public init(from: String, to: String, amount: Money, tag: Tag) {
      self.from = from
      self.to = to
      self.amount = amount
      self.tag = tag
    }
  }

  /// Every flow into the set, printed only to show what double counting would have given.
  public let naiveInflows: Money
  /// Flows tagged obtaining, from outside the set into it.
  public let gross: Money
  /// gross − flows tagged cost out of the set, at least 0.
  public let netDirectCost: Money

  /// Nil when the flows are not all in `currency` or a sum leaves 64 bits.
  public init?(offenderSet: Set<String>, flows: [Flow], currency: Currency) {
    var (naive, gross, cost) = (Int128(0), Int128(0), Int128(0))
    for flow in flows {
      guard flow.amount.currency == currency else { return nil }
      let units = Int128(flow.amount.minorUnits)
      let (fromInside, toInside) = (offenderSet.contains(flow.from), offenderSet.contains(flow.to))
      if toInside { naive += units }
      if flow.tag == .obtaining, toInside, !fromInside { gross += units }
      if flow.tag == .cost, fromInside, !toInside { cost += units }
    }
    guard let all = Int64(exactly: naive), let whole = Int64(exactly: gross),
      let net = Int64(exactly: max(0, gross - cost))
    else { return nil }
    naiveInflows = Money(minorUnits: all, currency: currency)
    self.gross = Money(minorUnits: whole, currency: currency)
    netDirectCost = Money(minorUnits: net, currency: currency)
  }
}

/// What one worker is owed for work done.
///
/// due = days × (normal hours × rate + overtime hours × rate × factor), rounded half up once. Wages
/// swept away by the controller count as not received. Source: confiscation.md §3 rule 11.
public struct UnpaidLabour: Hashable, Sendable {
  public let due: Money
  public let receivedAndKept: Money
  public let unpaid: Money

  /// Hours beyond `normalHours` a day are overtime. Nil when a product leaves 128 bits, a sum 64, or
  /// the currencies differ.
  public init?(
    days: DecimalNumber, hoursPerDay: DecimalNumber, normalHours: DecimalNumber,
    rate: DecimalNumber, overtimeFactor: DecimalNumber, paidToAccount: Money,
    sweptByController: Money
  ) {
    let currency = paidToAccount.currency
    guard sweptByController.currency == currency,
      let over = ExactNumber(hoursPerDay).minus(ExactNumber(normalHours))
    else { return nil }
    let hasOvertime = over.numerator > 0
    let normal = ExactNumber(hasOvertime ? normalHours : hoursPerDay)
    guard
      let weighted = hasOvertime
        ? over.times(ExactNumber(overtimeFactor)) : ExactNumber(0),
      let hours = normal.plus(weighted), let daily = hours.times(ExactNumber(rate)),
      let whole = daily.times(ExactNumber(days)), let due = whole.money(in: currency, .halfUp)
    else { return nil }
    let kept = Int128(paidToAccount.minorUnits) - Int128(sweptByController.minorUnits)
    guard let received = Int64(exactly: kept),
      let rest = Int64(exactly: Int128(due.minorUnits) - kept)
    else { return nil }
    self.due = due
    receivedAndKept = Money(minorUnits: received, currency: currency)
    unpaid = Money(minorUnits: rest, currency: currency)
  }
}

/// Obtainings in several currencies, each at its own dated rate.
///
/// Source: confiscation.md §3 rule 9, `fx_benefit`: each obtaining is divided by its rate and rounded
/// half up to the minor unit on its own, then added.
public struct ConvertedBenefit: Hashable, Sendable {
  public struct Obtaining: Hashable, Sendable {
    public let date: CivilDate
    public let amount: Money
    /// Units of the amount's currency per one unit of the reporting currency.
    public let rate: DecimalNumber
    public init(date: CivilDate, amount: Money, rate: DecimalNumber) {
      self.date = date
      self.amount = amount
      self.rate = rate
    }
  }

  public let converted: [Money]
  public let total: Money

  /// Nil when a rate is not positive or a result leaves 64 bits.
  public init?(_ obtainings: [Obtaining], in reporting: Currency) {
    var converted: [Money] = []
    var sum = Int128(0)
    for each in obtainings {
      guard each.rate.digits > 0 else { return nil }
      let amount = ExactNumber(
        Int128(each.amount.minorUnits), over: Int128(each.amount.currency.minorUnitsPerMajor))
      guard
        let quotient = amount.times(
          ExactNumber(each.rate.denominator, over: Int128(each.rate.digits))),
        let money = quotient.money(in: reporting, .halfUp)
      else { return nil }
      converted.append(money)
      sum += Int128(money.minorUnits)
    }
    guard let total = Int64(exactly: sum) else { return nil }
    self.converted = converted
    self.total = Money(minorUnits: total, currency: reporting)
  }
}
