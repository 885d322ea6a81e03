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
  /// - Complexity: that of the detectors on the accounts near `touched`, plus O(*f* log *f*) in the findings, and
  ///   one pass over accounts and transfers.
  public mutating func results(
    in scene: Scene, detectors: [any Detector] = DetectionCatalogue.byRow
  ) -> [DetectionResult] {
    precondition(scene.anchors == nil, "an update is of everything")
    let numbers = numbers(of: touched, scene.trail)
    var parts: [(result: DetectionResult, isUpdate: Bool)] = []
    for detector in detectors {
      let known = earlier.first { $0.detector == detector.id }
      if let reason = Self.whyWhole(detector, known) {
        wholeRuns[detector.id] = reason
        parts.append((detector.findings(in: scene), false))
      } else if let known, let result = update(detector, known, numbers, scene) {
        parts.append((result, true))
      } else {
        parts.append((detector.findings(in: scene), false))
      }
    }
    let order = FindingOrder(
      of: parts.lazy.filter(\.isUpdate).flatMap(\.result.findings), scene.trail)
    return parts.map { part in
      guard part.isUpdate else { return part.result }
      return DetectionResult(
        detector: part.result.detector, findings: order.sorted(part.result.findings))
    }
  }

  /// What an earlier result becomes, in no order yet; nil when everything must be looked at again.
  private mutating func update(
    _ detector: any Detector, _ known: DetectionResult, _ touched: Set<Int32>, _ scene: Scene
  ) -> DetectionResult? {
    guard case .transfers(let distance) = detector.reach else { return nil }
    // One transfer more than the detector looks: a finding also speaks of the statements of its parties.
    let near = scene.trail.around(touched, transfers: distance + 1)
    let part = detector.findings(
      in: Scene(scene.trail, under: scene.law, context: scene.context, anchors: near))
    if part.notApplicable != nil || part.truncation != nil {
      wholeRuns[detector.id] = "what it could not look at must be told of everything"
      return nil
    }
    let anew = Set(near.compactMap { scene.trail.names.accountID(of: $0) })
    let kept = known.findings.filter { finding in
      finding.accounts.first.map { !anew.contains($0.account) } ?? true
    }
    return DetectionResult(detector: detector.id, findings: kept + part.findings)
  }

  private func numbers(of accounts: Set<AccountID>, _ trail: Trail) -> Set<Int32> {
    Set(
      (0..<Int32(trail.accountCount)).filter { number in
        trail.names.accountID(of: number).map(accounts.contains) ?? false
      })
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
  /// Of the entries named, which are few beside those of a large trail.
  private let edges: [EntryID: Int]

  init(of findings: some Sequence<Finding>, _ trail: Trail) {
    self.trail = trail
    var named: Set<EntryID> = []
    for finding in findings { named.formUnion(finding.entries) }
    var edges: [EntryID: Int] = [:]
    edges.reserveCapacity(named.count)
    if !named.isEmpty {
      for edge in 0..<trail.edgeCount {
        for entry in trail.entries(edge) where named.contains(entry) { edges[entry] = edge }
      }
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
