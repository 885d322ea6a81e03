// One movement of money in a ledger, and where debits go.

public import CaseModel

/// One movement of money on one day.
public struct LedgerStep: Hashable, Sendable {
  /// The bank's order: decides within a day, and is what reversals refer to. Unique in a ledger.
  public let sequence: Int
  public let date: CivilDate
  /// Splits a day on which records resume after a gap: negative before it, 0 the gap, from 1 the rest;
  /// and a day on which every entry states its time, moment by moment. Steps of one phase are ordered
  /// by the same-day order; an earlier phase always goes first.
  public let phase: Int
  public let movement: Movement
  /// The lines that show it; empty only in worked examples.
  public let sources: [SourceRef]

  public init(
    sequence: Int, date: CivilDate, movement: Movement, sources: [SourceRef] = [], phase: Int = 1
  ) {
    self.sequence = sequence
    self.date = date
    self.phase = phase
    self.movement = movement
    self.sources = sources
  }
}

/// What a step does. Account names are those of `Ledger.accounts`; amounts are minor units, not
/// negative, of the currency of the account they are booked on.
public enum Movement: Hashable, Sendable {
  /// Money of one class comes in from outside. `restores`: evidence shows it was meant to make good
  /// what had been lost (`replenish_intent`).
  case credit(to: String, amount: Int64, sourceClass: SourceClassCode, restores: Bool = false)
  /// Money leaves. `isCoordinated`: stored facts show that the debt this makes and its later
  /// repayment were one plan (Brazil v Durant).
  case debit(from: String, to: Destination, amount: Int64, isCoordinated: Bool = false)
  /// Both legs at once. `credited` counts in the receiving account's currency; nil means the same
  /// amount and is refused between two currencies. `obtainedAs`: the arrival is itself a receipt of
  /// this class; what was already tainted keeps its class.
  case transfer(
    from: String, to: String, amount: Int64, credited: Int64?,
    obtainedAs: SourceClassCode? = nil)
  /// The first leg of a transfer whose second leg was booked on another day.
  case departure(from: String, transit: String, amount: Int64)
  /// The second leg; scales what left to `amount`.
  case arrival(transit: String, to: String, amount: Int64, obtainedAs: SourceClassCode? = nil)
  case interest(to: String, amount: Int64)
  case fee(from: String, amount: Int64)
  /// Takes back the step with the sequence `of`, wholly or in part.
  case reversal(of: Int, amount: Int64)
  /// An asset, or a fraction of it, turns into money. `amount` is the price.
  case sale(asset: String, to: String, amount: Int64, fraction: Fraction = .whole)
  /// The records stop and resume with a balance: nothing is traced across.
  case gap(account: String, balance: Int64, sourceClass: SourceClassCode)
}

/// Where a debit goes when it does not go to an account of the ledger.
public enum Destination: Hashable, Sendable {
  case asset(String)
  case dissipated
  /// An account or person outside the ledger, named.
  case outside(String)
  /// An account of the ledger whose records do not show the arrival.
  case untraced(String)
}

/// An exact part of a whole, greater than zero and at most one.
public struct Fraction: Hashable, Sendable {
  public let numerator: Int64
  public let denominator: Int64
  public static let whole = Fraction(uncheckedNumerator: 1, denominator: 1)

  private init(uncheckedNumerator: Int64, denominator: Int64) {
    numerator = uncheckedNumerator
    self.denominator = denominator
  }

  /// Nil unless 0 < numerator ≤ denominator.
  public init?(_ numerator: Int64, over denominator: Int64) {
    guard numerator > 0, denominator > 0, numerator <= denominator else { return nil }
    self.init(uncheckedNumerator: numerator, denominator: denominator)
  }

  /// Reads `1/4` or `0.25`.
  public init?(_ text: some StringProtocol) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    if parts.count == 2, let top = Int64(parts[0]), let bottom = Int64(parts[1]) {
      self.init(top, over: bottom)
    } else if let decimal = DecimalNumber(text), let bottom = Int64(exactly: decimal.denominator) {
      self.init(decimal.digits, over: bottom)
    } else {
      return nil
    }
  }
}

extension Movement {
  /// Whether the step counts with the credits when a day is reordered: credits and interest do,
  /// every other type counts with the debits (tracing-examples/1, order). The second leg of a
  /// transfer that took more than a day is a credit of its account.
  var countsAsCredit: Bool {
    switch self {
    case .credit, .interest, .arrival: true
    default: false
    }
  }

  /// The amount of the step, in the currency of the account it is first booked on.
  var amount: Int64 {
    switch self {
    case .credit(_, let amount, _, _), .debit(_, _, let amount, _),
      .transfer(_, _, let amount, _, _), .departure(_, _, let amount),
      .arrival(_, _, let amount, _), .interest(_, let amount), .fee(_, let amount),
      .reversal(_, let amount), .sale(_, _, let amount, _):
      amount
    case .gap: 0
    }
  }
}
