import CaseModel
import TrailGraph

/// What a detector saw, before it becomes a `Finding`: edges in the order of the pattern, the accounts
/// in their part, the measures beside their limits.
struct Proof {
  var edges: [Int]
  var roles: [(account: Int32, part: String)]
  var sentence: String
  var measures: [Finding.Measure]
  var cautionsChecked: [String] = []
  var cautionsNotChecked: [String] = []
  var truncation: String?
  /// Where the definition itself names the band; nil: the band of the smallest margin.
  var strength: Finding.Strength?
}

extension Detector {
  /// The finding for a proof. The binding measure is the one with the smallest margin.
  /// - Parameter parameters: of this detector; handed in so that all findings share one copy.
  func finding(
    _ proof: Proof, in trail: Trail, context: CaseContext?, parameters: [Finding.Measure]
  ) -> Finding {
    let binding = proof.measures.compactMap(\.marginBasisPoints).min() ?? 10_000
    var entries: [EntryID] = []
    var seen: Set<EntryID> = []
    for edge in proof.edges {
      for entry in trail.entries(edge) where seen.insert(entry).inserted { entries.append(entry) }
    }
    let gaps = Cautions.gaps(in: proof, trail, context)
    return Finding(
      detector: id, version: version, kind: kind, title: title, sentence: proof.sentence,
      parameters: parameters, measures: proof.measures,
      strength: proof.strength ?? Finding.Strength(marginBasisPoints: binding), entries: entries,
      accounts: proof.roles.compactMap { role in
        trail.names.accountID(of: role.account).map { Finding.Role(account: $0, part: role.part) }
      },
      innocentExplanations: Self.innocentExplanations,
      cautionsChecked: proof.cautionsChecked + gaps.checked,
      cautionsNotChecked: proof.cautionsNotChecked + gaps.notChecked, truncation: proof.truncation)
  }

  /// Findings in the order of their first edge's time, ties by the edge's number.
  func result(
    _ proofs: [Proof], in trail: Trail, context: CaseContext?, notApplicable: String? = nil,
    truncation: String? = nil
  ) -> DetectionResult {
    let keyed = proofs.map { proof in
      (key: proof.edges.map { (trail.time[$0], $0) }.min { $0 < $1 } ?? (0, 0), proof: proof)
    }
    let ordered = keyed.sorted { a, b in
      if a.key != b.key { return a.key < b.key }
      return a.proof.edges.lexicographicallyPrecedes(b.proof.edges)
    }
    let parameters = parameters
    return DetectionResult(
      detector: id,
      findings: ordered.map {
        finding($0.proof, in: trail, context: context, parameters: parameters)
      },
      notApplicable: notApplicable, truncation: truncation)
  }
}

/// Cautions that every detector checks alike.
enum Cautions {
  /// Missing statements of the accounts inside the days of the pattern.
  static func gaps(
    in proof: Proof, _ trail: Trail, _ context: CaseContext?
  ) -> (checked: [String], notChecked: [String]) {
    guard let context else {
      return ([], ["whether the records of these accounts are complete: no statements are known"])
    }
    let days = proof.edges.map { trail.day($0) }
    guard let first = days.min(), let last = days.max() else { return ([], []) }
    let accounts = Set(proof.roles.compactMap { trail.names.accountID(of: $0.account) })
    var found: [String] = []
    for gap in accounts.flatMap({ context.gapsOf[$0] ?? [] }) {
      guard let missing = gap.missing, missing.first <= last, missing.last >= first else {
        continue
      }
      let name = context.accounts[gap.account]?.displayName ?? "an account"
      found.append("statements of \(name) are missing from \(missing.first) to \(missing.last)")
    }
    var unsure: [String] = []
    for account in accounts.sorted() {
      guard let own = context.completeness[account] else { continue }
      let name = context.accounts[account]?.displayName ?? "an account"
      for span in own.spans where span.period.first <= last && span.period.last >= first {
        let days = "from \(span.period.first) to \(span.period.last)"
        switch span.state {
        case .unreconciled:
          found.append("statements of \(name) do not agree with their own figures \(days)")
        case .incomplete: found.append("statements of \(name) are cut off \(days)")
        case .noBalances:
          unsure.append(
            "whether the records of \(name) are complete \(days): the statements state no balances")
        case .reconciled, .gap, .doubled, .none: break
        }
      }
    }
    return (
      found.isEmpty ? ["no statement gap lies in these days"] : found.sorted(), unsure.sorted()
    )
  }

  /// How many of the edges lie between accounts of one holder, as the case knows holders.
  static func ownTransfers(_ edges: [Int], _ trail: Trail, _ context: CaseContext?) -> Int {
    guard let context else { return 0 }
    func holder(_ account: Int32) -> PersonCode? {
      trail.names.accountID(of: account).flatMap { context.accounts[$0]?.holder }
    }
    return edges.count { edge in
      guard let a = holder(trail.source[edge]) else { return false }
      return a == holder(trail.destination[edge])
    }
  }
}

extension Finding.Measure {
  /// A measure that must reach a limit from below; the margin is value ÷ limit, rounded down.
  static func atLeast(_ name: String, _ value: Int128, _ limit: Int128, text: (Int128) -> String)
    -> Self
  {
    let margin: Int? =
      limit > 0
      ? Int(clamping: Rounding.down.quotient(value * 10_000, by: limit)) : nil
    return Self(
      name: name, value: text(value), limit: "at least " + text(limit), marginBasisPoints: margin)
  }

  /// A count that must reach a limit.
  static func atLeast(_ name: String, _ value: Int, _ limit: Int) -> Self {
    atLeast(name, Int128(value), Int128(limit)) { "\($0)" }
  }

  /// A measure without a ratio: a share that cannot exceed the whole, an upper limit, a span.
  static func plain(_ name: String, _ value: String, limit: String) -> Self {
    Self(name: name, value: value, limit: limit)
  }

  static func parameter(_ name: String, _ value: String) -> Self {
    Self(name: name, value: value, limit: "")
  }
}
