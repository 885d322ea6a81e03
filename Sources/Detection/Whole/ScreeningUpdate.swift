public import CaseModel
import TrailGraph

/// What an import changes in the results of a screening, without looking at everything again.
///
/// Each detector says how far from its anchor it looks (`Reach`). Findings whose anchor lies farther from
/// everything that is new stand as they were; the others are looked for anew. The results equal those of a
/// screening of everything (property test).
public struct ScreeningUpdate: Sendable {
  /// Accounts with new movements or new statements.
  public let touched: Set<AccountID>
  /// What the earlier screening gave, by any order of detectors.
  public let earlier: [DetectionResult]
  /// Detectors that were run over everything all the same, and why.
  public private(set) var wholeRuns: [String: String] = [:]

  /// - Parameter earlier: of data that is all still there: after a withdrawal everything is screened anew.
  public init(after earlier: [DetectionResult], touched: Set<AccountID>) {
    self.earlier = earlier
    self.touched = touched
  }

  /// The results for everything, as if all of it had been screened.
  ///
  /// - Parameter scene: the whole trail as it is now, all accounts asked for.
  /// - Complexity: that of the detectors on the accounts near `touched`, plus O(*f* log *f*) in the findings.
  public mutating func results(
    in scene: Scene, detectors: [any Detector] = DetectionCatalogue.byRow
  ) -> [DetectionResult] {
    precondition(scene.anchors == nil, "an update is of everything")
    let index = scene.trail.accountIndex()
    let numbers = Set(touched.compactMap { index[$0] })
    let order = FindingOrder(scene.trail)
    return detectors.map { detector in
      let known = earlier.first { $0.detector == detector.id }
      if let reason = Self.whyWhole(detector, known) {
        wholeRuns[detector.id] = reason
        return detector.findings(in: scene)
      }
      guard case .transfers(let distance) = detector.reach, let known else {
        return detector.findings(in: scene)
      }
      // One transfer more than the detector looks: a finding also speaks of the statements of its parties.
      let near = scene.trail.around(numbers, transfers: distance + 1)
      let part = detector.findings(
        in: Scene(scene.trail, under: scene.law, context: scene.context, anchors: near))
      if part.notApplicable != nil || part.truncation != nil {
        wholeRuns[detector.id] = "what it could not look at must be told of everything"
        return detector.findings(in: scene)
      }
      let anew = Set(near.compactMap { scene.trail.names.accountID(of: $0) })
      let kept = known.findings.filter { finding in
        finding.accounts.first.map { !anew.contains($0.account) } ?? true
      }
      return DetectionResult(
        detector: detector.id, findings: order.sorted(kept + part.findings))
    }
  }

  /// Why a detector must look at everything again; nil when it need not.
  private static func whyWhole(_ detector: any Detector, _ known: DetectionResult?) -> String? {
    guard let known else { return "it was not run before" }
    guard case .transfers = detector.reach else { return "it may look at anything" }
    if known.notApplicable != nil { return "it could not look before" }
    if known.truncation != nil { return "it stopped at a bound before" }
    if known.findings.contains(where: { $0.version != detector.version }) {
      return "its definition changed"
    }
    if known.findings.contains(where: { $0.parameters != detector.parameters }) {
      return "its parameters changed"
    }
    if known.findings.contains(where: { $0.accounts.isEmpty }) {
      return "a finding has no account to stand at"
    }
    return nil
  }
}

/// The order of `DetectionResult.findings`, from the entries that findings name.
private struct FindingOrder {
  private let trail: Trail
  private let edges: [EntryID: Int]

  init(_ trail: Trail) {
    self.trail = trail
    var edges: [EntryID: Int] = [:]
    edges.reserveCapacity(trail.edgeCount)
    for edge in 0..<trail.edgeCount {
      for entry in trail.entries(edge) { edges[entry] = edge }
    }
    self.edges = edges
  }

  func sorted(_ findings: [Finding]) -> [Finding] {
    let keyed = findings.map { finding in
      var path: [Int] = []
      for edge in finding.entries.compactMap({ edges[$0] }) where path.last != edge {
        path.append(edge)
      }
      return (key: path.map { (trail.time[$0], $0) }.min { $0 < $1 } ?? (0, 0), path: path, finding)
    }
    return keyed.sorted { a, b in
      if a.key != b.key { return a.key < b.key }
      return a.path.lexicographicallyPrecedes(b.path)
    }.map(\.2)
  }
}
