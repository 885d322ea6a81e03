import CaseModel
import TestSupport
import Testing

@testable import TrailGraph

@Suite("Counts of a stream add up to those of the whole trail")
struct StreamCountTests {
  /// The edges as batches of random sizes, in the order of time; cuts fall into ties as well.
  static func batches(
    _ edges: [RandomTrail.Edge], _ random: inout SeededRandom, largest: Int = 9
  ) -> [TransferColumns] {
    var batches: [TransferColumns] = []
    var rest = edges[...]
    while !rest.isEmpty {
      let size = Int.random(in: 1...largest, using: &random)
      var columns = TransferColumns()
      for edge in rest.prefix(size) {
        columns.append(
          source: edge.from, destination: edge.to, time: edge.time, amountMinor: edge.amount,
          currency: edge.currency, channel: 0, entry: edge.id)
      }
      batches.append(columns)
      rest = rest.dropFirst(size)
    }
    return batches
  }

  static func inOrder(_ edges: [RandomTrail.Edge]) -> [RandomTrail.Edge] {
    edges.sorted { ($0.time, $0.id) < ($1.time, $1.id) }
  }

  /// What the questions count over the whole trail.
  static func whole(_ questions: StreamQuestions, of trail: Trail) -> [Int] {
    questions.fans.map { trail.answer($0) } + questions.passThrough.map { trail.answer($0) }
      + questions.scatterGather.map { trail.answer($0) }
      + questions.cycles.flatMap { trail.answer(CycleCount($0)).counts }
  }

  static func figures(_ counts: StreamCounts) -> [Int] {
    counts.fans + counts.passThrough + counts.scatterGather + counts.cycles.flatMap(\.counts)
  }

  static let questions = StreamQuestions(
    fans: [
      FanCount(.into, counterparties: 1, window: 1), FanCount(.into, counterparties: 2, window: 3),
      FanCount(.into, counterparties: 3, window: 9),
      FanCount(.outOf, counterparties: 2, window: 4),
      FanCount(.outOf, counterparties: 4, window: 12),
    ],
    passThrough: [
      PassThroughCount(gap: 4), PassThroughCount(gap: 7, carriedPercent: 90...110),
      PassThroughCount(gap: 1, carriedPercent: 0...95),
    ],
    scatterGather: [
      ScatterGatherCount(middles: 1, window: 3), ScatterGatherCount(middles: 2, window: 5),
      ScatterGatherCount(middles: 3, window: 13),
    ],
    cycles: [
      .init(lengths: 2...6, window: 13), .init(lengths: 2...5, window: 6),
      .init(lengths: 4...6, window: 10), .init(lengths: 3...7, window: 9),
      .init(lengths: 2...2, window: 5),
    ])

  @Test("on ten thousand small graphs, whatever the batches", arguments: 0..<10)
  func smallGraphs(part: UInt64) throws {
    var (found, merged) = (0, 0)
    for seed in (part * 1_000)..<(part + 1) * 1_000 {
      let sample = RandomTrail(
        seed: seed, accounts: 2...8, edges: 0...60, times: seed % 3 == 0 ? -9...14 : 0...60)
      var random = SeededRandom(seed: seed)
      let expected = Self.whole(Self.questions, of: sample.trail)
      // Every fourth graph has its cycles counted by merging.
      var stream = StreamCounter(Self.questions, listingLimit: seed % 4 == 0 ? 1 : 1 << 14)
      var sum = StreamCounts(of: Self.questions)
      for batch in Self.batches(Self.inOrder(sample.edges), &random) {
        sum += try stream.append(batch)
      }
      sum += stream.finish()
      #expect(Self.figures(sum) == expected, "seed \(seed)")
      #expect(sum.transfers == sample.edges.count)
      #expect(sum.cycles.allSatisfy { $0.end == .complete })
      found += expected.reduce(0, +)
      merged += sum.cycles.reduce(0) { $0 + $1.mergedCloses }
    }
    #expect(found > 10_000 && merged > 100, "too few to tell")
  }

