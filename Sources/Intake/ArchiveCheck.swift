import CaseModel

/// Looks into the directory of a ZIP container without unpacking anything, to say what is wrong with it
/// (formats.md §3.1, §3.2).
enum ArchiveCheck {
  /// Why the container may not be unpacked, or nil: damaged, a name that leaves the folder, or sizes
  /// that its own directory admits to be beyond the limits.
  static func breach(of file: InputFile, limits: Archives.Limits = Archives.Limits()) -> Issue? {
    guard let directory = ZIPDirectory(file) else { return damaged(file) }
    for name in directory.names where MemberName.fault(name) != nil {
      return Issue(
        .error, "E-ZIP-PATH", file: file.name, at: Locator(text: Issue.escaped(name), ordinal: 0),
        found: MemberName.fault(name) ?? "", expected: "plain member names")
    }
    var total = 0
    for member in directory.members {
      guard let packed = member.packed, let unpacked = member.unpacked else { continue }
      total += unpacked
      let isBomb =
        unpacked > Archives.Limits.ratioFloor && unpacked / max(1, packed) > limits.ratioMax
      if isBomb || unpacked > limits.partBytesMax || total > limits.totalBytesMax {
        return limits.breach(
          file: file.name, member: member.name, unpacked: unpacked, packed: packed)
      }
    }
    return nil
  }

  /// What is said of a ZIP container when no format for containers is asked.
  static func refusal(of file: InputFile) -> Issue {
    if let issue = breach(of: file) { return issue }
    return Issue(
      .error, "E-FORMAT", file: file.name, at: Locator(text: "byte 0", ordinal: 0),
      found: "a ZIP container where only plain files are read",
      expected: "the members as single files")
  }

  private static func damaged(_ file: InputFile) -> Issue {
    let isStub = file.withBytes { $0.dropFirst(4).allSatisfy { $0 == 0 } }
    return Issue(
      .error, "E-ZIP", file: file.name,
      at: isStub
        ? Locator(text: "byte 4", ordinal: 4)
        : Locator(text: "end of file", ordinal: Int64(file.byteCount)),
      found: "a ZIP container that is damaged or cut off: its directory is missing",
      expected: "a whole archive; ask for the file again")
  }
}
