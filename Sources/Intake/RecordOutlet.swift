// Where readers of messages and reports push what they find.

import CaseModel

/// Counts the records a reader meets and passes on what became of each.
///
/// Every record that is met is stored, or set aside with its place, code and raw text: what a file holds
/// is accounted for when it ends (formats.md §3.4). One outlet serves one reading of one file.
final class RecordOutlet {
  let file: InputFile
  let options: ReadingOptions
  let sink: any StatementSink
  /// Records met so far: the running number that orders places.
  private(set) var met: Int64 = 0
  /// Payment records passed on.
  private(set) var recorded = 0

  init(_ file: InputFile, options: ReadingOptions, sink: any StatementSink) {
    self.file = file
    self.options = options
    self.sink = sink
  }

  /// A place by path, ordered by the record being read.
  func place(_ path: String) -> Locator { Locator(text: path, ordinal: max(1, met)) }

  /// One more record is met: it will be recorded, stated or set aside.
  func meet() throws {
    met += 1
    try sink.counted(records: 1)
  }

  /// Passes on the record that was met last.
  func record(_ payment: PaymentRecord) throws {
    recorded += 1
    try sink.record(payment)
  }

  /// Counts an entity and passes it on.
  func state(_ entity: StatedEntity) throws {
    try meet()
    try sink.state(entity)
  }

  func report(
    _ severity: Issue.Severity, _ code: String, _ locator: Locator, _ found: String,
    _ expected: String, _ raw: String? = nil
  ) throws {
    try sink.report(
      Issue(
        severity, code, file: file.name, at: locator, found: found, expected: expected,
        excerpt: raw))
  }

  /// Sets the record that was met last aside, with an error at the place of the fault.
  /// - Parameter fault: Its path is below `path`.
  func setAside(_ fault: CamtFault, at path: String, raw: String) throws {
    try report(.error, fault.code, place(path + fault.path), fault.found, fault.expected, raw)
    try sink.quarantine(
      QuarantinedRecord(locator: place(path), code: fault.code, reason: fault.found, raw: raw))
  }

  /// Says that a text was cut at the field limit, when one was.
  func reportCut(_ pull: XMLPull, at path: String) throws {
    guard pull.cutText else { return }
    pull.cutText = false
    try report(
      .warning, "W-SIZE", place(path), "a text beyond the field limit",
      "at most \(options.limits.fieldBytes) bytes; the rest is left out")
  }
}
