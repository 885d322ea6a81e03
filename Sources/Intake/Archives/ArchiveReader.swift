import CArchive
import CaseModel

/// Takes the members out of one container, in memory, under limits (formats.md §3.2).
///
/// Bytes are counted as they come out, whatever the container's directory says about sizes.
struct ArchiveReader {
  let file: InputFile
  let kind: ArchiveKind
  let limits: Archives.Limits

  /// One member that came out whole.
  struct Member {
    let name: String
    let bytes: [UInt8]
  }

  /// What came out: members in the container's order, and what was left aside with the reason.
  struct Content {
    var members: [Member] = []
    var issues: [Issue] = []
  }

  /// - Parameter wanted: which members are taken out; the others are passed over unread.
  /// - Throws: `FileRefusal` for a container that is damaged, breaks a limit or names a way out.
  func content(wanted: (String) -> Bool = { _ in true }) throws -> Content {
    try file.withBytes { bytes in
      guard let reader = carchive_open(bytes.baseAddress, bytes.count, kind.number) else {
        throw damaged("the container cannot be opened", at: Locator(text: "byte 0", ordinal: 0))
      }
      defer { archive_read_free(reader) }
      return try members(of: reader, wanted)
    }
  }

  private func members(of reader: OpaquePointer, _ wanted: (String) -> Bool) throws -> Content {
    var content = Content()
    var total = 0
    var count = 0
    while true {
      var entry: OpaquePointer?
      let result = archive_read_next_header(reader, &entry)
      if result == ARCHIVE_EOF { return content }
      guard result >= ARCHIVE_WARN, let entry else { throw failure(reader, member: nil) }
      count += 1
      guard count <= limits.members else {
        throw refusal(
          "E-ZIPBOMB", "member \(count)", "more than \(limits.members) members",
          "at most \(limits.members) members in one container")
      }
      let name = memberName(entry, number: count)
      if let fault = MemberName.fault(name) {
        throw refusal("E-ZIP-PATH", name, fault, "plain member names")
      }
      if carchive_is_folder(entry) != 0 || name.hasSuffix("/") { continue }
      if MemberName.isLitter(name) {
        content.issues.append(note(name, "a file that an operating system adds by itself"))
        continue
      }
      guard carchive_is_file(entry) != 0 else {
        content.issues.append(
          issue(
            .error, "E-ZIP-LINK", name, "a link or device", "regular files; nothing is followed"))
        continue
      }
      guard wanted(name) else { continue }
      if archive_entry_is_encrypted(entry) != 0 {
        content.issues.append(encrypted(name))
        continue
      }
      let bytes = try data(of: reader, member: name, spent: total)
      total += bytes.count
      content.members.append(Member(name: name, bytes: bytes))
    }
  }

  /// The bytes of the member the reader stands at.
  private func data(of reader: OpaquePointer, member: String, spent: Int) throws -> [UInt8] {
    try withUnsafeTemporaryAllocation(byteCount: 64 << 10, alignment: 16) { room in
      var bytes: [UInt8] = []
      while true {
        let got = archive_read_data(reader, room.baseAddress, room.count)
        if got == 0 { return bytes }
        guard got > 0 else { throw failure(reader, member: member) }
        bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: room[..<got]))
        try check(bytes.count, spent: spent, member: member)
      }
    }
  }

  private func check(_ size: Int, spent: Int, member: String) throws {
    // The container as a whole bounds the ratio: no member can be packed into more than all of it.
    let isBomb =
      size > Archives.Limits.ratioFloor && size / max(1, file.byteCount) > limits.ratioMax
    guard !isBomb, size <= limits.partBytesMax, spent + size <= limits.totalBytesMax else {
      throw FileRefusal([
        limits.breach(file: file.name, member: member, unpacked: size, packed: file.byteCount)
      ])
    }
  }

  private func memberName(_ entry: OpaquePointer, number: Int) -> String {
    if kind == .single { return MemberName.inner(of: file.name) }
    if let utf8 = archive_entry_pathname_utf8(entry) { return String(cString: utf8) }
    if let raw = archive_entry_pathname(entry) { return String(cString: raw) }
    return "member \(number)"
  }

  // MARK: What is said

  private func failure(_ reader: OpaquePointer, member: String?) -> FileRefusal {
    let words = archive_error_string(reader).map { String(cString: $0) } ?? ""
    if words.lowercased().contains("encrypt") || words.lowercased().contains("passphrase") {
      return FileRefusal([encrypted(member ?? "archive")])
    }
    return damaged(
      words.isEmpty ? "the data ends early" : Issue.escaped(words),
      at: member.map { Locator(text: $0, ordinal: 0) }
        ?? Locator(text: "end of file", ordinal: Int64(file.byteCount)))
  }

  private func encrypted(_ member: String) -> Issue {
    issue(
      .error, "E-ZIP-ENCRYPTED", member, "an encrypted member",
      "a member without password; ask the sender to decrypt it, or for the password")
  }

  private func note(_ member: String, _ found: String) -> Issue {
    issue(.note, "N-MEMBER", member, found, "records; left aside, the archive is kept whole")
  }

  private func issue(
    _ severity: Issue.Severity, _ code: String, _ member: String, _ found: String,
    _ expected: String
  ) -> Issue {
    Issue(
      severity, code, file: file.name, at: Locator(text: Issue.escaped(member), ordinal: 0),
      found: found, expected: expected)
  }

  private func refusal(
    _ code: String, _ member: String, _ found: String, _ expected: String
  ) -> FileRefusal {
    FileRefusal([issue(.error, code, member, found, expected)])
  }

  private func damaged(_ found: String, at place: Locator) -> FileRefusal {
    FileRefusal([
      Issue(
        .error, "E-ZIP", file: file.name, at: place,
        found: "\(kind.words) that is damaged or cut off: \(found)",
        expected: "a whole archive; ask for the file again")
    ])
  }
}
