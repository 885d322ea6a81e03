import CaseModel
import TestSupport
import Testing

@testable import TrailGraph

/// A small generator with a stated seed (SplitMix64), so that a failure can be repeated.
struct Seeded {
  var state: UInt64
  init(_ seed: UInt64) { state = seed }
  mutating func next(_ bound: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((z ^ (z >> 31)) % UInt64(bound))
  }
}

/// A small random trail and its edges as plain tuples, for oracles that know nothing of columns.
struct Sample {
  struct Edge { var from: Int32, to: Int32, time: Int64, id: Int64 }
  var edges: [Edge] = []
  let accounts: Int
  let trail: Trail

  init(seed: UInt64, accounts: Int = 7, count: Int = 40, times: Int = 30) {
    var random = Seeded(seed)
    self.accounts = accounts
    var columns = TransferColumns()
    for id in 0..<count {
      let edge = Edge(
        from: Int32(random.next(accounts + 1)) - 1, to: Int32(random.next(accounts + 1)) - 1,
        time: Int64(random.next(times)), id: Int64(id))
      edges.append(edge)
      columns.append(
        source: edge.from, destination: edge.to, time: edge.time,
        amountMinor: Int64(random.next(1000)),
        currency: 0, channel: 0, entry: edge.id)
    }
    trail = Trail(
      columns: columns,
      names: Trail.Names(
        accountCount: accounts, currencies: [Currency(asset: "EUR", exponent: 2)]))
  }
}

@Suite("Walks agree with an oracle that tries everything")
struct WalkTests {
  static let seeds: [UInt64] = Array(1...40)

