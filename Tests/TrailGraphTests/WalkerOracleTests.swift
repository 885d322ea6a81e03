import CaseModel
import TestSupport
import Testing

@testable import TrailGraph

@Suite("Walks in one room agree with an oracle that tries everything, bounds included")
struct WalkerOracleTests {
  static let seeds = RandomTrail.seeds(1_500)

  /// Earliest arrivals by trying all edges until nothing changes.
  static func arrivals(
    _ sample: RandomTrail, from seed: Int32, after: Int64, through: Int64
  ) -> [Int32: Int64] {
    var arrival = [seed: after]
    var changed = true
    while changed {
      changed = false
      for edge in sample.joining where edge.time <= through {
        guard let here = arrival[edge.from], edge.time > here else { continue }
        if edge.time < arrival[edge.to] ?? .max {
          arrival[edge.to] = edge.time
          changed = true
        }
      }
    }
    return arrival
  }

  @Test("reach forwards, its paths, and its bound")
  func forward() {
    var cut = 0
    for seed in Self.seeds {
      let sample = RandomTrail(seed: seed, accounts: 2...9, edges: 0...35, times: -3...14)
      var walker = TrailWalker(sample.trail)
      for start in 0..<Int32(sample.accounts) {
        let expected = Self.arrivals(sample, from: start, after: 0, through: 11)
        #expect(walker.reach(from: start, .forward, of: 0, through: 11) == .complete)
        let found = walker.arrivals
        #expect(
          Dictionary(uniqueKeysWithValues: found.map { ($0.account, $0.time) }) == expected,
          "seed \(seed)")
        for arrival in found {
          checkPath(walker.path(to: arrival.account), from: start, to: arrival, in: sample)
        }
        for limit in 1...3 {
          let end = walker.reach(from: start, .forward, of: 0, through: 11, accountLimit: limit)
          #expect(walker.arrivals == Array(found.prefix(limit)), "seed \(seed)")
          #expect(end.isTruncated == (expected.count > limit), "seed \(seed)")
          if end.isTruncated { cut += 1 }
        }
      }
    }
    #expect(cut > 0)
  }

  private func checkPath(
    _ path: [Int]?, from start: Int32, to arrival: Trail.Arrival, in sample: RandomTrail
  ) {
    guard let path else {
      Issue.record("no path to an account that was reached")
      return
    }
    let trail = sample.trail
    var (here, now) = (start, Int64(0))
    for edge in path {
      #expect(trail.source[edge] == here && trail.time[edge] > now)
      (here, now) = (trail.destination[edge], trail.time[edge])
    }
    #expect(here == arrival.account && now == arrival.time)
  }

  @Test(
    "pairs reached from many seeds are those of every seed, in short trails and in endless ones")
  func pairs() async {
    for seed in Self.seeds {
      let sample = RandomTrail(seed: seed, accounts: 2...9, edges: 0...35, times: -3...14)
      let seeds = [0, Int32(sample.accounts - 1), Int32(sample.accounts / 2)]
      for (after, through) in [(Int64(-4), Int64(14)), (0, 11), (-100, 100), (20, 30), (5, 2)] {
        let expected = seeds.map {
          Self.arrivals(sample, from: $0, after: after, through: through).count
        }
        let question = ReachCount(seeds: seeds, after: after, through: through)
        #expect(sample.trail.answer(question) == expected.reduce(0, +), "seed \(seed)")
        guard seed % 50 == 0 else { continue }
        #expect(await sample.trail.answer(question, threads: 2) == expected.reduce(0, +))
        let endless = sample.stretched(by: 1 << 32)
        let far = ReachCount(seeds: seeds, after: after << 32, through: through << 32)
        #expect(endless.answer(far) == expected.reduce(0, +), "seed \(seed)")
      }
    }
  }

  @Test("a transfer on the first moment of the calendar is after nothing, and no trouble")
  func firstMoment() {
    var columns = TransferColumns()
    for (source, destination, time) in [(Int32(0), Int32(1), Int64.min), (0, 2, 0), (2, 3, 7)] {
      columns.append(
        source: source, destination: destination, time: time, amountMinor: 1, currency: 0,
        channel: 0, entry: Int64(destination))
    }
    let trail = Trail(
      columns: columns,
      names: .init(accountCount: 4, currencies: [Currency(asset: "CUR", exponent: 2)]))
    #expect(trail.answer(ReachCount(seeds: [0], after: .min, through: .max)) == 3)
  }

  @Test("reach backwards is reach forwards in a mirror, and its bound")
  func backward() {
    for seed in Self.seeds {
      let sample = RandomTrail(seed: seed, accounts: 2...9, edges: 0...35, times: -3...14)
      var walker = TrailWalker(sample.trail)
      for target in 0..<Int32(sample.accounts) {
        var departure: [Int32: Int64] = [target: 13]
        var changed = true
        while changed {
          changed = false
          for edge in sample.joining where edge.time >= 1 {
            guard let there = departure[edge.to], edge.time < there else { continue }
            if edge.time > departure[edge.from] ?? .min {
              departure[edge.from] = edge.time
              changed = true
            }
          }
        }
        #expect(walker.reach(from: target, .backward, of: 13, through: 1) == .complete)
        let found = walker.arrivals
        #expect(
          Dictionary(uniqueKeysWithValues: found.map { ($0.account, $0.time) }) == departure,
          "seed \(seed)")
        let end = walker.reach(from: target, .backward, of: 13, through: 1, accountLimit: 2)
        #expect(walker.arrivals == Array(found.prefix(2)))
        #expect(end.isTruncated == (departure.count > 2), "seed \(seed)")
      }
    }
  }

  @Test("the neighbourhood, both ways, and its bound")
  func neighbourhood() {
    for seed in Self.seeds {
      let sample = RandomTrail(seed: seed, accounts: 2...12, edges: 0...25, times: 0...9)
      var walker = TrailWalker(sample.trail)
      for centre in 0..<Int32(sample.accounts) {
        for direction in [Trail.Direction.forward, .backward] {
          var near: Set<Int32> = [centre]
          for hops in 0...3 {
            if hops > 0 {
              let before = near
              for edge in sample.joining {
                let (a, b) = direction == .forward ? (edge.from, edge.to) : (edge.to, edge.from)
                if before.contains(a) { near.insert(b) }
              }
            }
            #expect(walker.neighbourhood(of: centre, hops: hops, direction) == .complete)
            let found = walker.accounts
            #expect(Set(found) == near && found.count == near.count, "seed \(seed)")
            let end = walker.neighbourhood(of: centre, hops: hops, direction, accountLimit: 3)
            #expect(walker.accounts == Array(found.prefix(3)))
            #expect(end.isTruncated == (near.count > 3), "seed \(seed)")
          }
        }
      }
    }
  }

  @Test("the earliest path arrives when nothing could arrive earlier")
  func earliest() {
    for seed in Self.seeds {
      let sample = RandomTrail(seed: seed, accounts: 2...8, edges: 0...30, times: 0...14)
      var walker = TrailWalker(sample.trail)
      let expected = Self.arrivals(sample, from: 0, after: 2, through: 13)
      for target in 1..<Int32(sample.accounts) {
        let (edges, end) = walker.earliestPath(from: 0, to: target, after: 2, through: 13)
        #expect(end == .complete)
        #expect(edges?.last.map { sample.trail.time[$0] } == expected[target], "seed \(seed)")
        #expect((edges == nil) == (expected[target] == nil))
      }
    }
  }

  @Test("components are what edges join, in a span of time")
  func components() {
    for seed in Self.seeds {
      let sample = RandomTrail(seed: seed, accounts: 1...14, edges: 0...16, times: 0...9)
      let found = sample.trail.components(from: 2, through: 8)
      var expected = Array(0..<Int32(sample.accounts))
      for _ in 0..<sample.accounts {
        for edge in sample.joining where (2...8).contains(edge.time) {
          let least = min(expected[Int(edge.from)], expected[Int(edge.to)])
          expected[Int(edge.from)] = least
          expected[Int(edge.to)] = least
        }
      }
      #expect(found.component == expected, "seed \(seed)")
      #expect(found.count == Set(expected).count)
      #expect(found.members.map { $0[0] } == Array(Set(expected)).sorted())
      #expect(found.members.joined().sorted() == Array(0..<Int32(sample.accounts)))
    }
  }
}
