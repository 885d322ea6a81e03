// One account on a day of unknown order: what its payments can take and what is left.

import CaseModel

/// What is known of an account's day without its order: the start, what came in, what went out.
///
/// All bounds follow from counting units. A payment takes no more taint than was there or came, and no
/// less than clean and borrowed money cannot cover. The method adds its own, each proven at its place.
struct IntervalDay {
  let start: IntervalAccount
  let method: any TracingMethod
  let policy: TracingPolicy
  let slack: Int64
  var draws: [IntervalFlow.Draw] = []
  var receipts: [Part] = []
  var hasInterest = false

  init(start: IntervalAccount, method: any TracingMethod, policy: TracingPolicy, slack: Int64) {
    self.start = start
    self.method = method
    self.policy = policy
    self.slack = slack
  }

  private var paid: Int64 { draws.reduce(0) { $0 + $1.amount } }
  private var received: Part { receipts.reduce(.nothing, +) }
  private var endBalance: Int64 { start.booked + received.amount - paid }
  private var isCovered: Bool { start.booked >= paid }
  private var cleanMost: Int64 { start.whole.cleanMost + received.cleanMost }
  private var taintMost: Int64 { start.whole.high + received.high }

  /// The most that payments of `amount` together can borrow: when they come last before any receipt.
  private func borrowedMost(_ amount: Int64) -> Int64 {
    min(amount, max(0, amount - max(0, start.booked - (paid - amount))))
  }

  /// What some of the day's payments can take together.
  func drawn(_ some: [IntervalFlow.Draw]) -> Part {
    let amount = some.reduce(0) { $0 + $1.amount }
    let others = paid - amount
    if method.poisons { return poisonedDraw(amount) }
    var part = Part(
      amount: amount, low: amount - borrowedMost(amount) - cleanMost, high: min(amount, taintMost))
    guard !draws.contains(where: \.isPicked) else { return part }
    let whole = start.whole
    if isCovered, some.allSatisfy({ $0.consumption == .oldestFirst }) {
      // Receipts stand behind what was there, so all payments come out of the oldest `paid` units.
      var account = start
      let head = account.takeOldest(paid)
      part = part.within(head.any(amount))
    }
    if some.allSatisfy({ $0.consumption == .cleanFirst }) {
      // Once one of these takes taint, no clean unit is left: the others took at most their amounts of
      // what was there, these the rest.
      let clean = whole.amount - whole.high
      part = part.narrowed(low: 0, high: amount - max(0, clean - others))
    }
    if some.allSatisfy({ $0.consumption == .taintedFirst }) {
      part = part.narrowed(low: min(amount, max(0, whole.low - others)), high: amount)
    }
    if some.allSatisfy({ $0.consumption == .proportional }), let range = shares {
      part = part.within(
        range.part(of: amount, borrowed: borrowedMost(amount), error: error * Int64(some.count)))
    }
    return part
  }

  private func poisonedDraw(_ amount: Int64) -> Part {
    let isSure = start.isPoisoned && !(policy.poisonClearsAtZero && start.booked <= paid)
    let isPossible = start.mayBePoisoned || received.high > 0
    return Part(
      amount: amount, low: isSure ? amount - borrowedMost(amount) : 0,
      high: isPossible ? amount : 0)
  }

  /// Interest follows what the account holds when it is posted, at any time of the day.
  func interest(_ amount: Int64, slack: Int64) -> Part {
    let least = start.booked - paid
    guard taintMost > 0 else { return .pure(amount, isTainted: false) }
    guard least > 0 else { return .unknown(amount) }
    if cleanMost == 0 { return .pure(amount, isTainted: true) }
    let most = start.booked + received.amount
    return Part(
      amount: amount,
      low: Part.share(max(0, start.whole.low - paid), of: most, in: amount, slack, up: false),
      high: Part.share(taintMost, of: least, in: amount, slack, up: true))
  }

  /// By how much rounding can move a proportional payment: each earlier one moved what is left by less
  /// than `slack`, and so does its own.
  private var error: Int64 { Int64(draws.count) * slack }

  /// Between which shares the account's taint stays all day, but for rounding: a proportional payment
  /// leaves the share as it is, a receipt moves it towards its own.
  private var shares: ShareRange? {
    guard !hasInterest else { return nil }
    var range: ShareRange?
    if start.whole.amount > 0 { range = ShareRange(start.whole) }
    for receipt in receipts where receipt.amount > 0 {
      let isPure = receipt.high == 0 || receipt.low == receipt.amount
      // What a debt leaves of a mixed receipt can be any part of it.
      let each = isCovered || isPure ? ShareRange(receipt) : .any
      range = range?.joined(each) ?? each
    }
    return range
  }

