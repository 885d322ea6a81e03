// An amount whose tainted part is known between two ends: the arithmetic of proven bounds.

import CaseModel

/// `amount` minor units, of which at least `low` and at most `high` are tainted.
struct Part: Hashable {
  var amount: Int64
  var low: Int64
  var high: Int64

  static let nothing = Part(amount: 0, low: 0, high: 0)

  static func pure(_ amount: Int64, isTainted: Bool) -> Part {
    Part(amount: amount, low: isTainted ? amount : 0, high: isTainted ? amount : 0)
  }

  /// Nothing known of the composition.
  static func unknown(_ amount: Int64) -> Part { Part(amount: amount, low: 0, high: amount) }

  init(amount: Int64, low: Int64, high: Int64) {
    self.amount = amount
    self.low = min(max(0, low), amount)
    self.high = max(self.low, min(amount, high))
  }

  var cleanMost: Int64 { amount - low }

  static func + (a: Part, b: Part) -> Part {
    Part(amount: a.amount + b.amount, low: a.low + b.low, high: a.high + b.high)
  }

  /// Any `wanted` units of this: no more taint than there is, no less than the clean ones leave.
  /// Sound for every method that moves units, and exact for a pure part.
  func any(_ wanted: Int64) -> Part {
    Part(amount: wanted, low: wanted - cleanMost, high: high)
  }

  /// What both say.
  func narrowed(low other: Int64, high most: Int64) -> Part {
    Part(amount: amount, low: max(low, other), high: min(high, most))
  }

  /// Both possibilities.
  func hull(_ other: Part) -> Part {
    Part(amount: amount, low: min(low, other.low), high: max(high, other.high))
  }

  /// This part rescaled to another whole by largest remainder over classes, of which `slack` at
  /// most are on the smaller side, tainted or clean. Each class is off its exact share by less than
  /// one unit and the parts sum to the whole, so that the tainted sum is off by less than `slack`.
  func rescaled(to whole: Int64, slack: Int64) -> Part {
    guard whole != amount else { return self }
    guard amount > 0 else { return .unknown(whole) }
    return Part(
      amount: whole, low: high == 0 ? 0 : Self.share(low, of: amount, in: whole, slack, up: false),
      high: Self.share(high, of: amount, in: whole, slack, up: true)
    ).pureLike(self)
  }

  /// A wholly tainted part stays so, and a clean one too, whatever is rounded.
  private func pureLike(_ origin: Part) -> Part {
    if origin.high == 0 { return .pure(amount, isTainted: false) }
    if origin.low == origin.amount { return .pure(amount, isTainted: true) }
    return self
  }

  /// The whole unit next to `taint × whole / amount`, down or up, less or more what rounding may move.
  static func share(
    _ taint: Int64, of amount: Int64, in whole: Int64, _ slack: Int64, up: Bool
  ) -> Int64 {
    let product = Int128(taint) * Int128(whole)
    let down = Rounding.down.quotient(product, by: Int128(amount))
    let isWhole = down * Int128(amount) == product
    let extra = Int128(max(0, slack - 1))
    let result = up ? down + (isWhole ? 0 : 1) + extra : down - extra
    return Int64(clamping: result)
  }
}
