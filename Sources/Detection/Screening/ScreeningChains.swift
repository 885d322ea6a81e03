import CaseModel
import TrailGraph

/// A sum handed on from account to account: pass-through chains (ST-12).
///
/// Each hop is worth as many bits as it is surprising that this account, which pays so often, pays a sum
/// of this size within a day (`Background.surprise`); a pair's only dealing adds to it, a standing
/// relation takes away. The decoy is the same chain in which the sum *grows* by as much at each hop.
struct ScreeningChains {
  let background: Background
  var hopsMin = 3
  var hopWithin = Span.day
  /// Each hand keeps at most a tenth, less rounding.
  var keptMinBasisPoints = 8_950
  /// Nothing is added on the way.
  var keptMaxBasisPoints = 10_000
  /// Expected chance chains in the whole file at the limit: one in 2^4.
  var marginBits = 4 * Bits.one

  private var trail: Trail { background.trail }

  struct Chain {
    let edges: [Int]
    let bits: Int
  }

  /// The chains of the file that reach the limit or three quarters of it, and the limit.
  func sightings(without used: Set<Int>) -> [Sighting] {
    let real = chains(growing: false, without: used)
    let decoys = chains(growing: true, without: used)
    let floor = Bits.log2(background.transferCount) + marginBits
    let limit = Decoys.limit(
      real: real.filter { $0.edges.count >= hopsMin }.map(\.bits),
      decoys: decoys.filter { $0.edges.count >= hopsMin }.map(\.bits), floor: floor)
    return real.filter { $0.bits * 4 >= limit * 3 }.map { sighting($0, limit: limit) }
  }

  /// The amounts that continue a sum; growing, their mirror image. Both divisions round down, which lets
  /// one minor unit of rounding pass.
  func range(after amount: Int64, growing: Bool) -> ClosedRange<Int64> {
    let (kept, most) = (Int128(keptMinBasisPoints), Int128(keptMaxBasisPoints))
    let (low, high) =
      growing
      ? (Int128(amount) * 10_000 / most, Int128(amount) * 10_000 / kept)
      : (Int128(amount) * kept / 10_000, Int128(amount) * most / 10_000)
    return Int64(clamping: low)...Int64(clamping: max(low, high))
  }

  private func chains(growing: Bool, without used: Set<Int>) -> [Chain] {
    let count = trail.edgeCount
    let order = (0..<count).sorted {
      trail.time[$0] != trail.time[$1] ? trail.time[$0] > trail.time[$1] : $0 > $1
    }
    // The most surprising chain that starts with an edge: later edges are settled first.
    var value = [Int](repeating: 0, count: count)
    var length = [Int32](repeating: 1, count: count)
    var next = [Int32](repeating: -1, count: count)
    for edge in order where background.uses[edge] > 0 && !used.contains(edge) {
      let (now, here) = (trail.time[edge], trail.destination[edge])
      value[edge] = background.rarityBits(edge)
      var best = 0
      let range = range(after: trail.amountMinor[edge], growing: growing)
      for follower in trail.outgoing(of: here, from: now + 1, through: now + hopWithin)
      where range.contains(trail.amountMinor[follower]) && background.uses[follower] > 0
        && trail.currency[follower] == trail.currency[edge]
        && trail.destination[follower] != trail.source[edge] && !used.contains(follower)
      {
        let hop = background.surprise(
          thatPays: here, range, trail.currency[edge], within: hopWithin)
        if hop + value[follower] > best {
          best = hop + value[follower]
          length[edge] = length[follower] + 1
          next[edge] = Int32(follower)
        }
      }
      value[edge] += best
    }
    let least = max(2, hopsMin - 1)
    let heads = (0..<count).filter { length[$0] >= least }.sorted {
      value[$0] != value[$1] ? value[$0] > value[$1] : $0 < $1
    }
    return disjoint(heads, next, value, least: least)
  }

  /// Chains from the most surprising head down, no transfer in two of them, no account twice in one.
  private func disjoint(
    _ heads: [Int], _ next: [Int32], _ value: [Int], least: Int
  ) -> [Chain] {
    var taken: Set<Int> = []
    var result: [Chain] = []
    for head in heads where !taken.contains(head) {
      var chain: [Int] = []
      var accounts: Set<Int32> = [trail.source[head]]
      var edge = head
      while edge >= 0, !taken.contains(edge), accounts.insert(trail.destination[edge]).inserted {
        chain.append(edge)
        edge = Int(next[edge])
      }
      guard chain.count >= least, !background.isRoutine(chain, length: hopWithin) else { continue }
      taken.formUnion(chain)
      let rest = edge >= 0 ? value[edge] : 0
      result.append(Chain(edges: chain, bits: value[head] - rest))
    }
    return result
  }

  private func sighting(_ chain: Chain, limit: Int) -> Sighting {
    Sighting(
      detector: "ST-12s", kind: "pass_through", edges: chain.edges,
      centres: [trail.source[chain.edges[0]]],
      measures: [
        .atLeast("hops", chain.edges.count, hopsMin), Sighting.surprise(chain.bits, limit: limit),
        background.kept(chain.edges, least: keptMinBasisPoints),
      ],
      sentence:
        "One sum was handed along \(chain.edges.count) accounts, each hop within "
        + "\(Span.text(hopWithin)) of the one before and a little less.")
  }
}

extension Background {
  /// What was handed on at each hop, as shares of the hop before.
  func kept(_ edges: [Int], least: Int, most: Int = 10_000) -> Finding.Measure {
    let hops = zip(edges, edges.dropFirst()).map {
      Statistic.percent(
        Statistic.basisPoints(Int128(trail.amountMinor[$1]), of: Int128(trail.amountMinor[$0])))
    }
    return .plain(
      "handed on at each hop", hops.joined(separator: ", "),
      limit: least > 0 ? "\(Statistic.percent(least)) to \(Statistic.percent(most))" : "any share")
  }
}