  /// What repaid debt.
  var repaid: Part {
    let owedAtEnd = max(0, -endBalance)
    let least = max(0, start.owed - owedAtEnd)
    let most = max(0, min(received.amount, start.owed + borrowedMost(paid) - owedAtEnd))
    if method.poisons {
      let isPossible = start.mayBePoisoned || received.high > 0
      return Part(amount: most, low: 0, high: isPossible ? most : 0)
    }
    return Part(
      amount: most, low: max(0, least - received.cleanMost), high: min(most, received.high))
  }

  /// The account when the day is over.
  func atEnd(keepsRow: Bool, policy: TracingPolicy) -> IntervalAccount {
    var end = start
    end.held = max(0, endBalance)
    end.owed = max(0, -endBalance)
    if method.poisons { return poisonedEnd(end) }
    if keepsRow, isCovered, !draws.contains(where: \.isPicked) { return rowAtEnd }
    let out = drawn(draws)
    var part = Part(
      amount: end.held,
      low: max(
        end.held - cleanMost, start.whole.low + received.low - out.high - repaid.high),
      high: taintMost - out.low - repaid.low)
    if let range = shares, draws.allSatisfy({ $0.consumption == .proportional && !$0.isPicked }),
      method.arrangement == .byClass
    {
      part = part.within(range.part(of: end.held, borrowed: 0, error: error))
    }
    end.parts = end.held > 0 ? [part] : []
    return end
  }

  /// In a row and covered: first in first out leaves the rest of what was there, last in first out what
  /// lies below the day's payments; the day's money is one part above it.
  private var rowAtEnd: IntervalAccount {
    var end = start
    if method.consumption(towardsAsset: false) == .oldestFirst {
      _ = end.takeOldest(paid)
      end.append(received, inRow: true)
      return end
    }
    let above = end.takeNewest(paid)
    let out = drawn(draws)
    end.append(
      Part(
        amount: above.amount + received.amount - paid,
        low: above.low + received.low - out.high, high: above.high + received.high - out.low),
      inRow: true)
    return end
  }

  private func poisonedEnd(_ account: IntervalAccount) -> IntervalAccount {
    var end = account
    let mayClear = policy.poisonClearsAtZero && start.booked <= paid
    end.mayBePoisoned = start.mayBePoisoned || received.high > 0
    end.isPoisoned = (start.isPoisoned || received.low > 0) && !mayClear
    end.parts =
      end.held > 0
      ? [
        Part(
          amount: end.held, low: end.isPoisoned ? end.held : 0,
          high: end.mayBePoisoned ? end.held : 0)
      ] : []
    end.clearPoison(policy)
    return end
  }
}

/// A range of exact shares, each tainted units of a whole.
struct ShareRange {
  var low: (taint: Int64, whole: Int64)
  var high: (taint: Int64, whole: Int64)

  static let any = ShareRange(Part(amount: 1, low: 0, high: 1))

  init(_ part: Part) {
    low = (part.low, part.amount)
    high = (part.high, part.amount)
  }

  func joined(_ other: ShareRange) -> ShareRange {
    var result = self
    if Int128(other.low.taint) * Int128(low.whole) < Int128(low.taint) * Int128(other.low.whole) {
      result.low = other.low
    }
    if Int128(other.high.taint) * Int128(high.whole)
      > Int128(high.taint) * Int128(other.high.whole)
    {
      result.high = other.high
    }
    return result
  }

  /// The taint of `amount` units, of which some may be borrowed, give or take `error`.
  func part(of amount: Int64, borrowed: Int64, error: Int64) -> Part {
    let least = Rounding.down.quotient(
      Int128(low.taint) * Int128(amount - borrowed), by: Int128(low.whole))
    let most = Rounding.down.quotient(
      Int128(high.taint) * Int128(amount), by: Int128(high.whole))
    // A share of nothing or of all stays what it is, whatever is rounded.
    let isAll = low.taint == low.whole && borrowed == 0
    return Part(
      amount: amount, low: isAll ? amount : Int64(clamping: least - Int128(error)),
      high: high.taint == 0 ? 0 : Int64(clamping: most + Int128(error)))
  }
}
