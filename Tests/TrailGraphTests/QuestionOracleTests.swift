import CaseModel
import TestSupport
import Testing

@testable import TrailGraph

@Suite("Questions about the whole trail agree with an oracle that tries everything")
struct QuestionOracleTests {
  static let seeds = RandomTrail.seeds(2_000)

  @Test("fan-in and fan-out count what the definition counts")
  func fans() {
    for seed in Self.seeds {
      let sample = RandomTrail(seed: seed, accounts: 2...8, edges: 0...40, times: -5...12)
      for (least, window) in [(1, Int64(1)), (2, 3), (3, 6), (4, 20)] {
        var into = 0
        var outOf = 0
        for a in sample.edges where a.from >= 0 && a.to >= 0 {
          let span = { (b: RandomTrail.Edge) in b.time > a.time - window && b.time <= a.time }
          let payers = sample.edges.filter { $0.to == a.to && $0.from >= 0 && span($0) }
          if Set(payers.map(\.from)).count >= least { into += 1 }
          let payees = sample.edges.filter { $0.from == a.from && $0.to >= 0 && span($0) }
          if Set(payees.map(\.to)).count >= least { outOf += 1 }
        }
        let trail = sample.trail
        #expect(
          trail.answer(FanCount(.into, counterparties: least, window: window)) == into,
          "seed \(seed)")
        #expect(
          trail.answer(FanCount(.outOf, counterparties: least, window: window)) == outOf,
          "seed \(seed)")
      }
    }
  }

  @Test("pass-through counts what the definition counts")
  func passThrough() {
    for seed in Self.seeds {
      let sample = RandomTrail(seed: seed, accounts: 4...7, edges: 0...40, times: 0...15)
      for (gap, share) in [(Int64(4), Int64(85)...100), (9, 90...110), (1, 0...95)] {
        var expected = 0
        func follows(_ b: RandomTrail.Edge, _ a: RandomTrail.Edge) -> Bool {
          b.from == a.to && b.time > a.time && b.time <= a.time + gap && b.currency == a.currency
            && b.amount * 100 >= a.amount * share.lowerBound
            && b.amount * 100 <= a.amount * share.upperBound
        }
        for a in sample.joining {
          for b in sample.joining where follows(b, a) {
            for c in sample.joining where follows(c, b) {
              if Set([a.from, a.to, b.to, c.to]).count == 4 { expected += 1 }
            }
          }
        }
        #expect(
          sample.trail.answer(PassThroughCount(gap: gap, carriedPercent: share)) == expected,
          "seed \(seed)")
      }
    }
  }

  @Test("scatter-gather counts what the definition counts")
  func scatterGather() {
    for seed in Self.seeds {
      let sample = RandomTrail(seed: seed, accounts: 3...7, edges: 0...45, times: 0...15)
      for (least, window) in [(1, Int64(3)), (2, 5), (3, 10), (2, 30)] {
        struct Walk { let s, m, t: Int32, t1, t2: Int64 }
        var walks: [Walk] = []
        for a in sample.joining {
          for b in sample.joining
          where b.from == a.to && b.to != a.from && b.time > a.time && b.time <= a.time + window {
            walks.append(Walk(s: a.from, m: a.to, t: b.to, t1: a.time, t2: b.time))
          }
        }
        var pairs: Set<[Int32]> = []
        for x in walks {
          let together = walks.filter {
            $0.s == x.s && $0.t == x.t && $0.t1 >= x.t1 && $0.t2 <= x.t1 + window
          }
          if Set(together.map(\.m)).count >= least { pairs.insert([x.s, x.t]) }
        }
        #expect(
          sample.trail.answer(ScatterGatherCount(middles: least, window: window)) == pairs.count,
          "seed \(seed)")
      }
    }
  }

  /// Cycles by length, by trying every path.
  static func cycles(in sample: RandomTrail, longest: Int, window: Int64) -> [Int] {
    var counts = [Int](repeating: 0, count: longest + 1)
    let edges = sample.joining
    func extend(_ path: [RandomTrail.Edge]) {
      guard let first = path.first, let last = path.last else { return }
      if last.to == first.from { return counts[path.count] += 1 }
      guard path.count < longest else { return }
      for edge in edges
      where edge.from == last.to && edge.time > last.time && edge.time - first.time <= window {
        if edge.to != first.from, path.contains(where: { $0.to == edge.to }) { continue }
        extend(path + [edge])
      }
    }
    for edge in edges { extend([edge]) }
    return counts
  }

  @Test("cycles are counted exactly, listed or merged")
  func cycles() {
    var (cycles, firsts) = (0, 0)
    for seed in Self.seeds {
      let sample = RandomTrail(seed: seed, accounts: 2...7, edges: 0...34, times: -9...14)
      for (lengths, window) in [
        (2...6, Int64(30)), (2...5, 9), (4...6, 14), (3...7, 20), (2...2, 5),
      ] {
        let counts = Self.cycles(in: sample, longest: lengths.upperBound, window: window)
        let search = Trail.CycleSearch(lengths: lengths, window: window)
        let listed = sample.trail.answer(CycleCount(search))
        #expect(listed.counts == Array(counts[lengths]), "seed \(seed)")
        #expect(listed.end == .complete && listed.mergedFirsts == 0)
        if seed % 20 == 0 {
          let (far, overflow) = window.multipliedReportingOverflow(by: 1 << 32)
          #expect(!overflow)
          let endless = sample.stretched(by: 1 << 32).answer(
            CycleCount(.init(lengths: lengths, window: far), listingLimit: 1 << 40))
          #expect(endless.counts == listed.counts, "seed \(seed), stretched")
        }
        guard lengths.upperBound <= 6 else { continue }
        let merged = sample.trail.answer(CycleCount(search, listingLimit: 1))
        #expect(merged.counts == listed.counts, "seed \(seed), merged")
        #expect(merged.end == .complete)
        cycles += merged.counts.reduce(0, +)
        firsts += merged.mergedFirsts
      }
    }
    #expect(cycles > 1_000 && firsts > 1_000, "too few to tell")
  }

  @Test("a count that stops at its bound says so, and is no more than the truth")
  func boundedCycles() {
    var stopped = 0
    for seed in Self.seeds {
      let sample = RandomTrail(seed: seed, accounts: 3...5, edges: 20...40, times: 0...20)
      let truth = Self.cycles(in: sample, longest: 6, window: 30)[2...6]
      for limit in [32, 320, 1_600] {
        let found = sample.trail.answer(
          CycleCount(.init(lengths: 2...6, window: 30, visitLimit: limit), listingLimit: 8))
        for (least, (count, most)) in zip(found.counts, zip(truth, found.atMost)) {
          #expect(least <= count && count <= most, "seed \(seed)")
        }
        if !found.end.isTruncated { #expect(found.atMost == found.counts) }
        if found.counts != Array(truth) { #expect(found.end.isTruncated, "seed \(seed)") }
        if found.end.isTruncated { stopped += 1 }
      }
    }
    #expect(stopped > 0, "no bound was met, so nothing was tested")
  }

  @Test("several threads give the answer of one")
  func threads() async {
    for seed in RandomTrail.seeds(60).prefix(60) {
      let sample = RandomTrail(seed: seed, accounts: 40...90, edges: 300...500, times: 0...60)
      let trail = sample.trail
      let search = Trail.CycleSearch(lengths: 2...6, window: 20)
      for threads in [2, 3, 40] {
        #expect(
          await trail.answer(CycleCount(search), threads: threads)
            == trail.answer(CycleCount(search)))
        let scatter = ScatterGatherCount(middles: 2, window: 20)
        #expect(await trail.answer(scatter, threads: threads) == trail.answer(scatter))
        let fan = FanCount(.into, counterparties: 3, window: 20)
        #expect(await trail.answer(fan, threads: threads) == trail.answer(fan))
      }
    }
  }

  @Test("times a whole calendar apart are no trouble")
  func longTrails() throws {
    var columns = TransferColumns()
    let far: Int64 = 200_000_000_000
    for (id, (from, to, time)) in [(0, 1, -far), (1, 0, -far + 5), (0, 1, far), (1, 0, far + 9)]
      .enumerated()
    {
      columns.append(
        source: Int32(from), destination: Int32(to), time: time, amountMinor: 1, currency: 0,
        channel: 0, entry: Int64(id))
    }
    let trail = Trail(
      columns: columns,
      names: Trail.Names(accountCount: 2, currencies: [Currency(asset: "EUR", exponent: 2)]))
    func count(_ window: Int64) -> Int {
      trail.temporalCycleCounts(.init(lengths: 2...2, window: window)).counts[0]
    }
    #expect(count(4) == 0 && count(5) == 1 && count(9) == 2 && count(.max) == 4)
  }
}
