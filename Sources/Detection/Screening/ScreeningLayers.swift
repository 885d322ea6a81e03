import CaseModel
import TrailGraph

/// Groups that pay groups: bipartite layers and stacks of them (ST-11, ST-12).
///
/// The unit is the *square*: two payers who both pay the same two payees within `span`, four transfers of
/// pairs that hardly ever deal. Squares that share a transfer are one layer; a layer whose payees pay on
/// in a later layer is stacked on it. The decoy is the square whose two halves lie weeks apart.
struct ScreeningLayers {
  let background: Background
  var span = 4 * Span.day
  var stackWithin = 5 * Span.day
  var layersMin = 2
  var transfersMin = 4
  var sideMin = 2
  /// Share of a layer's pairs that paid. Without it the chance squares of a crowded file hang together
  /// in one sparse web.
  var densityMinBasisPoints = 6_000
  /// A square less surprising than chance by more bits than this is part of no layer.
  var squareBitsMin = -6 * Bits.one
  var marginBits = 4 * Bits.one
  /// Payees of one payer within the span that are paired; a payer with more is a fan-out.
  var payeesMax = 64
  /// Common payers of two payees that are compared; two payees with more are a market.
  var commonPayersMax = 512

  var trail: Trail { background.trail }

  /// How far apart the halves of a decoy lie: a quarter of the file, so that one scheme is seldom in both,
  /// at most four weeks or one and a half spans.
  private var decoyShift: Int64 {
    min(max(28 * Span.day, span * 3 / 2), max(2 * span, background.span / 4))
  }

  /// The same over ten days.
  static func slow(_ background: Background) -> ScreeningLayers {
    var search = ScreeningLayers(background: background)
    search.span = 10 * Span.day
    search.stackWithin = 10 * Span.day
    search.marginBits = 16 * Bits.one
    return search
  }

  /// The same over weeks.
  static func drawnOut(_ background: Background) -> ScreeningLayers {
    var search = ScreeningLayers(background: background)
    search.span = 20 * Span.day
    search.stackWithin = 10 * Span.day
    search.sideMin = 3
    search.marginBits = 16 * Bits.one
    return search
  }

  struct Layer {
    var edges: [Int]
    var payers: Set<Int32>
    var payees: Set<Int32>
    var first: Int64
    var last: Int64
  }

  struct Stack {
    let layers: [Layer]
    let bits: Int
  }

  func sightings(without used: Set<Int>) -> (sightings: [Sighting], truncation: String?) {
    let (forks, skippedForks) = forks(without: used)
    let (squares, skipped) = layers(of: forks, shift: 0)
    let real = stacks(squares)
    let floor = Bits.log2(background.transferCount) + marginBits
    // What is far beyond chance makes decoys with itself; they say nothing about chance.
    let clear = Set(real.filter { $0.bits >= 2 * floor }.flatMap { $0.layers.flatMap(\.edges) })
    let ordinary = forks.filter { !clear.contains(Int($0.edgeA)) && !clear.contains(Int($0.edgeB)) }
    let decoys = stacks(layers(of: ordinary, shift: decoyShift).layers)
    // The chance of the first transfers is what a file of this size has places for.
    let limit = Decoys.limit(real: real.map(\.bits), decoys: decoys.map(\.bits), floor: floor)
    let sightings = real.filter { $0.bits * 4 >= limit * 3 }.compactMap { stack -> Sighting? in
      let edges = stack.layers.flatMap(\.edges)
      return background.isRoutine(edges, length: span) ? nil : sighting(stack, limit: limit)
    }
    let left = skippedForks + skipped
    return (
      sightings,
      left == 0
        ? nil
        : "layers: \(left) times more than \(payeesMax) payees in \(Span.text(span)) or "
          + "\(commonPayersMax) common payers; the rest was not compared"
    )
  }

  // MARK: Squares

  /// Two payees of one payer within the span.
  private struct Fork {
    let a: Int32
    let b: Int32
    let edgeA: Int32
    let edgeB: Int32
    let first: Int64
    let last: Int64
  }

  private func forks(without used: Set<Int>) -> (forks: [Fork], skipped: Int) {
    var rareIn = [Int32](repeating: 0, count: trail.accountCount)
    let isMember = (0..<trail.edgeCount).map { background.isRare($0) && !used.contains($0) }
    for edge in 0..<trail.edgeCount where isMember[edge] {
      rareIn[Int(trail.destination[edge])] += 1
    }
    var forks: [Fork] = []
    var skipped = 0
    for payer in 0..<Int32(trail.accountCount) {
      // A payee without another such payer closes no square.
      let out = trail.outgoing(of: payer).filter {
        isMember[$0] && rareIn[Int(trail.destination[$0])] > 1
      }
      for (place, edge) in out.enumerated() {
        let latest = trail.time[edge] + span
        let near = out[(place + 1)...].prefix { trail.time[$0] <= latest }
        if near.count > payeesMax { skipped += 1 }
        for other in near.prefix(payeesMax) {
          let (d, e) = (trail.destination[edge], trail.destination[other])
          guard d != e, trail.currency[edge] == trail.currency[other] else { continue }
          let (x, y) = d < e ? (edge, other) : (other, edge)
          forks.append(
            Fork(
              a: min(d, e), b: max(d, e), edgeA: Int32(x), edgeB: Int32(y),
              first: trail.time[edge], last: trail.time[other]))
        }
      }
    }
    forks.sort {
      ($0.a, $0.b, $0.first, $0.edgeA, $0.edgeB) < ($1.a, $1.b, $1.first, $1.edgeA, $1.edgeB)
    }
    return (forks, skipped)
  }

