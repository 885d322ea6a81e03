import CaseModel

// A file that is of its format, with records of which not one can be used. Reading keeps its rows apart with
// their reasons (formats.md §3.4: one row unusable, others kept); an import of it would store nothing and
// look like success, so it is refused there.

extension ReadResult {
  /// Why the file may not be imported although it was read: every record is set aside. Nil for any other.
  public var nothingUsable: Issue? {
    isRefused
      ? nil
      : Issue.nothingUsable(file, read: recordsRead, skipped: skippedRecords, quarantined.count)
  }
}

extension Survey {
  /// As of `ReadResult`.
  public var nothingUsable: Issue? {
    isRefused
      ? nil
      : Issue.nothingUsable(file, read: recordsRead, skipped: skippedRecords, quarantinedCount)
  }
}

extension Issue {
  /// The code of `nothingUsable`.
  public static let nothingUsableCode = "E-NOTHING"

  fileprivate static func nothingUsable(
    _ file: String, read: Int, skipped: Int, _ quarantined: Int
  ) -> Issue? {
    guard quarantined > 0, read == quarantined + skipped else { return nil }
    return Issue(
      .error, nothingUsableCode, file: file, at: Locator(text: "file", ordinal: 0),
      found: "no record could be used: \(quarantined) of \(read) set aside"
        + (skipped > 0 ? ", \(skipped) skipped" : ""),
      expected: "records; ask for the file again, or state a profile of its layout")
  }
}
