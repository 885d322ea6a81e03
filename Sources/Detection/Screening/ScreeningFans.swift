import CaseModel
import TrailGraph

/// Many parties pay one account, or are paid by it, in a burst that the account's own rate does not explain
/// (ST-05, ST-06).
///
/// The arms are dealings of pairs that meet at most three times in the file, once over those that meet only
/// once and once over all; the account's other such dealings give the expected number in the window
/// (Poisson). Windows of one to ten days are tried, which costs two bits.
struct ScreeningFans {
  let background: Background
  var armsMin = 8
  var windows = [Span.day, 3 * Span.day, 10 * Span.day]
  var marginBits = 4 * Bits.one
  /// Where more than one in so many of the accounts that could burst do, bursts of that length are
  /// ordinary in the file and say nothing.
  var ordinaryFrom = 150
  /// Bursts looked for in one account at most.
  var burstsMax = 8

  private var trail: Trail { background.trail }

  private struct Found {
    let account: Int32
    let burst: Arms.Burst
    let edges: [Int]
    let window: Int64
    let excess: Int
  }

  func sightings(
    incoming: Bool, without used: Set<Int>
  ) -> (sightings: [Sighting], notApplicable: [ScreeningReport.NotApplicable]) {
    var found: [Found] = []
    var candidates = 0
    for account in 0..<Int32(trail.accountCount) {
      let degree =
        incoming ? trail.incoming(of: account).count : trail.outgoing(of: account).count
      guard degree * 4 >= armsMin * 3 else { continue }
      candidates += 1
      found += bursts(account, incoming, used)
    }
    var notes: [ScreeningReport.NotApplicable] = []
    for window in windows {
      let bursting = Set(found.filter { $0.window == window && $0.excess >= 0 }.map(\.account))
        .count
      guard bursting > 3, bursting * ordinaryFrom > candidates else { continue }
      found.removeAll { $0.window == window }
      notes.append(
        .init(
          detector: incoming ? "ST-05s" : "ST-06s",
          reason: "bursts within \(Span.text(window)) are ordinary in this file: \(bursting) of "
            + "\(candidates) accounts with \(armsMin * 3 / 4) payments have one"))
    }
    // The most surprising first; what shares a transfer with it is part of it.
    found.sort {
      $0.excess != $1.excess
        ? $0.excess > $1.excess : $0.edges.lexicographicallyPrecedes($1.edges)
    }
    var taken: Set<Int> = []
    var result: [Sighting] = []
    for item in found where taken.isDisjoint(with: item.edges) {
      guard !background.isRoutine(item.edges, length: item.window) else { continue }
      taken.formUnion(item.edges)
      result.append(sighting(item.burst, item.edges, item.window, item.account, incoming))
    }
    return (result, notes)
  }

  private func bursts(_ account: Int32, _ incoming: Bool, _ used: Set<Int>) -> [Found] {
    var result: [Found] = []
    for onlyDealings in [true, false] {
      for arms in Arms.of(
        account, incoming: incoming, onlyDealings: onlyDealings, background, without: used,
        least: armsMin * 3 / 4)
      {
        for window in windows where window * 3 <= background.span {
          let limit = limit(window)
          var taken: [Range<Int>] = []
          while taken.count < burstsMax,
            let burst = arms.strongest(
              window, partiesMin: armsMin * 3 / 4, in: background.span, apartFrom: taken),
            burst.bits * 4 >= limit * 3
          {
            taken.append(burst.range)
            result.append(
              Found(
                account: account, burst: burst, edges: burst.range.map { arms.edges[$0] },
                window: window, excess: burst.bits - limit))
          }
        }
      }
    }
    return result
  }

  /// One chance burst in 2^4 files of as many accounts and windows, four lengths, two kinds of arms.
  private func limit(_ window: Int64) -> Int {
    Bits.log2(trail.accountCount) + Bits.log2(Int(background.span / window) + 1) + 3 * Bits.one
      + marginBits
  }

  private func sighting(
    _ burst: Arms.Burst, _ edges: [Int], _ window: Int64, _ account: Int32, _ incoming: Bool
  ) -> Sighting {
    Sighting(
      detector: incoming ? "ST-05s" : "ST-06s", kind: incoming ? "fan_in" : "fan_out",
      edges: edges, centres: [account],
      measures: [
        .atLeast(
          "\(incoming ? "payers" : "payees") in \(Span.text(window))", burst.parties, armsMin),
        Sighting.surprise(burst.bits, limit: limit(window)),
      ],
      sentence: incoming
        ? "\(burst.parties) parties with hardly any other dealings paid one account within "
          + "\(Span.text(window)), far more than it is otherwise paid by."
        : "One account paid \(burst.parties) parties with hardly any other dealings within "
          + "\(Span.text(window)), far more than it otherwise pays.")
  }
}
