import CaseModel
import TrailGraph

/// Accounts with enough receipts of which the right share has left again, up to the end of a day: ST-04.
///
/// A finding's last movement ends its day's movements in its currency, so some window that reaches to the end
/// of that day has the counts and the share that the detector asks for. Each account is looked at once a day,
/// and only while it has receipts enough.
struct StreamPassThroughWatch: StreamWatch {
  let detector: PassThrough
  private struct Cell {
    /// Receipts of the window and since.
    var receipts: Int32 = 0
    /// The last day on which it was looked at.
    var seen = Int32.min
  }
  private var cells: [Cell] = []
  /// Receivers in the order they received, with the day; those before `head` are not counted any more.
  private var queue: [(day: Int32, account: Int32)] = []
  private var head = 0

  init(_ detector: PassThrough) { self.detector = detector }

  var looksAgain: Bool { true }
  var stateBytes: Int { cells.capacity * 8 + queue.capacity * 8 }

  mutating func look(
    at portion: StreamPortion, _ trail: SlidingTrail, _ found: inout [StreamCandidate]
  ) {
    if cells.count < trail.accountCount {
      cells += repeatElement(Cell(), count: trail.accountCount - cells.count)
    }
    for transfer in portion.transfers
    where transfer.destination >= 0 && transfer.destination != transfer.source {
      cells[Int(transfer.destination)].receipts += 1
      queue.append((portion.day, transfer.destination))
    }
  }

  mutating func lookAgain(
    at numbers: StreamNumbers, on day: Int32, _ trail: SlidingTrail,
    _ found: inout [StreamCandidate]
  ) {
    forget(before: day)
    let end = StreamDay.start(of: day, daysBefore: -1)
    let start = StreamDay.start(of: day, daysBefore: detector.windowDays - 1)
    for number in numbers {
      let transfer = trail.transfer(number)
      look(at: transfer.source, on: day, from: start, before: end, trail, &found)
      look(at: transfer.destination, on: day, from: start, before: end, trail, &found)
    }
  }

  private mutating func look(
    at account: Int32, on day: Int32, from start: Int64, before end: Int64, _ trail: SlidingTrail,
    _ found: inout [StreamCandidate]
  ) {
    guard account >= 0, Int(cells[Int(account)].receipts) >= detector.receiptsMin,
      cells[Int(account)].seen != day
    else { return }
    cells[Int(account)].seen = day
    if trail.hasPassage(
      account, receiptsMin: detector.receiptsMin, from: start, before: end,
      outOfIn: detector.outMinBasisPoints...detector.outMaxBasisPoints)
    {
      found.append(StreamCandidate(day: day, account: account))
    }
  }

  /// Receipts before the window that ends with a day do not count any more.
  private mutating func forget(before day: Int32) {
    while head < queue.count, Int(day) - Int(queue[head].day) >= detector.windowDays {
      cells[Int(queue[head].account)].receipts -= 1
      head += 1
    }
    if head > 1_024, head * 2 > queue.count {
      queue.removeFirst(head)
      head = 0
    }
  }
}

extension PassThrough: StreamedDetector {
  var streamSpan: StreamSpan {
    StreamSpan(beforeDays: baselineDays + windowDays, afterDays: windowDays)
  }
  func streamWatch() -> any StreamWatch { StreamPassThroughWatch(self) }
}
