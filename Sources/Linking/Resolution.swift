import CaseModel

/// A link that the evidence allows: the records it would take, and on what.
struct Candidate {
  /// Numbers of the records in their relation. A record takes part in one match of a relation.
  let nodes: [Int]
  let evidence: Evidence
}

/// How a candidate ends.
enum Standing: Equatable {
  case matched
  /// With the number of candidates of the same evidence that compete for a record.
  case proposal(choices: Int)
  /// A record of it is joined by stronger evidence.
  case explained
}

/// Decides between candidates: the optimisation of the matching.
///
/// Evidence is taken strongest first. Of one kind, the candidates whose records are not yet matched are
/// looked at together, and a candidate is matched when each of its records has no other of them. So the
/// matches are the greatest set in which every match is the only choice of every record in it; nothing
/// is chosen between equals, and no sum of scores trades one payment for another. A record with several
/// candidates of a kind stays contested: weaker evidence about it cannot decide what stronger evidence
/// left open, and only proposes. A candidate with a record that stronger evidence matched is explained.
///
/// Nothing depends on the order of the candidates: each step counts, and counting has no order.
/// - Complexity: O(*n*) in the candidates and their records, once for each kind of evidence.
struct Resolution {
  private(set) var standings: [Standing]
  private(set) var isTaken: [Bool]
  /// Matched, or left open between candidates.
  private(set) var isClaimed: [Bool]

  /// - Parameter crowded: records with more choices by accounts than are listed. They match by
  ///   references only.
  init(_ candidates: [Candidate], nodeCount: Int, crowded: [Bool]? = nil, taken: [Bool]? = nil) {
    standings = Array(repeating: .explained, count: candidates.count)
    isTaken = taken ?? Array(repeating: false, count: nodeCount)
    isClaimed = isTaken
    var ofKind: [Int: [Int]] = [:]
    for (index, candidate) in candidates.enumerated() {
      ofKind[candidate.evidence.rawValue, default: []].append(index)
    }
    var count = Array(repeating: 0, count: nodeCount)
    for evidence in Evidence.allCases {
      let live = (ofKind[evidence.rawValue] ?? []).filter { index in
        !candidates[index].nodes.contains { isTaken[$0] }
      }
      for index in live { for node in candidates[index].nodes { count[node] += 1 } }
      var matches: [Int] = []
      for index in live {
        let nodes = candidates[index].nodes
        let isOpen = nodes.allSatisfy { node in
          count[node] == 1 && !isClaimed[node]
            && (evidence < .bothAccounts || crowded?[node] != true)
        }
        if evidence.canMatch, isOpen {
          matches.append(index)
        } else {
          standings[index] = .proposal(choices: nodes.map { count[$0] }.max() ?? 1)
        }
      }
      for index in matches { standings[index] = .matched }
      for index in live {
        for node in candidates[index].nodes {
          if standings[index] == .matched { isTaken[node] = true }
          isClaimed[node] = true
          count[node] = 0
        }
      }
    }
  }
}
