/// Extends partial paths, best first. One use.
struct PathFinder {
  let trail: Trail
  let search: TrailWalker.PathSearch
  /// Every partial path, as its last transfer and the path before it.
  private var nodes: [Node] = []
  private var heap: [Int32] = []
  private var visits = 0

  private struct Node {
    let bottleneck: Int64
    let edge: Int32
    let before: Int32
    let first: Int32
    let hops: Int32
  }

  init(trail: Trail, search: TrailWalker.PathSearch) {
    self.trail = trail
    self.search = search
  }

  /// - Parameter latestDeparture: when money must leave an account to reach the target; nil for never.
  mutating func find(
    latestDeparture: (Int32) -> Int64?
  ) -> (paths: [TrailWalker.MoneyPath], end: Trail.End) {
    extend(nil, latestDeparture)
    var paths: [TrailWalker.MoneyPath] = []
    while let best = pop() {
      if trail.destination[Int(nodes[best].edge)] == search.to {
        if paths.count == search.count {
          return (paths, Trail.End(truncation: "more than \(search.count) paths"))
        }
        paths.append(
          TrailWalker.MoneyPath(edges: edges(best), bottleneckMinor: nodes[best].bottleneck))
        continue
      }
      if visits >= search.visitLimit {
        return (
          paths,
          Trail.End(truncation: "path search stopped at \(search.visitLimit) transfers looked at")
        )
      }
      extend(best, latestDeparture)
    }
    return (paths, .complete)
  }

  /// Adds every path that is one transfer longer; from nothing, every first transfer.
  private mutating func extend(_ node: Int?, _ latestDeparture: (Int32) -> Int64?) {
    let here: Int32
    var (from, through) = (search.period.lowerBound, search.period.upperBound)
    var hops: Int32 = 1
    if let node {
      let last = Int(nodes[node].edge)
      here = trail.destination[last]
      hops = nodes[node].hops + 1
      guard hops <= search.hopsMax, trail.time[last] < through else { return }
      from = max(from, trail.time[last] + 1)
      through = min(
        through, Self.sum(trail.time[last], search.gapMax),
        Self.sum(trail.time[Int(nodes[node].first)], search.window))
    } else {
      here = search.from
    }
    guard from <= through else { return }
    for edge in trail.outgoing(of: here, from: from, through: through) {
      visits += 1
      let next = trail.destination[edge]
      guard next >= 0, next != search.from, trail.currency[edge] == search.currency else {
        continue
      }
      if next != search.to {
        guard hops < search.hopsMax, let leave = latestDeparture(next), leave > trail.time[edge]
        else { continue }
      }
      var bottleneck = trail.amountMinor[edge]
      if let node {
        guard isCarried(edge, after: Int(nodes[node].edge)), !visited(next, by: node) else {
          continue
        }
        bottleneck = min(bottleneck, nodes[node].bottleneck)
      }
      let edge = Int32(truncatingIfNeeded: edge)
      push(
        Node(
          bottleneck: bottleneck, edge: edge, before: node.map { Int32($0) } ?? -1,
          first: node.map { nodes[$0].first } ?? edge, hops: hops))
    }
  }

  private static func sum(_ time: Int64, _ seconds: Int64) -> Int64 {
    let (sum, overflow) = time.addingReportingOverflow(seconds)
    return overflow ? .max : sum
  }

  /// Compared multiplied, not divided.
  private func isCarried(_ later: Int, after earlier: Int) -> Bool {
    let carried = Int128(trail.amountMinor[later]) * 10_000
    let whole = Int128(trail.amountMinor[earlier])
    return carried >= whole * Int128(search.carried.lowerBound)
      && carried <= whole * Int128(search.carried.upperBound)
  }

  private func visited(_ account: Int32, by node: Int) -> Bool {
    var node = Int32(node)
    while node >= 0 {
      let step = nodes[Int(node)]
      if trail.destination[Int(step.edge)] == account { return true }
      node = step.before
    }
    return false
  }

  private func edges(_ node: Int) -> [Int] {
    var edges: [Int] = []
    var node = Int32(node)
    while node >= 0 {
      edges.append(Int(nodes[Int(node)].edge))
      node = nodes[Int(node)].before
    }
    return edges.reversed()
  }

  // MARK: The order of paths

  private func precedes(_ a: Int32, _ b: Int32) -> Bool {
    let (x, y) = (nodes[Int(a)], nodes[Int(b)])
    if x.bottleneck != y.bottleneck { return x.bottleneck > y.bottleneck }
    if x.hops != y.hops { return x.hops < y.hops }
    return edges(Int(a)).lexicographicallyPrecedes(edges(Int(b)))
  }

  private mutating func push(_ node: Node) {
    nodes.append(node)
    heap.append(Int32(truncatingIfNeeded: nodes.count - 1))
    var child = heap.count - 1
    while child > 0, precedes(heap[child], heap[(child - 1) / 2]) {
      heap.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  private mutating func pop() -> Int? {
    guard let first = heap.first, let last = heap.popLast() else { return nil }
    guard !heap.isEmpty else { return Int(first) }
    heap[0] = last
    var parent = 0
    while true {
      var child = 2 * parent + 1
      guard child < heap.count else { break }
      if child + 1 < heap.count, precedes(heap[child + 1], heap[child]) { child += 1 }
      guard precedes(heap[child], heap[parent]) else { break }
      heap.swapAt(child, parent)
      parent = child
    }
    return Int(first)
  }
}
