import CaseModel
import TrailGraph

/// Money that comes back to where it left (ST-09).
///
/// A circle is worth the bits of its hops and of the last of them meeting just the first account. The
/// decoy is the circle in which the sum grows. `drawnOut` looks for long circles over weeks whose sums
/// are mixed with other money: there the hops must be so rare by themselves that chance does not close them.
struct ScreeningCycles {
  let background: Background
  var hops = 2...10
  var window = 7 * Span.day
  var gap = 7 * Span.day
  /// What comes back is what left, less fees, at each hop; zero where sums do not bind.
  var keptMinBasisPoints = 9_350
  /// A hundredth may be added at a hop, so that rounding up does not break the circle.
  var keptMaxBasisPoints = 10_100
  var marginBits = 4 * Bits.one
  /// Only a pair's only dealings, where sums do not bind.
  var onlyDealings = false
  /// A path less surprising than this is not followed on.
  var pathBitsMin = 0
  var visitsForEachStart = 20_000
  var visitLimit = 100_000_000

  static func drawnOut(_ background: Background) -> ScreeningCycles {
    var search = ScreeningCycles(background: background)
    search.hops = 5...16
    search.window = 45 * Span.day
    search.gap = 5 * Span.day
    search.keptMinBasisPoints = 0
    search.onlyDealings = true
    search.pathBitsMin = -3 * Bits.one
    search.visitLimit = 30_000_000
    return search
  }

  private var trail: Trail { background.trail }

  struct Circle {
    let edges: [Int]
    let bits: Int
  }

  func sightings(without used: Set<Int>) -> (sightings: [Sighting], truncation: String?) {
    let (real, end) = circles(growing: false, without: used)
    let decoys = keptMinBasisPoints > 0 ? circles(growing: true, without: used).circles : []
    let limit = Decoys.limit(
      real: real.map(\.bits), decoys: decoys.map(\.bits),
      floor: Bits.log2(onlyDealings ? background.onlyCount : background.transferCount) + marginBits)
    return (real.filter { $0.bits * 4 >= limit * 3 }.map { sighting($0, limit: limit) }, end)
  }

  private func circles(
    growing: Bool, without used: Set<Int>
  ) -> (circles: [Circle], truncation: String?) {
    var walk = CircleWalk(search: self, growing: growing, used: used)
    for first in 0..<trail.edgeCount {
      walk.start(first)
      if walk.visits > visitLimit { break }
    }
    // Longest first: a short cut through a circle is part of it.
    let found = walk.found.sorted { a, b in
      if a.bits != b.bits { return a.bits > b.bits }
      return a.edges.lexicographicallyPrecedes(b.edges)
    }
    var taken: Set<Int> = []
    var circles: [Circle] = []
    for circle in found where taken.isDisjoint(with: circle.edges) {
      guard !background.isRoutine(circle.edges, length: window) else { continue }
      taken.formUnion(circle.edges)
      circles.append(circle)
    }
    let truncation: String? =
      walk.visits > visitLimit
      ? "cycle: the search stopped at \(visitLimit) transfers looked at"
      : walk.cut > 0
        ? "cycle: from \(walk.cut) transfers the search stopped at \(visitsForEachStart) looked at"
        : nil
    return (circles, truncation)
  }

  private func sighting(_ circle: Circle, limit: Int) -> Sighting {
    let edges = circle.edges
    return Sighting(
      detector: "ST-09s", kind: "cycle", edges: edges, centres: [trail.source[edges[0]]],
      measures: [
        .atLeast("hops", edges.count, hops.lowerBound),
        Sighting.surprise(circle.bits, limit: limit),
        background.kept(edges, least: keptMinBasisPoints, most: keptMaxBasisPoints),
      ],
      sentence:
        "A sum left an account and came back to it after \(edges.count) hops within "
        + "\(Span.text(window))"
        + (keptMinBasisPoints > 0 ? ", a little less at each." : ", mixed with other money."))
  }
}

/// Depth first from each transfer, with the path's surprise carried along.
private struct CircleWalk {
  let search: ScreeningCycles
  let growing: Bool
  let used: Set<Int>
  var found: [ScreeningCycles.Circle] = []
  var visits = 0
  var cut = 0
  private var path: [Int] = []
  private var budget = 0

  init(search: ScreeningCycles, growing: Bool, used: Set<Int>) {
    self.search = search
    self.growing = growing
    self.used = used
  }

  private var background: Background { search.background }
  private var trail: Trail { search.background.trail }

  private func mayBeMember(_ edge: Int) -> Bool {
    search.onlyDealings
      ? background.isRare(edge) && !used.contains(edge)
      : background.uses[edge] > 0 && !used.contains(edge)
  }

  mutating func start(_ first: Int) {
    guard mayBeMember(first) else { return }
    let (root, now) = (trail.source[first], trail.time[first])
    guard !trail.incoming(of: root, from: now + 1, through: now + search.window).isEmpty else {
      return
    }
    path = [first]
    budget = search.visitsForEachStart
    step(
      from: first, root: root, last: now + search.window,
      bits: rarity(first))
    if budget <= 0 { cut += 1 }
  }

  /// Only dealings are counted among their like, so their rarity says nothing more; a pair of few
  /// dealings is let pass at a price.
  private func rarity(_ edge: Int) -> Int {
    search.onlyDealings
      ? (background.uses[edge] == 1 ? 0 : -3 * Bits.one) : background.directedRarityBits(edge)
  }

  private func range(after amount: Int64) -> ClosedRange<Int64> {
    guard search.keptMinBasisPoints > 0 else { return 1...Int64.max }
    var chains = ScreeningChains(background: background)
    chains.keptMinBasisPoints = search.keptMinBasisPoints
    chains.keptMaxBasisPoints = search.keptMaxBasisPoints
    return chains.range(after: amount, growing: growing)
  }

  private mutating func step(from edge: Int, root: Int32, last: Int64, bits: Int) {
    let (here, now) = (trail.destination[edge], trail.time[edge])
    let range = range(after: trail.amountMinor[edge])
    var hop: Int?
    for next in trail.outgoing(of: here, from: now + 1, through: min(last, now + search.gap)) {
      visits += 1
      budget -= 1
      guard budget > 0 else { return }
      let to = trail.destination[next]
      guard range.contains(trail.amountMinor[next]), mayBeMember(next),
        trail.currency[next] == trail.currency[edge]
      else { continue }
      let worth =
        hop
        ?? (search.onlyDealings
          ? background.surprise(ofOnlyDealingFrom: here, within: search.gap)
          : background.surprise(
            thatPays: here, range, trail.currency[edge], within: search.gap))
      hop = worth
      let sum = bits + worth + rarity(next)
      if to == root {
        if path.count + 1 >= search.hops.lowerBound { close(with: next, root: root, sum) }
      } else if sum >= search.pathBitsMin, path.count + 1 < search.hops.upperBound,
        !path.contains(where: { trail.destination[$0] == to })
      {
        path.append(next)
        step(from: next, root: root, last: last, bits: sum)
        path.removeLast()
      }
    }
  }

  private mutating func close(with last: Int, root: Int32, _ bits: Int) {
    // An exact refund is no circle.
    if path.count == 1, trail.amountMinor[path[0]] == trail.amountMinor[last] { return }
    let meeting =
      search.onlyDealings
      ? Bits.log2(background.onlyCount) - Bits.log2(Int(background.onlyIn[Int(root)]))
      : Bits.log2(background.transferCount) - Bits.log2(trail.incoming(of: root).count)
    found.append(.init(edges: path + [last], bits: bits + meeting))
  }
}
