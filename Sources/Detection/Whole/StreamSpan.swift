import CaseModel
import TrailGraph

/// How far in time a detector looks, for those that can work in a stream.
///
/// A finding depends on nothing but movements of its anchor from `beforeDays` before its first movement to less
/// than `afterDays` after its last, and both its first and its last movement are the anchor's own.
struct StreamSpan: Hashable, Sendable {
  let beforeDays: Int
  let afterDays: Int
}

/// A detector that can work in a stream, because its findings look at bounded time.
protocol StreamedDetector: Detector {
  var streamSpan: StreamSpan { get }
  /// The accounts whose findings may end on the days of these transfers, among others that may not.
  ///
  /// The transfers are given once each, in the order they came, when the days after them are over. What is
  /// remembered between two calls lies in `memory`.
  func mayEnd(
    on numbers: StreamNumbers, _ trail: SlidingTrail, _ meanings: [Channel],
    _ memory: inout StreamMemory
  ) -> [Int32]
}

/// Numbers of a sliding trail, one after the other; they wrap around.
struct StreamNumbers: Sequence, IteratorProtocol {
  private var number: UInt32
  private let end: UInt32
  init(_ start: UInt32, _ end: UInt32) { (number, self.end) = (start, end) }
  var last: UInt32? { number == end ? nil : end &- 1 }
  mutating func next() -> UInt32? {
    guard number != end else { return nil }
    defer { number &+= 1 }
    return number
  }
}

/// What a detector remembers of accounts from one day to another.
struct StreamMemory: Sendable {
  /// The last day on which a finding may end that begins on a day already seen.
  var until: [Int32: Int32] = [:]
}

extension Structuring: StreamedDetector {
  // A run ends when no deposit follows within the window; twice the window so that the deposits before the
  // first are known to belong to none.
  var streamSpan: StreamSpan {
    StreamSpan(beforeDays: 2 * windowDays, afterDays: windowDays)
  }

  /// Accounts with a cash deposit, the last of enough within the window.
  func mayEnd(
    on numbers: StreamNumbers, _ trail: SlidingTrail, _ meanings: [Channel],
    _ memory: inout StreamMemory
  ) -> [Int32] {
    numbers.compactMap { number in
      let deposit = trail.transfer(number)
      guard deposit.destination >= 0, meanings[deposit.channelNumber] == .cashDeposit else {
        return nil
      }
      var count = 0
      let since = StreamDay.start(of: deposit.time, daysBefore: windowDays)
      trail.forEachReceipt(of: deposit.destination, since: since) { _, receipt in
        if meanings[receipt.channelNumber] == .cashDeposit { count += 1 }
        return count < depositsMin
      }
      return count < depositsMin ? nil : deposit.destination
    }
  }
}

extension CryptoRamp: StreamedDetector {
  var streamSpan: StreamSpan {
    StreamSpan(beforeDays: 2 * windowDays + (withinHours + 23) / 24, afterDays: windowDays)
  }

  /// Accounts with a payment over the ramp, the last of enough within the window.
  func mayEnd(
    on numbers: StreamNumbers, _ trail: SlidingTrail, _ meanings: [Channel],
    _ memory: inout StreamMemory
  ) -> [Int32] {
    let takes: Set<Channel> = [.cryptoOut, .atmWithdrawal, .cashWithdrawal]
    return numbers.compactMap { number in
      let payment = trail.transfer(number)
      guard payment.source >= 0, takes.contains(meanings[payment.channelNumber]) else {
        return nil
      }
      var count = 0
      let since = StreamDay.start(of: payment.time, daysBefore: windowDays)
      trail.forEachPayment(of: payment.source, since: since) { _, other in
        if takes.contains(meanings[other.channelNumber]) { count += 1 }
        return count < passagesMin
      }
      return count < passagesMin ? nil : payment.source
    }
  }
}

extension PassThrough: StreamedDetector {
  var streamSpan: StreamSpan {
    StreamSpan(beforeDays: baselineDays + windowDays, afterDays: windowDays)
  }

  /// Accounts with a movement in a window whose receipts and payments are as many and as large as they must be.
  func mayEnd(
    on numbers: StreamNumbers, _ trail: SlidingTrail, _ meanings: [Channel],
    _ memory: inout StreamMemory
  ) -> [Int32] {
    for number in numbers {
      let receipt = trail.transfer(number)
      guard receipt.destination >= 0, receipt.destination != receipt.source,
        mayBegin(with: number, receipt, trail)
      else { continue }
      memory.until[receipt.destination] =
        Trail.day(of: receipt.time).dayNumber + Int32(windowDays) - 1
    }
    var found: [Int32] = []
    for number in numbers {
      let transfer = trail.transfer(number)
      let day = Trail.day(of: transfer.time).dayNumber
      for account in [transfer.source, transfer.destination] {
        if let last = memory.until[account], last >= day { found.append(account) }
      }
    }
    if let last = numbers.last {
      let day = Trail.day(of: trail.transfer(last).time).dayNumber
      memory.until = memory.until.filter { $0.value >= day }
    }
    return found
  }

  /// Whether the window that a receipt begins holds enough receipts, and payments of the right share.
  private func mayBegin(
    with number: UInt32, _ receipt: StreamTransfer, _ trail: SlidingTrail
  ) -> Bool {
    let account = receipt.destination
    let end = StreamDay.start(of: receipt.time, daysBefore: -windowDays)
    var sumOut: Int128 = 0
    trail.forEachPayment(of: account, since: receipt.time) { _, other in
      guard other.time > receipt.time else { return false }
      if other.time < end, other.destination != account, other.currency == receipt.currency {
        sumOut += Int128(other.amountMinor)
      }
      return true
    }
    guard sumOut > 0 else { return false }
    // Beyond this too little of what came in has left, however much more comes in.
    let mostIn = sumOut * 10_000
    var (count, sumIn) = (0, Int128(0))
    trail.forEachReceipt(of: account, since: receipt.time) { place, other in
      // Of the same moment, only those that came after it.
      if other.time == receipt.time, place &- trail.first < number &- trail.first { return false }
      if other.time < end, other.source != account, other.currency == receipt.currency {
        count += 1
        sumIn += Int128(other.amountMinor)
      }
      return sumIn * Int128(outMinBasisPoints) <= mostIn
    }
    return count >= receiptsMin && sumIn * Int128(outMinBasisPoints) <= mostIn
      && sumIn * Int128(outMaxBasisPoints) >= mostIn
  }
}

/// Days as moments.
enum StreamDay {
  /// The first second of the day so many days before that of a moment.
  static func start(of time: Int64, daysBefore days: Int) -> Int64 {
    (Int64(Trail.day(of: time).dayNumber) - Int64(days)) * 86_400
  }
}

/// A detector that a stream does not run, and why.
public struct StreamExclusion: Hashable, Sendable {
  public let detector: String
  public let reason: String

  static func reason(for detector: any Detector) -> String {
    switch detector.id {
    case "ST-26": "it compares with everything the account did before"
    case "FL-01": "it follows one payday after the other, however far apart they lie"
    case "ST-10", "ST-27": "it weighs all dealings of its accounts, however long ago"
    default: "it asks who has a habit, which takes the whole record of a pair or an account"
    }
  }
}
