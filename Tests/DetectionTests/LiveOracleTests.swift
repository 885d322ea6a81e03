import Detection
import TestSupport
import Testing
import TrailGraph

@Suite("The live check equals a look at every transfer booked")
struct LiveOracleTests {
  /// The definitions once more, over a plain list of all transfers ever booked.
  private struct Slow {
    let limits: LiveLimits
    let all: [StreamTransfer]

    private func kept(_ whole: StreamTransfer, _ part: StreamTransfer) -> Bool {
      whole.currency == part.currency && whole.amountMinor > 0
        && part.amountMinor * 10_000 >= whole.amountMinor * Int64(limits.keptMinBasisPoints)
        && part.amountMinor * 10_000 <= whole.amountMinor * Int64(limits.keptMaxBasisPoints)
    }

    /// Forwards, every path; the closing transfer last.
    func circles(_ last: StreamTransfer) -> Set<[Int64]> {
      var found: Set<[Int64]> = []
      guard last.source >= 0, last.destination >= 0, last.source != last.destination else {
        return []
      }
      func walk(_ path: [StreamTransfer]) {
        guard let end = path.last, let first = path.first else { return }
        if end.destination == last.source {
          if path.count + 1 >= limits.hopsMin, end.time < last.time, kept(end, last),
            last.time - first.time <= Int64(limits.circleDays) * 86_400
          {
            found.insert(path.map(\.entry))
          }
          return
        }
        guard path.count + 1 < limits.hopsMax else { return }
        for next in all
        where next.source == end.destination && next.time > end.time && kept(end, next)
          && next.destination >= 0 && !path.contains(where: { $0.source == next.destination })
          && next.destination != next.source
        {
          walk(path + [next])
        }
      }
      for first in all
      where first.source == last.destination && first.destination >= 0
        && first.destination != first.source
      {
        walk([first])
      }
      return found
    }

    func sums(_ account: Int32, _ last: StreamTransfer) -> (Int128, Int128, Int, Int) {
      var (received, paid, receipts, payments) = (Int128(0), Int128(0), 0, 0)
      for move in all + [last]
      where move.time <= last.time && move.time >= last.time - limits.flowWindow
        && move.currency == last.currency && move.source != move.destination
        && move.amountMinor > limits.amountAboveMinor
      {
        if move.destination == account {
          received += Int128(move.amountMinor)
          receipts += 1
        }
        if move.source == account {
          paid += Int128(move.amountMinor)
          payments += 1
        }
      }
      return (received, paid, receipts, payments)
    }

    func partners(_ limit: LiveLimits.Fan, _ last: StreamTransfer, with moves: [StreamTransfer])
      -> Set<Int32>
    {
      let account = limit.side == .into ? last.destination : last.source
      return Set(
        moves.compactMap { move in
          let (own, other) =
            limit.side == .into
            ? (move.destination, move.source) : (move.source, move.destination)
          let isInside = move.time <= last.time && move.time > last.time - limit.window
          return own == account && other >= 0 && other != own && isInside ? other : nil
        })
    }
  }

  private func limits(_ random: inout SeededRandom) -> LiveLimits {
    var limits = LiveLimits()
    limits.circleDays = Int.random(in: 1...6, using: &random)
    limits.hopsMin = Int.random(in: 2...3, using: &random)
    limits.hopsMax = Int.random(in: 3...6, using: &random)
    (limits.keptMinBasisPoints, limits.keptMaxBasisPoints) = (5_000, 16_000)
    limits.flowWindow = Int64.random(in: 0...3, using: &random) * 86_400
    limits.receiptsMin = 2
    limits.amountAboveMinor = [0, 90][Int.random(in: 0...1, using: &random)]
    limits.inOverOutMaxBasisPoints = 15_000
    limits.fans = [
      .init(.into, counterparties: 2, window: 86_400),
      .init(.outOf, counterparties: 3, window: 3 * 86_400),
    ]
    return limits
  }

  private struct Seen {
    var (circles, long, passing, crossing, exceeding, fans) = (0, 0, 0, 0, 0, 0)
  }

