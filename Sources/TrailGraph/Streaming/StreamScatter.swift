/// `ScatterGatherCount` in a stream: pairs of accounts as the payment completes them.
///
/// The last payment m → t at a moment completes the pair (s, t) when enough middles, m among them, were paid
/// by s at `window` before or later and paid t after that: the earliest of those first transfers is the
/// question's x. A pair once counted is remembered, because it counts once in a trail.
struct StreamScatter: Sendable {
  let question: ScatterGatherCount
  private var counted = PairTable()
  private var middles: [Int32] = []

  init(_ question: ScatterGatherCount) { self.question = question }

  var stateBytes: Int { counted.stateBytes }

  mutating func pairs(closedBy number: UInt32, _ trail: SlidingTrail) -> Int {
    let last = trail[number]
    let (middle, target) = (last.source, last.destination)
    guard middle >= 0, target >= 0, middle != target, trail.holds(last.receipt) else { return 0 }
    let (difference, overflow) = last.time.subtractingReportingOverflow(question.window)
    let start = overflow ? .min : difference
    var first = last.receipt
    guard trail[first].time >= start, hasEnoughReceipts(target, from: start, trail) else {
      return 0
    }
    var total = 0
    while trail.holds(first) {
      let cell = trail[first]
      guard cell.time >= start else { break }
      first = cell.previousIn
      let payer = cell.source
      guard payer >= 0, payer != middle, payer != target,
        counted.value(of: PairTable.key(payer, target)) == nil
      else { continue }
      if isPair(payer, target, from: start, before: last.time, trail) {
        _ = counted.replace(PairTable.key(payer, target), with: 0)
        total += 1
      }
    }
    return total
  }

  /// Whether the target was paid as often as there must be middles.
  private func hasEnoughReceipts(
    _ target: Int32, from start: Int64, _ trail: SlidingTrail
  ) -> Bool {
    guard Int(trail.heads[Int(target)].inCount) >= question.middles else { return false }
    var number = trail.lastIn(target)
    var count = 0
    while trail.holds(number), count < question.middles {
      let cell = trail[number]
      if cell.time < start { return false }
      count += 1
      number = cell.previousIn
    }
    return count >= question.middles
  }

  private mutating func isPair(
    _ payer: Int32, _ target: Int32, from start: Int64, before now: Int64, _ trail: SlidingTrail
  ) -> Bool {
    guard Int(trail.heads[Int(payer)].outCount) >= question.middles else { return false }
    middles.removeAll(keepingCapacity: true)
    return trail.heads[Int(payer)].outCount <= trail.heads[Int(target)].inCount
      ? isPairByPayments(payer, target, from: start, before: now, trail)
      : isPairByReceipts(payer, target, from: start, trail)
  }

  /// Reads what the payer paid, and asks whether each receiver paid the target later.
  private mutating func isPairByPayments(
    _ payer: Int32, _ target: Int32, from start: Int64, before now: Int64, _ trail: SlidingTrail
  ) -> Bool {
    var number = trail.lastOut(payer)
    while trail.holds(number) {
      let cell = trail[number]
      guard cell.time >= start else { break }
      number = cell.previousOut
      let middle = cell.destination
      guard middle >= 0, middle != payer, middle != target, cell.time < now,
        let onward = trail.last(from: middle, to: target), trail[onward].time > cell.time,
        !middles.contains(middle)
      else { continue }
      middles.append(middle)
      if middles.count == question.middles { return true }
    }
    return false
  }

  /// Reads what the target received, and asks whether each sender was paid by the payer before.
  private mutating func isPairByReceipts(
    _ payer: Int32, _ target: Int32, from start: Int64, _ trail: SlidingTrail
  ) -> Bool {
    var number = trail.lastIn(target)
    while trail.holds(number) {
      let cell = trail[number]
      guard cell.time >= start else { break }
      number = cell.previousIn
      let middle = cell.source
      guard middle >= 0, middle != payer, middle != target, !middles.contains(middle),
        var paid = trail.last(from: payer, to: middle)
      else { continue }
      while trail.holds(paid), trail[paid].time >= cell.time { paid = trail[paid].previousPair }
      guard trail.holds(paid), trail[paid].time >= start else { continue }
      middles.append(middle)
      if middles.count == question.middles { return true }
    }
    return false
  }
}
