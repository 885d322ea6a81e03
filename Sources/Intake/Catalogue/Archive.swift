import CaseModel

/// A container of files: ZIP, 7-Zip, TAR, or one compressed file (formats.md §3.1).
///
/// Reading the container itself gives no records: it checks the whole of it and names each member with
/// its hash. The members are files of their own, see `Archives.unpack`.
public struct Archive: StatementFormat {
  public init() {}
  public var name: String { "archive" }
  public var version: Int { 1 }

  public func confidence(head: ArraySlice<UInt8>, name: String) -> Int {
    head.withUnsafeBufferPointer { ArchiveKind($0) } == nil ? 0 : 70
  }

  public func read(_ file: InputFile, options: ReadingOptions, into sink: any StatementSink) throws
  {
    // A workbook whose parts come in an unusual order.
    guard Archives.isArchive(file) else {
      return try XLSX().read(file, options: options, into: sink)
    }
    let unpacked = try Archives.unpack(file, limits: options.limits.archive)
    for issue in unpacked.issues { try sink.report(issue) }
    for (index, member) in unpacked.files.enumerated() {
      try sink.report(
        Issue(
          .note, "N-ARCHIVE", file: file.name,
          at: Locator(text: Issue.escaped(member.name), ordinal: Int64(index + 1)),
          found: "\(member.byteCount) bytes, SHA-256 \(member.sha256.hex)",
          expected: "read as a file of its own"))
    }
    if unpacked.files.isEmpty {
      try sink.report(
        Issue(
          .warning, "W-NO-ROWS", file: file.name, at: Locator(text: "byte 0", ordinal: 0),
          found: "an archive without files", expected: "files; kept as it is"))
    }
    try sink.counted(records: 0)
  }
}
