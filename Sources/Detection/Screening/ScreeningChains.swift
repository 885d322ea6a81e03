import CaseModel
import TrailGraph

/// A sum handed on: pass-through chains, cycles and scatter-gather (ST-12, ST-09, ST-08).
struct ScreeningChains {
  var hopsMin = 3
  var hopWithin = Span.day
  var keptMinBasisPoints = 8_950  // default: each hand keeps at most a tenth, less rounding
  var cycleHopsMin = 2
  var cycleHopsMax = 10
  var cycleSpan = 7 * Span.day
  var cycleKeptMinBasisPoints = 9_400  // default: what comes back is what left, less fees
  var middlesMin = 3
  var scatterSpan = 2 * Span.day
  var gatherWithin = 3 * Span.day
  /// Largest amount of a hop against the one before: nothing is added on the way.
  var keptMaxBasisPoints = 10_000
  var visitLimit = 200_000_000

  /// The same shapes drawn out over weeks, with other money mixed in: amounts hardly bind, so the shape
  /// must be larger. A circle of four or more strangers, or three who pay on to the same stranger,
  /// hardly arises among one-off dealings.
  static let slow: ScreeningChains = {
    var slow = ScreeningChains()
    slow.cycleHopsMin = 4
    slow.cycleHopsMax = 12
    slow.cycleSpan = 24 * Span.day
    slow.cycleKeptMinBasisPoints = 5_000
    slow.keptMinBasisPoints = 0
    slow.keptMaxBasisPoints = 20_000
    slow.scatterSpan = 14 * Span.day
    slow.gatherWithin = 14 * Span.day
    slow.visitLimit = 20_000_000
    return slow
  }()

  /// Whether the later amount is the earlier one less a share; one minor unit of rounding is let pass.
  @inline(__always)
  private func handsOn(_ before: Int64, _ next: Int64, _ least: Int) -> Bool {
    let scaled = Int128(next) * 10_000
    return scaled <= Int128(before) * Int128(keptMaxBasisPoints)
      && scaled + 10_000 >= Int128(before) * Int128(least)
  }

  /// Two hops that return exactly what came are a refund, not a circle.
  private func isRefund(_ cycle: [Int], _ trail: Trail) -> Bool {
    cycle.count == 2 && trail.amountMinor[cycle[0]] == trail.amountMinor[cycle[1]]
  }

  func cycles(in strand: Strand) -> (sightings: [Sighting], truncation: String?) {
    let trail = strand.trail
    var found: [[Int]] = []
    let end = trail.forEachTemporalCycle(
      .init(lengths: cycleHopsMin...cycleHopsMax, window: cycleSpan, visitLimit: visitLimit),
      continues: { handsOn(trail.amountMinor[$0], trail.amountMinor[$1], cycleKeptMinBasisPoints) },
      found: { found.append(Array($0)) })
    found.removeAll { isRefund($0, trail) }
    // Longest first: a short cut through a cycle is part of it.
    found.sort { $0.count != $1.count ? $0.count > $1.count : $0.lexicographicallyPrecedes($1) }
    var used: Set<Int> = []
    var result: [Sighting] = []
    for cycle in found where used.isDisjoint(with: cycle) {
      used.formUnion(cycle)
      result.append(
        Sighting(
          detector: "ST-09s", kind: "cycle", edges: cycle.map(strand.edge),
          centres: [trail.source[cycle[0]]],
          measures: [
            .atLeast("hops", cycle.count, cycleHopsMin),
            kept(cycle, trail, cycleKeptMinBasisPoints),
          ],
          sentence:
            "A sum left an account by \(strand.channel) and came back to it after \(cycle.count) hops "
            + "within \(Span.text(cycleSpan))."))
    }
    return (result, end.truncation)
  }

