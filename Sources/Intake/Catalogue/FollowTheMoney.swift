import CaseModel

/// Entities of investigators' tools, one JSON object each: a line of a file, or an item of a list
/// (formats.md §6, §8.1). Payments become payment records of kind `report`; everything else is stated as
/// an entity under its own id.
public struct FollowTheMoney: StatementFormat {
  public init() {}
  public var name: String { "ftm" }
  public var version: Int { 1 }

  /// Ids of this format are made to be the same wherever the same thing is meant, so all its files share
  /// one space.
  static let space = "ftm"

  public func confidence(head: ArraySlice<UInt8>, name: String) -> Int {
    guard JSONHead.beginsLikeJSON(head) else { return 0 }
    return ["\"schema\"", "\"properties\"", "\"id\""].allSatisfy { JSONHead.holds($0, head) }
      ? 85 : 0
  }

  public func read(_ file: InputFile, options: ReadingOptions, into sink: any StatementSink) throws
  {
    var reader = FtMReader(file: file, sink: sink)
    try JSONRecords(file: file, limits: options.limits).forEach { try reader.read($0) }
    try reader.finish()
  }
}