  /// Squares joined where they share a transfer. With a shift, forks that far apart are matched instead.
  private func layers(of forks: [Fork], shift: Int64) -> (layers: [Layer], skipped: Int) {
    var groups = Groups(trail.edgeCount)
    var inSquare: Set<Int> = []
    var worth: [Int: Int] = [:]
    let ways =
      4 * Bits.log2(trail.accountCount) + Bits.log2(Int(background.span / span) + 1)
      - Bits.log2(background.transferCount)
    var skipped = 0
    var start = 0
    while start < forks.count {
      var end = start + 1
      while end < forks.count, (forks[end].a, forks[end].b) == (forks[start].a, forks[start].b) {
        end += 1
      }
      defer { start = end }
      guard end - start > 1 else { continue }
      // A pair of payees with a crowd of common payers is a market, not a layer.
      if end - start > commonPayersMax {
        skipped += 1
        continue
      }
      for x in start..<end {
        for y in (x + 1)..<max(x + 1, end) {
          let (one, two) = (forks[x], forks[y])
          guard trail.source[Int(one.edgeA)] != trail.source[Int(two.edgeA)],
            trail.currency[Int(one.edgeA)] == trail.currency[Int(two.edgeA)],
            max(one.last, two.last - shift) - min(one.first, two.first - shift) <= span
          else { continue }
          let square = [one.edgeA, one.edgeB, two.edgeA, two.edgeB].map(Int.init)
          let bits = square.reduce(0) { sum, edge in
            let own = worth[edge] ?? surprise(of: edge, own: (2, 2), members: [], length: span)
            worth[edge] = own
            return sum + own
          }
          guard bits - ways >= squareBitsMin else { continue }
          inSquare.formUnion(square)
          for edge in square.dropFirst() { groups.join(square[0], edge) }
        }
      }
    }
    var members: [Int: [Int]] = [:]
    for edge in inSquare.sorted() { members[groups.root(edge), default: []].append(edge) }
    let layers = members.keys.sorted().compactMap { densest(members[$0] ?? [], shift: shift) }
    return (layers, skipped)
  }

  /// The accounts with the smallest share of payments to, or from, the other side are left out until the
  /// layer is dense; nil when less than a square is left.
  private func densest(_ edges: [Int], shift: Int64) -> Layer? {
    var edges = edges
    while true {
      var (out, into): ([Int32: Int], [Int32: Int]) = ([:], [:])
      for edge in edges {
        out[trail.source[edge], default: 0] += 1
        into[trail.destination[edge], default: 0] += 1
      }
      guard min(out.count, into.count) >= sideMin else { return nil }
      if let window = fullest(edges, shift: shift) {
        edges = window
        continue
      }
      let pairs = Set(edges.map { [trail.source[$0], trail.destination[$0]] }).count
      if pairs * 10_000 >= out.count * into.count * densityMinBasisPoints {
        return layer(edges)
      }
      // Shares compared across: payments ÷ other side.
      let thinOut = out.values.min() ?? 0
      let thinIn = into.values.min() ?? 0
      let dropsPayers = thinOut * out.count <= thinIn * into.count
      edges.removeAll {
        dropsPayers ? out[trail.source[$0]] == thinOut : into[trail.destination[$0]] == thinIn
      }
    }
  }

  /// The window of `span` with the most of the transfers, the earliest of equals; nil when all fit.
  private func fullest(_ edges: [Int], shift: Int64) -> [Int]? {
    let byTime = edges.sorted { (trail.time[$0], $0) < (trail.time[$1], $1) }
    guard let first = byTime.first, let last = byTime.last,
      trail.time[last] - trail.time[first] > span + shift
    else { return nil }
    var best = 0..<0
    var low = 0
    for high in byTime.indices {
      while trail.time[byTime[high]] - trail.time[byTime[low]] > span + shift { low += 1 }
      if high + 1 - low > best.count { best = low..<(high + 1) }
    }
    return Array(byTime[best])
  }

  private func layer(_ edges: [Int]) -> Layer {
    let times = edges.map { trail.time[$0] }
    return Layer(
      edges: edges, payers: Set(edges.map { trail.source[$0] }),
      payees: Set(edges.map { trail.destination[$0] }), first: times.min() ?? 0,
      last: times.max() ?? 0)
  }

  private func sighting(_ stack: Stack, limit: Int) -> Sighting {
    let edges = stack.layers.flatMap { part in
      part.edges.sorted { (trail.time[$0], $0) < (trail.time[$1], $1) }
    }
    let parts = stack.layers
    let payers = parts[0].payers.count
    let isStack = parts.count >= layersMin
    return Sighting(
      detector: isStack ? "ST-12s" : "ST-11s", kind: isStack ? "stacked" : "bipartite",
      edges: edges, centres: parts[0].payers.sorted(),
      measures: [
        isStack
          ? .atLeast("layers", parts.count, layersMin)
          : .atLeast("transfers in squares", edges.count, transfersMin),
        Sighting.surprise(stack.bits, limit: limit),
        .plain("payers", "\(payers)", limit: "at least \(sideMin)"),
        .plain("payees", "\(parts[0].payees.count)", limit: "at least \(sideMin)"),
      ],
      sentence: isStack
        ? "\(parts.count) groups of accounts paid one another in layers, each within days of the one "
          + "before."
        : "\(payers) parties paid the same \(parts[0].payees.count) parties within "
          + "\(Span.text(span)).")
  }
}
