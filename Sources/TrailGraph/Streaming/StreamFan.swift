/// `FanCount` in a stream: how many others each account dealt with inside the span, kept up to date.
///
/// A pair counts by its newest transfer: that one enters the count when the one before it has left the span,
/// and leaves it when no newer one has come. So nothing is looked up.
struct StreamFan: Sendable {
  let question: FanCount
  private var others: [Int32] = []
  /// The oldest transfer inside the span.
  private var oldest: UInt32

  /// - Parameter number: of the stream's first transfer.
  init(_ question: FanCount, startingAt number: UInt32) {
    self.question = question
    oldest = number
  }

  var stateBytes: Int { others.capacity * 4 }

  /// Lets the transfers go that are `window` old at a moment. Before that moment's transfers are added.
  mutating func expire(at now: Int64, _ trail: SlidingTrail) {
    let (start, overflow) = now.subtractingReportingOverflow(question.window)
    guard !overflow else { return }
    while oldest != trail.next {
      let cell = trail[oldest]
      guard cell.time <= start else { return }
      if !cell.isSuperseded, let account = account(of: cell) { others[account] -= 1 }
      oldest &+= 1
    }
  }

  /// Adds the newest moment's transfers and gives how many of them count.
  mutating func count(from first: UInt32, _ trail: SlidingTrail) -> Int {
    while others.count < trail.accountCount { others.append(0) }
    var number = first
    while number != trail.next {
      let cell = trail[number]
      if let account = account(of: cell),
        cell.previousPair &- oldest >= number &- oldest
      {
        others[account] += 1
      }
      number &+= 1
    }
    var total = 0
    number = first
    while number != trail.next {
      if let account = account(of: trail[number]), others[account] >= question.counterparties {
        total += 1
      }
      number &+= 1
    }
    return total
  }

  @inline(__always)
  private func account(of cell: SlidingTrail.Cell) -> Int? {
    guard cell.source >= 0, cell.destination >= 0 else { return nil }
    return Int(question.side == .into ? cell.destination : cell.source)
  }
}
