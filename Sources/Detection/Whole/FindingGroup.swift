public import CaseModel

/// Findings that show the same money, as one thing a person can read.
///
/// Two findings are of one group when they share at least half of the entries of the smaller one
/// (typologies.md §4, group cap). The one that leads is the strongest, then that with most entries, then the
/// first; the others stand beside it and are not lost.
public struct FindingGroup: Hashable, Sendable, Codable {
  /// Places in the list of findings given: the leading one first, then the others ascending.
  public let members: [Int]
  /// Every entry of the group once, in the order of its findings.
  public let entries: [EntryID]

  /// Groups in the order of their leading findings' places.
  ///
  /// - Complexity: O(*n* · *k*) in the entries of all findings, *k* the findings that share one entry.
  public static func groups(of findings: [Finding]) -> [FindingGroup] {
    var parent = Array(findings.indices)
    func root(_ place: Int) -> Int {
      var place = place
      while parent[place] != place {
        parent[place] = parent[parent[place]]
        place = parent[place]
      }
      return place
    }
    let sets = findings.map { Set($0.entries) }
    var holders: [EntryID: [Int]] = [:]
    for (place, set) in sets.enumerated() {
      var shared: [Int: Int] = [:]
      for entry in set {
        for other in holders[entry] ?? [] { shared[other, default: 0] += 1 }
      }
      for (other, count) in shared where count * 2 >= min(set.count, sets[other].count) {
        let (a, b) = (root(place), root(other))
        if a != b { parent[max(a, b)] = min(a, b) }
      }
      for entry in set { holders[entry, default: []].append(place) }
    }
    var byRoot: [Int: [Int]] = [:]
    for place in findings.indices { byRoot[root(place), default: []].append(place) }
    return byRoot.values.map { group($0, findings) }.sorted { $0.members[0] < $1.members[0] }
  }

  private static func group(_ places: [Int], _ findings: [Finding]) -> FindingGroup {
    func precedes(_ a: Int, _ b: Int) -> Bool {
      let (x, y) = (findings[a], findings[b])
      if x.strength != y.strength { return rank(x.strength) > rank(y.strength) }
      return x.entries.count != y.entries.count ? x.entries.count > y.entries.count : a < b
    }
    let lead = places.min(by: precedes) ?? places[0]
    var entries: [EntryID] = []
    var seen: Set<EntryID> = []
    let members = [lead] + places.filter { $0 != lead }
    for place in members {
      for entry in findings[place].entries where seen.insert(entry).inserted {
        entries.append(entry)
      }
    }
    return FindingGroup(members: members, entries: entries)
  }

  private static func rank(_ strength: Finding.Strength) -> Int {
    switch strength {
    case .atThreshold: 0
    case .clear: 1
    case .strong: 2
    }
  }
}
