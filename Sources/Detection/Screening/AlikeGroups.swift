import CaseModel
import TrailGraph

/// Makes findings a person can read of dealings that are like those of other findings.
///
/// The account with the most of them within a month comes first, and takes them with it; what is left is put together
/// where parties are the same.
struct AlikeGroups {
  let trail: Trail
  let outcome: ScreeningLikeness.Outcome
  let about: Int
  var armsMin = 3
  var window = 30 * Span.day

  /// - Complexity: O(*g* · *e* log *e*) in the dealings and the groups made of them.
  func sightings() -> [Sighting] {
    let alike = Dictionary(uniqueKeysWithValues: outcome.alike.map { ($0.edge, $0) })
    var left = Set(alike.keys)
    var result: [Sighting] = []
    while let (account, edges) = fullest(left) {
      left.subtract(edges)
      let paid = edges.count { trail.destination[$0] == account }
      let (detector, kind) =
        paid == edges.count
        ? ("ST-05s", "fan_in") : paid == 0 ? ("ST-06s", "fan_out") : ("ST-07s", "gather_scatter")
      result.append(sighting(edges, [account], detector, kind, alike))
    }
    return result
      + components(left).map { edges in
        sighting(edges, [trail.source[edges[0]]], "alike", "alike", alike)
      }
  }

  /// The account that pays or is paid by the most of these within the window, and which. One payment the
  /// other way makes no collector a distributor; it is left to others.
  private func fullest(_ left: Set<Int>) -> (Int32, [Int])? {
    var byAccount: [Int32: [Int]] = [:]
    for edge in left.sorted() {
      byAccount[trail.source[edge], default: []].append(edge)
      byAccount[trail.destination[edge], default: []].append(edge)
    }
    var best: (account: Int32, edges: ArraySlice<Int>, arms: Int)?
    for account in byAccount.keys.sorted() {
      let edges = (byAccount[account] ?? []).sorted { time($0, $1) }
      var (low, paid, pays) = (0, 0, 0)
      for high in edges.indices {
        if trail.destination[edges[high]] == account { paid += 1 } else { pays += 1 }
        while trail.time[edges[high]] - trail.time[edges[low]] > window {
          if trail.destination[edges[low]] == account { paid -= 1 } else { pays -= 1 }
          low += 1
        }
        let arms = paid > 1 && pays > 1 ? paid + pays : max(paid, pays)
        if arms >= armsMin, arms > best?.arms ?? 0 { best = (account, edges[low...high], arms) }
      }
    }
    return best.map { ($0.account, arms(Array($0.edges), of: $0.account)) }
  }

  /// Both sides where each has two or more, else the larger.
  private func arms(_ edges: [Int], of account: Int32) -> [Int] {
    let paid = edges.filter { trail.destination[$0] == account }
    let pays = edges.filter { trail.source[$0] == account }
    if paid.count > 1, pays.count > 1 { return edges }
    return paid.count >= pays.count ? paid : pays
  }

  private func components(_ left: Set<Int>) -> [[Int]] {
    let edges = left.sorted { time($0, $1) }
    var groups = Groups(edges.count)
    var lastOf: [Int32: Int] = [:]
    for (place, edge) in edges.enumerated() {
      for account in [trail.source[edge], trail.destination[edge]] {
        if let last = lastOf[account], trail.time[edge] - trail.time[edges[last]] <= window {
          groups.join(last, place)
        }
        lastOf[account] = place
      }
    }
    var byRoot: [Int: [Int]] = [:]
    for place in edges.indices { byRoot[groups.root(place), default: []].append(edges[place]) }
    return byRoot.keys.sorted().compactMap { byRoot[$0] }
  }

  private func time(_ a: Int, _ b: Int) -> Bool {
    trail.time[a] != trail.time[b] ? trail.time[a] < trail.time[b] : a < b
  }

  private func sighting(
    _ edges: [Int], _ centres: [Int32], _ detector: String, _ kind: String,
    _ alike: [Int: ScreeningLikeness.Alike]
  ) -> Sighting {
    let share = edges.compactMap { alike[$0]?.share }.min() ?? 0
    let habit = edges.compactMap { alike[$0]?.habit }.min() ?? 0
    return Sighting(
      detector: detector, kind: kind, edges: edges, centres: centres,
      measures: [
        .atLeast(
          "of \(about) dealings so much like those of other findings, how many are in one", share,
          outcome.least),
        .plain(
          "how much commoner hour and sum are among other findings than at all, in bits",
          habit < 0 ? "less common" : Bits.text(habit), limit: "none asked"),
      ],
      sentence: (edges.count == 1
        ? "A payment between parties that otherwise never deal, "
        : "\(edges.count) payments between parties that otherwise never deal, ")
        + "like those of other findings in parties, hour and sum (of \(about) so alike, \(share) or more are in one).",
      cautions: [
        "not checked: whether anything but likeness ties these payments to the other findings",
        "not checked: whether the hour is the payer's or the bank's, which may book in bulk",
      ])
  }
}
