import CaseModel
import TrailGraph

/// Accounts with enough receipts of which the right share has left again, up to the end of a day: ST-04.
///
/// A finding's last movement ends its day's movements in its currency, so some window that reaches to the end
/// of that day has the counts and the share that the detector asks for.
struct StreamPassThroughWatch: StreamWatch {
  let detector: PassThrough
  /// By account: the last day on which it was looked at.
  private var seen: [Int32] = []

  init(_ detector: PassThrough) { self.detector = detector }

  var waitsForDay: Bool { true }
  var stateBytes: Int { seen.capacity * 4 }

  mutating func look(
    at numbers: StreamNumbers, on day: Int32, _ trail: SlidingTrail, _ meanings: [Channel],
    _ found: inout [StreamCandidate]
  ) {
    if seen.count < trail.accountCount {
      seen += repeatElement(.min, count: trail.accountCount - seen.count)
    }
    let end = StreamDay.start(of: day, daysBefore: -1)
    let start = StreamDay.start(of: day, daysBefore: detector.windowDays - 1)
    for number in numbers {
      let transfer = trail.transfer(number)
      for account in [transfer.source, transfer.destination] where account >= 0 {
        guard seen[Int(account)] != day else { continue }
        seen[Int(account)] = day
        if trail.hasPassage(
          account, receiptsMin: detector.receiptsMin, from: start, before: end,
          outOfIn: detector.outMinBasisPoints...detector.outMaxBasisPoints)
        {
          found.append(StreamCandidate(day: day, account: account))
        }
      }
    }
  }
}

extension PassThrough: StreamedDetector {
  var streamSpan: StreamSpan {
    StreamSpan(beforeDays: baselineDays + windowDays, afterDays: windowDays)
  }
  func streamWatch() -> any StreamWatch { StreamPassThroughWatch(self) }
}
