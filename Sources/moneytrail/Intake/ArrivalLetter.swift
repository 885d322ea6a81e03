import CaseModel
import Investigation

/// What the sender of a file is told: accepted or rejected, and every reason with its place. Holds no
/// record's text: the letter leaves the house.
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

  /// True when nothing of the file was refused. Rows set aside do not make it rejected; they are named.
  var isAccepted: Bool {
    fault == nil && refusals.isEmpty && !reports.isEmpty
      && reports.allSatisfy { $0.outcome != .refused }
  }

  var text: String {
    var lines = [
      isAccepted ? "ACCEPTED" : "REJECTED", "",
      "File     \(Issue.escaped(arrival.name))", "Bytes    \(arrival.byteCount)",
      "SHA-256  \(arrival.sha256.hex)",
    ]
    if let fault {
      lines += ["", "Not imported: \(fault). Send the file or the list of hashes again."]
    }
    for report in reports {
      lines += [
        "",
        "\(Issue.escaped(report.file)): \(report.format), \(report.outcome.rawValue)",
        "  records: \(report.read) read = \(report.stored) stored + \(report.known) known + "
          + "\(report.quarantined) set aside + \(report.skipped) skipped",
        "  statements: \(report.statements), reconciled \(report.reconciled), not reconciled "
          + "\(report.unreconciled)",
      ]
      lines += report.issues.filter { $0.severity != .note }.map {
        "  \($0.severity.rawValue): \($0.locator): \($0.code): expected \($0.expected)"
      }
    }
    if !refusals.isEmpty { lines += ["", "Part of it could not be taken; ask the recipient."] }
    return lines.joined(separator: "\n") + "\n"
  }
}
