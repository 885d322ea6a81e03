public import CaseModel
public import CaseStore
public import Detection
import Digests
import Foundation
public import Legislation
public import TrailGraph

/// Screens everything a store holds, and keeps what was found.
public struct StoreScreening: Sendable {
  public struct Outcome: Sendable {
    /// The screening as it is kept.
    public let kept: KeptScreening
    /// Results in the order of the catalogue, and the codes of their findings in the same order.
    public let results: [DetectionResult]
    public let codes: [FindingCode]
    /// Findings that show the same money, as places in `codes`.
    public let groups: [FindingGroup]
    public let version: TrailShelf.Version
    /// How the trail was come by; nil without a snapshot.
    public let means: KeptTrail.Means?
    /// What of it was looked at.
    public let extent: Extent
  }

  public enum Extent: Hashable, Sendable {
    /// Everything, and why.
    case everything(String)
    /// What so many accounts with something new could change; detectors that looked at everything all the
    /// same, with the reason.
    case update(since: String, accounts: Int, whole: [String: String])
    /// Nothing was recorded since the screening of this code.
    case nothingNew(String)
  }

  private let store: Store
  private let law: Law
  private let threads: Int

  /// - Parameter threads: detectors that run at the same time.
  public init(_ store: Store, law: Law, threads: Int = 2) {
    self.store = store
    self.law = law
    self.threads = threads
  }

  /// - Parameters:
  ///   - snapshot: a file from which the trail is taken, and into which it is kept; nil: none.
  ///   - anew: look at everything, also when an earlier screening could be brought up to date.
  ///   - progress: told when a detector ends.
  /// - Throws: `StoreError`, `PostgresError`, `SnapshotRefusal`, `CancellationError`.
  public func run(
    snapshot: String? = nil, anew: Bool = false,
    progress: (@Sendable (ScreeningProgress) -> Void)? = nil
  ) async throws -> Outcome {
    var means: KeptTrail.Means?
    let version: TrailShelf.Version
    if let snapshot {
      let kept = try await store.trail(keptAt: snapshot)
      (version, means) = (kept.version, kept.means)
    } else {
      version = try await store.loadTrail()
    }
    let settings = settings()
    let last = try await store.lastScreening(settings: settings, before: version.origin)
    let scene = Scene(version.trail, under: law, context: try await context())
    let (results, extent) = try await results(
      in: scene, after: last, anew: anew, version.origin, progress)
    let findings = results.flatMap(\.findings)
    let codes = try await store.saveFindings(findings, matter: nil)
    var next = 0
    let kept = KeptScreening(
      of: version.origin, settings: settings,
      parts: results.map { result in
        defer { next += result.findings.count }
        return KeptScreening.Part(
          detector: result.detector,
          findings: Array(codes[next..<(next + result.findings.count)]),
          notApplicable: result.notApplicable, truncation: result.truncation)
      })
    try await store.saveScreening(kept)
    return Outcome(
      kept: kept, results: results, codes: codes, groups: FindingGroup.groups(of: findings),
      version: version, means: means, extent: extent)
  }

  private func results(
    in scene: Scene, after last: KeptScreening?, anew: Bool, _ origin: TrailOrigin,
    _ progress: (@Sendable (ScreeningProgress) -> Void)?
  ) async throws -> ([DetectionResult], Extent) {
    guard let last, !anew else {
      let results = try await screenWhole(scene, threads: threads, progress: progress)
      return (
        results,
        .everything(
          anew ? "as asked" : "no earlier screening of records that all still stand")
      )
    }
    var earlier: [DetectionResult] = []
    for part in last.parts {
      earlier.append(
        DetectionResult(
          detector: part.detector, findings: try await store.findings(part.findings),
          notApplicable: part.notApplicable, truncation: part.truncation))
    }
    if KeptScreening(of: origin, settings: last.settings, parts: []).code == last.code {
      return (earlier, .nothingNew(last.code))
    }
    let touched = try await store.accountsTouched(since: last)
    var update = ScreeningUpdate(after: earlier, touched: touched)
    let results = update.results(in: scene)
    return (
      results, .update(since: last.code, accounts: touched.count, whole: update.wholeRuns)
    )
  }

  /// Accounts, statements and gaps of everything. A store knows no matter's rates, so amounts of different
  /// currencies are not compared.
  private func context() async throws -> CaseContext {
    let statements = try await store.statements()
    return CaseContext(
      accounts: try await store.accounts(), statements: statements,
      gaps: Coverage.gaps(in: statements), rates: [], reportingCurrency: .unstated)
  }

  /// Law and detectors, as one hash: with others nothing of an earlier screening may be taken over.
  private func settings() -> ContentHash {
    var lines = ["screening/1", law.profile, law.version]
    for detector in DetectionCatalogue.byRow {
      lines.append("\(detector.id) \(detector.version)")
      lines += detector.parameters.map { "\($0.name)=\($0.value)" }
    }
    return ContentHash(of: lines.joined(separator: "\n"))
  }
}
