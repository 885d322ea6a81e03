/// What a person decided about two mentions. Kept apart from the evidence, by the mentions' own
/// references, so that it holds again after the same records are imported anew (formats.md §7.3).
public struct PartyJudgement: Hashable, Sendable {
  public enum Verdict: String, Hashable, Sendable, Codable { case same, different, undecided }
  public let first: String
  public let second: String
  public let verdict: Verdict
  public init(_ first: String, _ second: String, _ verdict: Verdict) {
    (self.first, self.second) =
      first.utf8.lexicographicallyPrecedes(second.utf8) ? (first, second) : (second, first)
    self.verdict = verdict
  }
}

/// Two mentions that could be one party, for a person to decide.
public struct PartyProposal: Hashable, Sendable {
  public let first: String
  public let second: String
  public let score: PartyScore
}

/// Which mentions are one party, which could be, and why.
///
/// Joined at once: only what shares a valid strong identifier and is not contradicted. Never by a name
/// alone. Everything else that scores is a proposal; what a person decided stands above both.
public struct PartyResolution: Sendable {
  /// Mentions of one party, each group sorted, groups by their first member; single mentions are groups too.
  public let parties: [[String]]
  /// Joined automatically, with the reasons: the log that formats.md §7.3 asks for.
  public let automatic: [PartyProposal]
  /// Highest points first, then by reference.
  public let proposals: [PartyProposal]
  /// Decisions that cannot all hold: joined by a chain although judged different.
  public let contradictions: [PartyJudgement]
  /// Keys too common to be looked into, with how many mentions share each: what was not explored.
  public let passedOver: [String: Int]

  /// - Parameters:
  ///   - mentions: in any order; the result does not depend on it. References are unique.
  ///   - further: pairs of references that something else found alike, such as an index over letters.
  /// - Complexity: O(*n* log *n*) plus the pairs looked at.
  public init(
    of mentions: [PartyMention], judgements: [PartyJudgement] = [],
    further: [(String, String)] = []
  ) {
    let keyed = mentions.sorted { $0.reference.utf8.lexicographicallyPrecedes($1.reference.utf8) }
      .map(KeyedMention.init)
    let rarity = WordRarity(keyed)
    let blocks = PartyBlocks(keyed, rarity: rarity)
    let places = Dictionary(
      keyed.enumerated().map { ($1.mention.reference, $0) }, uniquingKeysWith: { first, _ in first }
    )
    var pairs = Set(blocks.pairs)
    for (a, b) in further {
      guard let x = places[a], let y = places[b], x != y else { continue }
      pairs.insert(.init(first: min(x, y), second: max(x, y)))
    }
    let verdicts = Dictionary(
      judgements.map { ([$0.first, $0.second], $0.verdict) }, uniquingKeysWith: { _, last in last })
    let comparison = PartyComparison(rarity: rarity)
    var joined = Groups(count: keyed.count)
    var automatic: [PartyProposal] = []
    var open: [PartyProposal] = []
    for pair in pairs.sorted() {
      let (a, b) = (keyed[pair.first], keyed[pair.second])
      let verdict = verdicts[[a.mention.reference, b.mention.reference]]
      guard verdict == nil || verdict == .undecided else { continue }
      let score = comparison.score(a, b)
      let proposal = PartyProposal(
        first: a.mention.reference, second: b.mention.reference, score: score)
      if score.sharesStrongIdentifier, !score.isContradicted {
        automatic.append(proposal)
        joined.join(pair.first, pair.second)
      } else if score.points >= PartyScore.proposed || score.sharesStrongIdentifier {
        open.append(proposal)
      }
    }
    for judgement in judgements where judgement.verdict == .same {
      if let x = places[judgement.first], let y = places[judgement.second] { joined.join(x, y) }
    }
    contradictions = judgements.filter {
      guard $0.verdict == .different, let x = places[$0.first], let y = places[$0.second] else {
        return false
      }
      return joined.head(x) == joined.head(y)
    }.sorted { [$0.first, $0.second].lexicographicallyPrecedes([$1.first, $1.second]) }
    // What is one party already needs no proposal.
    proposals = open.filter { proposal in
      guard let x = places[proposal.first], let y = places[proposal.second] else { return false }
      return joined.head(x) != joined.head(y)
    }.sorted {
      $0.score.points != $1.score.points
        ? $0.score.points > $1.score.points
        : [$0.first, $0.second].lexicographicallyPrecedes([$1.first, $1.second])
    }
    self.automatic = automatic
    passedOver = blocks.passedOver
    parties = joined.groups().map { $0.map { keyed[$0].mention.reference } }
  }

  /// Disjoint sets, joined towards the lower index.
  private struct Groups {
    private var parents: [Int]
    init(count: Int) { parents = Array(0..<count) }

    mutating func head(_ index: Int) -> Int {
      var index = index
      while parents[index] != index {
        parents[index] = parents[parents[index]]
        index = parents[index]
      }
      return index
    }

    mutating func join(_ a: Int, _ b: Int) {
      let (x, y) = (head(a), head(b))
      parents[max(x, y)] = min(x, y)
    }

    mutating func groups() -> [[Int]] {
      var groups: [[Int]] = []
      var place: [Int: Int] = [:]
      for index in parents.indices {
        let head = head(index)
        if let known = place[head] {
          groups[known].append(index)
        } else {
          place[head] = groups.count
          groups.append([index])
        }
      }
      return groups
    }
  }
}
