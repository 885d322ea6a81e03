import TestSupport
import Testing

@testable import TrailGraph

@Suite("A stream takes transfers in order, within its slack, and forgets what is old")
struct StreamOrderTests {
  private func batch(_ times: [Int64], from: Int32 = 0, to: Int32 = 1) -> TransferColumns {
    var columns = TransferColumns()
    for (row, time) in times.enumerated() {
      columns.append(
        source: from, destination: to, time: time, amountMinor: 1, currency: 0, channel: 0,
        entry: Int64(100 + row))
    }
    return columns
  }

  @Test("what comes too late is refused with its batch, and the stream goes on as before")
  func refusal() throws {
    var stream = StreamCounter(slack: 5)
    let counts = try stream.append(batch([10, 20, 15]))
    // 15 and 20 wait: 20 − 5 is the earliest that may still come.
    #expect(counts.transfers == 1)
    #expect(
      throws: StreamRefusal(
        .tooLate(time: 14, earliest: 25, slack: 5), row: 1, entry: 101)
    ) { try stream.append(batch([30, 14])) }
    #expect(throws: StreamRefusal.self) { try stream.append(batch([14])) }
    #expect(try stream.append(batch([15, 20])).transfers == 0)
    #expect(stream.finish().transfers == 4)
    #expect(throws: StreamRefusal.self) { try stream.append(batch([20])) }
    #expect(try stream.append(batch([21])).transfers == 0)
    #expect(stream.finish().transfers == 1)
  }

  @Test("the message says where, what and what to do")
  func message() {
    let words = "\(StreamRefusal(.tooLate(time: 14, earliest: 15, slack: 5), row: 1, entry: 101))"
    #expect(
      words.contains("row 1") && words.contains("entry 101") && words.contains("slack of 5 s"))
    #expect(words.contains("Send transfers in order of time"))
  }

  @Test("an account number beyond the limit is refused before it costs memory")
  func accountLimit() throws {
    var stream = StreamCounter(accountLimit: 2)
    #expect(
      throws: StreamRefusal(.unknownAccount(2, limit: 2), row: 0, entry: 100)
    ) { try stream.append(batch([1], to: 2)) }
    #expect(stream.trail.accountCount == 0)
    #expect(try stream.append(batch([1, 2])).transfers == 1)
  }

  @Test("out of order within the slack counts as in order")
  func slack() throws {
    for seed in 0..<500 as Range<UInt64> {
      let sample = RandomTrail(seed: seed, accounts: 2...6, edges: 0...50, times: 0...40)
      var random = SeededRandom(seed: seed)
      let slack: Int64 = 4
      // No transfer comes after one that is more than the slack later.
      let delayed = sample.edges.map { ($0, $0.time + Int64.random(in: 0...slack, using: &random)) }
        .sorted { ($0.1, $0.0.id) < ($1.1, $1.0.id) }.map(\.0)
      var stream = StreamCounter(StreamCountTests.questions, slack: slack)
      var sum = StreamCounts(of: StreamCountTests.questions)
      for batch in StreamCountTests.batches(delayed, &random) { sum += try stream.append(batch) }
      sum += stream.finish()
      #expect(
        StreamCountTests.figures(sum)
          == StreamCountTests.whole(StreamCountTests.questions, of: sample.trail), "seed \(seed)")
    }
  }

  /// Transfers two seconds apart, with ties, between 500 accounts; every seventh pays account 3.
  private func feed(
    _ stream: inout StreamCounter, _ count: Int, from start: Int, step: Int64 = 2
  ) throws {
    var columns = TransferColumns()
    for place in start..<start + count {
      columns.append(
        source: Int32(place * 7_919 % 500),
        destination: place % 7 == 0 ? 3 : Int32(place * 104_729 % 500),
        time: Int64(place / 2) * 2 * step, amountMinor: 100, currency: 0, channel: 0,
        entry: Int64(place))
    }
    _ = try stream.append(columns)
  }

  @Test("the state stays flat over ten windows and more")
  func flat() throws {
    let questions = StreamQuestions(
      fans: [FanCount(.into, counterparties: 5, window: 2_000)],
      passThrough: [PassThroughCount(gap: 1_000)], cycles: [.init(lengths: 2...4, window: 4_000)])
    var stream = StreamCounter(questions)
    var (most, capacity) = (0, 0)
    for round in 0..<200 {
      // 250 transfers are 500 s: 200 rounds are 25 windows.
      try feed(&stream, 250, from: round * 250)
      #expect(stream.trail.count <= 4_000 / 2 + 2 + 250)
      if round == 20 { (most, capacity) = (stream.stateBytes, stream.trail.capacity) }
      if round > 20 {
        #expect(stream.stateBytes <= most && stream.trail.capacity == capacity)
      }
    }
    #expect(most < 1 << 20)
  }

  @Test("a burst gives its room back")
  func burst() throws {
    let questions = StreamQuestions(fans: [FanCount(.into, counterparties: 5, window: 2_000)])
    var stream = StreamCounter(questions)
    for round in 0..<10 { try feed(&stream, 250, from: round * 250) }
    let usual = stream.stateBytes
    var burst = TransferColumns()
    let now = try #require(stream.order.latest)
    for place in 0..<60_000 {
      burst.append(
        source: Int32(place % 499), destination: Int32(place % 487), time: now, amountMinor: 1,
        currency: 0, channel: 0, entry: 0)
    }
    _ = try stream.append(burst)
    for round in 10..<12 { try feed(&stream, 250, from: round * 250, step: 2) }
    #expect(stream.trail.capacity >= 60_000)
    for round in 12..<60 { try feed(&stream, 250, from: round * 250) }
    #expect(stream.trail.capacity <= 16_384)
    #expect(stream.stateBytes < 4 * usual)
  }

  @Test("the table of pairs keeps what it is told, through growth, removal and shrinking")
  func pairTable() {
    var random = SeededRandom(seed: 5)
    var table = PairTable()
    var truth: [UInt64: UInt32] = [:]
    for turn in 0..<60_000 as Range<UInt32> {
      let span: UInt64 = turn < 30_000 ? 3_000 : 60
      let key = PairTable.key(Int32(random.next() % span), Int32(random.next() % 3))
      switch random.next() % 5 {
      case 0...2:
        #expect(table.replace(key, with: turn) == truth[key])
        truth[key] = turn
      case 3:
        table.remove(key)
        truth[key] = nil
      default: #expect(table.value(of: key) == truth[key])
      }
      if turn % 1_000 == 999 {
        for key in truth.keys.prefix(turn < 30_000 ? 0 : 90) where random.next() % 2 == 0 {
          table.remove(key)
          truth[key] = nil
        }
        table.shrink()
      }
      #expect(table.count == truth.count)
    }
    for (key, value) in truth { #expect(table.value(of: key) == value) }
  }
}
