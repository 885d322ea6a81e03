// The traced part of a thing bought with mixed money: a share of it, or a charge on it.

import CaseModel

/// The parts of a net value: what each kind of money holds of it. They sum to the net value.
struct ValueParts: Equatable {
  /// Tainted, and reached by the track.
  var reached: Int64 = 0
  /// Tainted by conduct the track does not cover.
  var otherTainted: Int64 = 0
  /// A victim's or other claimant's own money.
  var own: Int64 = 0
  /// Everything else.
  var rest: Int64 = 0

  var sum: Int64 { reached + otherTainted + own + rest }
  var list: [Int64] { [reached, otherTainted, own, rest] }

  init(reached: Int64 = 0, otherTainted: Int64 = 0, own: Int64 = 0, rest: Int64 = 0) {
    self.reached = reached
    self.otherTainted = otherTainted
    self.own = own
    self.rest = rest
  }

  init(_ list: [Int64]) {
    self.init(reached: list[0], otherTainted: list[1], own: list[2], rest: list[3])
  }
}

/// Rule `mixed_purchase` of confiscation.md §3, with `mortgaged_purchase` for encumbered things.
enum MixedPurchase {
  /// Each kind's share: value now × its money ÷ the capital paid. The parts sum to the value by
  /// largest remainder, ties to the order of `ValueParts`.
  ///
  /// - Parameters:
  ///   - value: net value now, minor units, not negative.
  ///   - paid: what each kind paid; `rest` is the remainder of the capital.
  static func shares(of value: Int64, paid: ValueParts) -> ValueParts {
    precondition(value >= 0, "a negative value has no shares")
    guard paid.sum > 0 else { return ValueParts(rest: value) }
    let parts = ValueParts(Split.largestRemainder(value, over: paid.list))
    assert(parts.sum == value)
    return parts
  }

  /// A charge for the sums themselves, up to the value: claimants' own money first, then what the
  /// track reaches, then other tainted money. Losses fall on the rest, gains stay with it.
  static func charges(on value: Int64, paid: ValueParts) -> ValueParts {
    precondition(value >= 0, "a negative value bears no charge")
    var left = value
    func take(_ amount: Int64) -> Int64 {
      let taken = min(amount, left)
      left -= taken
      return taken
    }
    var parts = ValueParts()
    parts.own = take(paid.own)
    parts.reached = take(paid.reached)
    parts.otherTainted = take(paid.otherTainted)
    parts.rest = left
    return parts
  }
}
