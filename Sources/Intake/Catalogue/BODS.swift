import CaseModel

/// Statements about who owns and controls whom, in the Beneficial Ownership Data Standard 0.4
/// (formats.md §6): a list of statements, or one a line.
///
/// Each statement is one version of a record; all versions are kept, none is chosen.
public struct BODS: StatementFormat {
  public init() {}
  public var name: String { "bods" }
  public var version: Int { 1 }

  /// Any list is taken, so that one that is no BODS is refused here with the reason.
  public func confidence(head: ArraySlice<UInt8>, name: String) -> Int {
    guard JSONHead.beginsLikeJSON(head) else { return 0 }
    let marks: [StaticString] = ["\"statementId\"", "\"recordType\"", "\"recordDetails\""]
    if marks.count(where: { JSONHead.holds($0, head) }) >= 2 { return 90 }
    if JSONHead.holds("\"statementID\"", head), JSONHead.holds("\"statementType\"", head) {
      return 90
    }
    return head.first { ![0x20, 9, 10, 13].contains($0) } == UInt8(ascii: "[") ? 60 : 0
  }

  public func read(_ file: InputFile, options: ReadingOptions, into sink: any StatementSink) throws
  {
    var reader = BODSReader(file: file, sink: sink)
    try JSONRecords(file: file, limits: options.limits).forEach { try reader.read($0) }
    try reader.finish()
  }
}
