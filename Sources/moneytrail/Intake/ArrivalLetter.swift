import CaseModel
import Intake
import Investigation

/// What the sender of a file is told: accepted, in part or not, and every reason with its place. Holds no
/// record's text: the letter leaves the house (`Issue.textForSender`).
struct ArrivalLetter {
  let arrival: WatchedFolder.Arrival
  var reports: [FileImport.Report] = []
  /// Files that could not even be recorded.
  var refusals: [String] = []

  /// Why it was not imported at all.
  let fault: String?

  init(_ arrival: WatchedFolder.Arrival, fault: String? = nil) {
    self.arrival = arrival
    self.fault = fault
  }

  /// What became of the file as a whole.
  enum Verdict: String {
    case accepted = "ACCEPTED"
    /// Some members of it, or some records, are in, others are not.
    case inPart = "ACCEPTED IN PART"
    case rejected = "REJECTED"

    /// How the letter's name ends.
    var ending: String {
      switch self {
      case .accepted: "accepted.txt"
      case .inPart: "in-part.txt"
      case .rejected: "rejected.txt"
      }
    }
    static let endings = [accepted, inPart, rejected].map(\.ending)
  }

  var verdict: Verdict {
    guard fault == nil, !reports.isEmpty else { return .rejected }
    if refusals.isEmpty, reports.allSatisfy(\.isWhole) { return .accepted }
    let taken = reports.contains { $0.outcome != .refused && !$0.isContainer }
    return taken ? .inPart : .rejected
  }

  var text: String {
    var lines = [
      verdict.rawValue, "",
      "File     \(Issue.escaped(arrival.name))", "Bytes    \(arrival.byteCount)",
      "SHA-256  \(arrival.sha256.hex)",
    ]
    if let fault {
      lines += ["", "Not imported: \(fault). Send the file or the list of hashes again."]
    }
    for report in reports { lines += [""] + Self.lines(of: report) }
    if !refusals.isEmpty { lines += ["", "Part of it could not be taken; ask the recipient."] }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func lines(of report: FileImport.Report) -> [String] {
    let name = Issue.escaped(report.file)
    if let first = report.copyOf {
      let before = first == report.file ? "under this name" : "as \(Issue.escaped(first))"
      return [
        "\(name): \(report.format), a copy of bytes received before \(before); nothing was added"
      ]
    }
    return [
      "\(name): \(report.format), \(report.outcome.rawValue)",
      "  records: \(report.read) read = \(report.stored) stored + \(report.known) known + "
        + "\(report.quarantined) set aside + \(report.skipped) skipped",
      "  statements: \(report.statements), reconciled \(report.reconciled), not reconciled "
        + "\(report.unreconciled)",
    ]
      + report.issues.filter { $0.severity != .note }.map {
        "  \($0.severity.rawValue): \($0.textForSender)"
      }
  }
}