  /// Longest chains in which each hop hands on the one before, no account twice.
  func chains(in strand: Strand, without used: Set<Int>) -> [Sighting] {
    let trail = strand.trail
    // Best chain that starts with an edge, by edges in falling time: a later edge is settled first.
    let order = (0..<trail.edgeCount).sorted { (trail.time[$0], $0) > (trail.time[$1], $1) }
    var length = [Int32](repeating: 1, count: trail.edgeCount)
    var next = [Int32](repeating: -1, count: trail.edgeCount)
    for edge in order where !used.contains(strand.edge(edge)) {
      let (now, here) = (trail.time[edge], trail.destination[edge])
      for follower in trail.outgoing(of: here, from: now + 1, through: now + hopWithin)
      where trail.destination[follower] != trail.source[edge]
        && !used.contains(strand.edge(follower))
        && handsOn(trail.amountMinor[edge], trail.amountMinor[follower], keptMinBasisPoints)
      {
        if length[follower] + 1 > length[edge] {
          length[edge] = length[follower] + 1
          next[edge] = Int32(follower)
        }
      }
    }
    let least = max(2, hopsMin - 1)
    let heads = (0..<trail.edgeCount).filter { length[$0] >= least }.sorted {
      length[$0] != length[$1] ? length[$0] > length[$1] : $0 < $1
    }
    var taken: Set<Int> = []
    var result: [Sighting] = []
    for head in heads {
      var chain: [Int] = []
      var accounts: Set<Int32> = [trail.source[head]]
      var edge = head
      while edge >= 0, !taken.contains(edge), accounts.insert(trail.destination[edge]).inserted {
        chain.append(edge)
        edge = Int(next[edge])
      }
      guard chain.count >= least else { continue }
      taken.formUnion(chain)
      result.append(
        Sighting(
          detector: "ST-12s", kind: "pass_through", edges: chain.map(strand.edge),
          centres: [trail.source[head]],
          measures: [
            .atLeast("hops", chain.count, hopsMin), kept(chain, trail, keptMinBasisPoints),
          ],
          sentence:
            "One sum was handed along \(chain.count) accounts by \(strand.channel), each hop within "
            + "\(Span.text(hopWithin)) of the one before and a little less."))
    }
    return result
  }

  /// One account pays several strangers, who each hand it on to the same account.
  func scatterGathers(in strand: Strand) -> [Sighting] {
    struct Path {
      let from: Int32
      let to: Int32
      let out: Int
      let back: Int
    }
    let trail = strand.trail
    var paths: [Path] = []
    for out in 0..<trail.edgeCount {
      let (now, middle) = (trail.time[out], trail.destination[out])
      for back in trail.outgoing(of: middle, from: now + 1, through: now + gatherWithin)
      where trail.destination[back] != trail.source[out]
        && handsOn(trail.amountMinor[out], trail.amountMinor[back], keptMinBasisPoints)
      {
        paths.append(
          Path(from: trail.source[out], to: trail.destination[back], out: out, back: back))
      }
    }
    paths.sort { a, b in
      if (a.from, a.to) != (b.from, b.to) { return (a.from, a.to) < (b.from, b.to) }
      return (trail.time[a.out], a.out, a.back) < (trail.time[b.out], b.out, b.back)
    }
    var result: [Sighting] = []
    var start = 0
    while start < paths.count {
      var end = start
      while end < paths.count,
        (paths[end].from, paths[end].to) == (paths[start].from, paths[start].to)
      {
        end += 1
      }
      let group = paths[start..<end]
      start = end
      guard group.count >= middlesMin else { continue }
      // The fullest window of scatter; one-off ties leave one transfer a pair, so paths are middles.
      var best = group[group.startIndex..<group.startIndex]
      var low = group.startIndex
      for high in group.indices {
        while trail.time[group[high].out] - trail.time[group[low].out] > scatterSpan { low += 1 }
        if high - low + 1 > best.count { best = group[low...high] }
      }
      guard best.count >= middlesMin, let first = best.first else { continue }
      result.append(
        Sighting(
          detector: "ST-08s", kind: "scatter_gather",
          edges: best.map { strand.edge($0.out) } + best.map { strand.edge($0.back) },
          centres: [first.from, first.to],
          measures: [
            .atLeast("middle accounts", best.count, middlesMin),
            .plain(
              "handed on by each", "within \(Span.text(gatherWithin))",
              limit:
                "\(Statistic.percent(keptMinBasisPoints)) to \(Statistic.percent(keptMaxBasisPoints))"
            ),
          ],
          sentence:
            "One account paid \(best.count) parties by \(strand.channel), who each handed it on to the "
            + "same account within \(Span.text(gatherWithin))."))
    }
    return result
  }

  private func kept(_ edges: [Int], _ trail: Trail, _ least: Int) -> Finding.Measure {
    let hops = zip(edges, edges.dropFirst()).map {
      Statistic.percent(
        Statistic.basisPoints(Int128(trail.amountMinor[$1]), of: Int128(trail.amountMinor[$0])))
    }
    return .plain(
      "handed on at each hop", hops.joined(separator: ", "),
      limit: "\(Statistic.percent(least)) to \(Statistic.percent(keptMaxBasisPoints))")
  }
}