  @Test("every edge lies in the slices of its two accounts, in time order", arguments: seeds)
  func slices(seed: UInt64) {
    let sample = Sample(seed: seed)
    let trail = sample.trail
    for account in 0..<Int32(sample.accounts) {
      let out = sample.edges.filter { $0.from == account }.sorted {
        ($0.time, $0.id) < ($1.time, $1.id)
      }
      #expect(trail.outgoing(of: account).map { trail.entry[$0] } == out.map(\.id))
      let into = sample.edges.filter { $0.to == account }.sorted {
        ($0.time, $0.id) < ($1.time, $1.id)
      }
      #expect(trail.incoming(of: account).map { trail.entry[Int($0)] } == into.map(\.id))
      let some = out.filter { (8...20).contains($0.time) }.map(\.id)
      #expect(trail.outgoing(of: account, from: 8, through: 20).map { trail.entry[$0] } == some)
      let got = into.filter { (8...20).contains($0.time) }.map(\.id)
      #expect(
        trail.incoming(of: account, from: 8, through: 20).map { trail.entry[Int($0)] } == got)
    }
  }

  @Test("temporal cycles are exactly those of the definition", arguments: seeds)
  func cycles(seed: UInt64) {
    let sample = Sample(seed: seed)
    for (lengths, window) in [
      (2...6, Int64(30)), (2...3, 12), (3...5, 8), (2...2, 30), (6...7, 29),
    ] {
      var expected: [[Int64]] = []
      func extend(_ path: [Sample.Edge]) {
        guard let first = path.first, let last = path.last else { return }
        if last.to == first.from {
          if lengths.contains(path.count) { expected.append(path.map(\.id)) }
          return
        }
        guard path.count < lengths.upperBound else { return }
        for edge in sample.edges where edge.from == last.to && edge.time > last.time {
          guard edge.time - first.time <= window, edge.to >= 0, edge.to != edge.from else {
            continue
          }
          if edge.to != first.from, path.contains(where: { $0.to == edge.to }) { continue }
          extend(path + [edge])
        }
      }
      for edge in sample.edges where edge.from >= 0 && edge.to >= 0 && edge.from != edge.to {
        extend([edge])
      }
      var found: [[Int64]] = []
      let end = sample.trail.forEachTemporalCycle(
        .init(lengths: lengths, window: window), continues: { _, _ in true }
      ) { found.append($0.map { sample.trail.entry[$0] }) }
      #expect(!end.isTruncated)
      #expect(
        found.sorted { $0.lexicographicallyPrecedes($1) }
          == expected.sorted { $0.lexicographicallyPrecedes($1) }, "seed \(seed)")
    }
  }

  @Test("forward reach is the earliest arrival over rising times", arguments: seeds)
  func forward(seed: UInt64) {
    let sample = Sample(seed: seed, accounts: 9, count: 35)
    for start in 0..<Int32(sample.accounts) {
      // Bellman-Ford over all edges until nothing changes.
      var arrival: [Int32: Int64] = [start: 4]
      var changed = true
      while changed {
        changed = false
        for edge in sample.edges where edge.from >= 0 && edge.to >= 0 && edge.time <= 25 {
          guard let here = arrival[edge.from], edge.time > here else { continue }
          if edge.time < arrival[edge.to] ?? .max {
            arrival[edge.to] = edge.time
            changed = true
          }
        }
      }
      let reach = sample.trail.reach(from: start, .forward, of: 4, through: 25)
      #expect(!reach.end.isTruncated)
      #expect(
        Dictionary(uniqueKeysWithValues: reach.arrivals.map { ($0.account, $0.time) }) == arrival)
      for (a, b) in zip(reach.arrivals, reach.arrivals.dropFirst()) {
        #expect((a.time, a.account) < (b.time, b.account), "a total order")
      }
    }
  }

  @Test("backward reach is the latest departure over rising times", arguments: seeds)
  func backward(seed: UInt64) {
    let sample = Sample(seed: seed, accounts: 9, count: 35)
    for target in 0..<Int32(sample.accounts) {
      var departure: [Int32: Int64] = [target: 26]
      var changed = true
      while changed {
        changed = false
        for edge in sample.edges where edge.from >= 0 && edge.to >= 0 && edge.time >= 3 {
          guard let there = departure[edge.to], edge.time < there else { continue }
          if edge.time > departure[edge.from] ?? .min {
            departure[edge.from] = edge.time
            changed = true
          }
        }
      }
      let reach = sample.trail.reach(from: target, .backward, of: 26, through: 3)
      #expect(
        Dictionary(uniqueKeysWithValues: reach.arrivals.map { ($0.account, $0.time) }) == departure)
    }
  }

  @Test("the neighbourhood is all accounts within so many transfers", arguments: seeds)
  func neighbourhood(seed: UInt64) {
    let sample = Sample(seed: seed, accounts: 12, count: 20)
    for centre in 0..<Int32(sample.accounts) {
      var near: Set<Int32> = [centre]
      for _ in 0..<3 {
        for edge in sample.edges.filter({ near.contains($0.from) && $0.to >= 0 }) {
          near.insert(edge.to | 0x4000_0000)
        }
        near = Set(near.map { $0 & ~0x4000_0000 })
      }
      let found = sample.trail.neighbourhood(of: centre, hops: 3)
      #expect(Set(found.accounts) == near)
      #expect(found.accounts.count == near.count)
    }
  }

  @Test("a walk that stops at its bound says so")
  func bounds() {
    let sample = Sample(seed: 3)
    let reach = sample.trail.reach(from: 0, .forward, of: -1, through: 100, accountLimit: 2)
    #expect(reach.arrivals.count == 2)
    #expect(reach.end.truncation == "reach stopped at 2 accounts")
    let near = sample.trail.neighbourhood(of: 0, hops: 5, accountLimit: 3)
    #expect(near.accounts.count == 3 && near.end.isTruncated)
    let cycles = sample.trail.temporalCycleCounts(
      .init(lengths: 2...6, window: 30, visitLimit: 10))
    #expect(cycles.end.truncation?.contains("were not counted to the end") == true)
  }

  @Test("parallel transfers make different cycles, a tie makes none, the window is inclusive")
  func fineRules() throws {
    let trail = try Trail(
      notation: """
        2024-01-01T10:00  a -> b  1.00 EUR
        2024-01-01T11:00  a -> b  1.00 EUR
        2024-01-02T10:00  b -> a  1.00 EUR
        2024-01-01T11:00  b -> a  1.00 EUR
        """)
    let day = trail.temporalCycleCounts(.init(lengths: 2...2, window: 86_400))
    #expect(day.counts == [3])
    let shorter = trail.temporalCycleCounts(.init(lengths: 2...2, window: 86_399))
    #expect(shorter.counts == [2])
  }
}