  @Test("on larger graphs with busy accounts, where old transfers are dropped", arguments: 0..<8)
  func hubs(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    // A few accounts take half of the traffic, in one direction or both.
    func account() -> Int32 {
      random.next() % 2 == 0
        ? Int32.random(in: 0..<4, using: &random) : Int32.random(in: -1..<120, using: &random)
    }
    var edges: [RandomTrail.Edge] = []
    for id in 0..<9_000 as Range<Int64> {
      edges.append(
        RandomTrail.Edge(
          from: account(), to: account(), time: id / Int64(1 + seed % 3), amount: 95 + id % 6,
          currency: 0, id: id))
    }
    var columns = TransferColumns()
    for batch in Self.batches(edges, &random, largest: 1) {
      columns.append(
        source: batch.source[0], destination: batch.destination[0], time: batch.time[0],
        amountMinor: batch.amountMinor[0], currency: 0, channel: 0, entry: batch.entry[0])
    }
    let trail = Trail(
      columns: columns,
      names: Trail.Names(accountCount: 120, currencies: [Currency(asset: "EUR", exponent: 2)]))
    let questions = StreamQuestions(
      fans: [
        FanCount(.into, counterparties: 5, window: 40),
        FanCount(.outOf, counterparties: 5, window: 60),
      ],
      passThrough: [PassThroughCount(gap: 30)],
      scatterGather: [ScatterGatherCount(middles: 3, window: 50)],
      cycles: [.init(lengths: 2...5, window: 25)])
    var stream = StreamCounter(questions, listingLimit: 16)
    var sum = StreamCounts(of: questions)
    for batch in Self.batches(edges, &random, largest: seed % 2 == 0 ? 9_000 : 300) {
      sum += try stream.append(batch)
    }
    sum += stream.finish()
    #expect(Self.figures(sum) == Self.whole(questions, of: trail))
    #expect(Self.figures(sum).dropLast(2).allSatisfy { $0 > 0 }, "\(Self.figures(sum))")
    #expect(sum.cycles[0].mergedCloses > 0)
    #expect(stream.trail.count < 600)
  }

  @Test("when the numbers of transfers wrap around")
  func wrapping() throws {
    for seed in 0..<600 as Range<UInt64> {
      let sample = RandomTrail(seed: seed, accounts: 2...8, edges: 20...60, times: 0...60)
      var random = SeededRandom(seed: seed)
      var stream = StreamCounter(
        Self.questions, slack: 0, accountLimit: 8, listingLimit: seed % 4 == 0 ? 1 : 1 << 14,
        startingAt: .max - UInt32(seed % 60))
      var sum = StreamCounts(of: Self.questions)
      for batch in Self.batches(Self.inOrder(sample.edges), &random) {
        sum += try stream.append(batch)
      }
      sum += stream.finish()
      #expect(
        Self.figures(sum) == Self.whole(Self.questions, of: sample.trail), "seed \(seed)")
    }
  }

  @Test("a search that stops at its bound says so, and counts no more than there is")
  func bounded() throws {
    var stopped = 0
    for seed in 0..<200 as Range<UInt64> {
      let sample = RandomTrail(seed: seed, accounts: 3...5, edges: 30...50, times: 0...30)
      var random = SeededRandom(seed: seed)
      let truth = Self.whole(
        StreamQuestions(cycles: [.init(lengths: 2...6, window: 30)]), of: sample.trail)
      for limit in [8, 60, 100_000] {
        let questions = StreamQuestions(
          cycles: [.init(lengths: 2...6, window: 30, visitLimit: limit)])
        var stream = StreamCounter(questions, listingLimit: 20)
        var sum = StreamCounts(of: questions)
        for batch in Self.batches(Self.inOrder(sample.edges), &random) {
          sum += try stream.append(batch)
        }
        sum += stream.finish()
        for (count, all) in zip(sum.cycles[0].counts, truth) { #expect(count <= all) }
        if sum.cycles[0].end == .complete {
          #expect(sum.cycles[0].counts == truth, "seed \(seed), limit \(limit)")
        } else {
          stopped += 1
          #expect(limit < 100_000)
        }
      }
    }
    #expect(stopped > 0, "no bound was met, so nothing was tested")
  }
}
