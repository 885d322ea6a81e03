import CaseModel
import TrailGraph

/// Several parties of other findings pay one account, or are paid by it, within a month (ST-05, ST-06 among
/// parties already seen).
///
/// A burst of eight is rare anywhere; four payments within weeks, each with a party that is in another
/// finding and never otherwise deals with the account, are as rare where such parties are few. The expected
/// number is the account's own only dealings, times the share of all only dealings that these parties have,
/// times the part of the file that the window is. What is found makes its centre a party too, for `rounds`
/// at most. It says who keeps company with whom, and no more: the sentence and the cautions say so.
struct ScreeningCompany {
  let background: Background
  var armsMin = 4
  var window = 30 * Span.day
  var marginBits = Bits.one
  var rounds = 4

  private var trail: Trail { background.trail }

  /// - Parameters:
  ///   - parties: accounts of the findings so far, true where in one.
  ///   - used: transfers of the findings so far.
  func sightings(among parties: [Bool], without used: Set<Int>) -> [Sighting] {
    guard window * 2 <= background.span, background.onlyCount > 0 else { return [] }
    var (parties, used) = (parties, used)
    var result: [Sighting] = []
    for _ in 0..<rounds {
      let found = [true, false].flatMap { round(incoming: $0, parties, used) }
      var isNew = false
      for sighting in found where used.isDisjoint(with: sighting.edges) {
        result.append(sighting)
        guard sighting.score >= ScreeningReport.reportingScore else { continue }
        used.formUnion(sighting.edges)
        isNew = true
        for centre in sighting.centres { parties[Int(centre)] = true }
      }
      if !isNew { break }
      result.removeAll { $0.score < ScreeningReport.reportingScore }
    }
    return result
  }

  private func round(incoming: Bool, _ parties: [Bool], _ used: Set<Int>) -> [Sighting] {
    let (out, into) = (background.onlyOut, background.onlyIn)
    let (dealings, owns) = incoming ? (out, into) : (into, out)
    let theirs = parties.indices.reduce(0) { $0 + (parties[$1] ? Int(dealings[$1]) : 0) }
    // A centre that is itself a party is one of few; any other is one of all accounts.
    let known = Bits.log2(max(1, parties.count(where: { $0 }))) + marginBits
    let unknown = Bits.log2(trail.accountCount) + marginBits
    var result: [(sighting: Sighting, bits: Int)] = []
    for account in 0..<Int32(trail.accountCount) {
      let own = owns[Int(account)]
      let limit = parties[Int(account)] ? known : unknown
      guard Int(own) >= armsMin else { continue }
      let edges =
        incoming ? trail.incoming(of: account).map(Int.init) : Array(trail.outgoing(of: account))
      let arms = edges.filter { edge in
        let other = incoming ? trail.source[edge] : trail.destination[edge]
        return background.uses[edge] == 1 && !used.contains(edge) && parties[Int(other)]
      }
      guard let run = fullest(arms) else { continue }
      let count = run.count
      let expected =
        Int128(2 * (Int(own) - run.count) + 1) * Int128(theirs) * Int128(window) * 1_000_000
        / (2 * Int128(background.onlyCount) * Int128(background.span))  // rounded down
      let bits = Bits.surprise(of: count, expected: Int(clamping: expected), per: 1_000_000)
      guard bits * 4 >= limit * 3 else { continue }
      result.append((sighting(run, count, bits, limit, account, incoming), bits))
    }
    return result.sorted {
      $0.bits != $1.bits
        ? $0.bits > $1.bits : $0.sighting.edges.lexicographicallyPrecedes($1.sighting.edges)
    }.map(\.sighting)
  }

  /// The window with the most arms, the earliest of equals.
  private func fullest(_ arms: [Int]) -> [Int]? {
    var best = 0..<0
    var low = 0
    for high in arms.indices {
      while trail.time[arms[high]] - trail.time[arms[low]] > window { low += 1 }
      if high + 1 - low > best.count { best = low..<(high + 1) }
    }
    return best.count >= armsMin ? Array(arms[best]) : nil
  }

  private func sighting(
    _ edges: [Int], _ count: Int, _ bits: Int, _ limit: Int, _ account: Int32, _ incoming: Bool
  ) -> Sighting {
    Sighting(
      detector: incoming ? "ST-05s" : "ST-06s", kind: incoming ? "fan_in" : "fan_out",
      edges: edges, centres: [account],
      measures: [
        .atLeast(
          "\(incoming ? "payers" : "payees") that are in other findings, in \(Span.text(window))",
          count, armsMin),
        Sighting.surprise(bits, limit: limit),
      ],
      sentence:
        "\(count) parties of other findings, which have hardly any other dealings with this account, "
        + (incoming ? "paid it" : "were paid by it") + " within \(Span.text(window)).")
  }
}
