import CaseModel
import TrailGraph

/// Accounts at which enough dealings began: ST-05 and ST-06.
struct StreamFanWatch: StreamWatch {
  let question: StreamBeginnings.Question
  let least: Int

  var beginnings: [StreamBeginnings.Question] { [question] }

  func look(
    at portion: StreamPortion, _ trail: SlidingTrail, _ found: inout [StreamCandidate]
  ) {
    for (count, transfer) in zip(portion.counts(question), portion.transfers)
    where Int(count) >= max(1, least) {
      found.append(StreamCandidate(day: portion.day, account: question.account(of: transfer)))
    }
  }
}

/// Accounts at which enough dealings out began, some days after enough dealings in did: ST-07.
struct StreamTwoFansWatch: StreamWatch {
  let into: StreamBeginnings.Question
  let outOf: StreamBeginnings.Question
  let leastIn: Int
  let leastOut: Int
  /// Days from the last receipt of a fan in to the last payment of a fan out, at most.
  let days: Int
  /// The last day on which enough dealings in had begun.
  private var gathered: [Int32: Int32] = [:]

  init(_ detector: GatherScatter) {
    (into, outOf) = (detector.gather.beginnings, detector.scatter.beginnings)
    (leastIn, leastOut) = (
      max(1, detector.gather.sourcesMin), max(1, detector.scatter.payeesMin)
    )
    days = detector.pauseDays + detector.scatter.windowDays - 1
  }

  var beginnings: [StreamBeginnings.Question] { [into, outOf] }
  var stateBytes: Int { gathered.capacity * 8 }

  mutating func look(
    at portion: StreamPortion, _ trail: SlidingTrail, _ found: inout [StreamCandidate]
  ) {
    let day = portion.day
    if gathered.count > 1_024 { gathered = gathered.filter { Int(day) - Int($0.value) <= days } }
    let (received, paid) = (portion.counts(into), portion.counts(outOf))
    for (place, transfer) in portion.transfers.enumerated() {
      if Int(received[place]) >= leastIn { gathered[into.account(of: transfer)] = day }
      guard Int(paid[place]) >= leastOut else { continue }
      let account = outOf.account(of: transfer)
      if let last = gathered[account], Int(day) - Int(last) <= days {
        found.append(StreamCandidate(day: day, account: account))
      }
    }
  }
}

extension FanIn {
  var beginnings: StreamBeginnings.Question {
    .init(side: .into, days: windowDays, newAfterDays: newAfterDays)
  }
}

extension FanOut {
  var beginnings: StreamBeginnings.Question {
    .init(side: .outOf, days: windowDays, newAfterDays: newAfterDays)
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
    StreamFanWatch(question: beginnings, least: sourcesMin)
  }
}

extension FanOut: StreamedDetector {
  var streamSpan: StreamSpan {
    StreamSpan(
      beforeDays: 2 * windowDays + max(newAfterDays, inflowDays), afterDays: 2 * windowDays - 1,
      looksFarBack: true)
  }
  func streamWatch() -> any StreamWatch {
    StreamFanWatch(question: beginnings, least: payeesMin)
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
