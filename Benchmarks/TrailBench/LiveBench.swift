import Detection
import TrailGraph

/// One transfer at a time: asked about, then booked, with the whole file held behind it.
///
/// The last 100,000 transfers are asked about (`live_…`), and of these apart those that one of the hundred
/// busiest accounts of the file makes or gets (`live_hub_…`). Microseconds of one question, the clock's own reading
/// included.
enum LiveBench {
  private static let asked = 100_000
  private static let hubs = 100

  static func run(of trail: Trail) throws {
    let transfers = transfers(of: trail)
    guard let first = transfers.first, let last = transfers.last else { return }
    // All of the file is state; the windows asked about are those of the limits.
    var check = LiveCheck(accountLimit: trail.accountCount, window: last.time - first.time)
    let begin = max(0, transfers.count - asked)
    for transfer in transfers[..<begin] { try check.book(transfer) }
    let busy = busiest(of: trail)
    var cycle = Spent()
    var ratio = Spent()
    var fan = Spent()
    var all = Spent()
    var booking = Spent()
    var (circles, crossings, stopped) = (0, 0, 0)
    for transfer in transfers[begin...] {
      let isHub = busy.contains(transfer.source) || busy.contains(transfer.destination)
      let ring = cycle.time(isHub) { check.circles(closedBy: transfer) }
      _ = ratio.time(isHub) {
        (
          check.flow(of: transfer.source, with: transfer),
          check.flow(of: transfer.destination, with: transfer)
        )
      }
      _ = fan.time(isHub) { check.limits.fans.map { check.fan($0, with: transfer) } }
      let answer = all.time(isHub) { check.answer(transfer) }
      circles += ring.circles.count
      crossings += answer.payer?.crossesLimit ?? false ? 1 : 0
      stopped += answer.truncations.isEmpty ? 0 : 1
      try booking.time(isHub) { try check.book(transfer) }
    }
    report("live_held", check.trail.count)
    report("live_asked", transfers.count - begin)
    cycle.tell("cycle")
    ratio.tell("ratio")
    fan.tell("fan")
    all.tell("all")
    booking.tell("book")
    report("live_cycle_count", circles)
    report("live_ratio_count", crossings)
    report("live_stopped_count", stopped)
  }

  private static func transfers(of trail: Trail) -> [StreamTransfer] {
    (0..<trail.edgeCount).sorted {
      (trail.time[$0], trail.entry[$0]) < (trail.time[$1], trail.entry[$1])
    }.map { edge in
      StreamTransfer(
        source: trail.source[edge], destination: trail.destination[edge], time: trail.time[edge],
        amountMinor: trail.amountMinor[edge], currency: trail.currency[edge],
        channel: UInt8(trail.channelNumber(edge)), entry: trail.entry[edge])
    }
  }

  private static func busiest(of trail: Trail) -> Set<Int32> {
    let accounts = (0..<Int32(trail.accountCount)).map { account in
      (account, trail.outgoing(of: account).count + trail.incoming(of: account).count)
    }
    return Set(accounts.sorted { ($1.1, $0.0) < ($0.1, $1.0) }.prefix(hubs).map(\.0))
  }

  /// Seconds of each question.
  private struct Spent {
    private var all: [Double] = []
    private var hub: [Double] = []

    mutating func time<T>(_ isHub: Bool, _ body: () throws -> T) rethrows -> T {
      let (value, seconds) = try Measure.time(body)
      all.append(seconds)
      if isHub { hub.append(seconds) }
      return value
    }

    func tell(_ name: String) {
      for (prefix, spent) in [("live_", all.sorted()), ("live_hub_", hub.sorted())] {
        report("\(prefix)\(name)_p50", Measure.percentile(50, of: spent) * 1e6, "us")
        report("\(prefix)\(name)_p99", Measure.percentile(99, of: spent) * 1e6, "us")
        report("\(prefix)\(name)_slowest", (spent.last ?? 0) * 1e6, "us")
      }
    }
  }
}
