import CaseModel

/// Joins payment records with one another: replies with what they answer, and what several senders say of
/// one movement. What a reply says of an order decides what became of it.
///
/// - Complexity: near-linear in the records; groups of one reference with more than `choicesMax` records
///   are not joined.
struct RecordGroups {
  private(set) var links: [Link] = []
  /// The group each record is in: the least position among the records joined with it.
  private(set) var group: [Int]
  /// What became of each record's movement, with the replies to it and to its group.
  private(set) var outcome: [MatchingWords.Outcome]

  init(_ records: [RecordView], _ decisions: [LinkIdentity: LinkVerdict], _ policy: LinkPolicy) {
    group = Array(records.indices)
    outcome = records.map(\.outcome)
    for pair in Self.answers(records, policy) {
      let link = Self.link(pair, records, decisions)
      links.append(link)
      guard link.status == .matched, records[pair.from].outcome == .notExecuted else { continue }
      outcome[pair.to] = .notExecuted
    }
    for pair in Self.same(records, policy) {
      let link = Self.link(pair, records, decisions)
      links.append(link)
      if link.status == .matched { join(pair.from, pair.to) }
    }
    for index in records.indices { group[index] = root(index) }
  }

  private func root(_ index: Int) -> Int {
    var index = index
    while group[index] != index { index = group[index] }
    return index
  }

  private mutating func join(_ a: Int, _ b: Int) {
    let (first, second) = (root(a), root(b))
    group[max(first, second)] = min(first, second)
  }

  private struct Pair {
    let kind: Link.Kind
    let from: Int
    let to: Int
    let evidence: Evidence
    let choices: Int
    let constraints: [LinkConstraint]
  }

  // MARK: Replies

  /// A reply names what it answers by UETR or by the sender's reference of the order.
  private static func answers(_ records: [RecordView], _ policy: LinkPolicy) -> [Pair] {
    var orders: [String: [Int]] = [:]
    for (index, view) in records.enumerated() where view.family != .reply {
      for reference in view.identifiers { orders["ref " + reference, default: []].append(index) }
      if let uetr = view.uetr { orders["uetr " + uetr, default: []].append(index) }
    }
    var pairs: [Pair] = []
    for (index, view) in records.enumerated() where view.family == .reply {
      let related = view.record.references.filter {
        $0.key == "related" || $0.key.hasPrefix("original")
      }
      let named = Set(related.values.compactMap { MatchingWords.reference($0) })
        .filter { $0.utf8.count >= policy.referenceLengthMin }
      let byUETR = view.uetr.map { orders["uetr " + $0] ?? [] } ?? []
      let byReference = Set(
        (named.sorted() + view.identifiers).flatMap { orders["ref " + $0] ?? [] })
      let targets = byUETR.isEmpty ? byReference.sorted() : byUETR
      guard targets.count <= policy.choicesMax else { continue }
      for target in targets {
        pairs.append(
          Pair(
            kind: .reply, from: index, to: target,
            evidence: byUETR.isEmpty ? .reference : .uetr, choices: targets.count,
            constraints: [
              LinkConstraint(
                .reference, byUETR.isEmpty ? "names the reference of the order" : "same UETR")
            ]))
      }
    }
    return pairs
  }

  // MARK: Several records of one movement

  private struct Key: Hashable {
    let evidence: Evidence
    let parts: [String]
  }

  private static func same(_ records: [RecordView], _ policy: LinkPolicy) -> [Pair] {
    var groups: [Key: [Int]] = [:]
    for (index, view) in records.enumerated() where view.family != .reply {
      for key in keys(view) { groups[key, default: []].append(index) }
    }
    var best: [[Int]: Pair] = [:]
    for (key, members) in groups {
      guard members.count >= 2, members.count <= policy.choicesMax else { continue }
      for (place, first) in members.enumerated() {
        for second in members[(place + 1)...] {
          guard let pair = pair(key, first, second, members, records, policy) else { continue }
          let known = best[[first, second]]
          if known.map({ pair.evidence < $0.evidence }) ?? true { best[[first, second]] = pair }
        }
      }
    }
    return best.values.sorted { ($0.from, $0.to) < ($1.from, $1.to) }
  }

  /// UETR; a number, amount and day; both accounts, amount and day.
  private static func keys(_ view: RecordView) -> [Key] {
    var found: [Key] = []
    if let uetr = view.uetr { found.append(Key(evidence: .uetr, parts: [uetr])) }
    guard let amount = view.principal, let day = view.day else { return found }
    let money = "\(amount.magnitude)"
    for reference in view.identifiers {
      found.append(Key(evidence: .referenceAndAccount, parts: [reference, money]))
    }
    if let from = view.party(paying: true)?.accountKey?.text,
      let to = view.party(paying: false)?.accountKey?.text
    {
      found.append(Key(evidence: .bothAccounts, parts: [from, to, money, "\(day)"]))
    }
    return found
  }

  /// By accounts, amount and day alone, two senders tell of one movement only when each tells of one.
  private static func pair(
    _ key: Key, _ first: Int, _ second: Int, _ members: [Int], _ records: [RecordView],
    _ policy: LinkPolicy
  ) -> Pair? {
    let (a, b) = (records[first], records[second])
    let days = a.day.flatMap { one in b.day.map { abs($0 - one) } }
    var found = [LinkConstraint]()
    var choices = 1
    switch key.evidence {
    case .uetr: found.append(LinkConstraint(.reference, "same UETR"))
    case .referenceAndAccount:
      guard a.family == b.family, let days, days <= policy.settlementDays, !disagree(a, b) else {
        return nil
      }
      found.append(LinkConstraint(.reference, "same number of the transaction"))
      found.append(LinkConstraint(.amount, "same amount and currency"))
    default:
      guard a.family == b.family, a.family != .message, let reporter = a.reporter,
        let other = b.reporter, reporter != other
      else { return nil }
      choices = max(
        members.count { records[$0].reporter == reporter },
        members.count { records[$0].reporter == other })
      found.append(LinkConstraint(.amount, "same amount and currency"))
      found.append(LinkConstraint(.account, "both accounts are the same"))
    }
    if let days { found.append(LinkConstraint(.window, LegRule.window(days))) }
    return Pair(
      kind: .sameMovement, from: first, to: second, evidence: key.evidence, choices: choices,
      constraints: found)
  }

  /// The records state different accounts on one side.
  private static func disagree(_ a: RecordView, _ b: RecordView) -> Bool {
    [true, false].contains { paying in
      guard let one = a.party(paying: paying)?.accountKey,
        let other = b.party(paying: paying)?.accountKey
      else { return false }
      return one != other
    }
  }

  private static func link(
    _ pair: Pair, _ records: [RecordView], _ decisions: [LinkIdentity: LinkVerdict]
  ) -> Link {
    let (from, to) = (records[pair.from], records[pair.to])
    let verdict = decisions[LinkIdentity(pair.kind, from: [from.key], to: [to.key])]
    var link = Link(
      kind: pair.kind, status: pair.choices == 1 ? .matched : .proposal, from: [from.member],
      to: [to.member], evidence: pair.evidence, constraints: pair.constraints, fees: [], rate: nil,
      daysApart: from.day.flatMap { one in to.day.map { abs($0 - one) } }, choices: pair.choices,
      isExhausted: true, reason: "")
    LinkWords.settle(&link, verdict)
    return link
  }
}
