import CaseModel
import TrailGraph

/// One account pays several others, who each hand it on to the same account (ST-08).
///
/// Each middle is worth the bits of its handing on, and of meeting just that account.
struct ScreeningScatter {
  let background: Background
  var middlesMin = 3
  var scatterSpan = 2 * Span.day
  var gatherWithin = 3 * Span.day + 6 * Span.hour
  var keptMinBasisPoints = 8_950
  var marginBits = 6 * Bits.one

  private var trail: Trail { background.trail }

  private struct Path {
    let from: Int32
    let to: Int32
    let out: Int
    let back: Int
    let bits: Int
  }

  func sightings(without used: Set<Int>) -> [Sighting] {
    let paths = paths(without: used).sorted { a, b in
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
      if end - start >= middlesMin, let sighting = fullest(paths[start..<end]) {
        result.append(sighting)
      }
      start = end
    }
    return result
  }

  private func paths(without used: Set<Int>) -> [Path] {
    var chains = ScreeningChains(background: background)
    chains.keptMinBasisPoints = keptMinBasisPoints
    var paths: [Path] = []
    for out in 0..<trail.edgeCount where background.isRare(out) && !used.contains(out) {
      let (now, middle) = (trail.time[out], trail.destination[out])
      let range = chains.range(after: trail.amountMinor[out], growing: false)
      for back in trail.outgoing(of: middle, from: now + 1, through: now + gatherWithin)
      where range.contains(trail.amountMinor[back]) && background.isRare(back)
        && trail.currency[back] == trail.currency[out]
        && trail.destination[back] != trail.source[out] && !used.contains(back)
      {
        let hop = background.surprise(
          thatPays: middle, range, trail.currency[out], within: gatherWithin)
        let meeting =
          Bits.log2(background.transferCount)
          - Bits.log2(trail.incoming(of: trail.destination[back]).count)
        paths.append(
          Path(
            from: trail.source[out], to: trail.destination[back], out: out, back: back,
            bits: max(0, hop + min(meeting, 6 * Bits.one) + background.rarityBits(back))))
      }
    }
    return paths
  }

  /// The fullest window of scatter, each middle once by its best path.
  private func fullest(_ group: ArraySlice<Path>) -> Sighting? {
    var best: [Path] = []
    for low in group.indices {
      let latest = trail.time[group[low].out] + scatterSpan
      var middles: [Int32: Path] = [:]
      var backs: Set<Int> = []
      for path in group[low...] {
        guard trail.time[path.out] <= latest else { break }
        let middle = trail.destination[path.out]
        if middles[middle] == nil, backs.insert(path.back).inserted { middles[middle] = path }
      }
      if middles.count > best.count {
        best = middles.values.sorted { (trail.time[$0.out], $0.out) < (trail.time[$1.out], $1.out) }
      }
      if group.endIndex - low <= best.count { break }
    }
    guard best.count >= middlesMin, let first = best.first else { return nil }
    let edges = best.map(\.out) + best.map(\.back)
    guard !background.isRoutine(edges, length: scatterSpan + gatherWithin) else { return nil }
    let bits = best.reduce(0) { $0 + $1.bits }
    let limit = Bits.log2(background.transferCount) + marginBits
    return Sighting(
      detector: "ST-08s", kind: "scatter_gather", edges: edges, centres: [first.from, first.to],
      measures: [
        .atLeast("middle accounts", best.count, middlesMin),
        Sighting.surprise(bits, limit: limit),
        .plain(
          "handed on by each", "within \(Span.text(gatherWithin))",
          limit: "\(Statistic.percent(keptMinBasisPoints)) to 100.00 %"),
      ],
      sentence:
        "One account paid \(best.count) parties, who each handed it on to the same account within "
        + "\(Span.text(gatherWithin)).")
  }
}
