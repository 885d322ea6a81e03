import CaseModel
import TrailGraph

/// Groups that pay groups: bipartite layers and stacks of them (ST-11, ST-12).
///
/// The unit is the *square*: two payers who both pay the same two payees, four one-off transfers of one
/// strand within `span`. Strangers rarely share one payee, hardly ever two. Squares that share a transfer
/// are one layer. A layer whose payees are payers of a later layer is stacked on it.
struct ScreeningLayers {
  var transfersMin = 4  // default: one square
  var span = 4 * Span.day
  var stackWithin = 5 * Span.day
  var layersMin = 2
  /// Payees of one payer within the span that are paired; a payer with more is a fan-out.
  var payeesMax = 64
  /// Common payers of two payees that are compared; two payees with more are a market.
  var commonPayersMax = 512

  /// Payers, and payees, a layer needs, and the share of their pairs that paid.
  var sideMin = 2
  var densityMinBasisPoints = 0

  /// The same shape drawn out over weeks: as large and as dense as ST-11 asks, because there is more
  /// time for chance.
  static let slow: ScreeningLayers = {
    var slow = ScreeningLayers()
    slow.transfersMin = 9
    slow.sideMin = 3
    slow.densityMinBasisPoints = 6_000
    slow.span = 20 * Span.day
    slow.stackWithin = 10 * Span.day
    return slow
  }()

  struct Layer {
    var edges: [Int]
    var payers: Set<Int32>
    var payees: Set<Int32>
    var first: Int64
    var last: Int64
    var channel: String
  }

  func layers(in strand: Strand) -> (layers: [Layer], truncation: String?) {
    let trail = strand.trail
    // Payers by pair of payees.
    struct Fork {
      let a: Int32
      let b: Int32
      let edgeA: Int32
      let edgeB: Int32
    }
    var forks: [Fork] = []
    var skipped = 0
    for payer in 0..<Int32(trail.accountCount) {
      let out = trail.outgoing(of: payer)
      guard out.count >= 2 else { continue }
      for edge in out {
        let near = trail.outgoing(
          of: payer, from: trail.time[edge], through: trail.time[edge] + span)
        if near.count > payeesMax { skipped += 1 }
        for other in near.prefix(payeesMax) where other > edge {
          let (d, e) = (trail.destination[edge], trail.destination[other])
          // A payee without another one-off payer closes no square.
          guard trail.incoming(of: d).count > 1, trail.incoming(of: e).count > 1 else { continue }
          forks.append(
            d < e
              ? Fork(a: d, b: e, edgeA: Int32(edge), edgeB: Int32(other))
              : Fork(a: e, b: d, edgeA: Int32(other), edgeB: Int32(edge)))
        }
      }
    }
    forks.sort { ($0.a, $0.b, $0.edgeA, $0.edgeB) < ($1.a, $1.b, $1.edgeA, $1.edgeB) }
    var groups = Groups(trail.edgeCount)
    var inSquare: Set<Int> = []
    var start = 0
    while start < forks.count {
      var end = start
      while end < forks.count, (forks[end].a, forks[end].b) == (forks[start].a, forks[start].b) {
        end += 1
      }
      // A pair of payees with a crowd of common payers is a market, not a layer.
      if end - start > commonPayersMax {
        skipped += 1
        start = end
        continue
      }
      for x in start..<end {
        for y in (x + 1)..<max(x + 1, end) {
          let square = [forks[x].edgeA, forks[x].edgeB, forks[y].edgeA, forks[y].edgeB].map(
            Int.init)
          let times = square.map { trail.time[$0] }
          guard let low = times.min(), let high = times.max(), high - low <= span else { continue }
          inSquare.formUnion(square)
          for edge in square.dropFirst() { groups.join(square[0], edge) }
        }
      }
      start = end
    }
    var members: [Int: [Int]] = [:]
    for edge in inSquare.sorted() { members[groups.root(edge), default: []].append(edge) }
    let layers = members.keys.sorted().map { layer(members[$0] ?? [], strand) }.filter(isDense)
    return (
      layers,
      skipped == 0
        ? nil
        : "layers: by \(strand.channel) in \(strand.currency), \(skipped) times more than \(payeesMax) payees "
          + "in \(Span.text(span)) or \(commonPayersMax) common payers; the rest was not compared"
    )
  }

  private func isDense(_ layer: Layer) -> Bool {
    min(layer.payers.count, layer.payees.count) >= sideMin
      && layer.edges.count * 10_000
        >= layer.payers.count * layer.payees.count * densityMinBasisPoints
  }

  private func layer(_ edges: [Int], _ strand: Strand) -> Layer {
    let times = edges.map { strand.trail.time[$0] }
    return Layer(
      edges: edges.map(strand.edge), payers: Set(edges.map { strand.trail.source[$0] }),
      payees: Set(edges.map { strand.trail.destination[$0] }), first: times.min() ?? 0,
      last: times.max() ?? 0, channel: strand.channel)
  }

  /// Stacks layers whose payees pay on, and reports the rest by themselves.
  func sightings(of layers: [Layer], _ trail: Trail) -> [Sighting] {
    let layers = layers.sorted { ($0.first, $0.edges[0]) < ($1.first, $1.edges[0]) }
    var groups = Groups(layers.count)
    for lower in layers.indices {
      for upper in layers.indices
      where upper != lower && layers[upper].first > layers[lower].first
        && layers[upper].first - layers[lower].last <= stackWithin
        && layers[upper].last > layers[lower].last
        && layers[lower].payees.intersection(layers[upper].payers).count >= 2
      {
        groups.join(lower, upper)
      }
    }
    var members: [Int: [Int]] = [:]
    for index in layers.indices { members[groups.root(index), default: []].append(index) }
    return members.keys.sorted().map { root in
      let parts = (members[root] ?? []).map { layers[$0] }
      return sighting(parts, trail)
    }
  }

  private func sighting(_ parts: [Layer], _ trail: Trail) -> Sighting {
    let edges = parts.flatMap { part in
      part.edges.sorted { (trail.time[$0], $0) < (trail.time[$1], $1) }
    }
    let payers = parts[0].payers.count
    let isStack = parts.count >= layersMin
    return Sighting(
      detector: isStack ? "ST-12s" : "ST-11s", kind: isStack ? "stacked" : "bipartite",
      edges: edges,
      centres: parts[0].payers.sorted(),
      measures: isStack
        ? [.atLeast("layers", parts.count, layersMin)]
        : [
          .atLeast("one-off transfers in squares", edges.count, transfersMin),
          .plain("payers", "\(payers)", limit: "at least \(sideMin)"),
          .plain("payees", "\(parts[0].payees.count)", limit: "at least \(sideMin)"),
        ],
      sentence: isStack
        ? "\(parts.count) groups of accounts paid one another in layers, each within days of the one "
          + "before."
        : "\(payers) parties paid the same \(parts[0].payees.count) parties by \(parts[0].channel) "
          + "within \(Span.text(span)).")
  }
}

/// Disjoint groups of numbers; the smallest number stands for its group.
struct Groups {
  private var parent: [Int]
  init(_ count: Int) { parent = Array(0..<count) }

  mutating func root(_ member: Int) -> Int {
    var member = member
    while parent[member] != member {
      parent[member] = parent[parent[member]]
      member = parent[member]
    }
    return member
  }

  mutating func join(_ a: Int, _ b: Int) {
    let (x, y) = (root(a), root(b))
    if x != y { parent[max(x, y)] = min(x, y) }
  }
}
