// Sharing and capping: victims' shares, joint benefit, and the fungible window.

public import CaseModel

/// Victims share what is available rateably by award.
///
/// Largest remainder over the awards, ties to the first listed; nobody is paid more than the award.
/// Source: confiscation.md §3 rule 5, `victim_pro_rata`.
public struct VictimShares: Hashable, Sendable {
  /// One a victim, in the order of the awards.
  public let shares: [Money]

  /// Nil when an amount is negative or the currencies differ.
  public init?(available: Money, awards: [Money]) {
    guard !available.isNegative,
      awards.allSatisfy({ !$0.isNegative && $0.currency == available.currency })
    else { return nil }
    let total = awards.reduce(Int128(0)) { $0 + Int128($1.minorUnits) }
    let payable = min(Int128(available.minorUnits), total)
    let parts = Split.largestRemainder(Int64(payable), over: awards.map(\.minorUnits))
    shares = parts.map { Money(minorUnits: $0, currency: available.currency) }
  }
}

/// Several orders for one joint benefit: each full, recovered once.
///
/// Payments in order; each counts up to the least of the payment, the rest of the payer's order and
/// the rest of the common cap; the surplus is refunded. outstanding = the lesser of the own rest and
/// the cap's rest. Source: R v Ahmad, Fields [2014] UKSC 36; confiscation.md §3, `joint_benefit`.
public struct JointBenefit: Hashable, Sendable {
  public struct Order: Hashable, Sendable {
    public let person: String
    public let amount: Money
    public init(person: String, amount: Money) {
      self.person = person
      self.amount = amount
    }
  }
  public struct Standing: Hashable, Sendable {
    public let person: String
    public let paid: Money
    public let outstanding: Money
    public let refundDue: Money
  }

  public let recovered: Money
  public let capRemaining: Money
  public let refundDue: Money
  /// In the order of the orders.
  public let standings: [Standing]

  /// Nil when a payer has no order, a person has two, an amount is negative or of another currency.
  public init?(cap: Money, orders: [Order], payments: [Order]) {
    let currency = cap.currency
    guard !cap.isNegative, Set(orders.map(\.person)).count == orders.count,
      (orders + payments).allSatisfy({
        $0.amount.currency == currency && !$0.amount.isNegative
      })
    else { return nil }
    var capRest = cap.minorUnits
    var rest = orders.map(\.amount.minorUnits)
    var refund = orders.map { _ in Int64(0) }
    for payment in payments {
      guard let payer = orders.firstIndex(where: { $0.person == payment.person }) else {
        return nil
      }
      let counted = min(payment.amount.minorUnits, rest[payer], capRest)
      rest[payer] -= counted
      capRest -= counted
      let (sum, overflow) = refund[payer].addingReportingOverflow(
        payment.amount.minorUnits - counted)
      guard !overflow else { return nil }
      refund[payer] = sum
    }
    guard let refunds = Int64(exactly: refund.reduce(Int128(0)) { $0 + Int128($1) }) else {
      return nil
    }
    func money(_ units: Int64) -> Money { Money(minorUnits: units, currency: currency) }
    recovered = money(cap.minorUnits - capRest)
    capRemaining = money(capRest)
    refundDue = money(refunds)
    standings = orders.indices.map { index in
      Standing(
        person: orders[index].person,
        paid: money(orders[index].amount.minorUnits - rest[index]),
        outstanding: money(min(rest[index], capRest)), refundDue: money(refund[index]))
    }
  }
}

/// Identical property in the same account within a year, without tracing.
///
/// Both days included; 29 February minus one year is 28 February. Source: 18 USC 984 (M);
/// confiscation.md §3, `fungible_window`.
public struct FungibleWindow: Hashable, Sendable {
  public struct Deposit: Hashable, Sendable {
    public let date: CivilDate
    public let amount: Money
    public init(date: CivilDate, amount: Money) {
      self.date = date
      self.amount = amount
    }
  }

  public let eligible: Money
  public let forfeitable: Money
  /// Deposits outside the window, which must be traced in the ordinary way.
  public let outsideWindow: Money

  /// Nil when the currencies differ or a sum leaves 64 bits.
  public init?(deposits: [Deposit], actionDate: CivilDate, balanceAtAction: Money) {
    let currency = balanceAtAction.currency
    guard deposits.allSatisfy({ $0.amount.currency == currency }), actionDate.year > 1 else {
      return nil
    }
    let window = Period(first: actionDate.adding(years: -1), last: actionDate)
    var (inside, outside) = (Int128(0), Int128(0))
    for deposit in deposits {
      if window.contains(deposit.date) {
        inside += Int128(deposit.amount.minorUnits)
      } else {
        outside += Int128(deposit.amount.minorUnits)
      }
    }
    guard let eligible = Int64(exactly: inside), let rest = Int64(exactly: outside) else {
      return nil
    }
    self.eligible = Money(minorUnits: eligible, currency: currency)
    forfeitable = min(self.eligible, balanceAtAction)
    outsideWindow = Money(minorUnits: rest, currency: currency)
  }
}
