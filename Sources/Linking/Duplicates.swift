import CaseModel

/// Finds lines of one account that stand in several files and were not recognised as the same: the same
/// statement in two formats, two exports that word a line differently (formats.md §3.6).
///
/// Of any two files, the lines of one account, booking day and signed amount that only one of them shows are
/// paired: those with one bank's reference first, then the others in their order. Never matched without a
/// person: two lines alike can be two payments. What people accepted makes groups; a pair inside a group
/// follows from it, and a group never takes in two lines of one file, as these are two transactions.
/// - Complexity: O(*n*) in the legs; in one account, day and amount, quadratic in its files, at most
///   `LinkPolicy.choicesMax` of them.
struct Duplicates {
  private let legs: [Leg]
  private let decisions: [LinkIdentity: LinkVerdict]
  /// By identity.
  private(set) var links: [Link] = []
  /// Legs that repeat another, by what a person said: they take part in nothing else.
  private(set) var repeated: Set<Int> = []
  /// Legs of more files than are compared: nothing is proposed of them.
  private(set) var crowded: [Int] = []
  /// By leg: the first leg of the group it was accepted into.
  private var group: [Int]

  private struct Line: Hashable {
    let account: AccountKey
    let day: Int32
    let amount: Money
  }

  private struct Pair: Hashable {
    let kept: Int
    let repeated: Int
  }

  /// - Parameter legs: in the order of their keys, each key once. Those without places are passed over.
  init(_ legs: [Leg], _ decisions: [LinkIdentity: LinkVerdict], _ policy: LinkPolicy) {
    self.legs = legs
    self.decisions = decisions
    group = Array(legs.indices)
    var alike: [Line: Int] = [:]
    var groups: [[Int]] = []
    for (index, leg) in legs.enumerated() where leg.kind == .booked && !leg.places.isEmpty {
      guard let day = leg.bookedOn?.dayNumber else { continue }
      let line = Line(account: leg.account, day: day, amount: leg.amount)
      if let place = alike[line] {
        groups[place].append(index)
      } else {
        alike[line] = groups.count
        groups.append([index])
      }
    }
    for members in groups where members.count > 1 { compare(members, policy.choicesMax) }
  }

  // MARK: Pairs

  private mutating func compare(_ members: [Int], _ most: Int) {
    let files = Set(members.flatMap { legs[$0].places.map(\.file) }).sorted()
    guard files.count <= most else {
      crowded += members
      return
    }
    var pairs: [Pair: Bool] = [:]
    for (place, first) in files.enumerated() {
      for second in files[(place + 1)...] {
        for (a, b, isReferenced) in paired(members, first, second) {
          let pair = Pair(kept: min(a, b), repeated: max(a, b))
          pairs[pair] = (pairs[pair] ?? false) || isReferenced
        }
      }
    }
    settle(
      pairs.sorted { ($0.key.kept, $0.key.repeated) < ($1.key.kept, $1.key.repeated) },
      among: members)
  }

  /// The lines that only one of two files shows, paired.
  private func paired(
    _ members: [Int], _ first: String, _ second: String
  ) -> [(Int, Int, isReferenced: Bool)] {
    func only(_ file: String, not other: String) -> [Int] {
      var found: [(position: Int, leg: Int)] = []
      for index in members {
        let places = legs[index].places
        guard !places.contains(where: { $0.file == other }) else { continue }
        if let position = places.filter({ $0.file == file }).map(\.position).min() {
          found.append((position, index))
        }
      }
      return found.sorted { ($0.position, $0.leg) < ($1.position, $1.leg) }.map(\.leg)
    }
    var (left, right) = (only(first, not: second), only(second, not: first))
    var found: [(Int, Int, isReferenced: Bool)] = []
    for a in left {
      guard let reference = legs[a].references["servicer"],
        left.count(where: { legs[$0].references["servicer"] == reference }) == 1
      else { continue }
      let alike = right.filter { legs[$0].references["servicer"] == reference }
      if alike.count == 1 { found.append((a, alike[0], true)) }
    }
    let met = Set(found.flatMap { [$0.0, $0.1] })
    left.removeAll(where: met.contains)
    right.removeAll(where: met.contains)
    return found + zip(left, right).map { ($0, $1, false) }
  }

  // MARK: Links

  private mutating func settle(_ pairs: [(key: Pair, value: Bool)], among members: [Int]) {
    var made = pairs.map { (pair: $0.key, link: link($0.key, isReferenced: $0.value)) }
    var choices: [Int: Int] = [:]
    for (pair, _) in made {
      choices[pair.kept, default: 0] += 1
      choices[pair.repeated, default: 0] += 1
    }
    let verdicts = made.map { decisions.isEmpty ? nil : decisions[$0.link.identity] }
    var isJoined = Array(repeating: false, count: made.count)
    for index in made.indices where verdicts[index] == .accept {
      isJoined[index] = join(made[index].pair, among: members)
    }
    for index in made.indices {
      let pair = made[index].pair
      made[index].link.choices = max(choices[pair.kept] ?? 1, choices[pair.repeated] ?? 1)
      let follows = verdicts[index] == nil && group[pair.kept] == group[pair.repeated]
      if isJoined[index] || follows {
        made[index].link.status = .matched
        repeated.insert(pair.repeated)
      }
      if verdicts[index] == .accept || follows { made[index].link.evidence = .person }
      LinkWords.settle(&made[index].link, verdicts[index])
      if follows {
        made[index].link.reason = "follows from what a person accepted of the same lines"
      }
    }
    links += made.map(\.link)
  }

  /// Makes one group of two, unless it would hold two lines of one file.
  private mutating func join(_ pair: Pair, among all: [Int]) -> Bool {
    let (first, second) = (group[pair.kept], group[pair.repeated])
    guard first != second else { return true }
    let members = all.filter { group[$0] == first || group[$0] == second }
    let files = members.flatMap { Set(legs[$0].places.map(\.file)) }
    guard Set(files).count == files.count else { return false }
    for member in members { group[member] = min(first, second) }
    return true
  }

  private func link(_ pair: Pair, isReferenced: Bool) -> Link {
    let (kept, other) = (legs[pair.kept], legs[pair.repeated])
    var constraints = [
      LinkConstraint(.ownAccount, "one account"),
      LinkConstraint(.amount, "same amount and currency"),
      LinkConstraint(.sign, "same direction"), LinkConstraint(.window, LegRule.window(0)),
    ]
    if isReferenced {
      constraints.append(LinkConstraint(.reference, "same reference of the bank"))
    } else if let a = kept.references["servicer"], let b = other.references["servicer"], a != b {
      constraints.append(LinkConstraint(.reference, "the bank's references differ"))
    }
    return Link(
      kind: .duplicate, status: .proposal, from: [kept.member], to: [other.member],
      evidence: .repeatedLine, constraints: constraints, fees: [], rate: nil, daysApart: 0,
      choices: 1, isExhausted: true, reason: "")
  }
}
