import CaseModel
import TestSupport
import Testing

@testable import TrailGraph

@Suite("The best paths between two accounts are those an oracle finds by trying all")
struct PathOracleTests {
  static let seeds = RandomTrail.seeds(1_500)

  typealias Path = (edges: [RandomTrail.Edge], bottleneck: Int64)

  static func all(_ sample: RandomTrail, _ search: TrailWalker.PathSearch) -> [Path] {
    var found: [Path] = []
    func extend(_ path: [RandomTrail.Edge]) {
      if let last = path.last, last.to == search.to {
        found.append((path, path.map(\.amount).min() ?? 0))
        return
      }
      guard path.count < search.hopsMax else { return }
      for edge in sample.joining where edge.currency == search.currency {
        guard search.period.contains(edge.time), edge.to != search.from,
          !path.contains(where: { $0.to == edge.to })
        else { continue }
        if let last = path.last, let first = path.first {
          guard edge.from == last.to, edge.time > last.time, edge.time - last.time <= search.gapMax,
            edge.time - first.time <= search.window,
            edge.amount * 10_000 >= last.amount * search.carried.lowerBound,
            edge.amount * 10_000 <= last.amount * min(search.carried.upperBound, 100_000)
          else { continue }
        } else {
          guard edge.from == search.from else { continue }
        }
        extend(path + [edge])
      }
    }
    extend([])
    return found
  }

  /// The search in its general form and in four narrower ones.
  static func searches(_ to: Int32) -> [TrailWalker.PathSearch] {
    var plain = TrailWalker.PathSearch(from: 0, to: to, currency: 0, period: 1...18)
    plain.count = 1_000
    var soon = plain
    soon.gapMax = 4
    soon.window = 9
    var whole = plain
    whole.carried = 9_000...10_000
    var short = plain
    short.hopsMax = 2
    short.count = 2
    var one = plain
    one.count = 1
    return [plain, soon, whole, short, one]
  }

  @Test("order, rules, and the word that there are more")
  func paths() {
    var (paths, cut) = (0, 0)
    for seed in Self.seeds {
      let sample = RandomTrail(
        seed: seed, accounts: 2...6, edges: 0...26, times: 0...19, amounts: 90...100)
      var edgeOf: [Int64: Int] = [:]
      for edge in 0..<sample.trail.edgeCount { edgeOf[sample.trail.entry[edge]] = edge }
      var walker = TrailWalker(sample.trail)
      for search in Self.searches(Int32(sample.accounts - 1)) {
        let all = Self.all(sample, search).map { path in
          (edges: path.edges.compactMap { edgeOf[$0.id] }, bottleneck: path.bottleneck)
        }.sorted { a, b in
          if a.bottleneck != b.bottleneck { return a.bottleneck > b.bottleneck }
          if a.edges.count != b.edges.count { return a.edges.count < b.edges.count }
          return a.edges.lexicographicallyPrecedes(b.edges)
        }
        let found = walker.paths(search)
        #expect(found.paths.map(\.edges) == all.prefix(search.count).map(\.edges), "seed \(seed)")
        #expect(found.paths.map(\.bottleneckMinor) == all.prefix(search.count).map(\.bottleneck))
        #expect(found.end.isTruncated == (all.count > search.count), "seed \(seed)")
        paths += found.paths.count
        if found.end.isTruncated { cut += 1 }
      }
    }
    #expect(paths > 1_000 && cut > 100, "too few to tell")
  }

  @Test("a search that stops at its bound says so; what it returns are the best")
  func bound() {
    var stopped = 0
    for seed in Self.seeds.prefix(300) {
      let sample = RandomTrail(seed: seed, accounts: 4...6, edges: 20...40, times: 0...19)
      var walker = TrailWalker(sample.trail)
      var search = Self.searches(Int32(sample.accounts - 1))[0]
      let whole = walker.paths(search)
      search.visitLimit = 12
      let part = walker.paths(search)
      #expect(Array(whole.paths.prefix(part.paths.count)) == part.paths, "seed \(seed)")
      if part.paths.count < whole.paths.count { #expect(part.end.isTruncated, "seed \(seed)") }
      if part.end.isTruncated { stopped += 1 }
    }
    #expect(stopped > 0)
  }
}
