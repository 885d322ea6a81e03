import CaseModel

/// Text in rows and columns, read through a mapping profile (formats.md §4.1).
public struct Delimited: StatementFormat {
  public init() {}
  public var name: String { "delimited" }
  public var version: Int { 1 }
  public func confidence(head: ArraySlice<UInt8>, name: String) -> Int { 10 }
  public func read(_ file: InputFile, options: ReadingOptions, into sink: any StatementSink) throws
  {
    throw FileRefusal([])
  }
}
