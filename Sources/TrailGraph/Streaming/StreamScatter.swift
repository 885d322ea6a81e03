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
    let (difference, overflow) = trail[number].time.subtractingReportingOverflow(question.window)
    let start = overflow ? .min : difference
    var total = 0
    let target = trail[number].destination
    var room: [Int32] = []
    swap(&room, &middles)
    trail.forEachScatterer(
      closedBy: number, since: start, middles: question.middles, room: &room,
      isWanted: { counted.value(of: PairTable.key($0, target)) == nil }
    ) { payer in
      _ = counted.replace(PairTable.key(payer, target), with: 0)
      total += 1
    }
    swap(&room, &middles)
    return total
  }
}

extension SlidingTrail {
  /// Who paid enough accounts, the sender of a transfer among them, that then paid its receiver.
  ///
  /// - Parameters:
  ///   - number: the last payment on; nothing after its moment is a payment by the payer.
  ///   - start: nothing earlier counts.
  ///   - room: for the accounts found on the way.
  ///   - isWanted: asked of a payer before anything is counted for it.
  ///   - found: receives each payer, once for each of its payments to the sender.
  func forEachScatterer(
    closedBy number: UInt32, since start: Int64, middles: Int, room: inout [Int32],
    isWanted: (Int32) -> Bool, found: (Int32) -> Void
  ) {
    let last = self[number]
    let (middle, target) = (last.source, last.destination)
    guard middle >= 0, target >= 0, middle != target, holds(last.receipt) else { return }
    var first = last.receipt
    guard self[first].time >= start, hasEnoughReceipts(target, middles, from: start) else { return }
    while holds(first) {
      let cell = self[first]
      guard cell.time >= start else { break }
      first = cell.previousIn
      let payer = cell.source
      guard payer >= 0, payer != middle, payer != target, isWanted(payer),
        Int(heads[Int(payer)].outCount) >= middles
      else { continue }
      room.removeAll(keepingCapacity: true)
      let isPair =
        heads[Int(payer)].outCount <= heads[Int(target)].inCount
        ? isPairByPayments(payer, target, middles, from: start, before: last.time, &room)
        : isPairByReceipts(payer, target, middles, from: start, &room)
      if isPair { found(payer) }
    }
  }

  /// Whether the target was paid as often as there must be middles.
  private func hasEnoughReceipts(_ target: Int32, _ middles: Int, from start: Int64) -> Bool {
    guard Int(heads[Int(target)].inCount) >= middles else { return false }
    var number = lastIn(target)
    var count = 0
    while holds(number), count < middles {
      let cell = self[number]
      if cell.time < start { return false }
      count += 1
      number = cell.previousIn
    }
    return count >= middles
  }

  /// Reads what the payer paid, and asks whether each receiver paid the target later.
  private func isPairByPayments(
    _ payer: Int32, _ target: Int32, _ middles: Int, from start: Int64, before now: Int64,
    _ found: inout [Int32]
  ) -> Bool {
    var number = lastOut(payer)
    while holds(number) {
      let cell = self[number]
      guard cell.time >= start else { break }
      number = cell.previousOut
      let middle = cell.destination
      guard middle >= 0, middle != payer, middle != target, cell.time < now,
        let onward = last(from: middle, to: target), self[onward].time > cell.time,
        !found.contains(middle)
      else { continue }
      found.append(middle)
      if found.count == middles { return true }
    }
    return false
  }

  /// Reads what the target received, and asks whether each sender was paid by the payer before.
  private func isPairByReceipts(
    _ payer: Int32, _ target: Int32, _ middles: Int, from start: Int64, _ found: inout [Int32]
  ) -> Bool {
    var number = lastIn(target)
    while holds(number) {
      let cell = self[number]
      guard cell.time >= start else { break }
      number = cell.previousIn
      let middle = cell.source
      guard middle >= 0, middle != payer, middle != target, !found.contains(middle),
        var paid = last(from: payer, to: middle)
      else { continue }
      while holds(paid), self[paid].time >= cell.time { paid = self[paid].previousPair }
      guard holds(paid), self[paid].time >= start else { continue }
      found.append(middle)
      if found.count == middles { return true }
    }
    return false
  }

  /// The accounts whose money some payments may complete on its way through several others to one: whoever
  /// paid at least so many accounts since a moment, the payment's sender among them, that then paid its receiver.
  ///
  /// Sums and days are not looked at, so it names more than a detector does, and none too few. An account may be
  /// named several times.
  public func forEachScatterer(
    closedBy first: UInt32, count: Int, since start: Int64, middles: Int, _ body: (Int32) -> Void
  ) {
    var room: [Int32] = []
    var number = first
    for _ in 0..<count {
      precondition(holds(number), "a transfer that is not held")
      forEachScatterer(
        closedBy: number, since: start, middles: middles, room: &room, isWanted: { _ in true },
        found: body)
      number &+= 1
    }
  }
}
