import CaseModel
import TrailGraph

/// How many dealings of each account began within the last days: payments to, or by, someone new.
///
/// `Partners` counts the partners whose run of payments begins in a window; this counts the same, over the
/// currencies together, so never fewer.
struct StreamBeginnings: Sendable {
  let side: FanCount.Side
  let days: Int
  let newAfterDays: Int
  private var counts: [Int32] = []
  private var queue: [(day: Int32, account: Int32)] = []
  private var head = 0

  init(_ side: FanCount.Side, days: Int, newAfterDays: Int) {
    self.side = side
    self.days = days
    self.newAfterDays = newAfterDays
  }

  var stateBytes: Int { counts.capacity * 4 + queue.capacity * 8 }

  /// Forgets what began before the window that ends with a day.
  mutating func begin(_ day: Int32, accounts: Int) {
    while head < queue.count, Int(day) - Int(queue[head].day) >= days {
      counts[Int(queue[head].account)] -= 1
      head += 1
    }
    if head > 1_024, head * 2 > queue.count {
      queue.removeFirst(head)
      head = 0
    }
    if counts.count < accounts {
      counts += repeatElement(0, count: accounts - counts.count)
    }
  }

  /// The account on the side counted, and how many dealings of it began in the window, this one included; nil
  /// when the transfer has no other side.
  mutating func count(
    _ number: UInt32, on day: Int32, _ trail: SlidingTrail
  ) -> (account: Int32, count: Int)? {
    let transfer = trail.transfer(number)
    guard transfer.source >= 0, transfer.destination >= 0, transfer.source != transfer.destination
    else { return nil }
    let account = side == .into ? transfer.destination : transfer.source
    if trail.isFirstDealing(number, inDays: newAfterDays) {
      counts[Int(account)] += 1
      queue.append((day, account))
    }
    return (account, Int(counts[Int(account)]))
  }
}

/// Accounts at which enough dealings began: ST-05 and ST-06.
struct StreamFanWatch: StreamWatch {
  var beginnings: StreamBeginnings
  let least: Int

  var stateBytes: Int { beginnings.stateBytes }

  mutating func look(
    at numbers: StreamNumbers, on day: Int32, _ trail: SlidingTrail, _ meanings: [Channel],
    _ found: inout [StreamCandidate]
  ) {
    beginnings.begin(day, accounts: trail.accountCount)
    for number in numbers {
      guard let (account, count) = beginnings.count(number, on: day, trail), count >= least else {
        continue
      }
      found.append(StreamCandidate(day: day, account: account))
    }
  }
}

/// Accounts at which enough dealings out began, some days after enough dealings in did: ST-07.
struct StreamTwoFansWatch: StreamWatch {
  var into: StreamBeginnings
  var outOf: StreamBeginnings
  let leastIn: Int
  let leastOut: Int
  /// Days from the last receipt of a fan in to the last payment of a fan out, at most.
  let days: Int
  /// The last day on which enough dealings in had begun.
  private var gathered: [Int32: Int32] = [:]

  init(_ detector: GatherScatter) {
    let (gather, scatter) = (detector.gather, detector.scatter)
    into = StreamBeginnings(.into, days: gather.windowDays, newAfterDays: gather.newAfterDays)
    outOf = StreamBeginnings(.outOf, days: scatter.windowDays, newAfterDays: scatter.newAfterDays)
    (leastIn, leastOut) = (gather.sourcesMin, scatter.payeesMin)
    days = detector.pauseDays + scatter.windowDays - 1
  }

  var stateBytes: Int { into.stateBytes + outOf.stateBytes + gathered.capacity * 8 }

  mutating func look(
    at numbers: StreamNumbers, on day: Int32, _ trail: SlidingTrail, _ meanings: [Channel],
    _ found: inout [StreamCandidate]
  ) {
    into.begin(day, accounts: trail.accountCount)
    outOf.begin(day, accounts: trail.accountCount)
    if gathered.count > 1_024 { gathered = gathered.filter { Int(day) - Int($0.value) <= days } }
    for number in numbers {
      if let (account, count) = into.count(number, on: day, trail), count >= leastIn {
        gathered[account] = day
      }
      if let (account, count) = outOf.count(number, on: day, trail), count >= leastOut,
        let last = gathered[account], Int(day) - Int(last) <= days
      {
        found.append(StreamCandidate(day: day, account: account))
      }
    }
  }
}

extension FanIn: StreamedDetector {
  // What joins a run begins within the window after its last movement and ends within one more; the same
  // before its first, and then what is new and what is usual.
  var streamSpan: StreamSpan {
    StreamSpan(
      beforeDays: 2 * windowDays + max(newAfterDays, baselineDays), afterDays: 2 * windowDays - 1,
      looksFarBack: true)
  }
  func streamWatch() -> any StreamWatch {
    StreamFanWatch(
      beginnings: StreamBeginnings(.into, days: windowDays, newAfterDays: newAfterDays),
      least: sourcesMin)
  }
}

extension FanOut: StreamedDetector {
  var streamSpan: StreamSpan {
    StreamSpan(
      beforeDays: 2 * windowDays + max(newAfterDays, inflowDays), afterDays: 2 * windowDays - 1,
      looksFarBack: true)
  }
  func streamWatch() -> any StreamWatch {
    StreamFanWatch(
      beginnings: StreamBeginnings(.outOf, days: windowDays, newAfterDays: newAfterDays),
      least: payeesMin)
  }
}

extension GatherScatter: StreamedDetector {
  var streamSpan: StreamSpan {
    let (a, b) = (gather.streamSpan, scatter.streamSpan)
    return StreamSpan(
      beforeDays: max(a.beforeDays, b.beforeDays), afterDays: b.afterDays, looksFarBack: true)
  }
  func streamWatch() -> any StreamWatch { StreamTwoFansWatch(self) }
}
