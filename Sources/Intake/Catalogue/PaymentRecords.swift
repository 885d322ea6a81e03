import CaseModel

/// Ledgers of movements that are no booked lines, in rows and columns: crypto exchanges and wallets,
/// remittances, hawala, card authorisations, cash declarations (formats.md §6).
///
/// Read through a record profile: the one stated, else the embedded one whose header the file has.
public struct PaymentRecords: StatementFormat {
  public init() {}
  public let name = "payment-records"
  public let version = 1

  /// Only a header that a record profile knows makes a file one of these.
  public func confidence(head: ArraySlice<UInt8>, name: String) -> Int {
    RecordLibrary.match(head) == nil ? 0 : 70
  }

  public func takes(profile: String) -> Bool { RecordLibrary.isRecordProfile(profile) }

  public func read(
    _ file: InputFile, options: ReadingOptions, into sink: any StatementSink
  ) throws {
    let desk = ReadingDesk(file, options, sink)
    let profile: RecordProfile
    if let text = options.profile {
      profile = try RecordLibrary.profile(text, desk)
    } else if let known = RecordLibrary.match(Identification.head(of: file)[...]) {
      profile = known
    } else {
      throw desk.refusal(
        "E-PROFILE", .line(1), "no record profile with the file's header", "a profile")
    }
    let text = try DecodedText(of: file, fallback: profile.encoding)
    try desk.reportEncoding(text)
    try sink.uses(profile: profile.line)
    try text.bytes.withUnsafeBufferPointer { buffer in
      var reader = try RecordReader(buffer, text, profile, desk)
      try reader.read()
    }
  }
}
