// A step of the ledger with numbers in place of names.

/// What a step does: as `Movement`, with the numbers that the ledger gave to accounts, classes and
/// places. A fee is a payment whose money is spent.
enum NumberedMovement: Sendable {
  case credit(to: Int32, amount: Int64, sourceClass: Int32, restores: Bool)
  case debit(from: Int32, place: Int32, amount: Int64, isForAsset: Bool, isCoordinated: Bool)
  case transfer(from: Int32, to: Int32, amount: Int64, credited: Int64?, obtainedAs: Int32?)
  case departure(from: Int32, place: Int32, amount: Int64)
  case arrival(place: Int32, to: Int32, amount: Int64, obtainedAs: Int32?)
  case interest(to: Int32, amount: Int64)
  /// Takes back the step at that position of the bank's order; nil when there is none.
  case reversal(of: Int32?, amount: Int64)
  case sale(asset: Int32, to: Int32, price: Int64, fraction: Fraction)
  case gap(account: Int32, balance: Int64, sourceClass: Int32)

  /// As `Movement.countsAsCredit`.
  var countsAsCredit: Bool {
    switch self {
    case .credit, .interest, .arrival: true
    default: false
    }
  }
}

/// A step in the bank's order.
struct NumberedStep: Sendable {
  var movement: NumberedMovement
  /// The place of the step in `Ledger.steps`.
  let index: Int32
  /// True when a reversal names it, so that the run keeps what it moved.
  var isReversed = false
}