  /// Books a random world and asks before each booking.
  private func run(_ seed: UInt64, _ seen: inout Seen) throws {
    var random = SeededRandom(seed: seed)
    let limits = limits(&random)
    var check = LiveCheck(limits, accountLimit: 9)
    var all: [StreamTransfer] = []
    let accounts = Int32.random(in: 3...6, using: &random)
    var time = Int64(0)
    for entry in 0..<Int64(20) {
      // Ties, quarter days and long pauses.
      time +=
        [0, 3_600, 10_000, 21_600, 40_000, 86_400][
          Int.random(in: 0...5, using: &random)]
      let transfer = StreamTransfer(
        source: Int32.random(in: -1..<accounts, using: &random),
        destination: Int32.random(in: 0..<accounts, using: &random), time: time,
        amountMinor: Int64.random(in: 80...120, using: &random),
        currency: random.next() % 8 == 0 ? 1 : 0, entry: entry)
      try compare(check.answer(transfer), Slow(limits: limits, all: all), transfer, seed, &seen)
      // And as of a moment before the newest.
      let earlier = StreamTransfer(
        source: transfer.source, destination: transfer.destination, time: max(0, time - 90_000),
        amountMinor: transfer.amountMinor, currency: transfer.currency, entry: -1)
      if entry % 5 == 4, limits.circleDays > 2 {
        let recent = all.filter { check.trail.count == all.count || $0.time >= time }
        if recent.count == all.count {
          try compare(
            check.answer(earlier), Slow(limits: limits, all: all), earlier, seed, &seen)
        }
      }
      try check.book(transfer)
      all.append(transfer)
    }
  }

  private func compare(
    _ answer: LiveAnswer, _ slow: Slow, _ transfer: StreamTransfer, _ seed: UInt64,
    _ seen: inout Seen
  ) throws {
    let circles = slow.circles(transfer)
    #expect(answer.truncations.isEmpty)
    #expect(
      Set(answer.circles.map { $0.map(\.entry) }) == circles
        && answer.circles.count == circles.count, "seed \(seed)")
    seen.circles += circles.count
    seen.long += circles.count { $0.count >= 3 }
    for (flow, account) in [
      (answer.payer, transfer.source), (answer.payee, transfer.destination),
    ] {
      guard account >= 0 else {
        #expect(flow == nil)
        continue
      }
      let flow = try #require(flow)
      let (received, paid, receipts, _) = slow.sums(account, transfer)
      #expect(flow.received == received && flow.paid == paid, "seed \(seed)")
      let passes =
        receipts >= slow.limits.receiptsMin && received > 0
        && paid * 10_000 >= received * 9_000 && paid * 10_000 <= received * 10_200
      #expect(flow.passesThrough == passes, "seed \(seed)")
      let exceeds = paid > 0 && received * 2 > paid * 3
      #expect(flow.exceedsInOverOut == exceeds, "seed \(seed)")
      seen.passing += passes ? 1 : 0
      seen.crossing += flow.crossesLimit ? 1 : 0
      seen.exceeding += exceeds ? 1 : 0
    }
    guard transfer.source >= 0, transfer.source != transfer.destination else {
      #expect(answer.fans.isEmpty)
      return
    }
    #expect(answer.fans.count == 2)
    for fan in answer.fans {
      let before = slow.partners(fan.limit, transfer, with: slow.all).count
      let after = slow.partners(fan.limit, transfer, with: slow.all + [transfer]).count
      let limit = fan.limit.counterparties
      #expect(fan.counterparties == after, "seed \(seed)")
      #expect(fan.crossesLimit == (after >= limit && before < limit), "seed \(seed)")
      seen.fans += fan.crossesLimit ? 1 : 0
    }
  }

  @Test("circles, ratios and fans of 10,000 random worlds", arguments: 0..<10)
  func equalsSlow(part: UInt64) throws {
    var seen = Seen()
    for seed in part * 1_000..<(part + 1) * 1_000 { try run(seed, &seen) }
    #expect(seen.circles > 500 && seen.long > 50, "\(seen)")
    #expect(seen.passing > 100 && seen.crossing > 50 && seen.exceeding > 500, "\(seen)")
    #expect(seen.fans > 500, "\(seen)")
  }
}
