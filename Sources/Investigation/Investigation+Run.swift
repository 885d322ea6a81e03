import CaseModel
import Confiscation
import Detection
import Digests
import Dossier
import Legislation
import Tracing
import TrailGraph

extension Investigation {
  /// What one run of a case gives.
  public struct Outcome: Sendable {
    public let manifest: Manifest
    public let detection: [DetectionResult]
    public let tracing: TracingRun
    public let sensitivity: SensitivityTable
    /// The run as it is kept.
    public let record: TracingRecord
    public let proposals: [Proposal]
    /// The files of both tracks, then the asset schedule.
    public let documents: [Document]

    public var findings: [Finding] { detection.flatMap(\.findings) }
  }

  /// Runs the stages in order. Reads like the picture in the architecture.
  ///
  /// - Throws: what the stages throw: a contradiction in the case, a method the profile does not
  ///   allow, a document that would hold an uncited statement.
  /// - Complexity: dominated by tracing, which runs once a method and same-day order.
  public func run() throws -> Outcome {
    let detection = self.detection()
    let findings = detection.flatMap(\.findings)
    let (tracing, sensitivity) = try self.tracing()
    try refuseMoreThanReceived(by: tracing)
    let manifest = try self.manifest(method: tracing.method, ledgerHash: tracing.ledgerHash)
    let proposals = try Track.allCases.map { track in
      try propose(
        track: track, caseFile: caseFile, law: law, run: tracing, sensitivity: sensitivity,
        findings: findings)
    }
    var documents = try proposals.map { proposal in
      try confiscationFile(
        track: proposal.track, caseFile: caseFile, proposal: proposal, run: tracing,
        findings: findings, manifest: manifest)
    }
    if let schedule = proposals.first(where: \.isOpen) ?? proposals.first {
      documents.append(
        try assetSchedule(
          track: schedule.track, caseFile: caseFile, proposal: schedule, run: tracing,
          manifest: manifest))
    }
    return Outcome(
      manifest: manifest, detection: detection, tracing: tracing, sensitivity: sensitivity,
      record: try record(of: tracing, sensitivity), proposals: proposals, documents: documents)
  }

  /// The detectors over the case's own trail.
  public func detection() -> [DetectionResult] {
    detect(in: Trail(of: caseFile), under: law, context: CaseContext(of: caseFile))
  }

  /// What the run was made from. Its hash is the run's number.
  func manifest(method: String, ledgerHash: ContentHash) throws -> Manifest {
    let matter = caseFile.matter
    var inputs = caseFile.files.map { file in
      Manifest.Input(
        label: file.label, name: file.name, sha256: file.sha256, byteCount: file.byteCount,
        remark: "\(file.format), \(file.parser)")
    }
    if !inputs.contains(where: { $0.sha256 == matter.source.file }) {
      inputs.append(
        Manifest.Input(
          label: matter.source.label, name: matter.source.label, sha256: matter.source.file,
          byteCount: 0, remark: "case sheet"))
    }
    var settings = [
      Manifest.Setting("tracing method", method)
    ]
    let plan = try methodPlan()
    settings.append(Manifest.Setting("tracing method chosen by", plan.origin.rawValue))
    if let reason = plan.reason {
      settings.append(Manifest.Setting("reason for the method", reason))
    }
    settings += plan.overrides.map { one in
      Manifest.Setting(
        "tracing method of \(one.property)",
        "\(one.method), signed by \(one.signedBy) on \(one.signedOn): \(one.reason)")
    }
    settings += [
      Manifest.Setting("order of entries of one day", request.sameDayOrder.rawValue),
      Manifest.Setting("backward tracing", request.backwardTracing ? "on" : "off"),
      Manifest.Setting("ledger SHA-256", ledgerHash.hex),
      Manifest.Setting("entries in the case", String(caseFile.entries.count)),
    ]
    for detector in DetectionCatalogue.byRow {
      let parameters = detector.parameters.map { "\($0.name) \($0.limit)" }
      settings.append(
        Manifest.Setting(
          "\(detector.id) version \(detector.version)", parameters.joined(separator: "; ")))
    }
    let profileHash = ContentHash(of: law.text)
    var text = "moneytrail manifest 1\n\(request.programVersion)\n\(matter.code)\n\(matter.asOf)\n"
    text += "\(law.profile) \(law.version) \(profileHash)\n"
    for input in inputs { text += "\(input.sha256) \(input.byteCount) \(input.label)\n" }
    for setting in settings { text += "\(setting.name)=\(setting.value)\n" }
    return Manifest(
      program: "moneytrail", version: request.programVersion, asOf: matter.asOf,
      profile: law.profile, profileVersion: law.version, profileHash: profileHash, inputs: inputs,
      settings: settings, runHash: ContentHash(of: text))
  }
}

/// Why a case cannot be run as asked.
public enum InvestigationError: Error, Hashable, Sendable, CustomStringConvertible {
  /// No method has that name.
  case unknownMethod(method: String, profile: String, allowed: [String])
  case methodNotAllowed(method: String, profile: String, allowed: [String])

  public var description: String {
    switch self {
    case .unknownMethod(let method, let profile, let allowed):
      "there is no tracing method \(method) — the profile \(profile) allows "
        + TracingCatalogue.methods(of: allowed)
        + (method == "backward" ? "; to trace back through debt, use --backward" : "")
    case .methodNotAllowed(let method, let profile, let allowed):
      "the profile \(profile) does not allow the tracing method \(method) — allowed are "
        + TracingCatalogue.methods(of: allowed)
    }
  }
}
