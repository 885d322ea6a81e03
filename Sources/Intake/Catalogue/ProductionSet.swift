import CaseModel

/// Linked tables of one delivery, such as the five files that Brazilian banks produce (formats.md §5.5).
///
/// The set is read together: its tables are the file and `ReadingOptions.companions`. Everything comes from
/// the reading of the table of booked lines; the other members give nothing of their own, and a member
/// without the others is refused with the names of what is missing.
public struct ProductionSet: StatementFormat {
  public init() {}
  public var name: String { "production-set" }
  public var version: Int { 1 }

  public func confidence(head: ArraySlice<UInt8>, name: String) -> Int {
    Self.profile(head: head, name: name, among: SetProfile.all) == nil ? 0 : 92
  }

  /// Whether a file is a table of a set by its name and its first row.
  /// - Parameter profile: what the operator states; a text that says `record: set` goes before the shipped
  ///   profiles.
  public static func isMember(_ file: InputFile, profile: String? = nil) -> Bool {
    let candidates = SetProfile.candidates(stated: profile)
    return Self.profile(
      head: Identification.head(of: file)[...], name: file.name, among: candidates)
      != nil
  }

  private static func profile(
    head: ArraySlice<UInt8>, name: String, among candidates: [SetProfile]
  ) -> SetProfile? {
    candidates.first { profile in
      guard let part = SetMembers.part(of: name, by: profile) else { return false }
      guard let table = profile.table(part.table) else {
        // The list of hashes: its first line ends in 64 hexadecimal digits.
        let end = head.prefix { $0 != 10 && $0 != 13 }.suffix(64)
        return end.count == 64
          && end.allSatisfy {
            (0x30...0x39).contains($0) || (0x41...0x46).contains($0) || (0x61...0x66).contains($0)
          }
      }
      if head.isEmpty { return true }
      return head.withUnsafeBufferPointer { bytes in
        var scanner = RowScanner(
          bytes, delimiter: profile.layout.delimiter, quote: profile.layout.quote, columnsMax: 1024)
        guard (try? scanner.next()) == true else { return false }
        let names = scanner.fields.indices.map { scanner.string($0) ?? "" }
        return table.isHeader(names)
          || (!profile.hasHeader && scanner.fields.count == table.columns.count)
      }
    }
  }

  public func takes(profile: String) -> Bool {
    SetProfile.all.contains { $0.name == profile } || ProfileNode.kind(of: profile) == "set"
  }

  public func read(_ file: InputFile, options: ReadingOptions, into sink: any StatementSink) throws
  {
    let profile: SetProfile
    do throws(ProfileFault) {
      if let stated = try SetProfile.stated(options.profile) {
        profile = stated
      } else {
        let head = Identification.head(of: file)
        guard let found = Self.profile(head: head[...], name: file.name, among: SetProfile.all)
        else { throw ProfileFault(reason: "no set has a table of this name and these columns") }
        profile = found
      }
    } catch {
      throw FileRefusal([
        Issue(
          .error, "E-PROFILE", file: file.name, at: Locator(text: "profile", ordinal: 0),
          found: error.reason, expected: "a profile of a set as the user guide describes it")
      ])
    }
    try sink.uses(profile: profile.line)
    let members = try SetMembers(file, companions: options.companions, by: profile)
    guard let main = members.main, main.name == file.name else {
      try sink.counted(records: 0)
      try sink.report(
        Issue(
          .note, "N-SET", file: file.name, at: .line(1),
          found: "one table of the set \(members.prefix)",
          expected: "its records stand with \(members.main?.name ?? profile.lines.table)"))
      return
    }
    var reader = SetReader(members: members, main: main, options: options, sink: sink)
    try reader.read()
  }

  /// Which of the files named belong together: the places of each group's members in the list given, the
  /// table of booked lines first; files of no set alone. Groups in the order of their first members. Only
  /// names are looked at, and only files of one folder make a set.
  /// - Parameter profile: what the operator states, as for a reading.
  /// - Complexity: O(*n*) in the names.
  public static func groups(ofPaths paths: [String], profile: String? = nil) -> [[Int]] {
    let candidates = SetProfile.candidates(stated: profile)
    var groups: [[Int]] = []
    var places: [String: Int] = [:]
    for (index, path) in paths.enumerated() {
      let cut = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
      let (folder, name) = (path[..<cut], path[cut...])
      var key: String?
      for profile in candidates {
        guard let part = SetMembers.part(of: name, by: profile) else { continue }
        key = "\(folder)\u{1F}\(part.prefix.lowercased())\u{1F}\(profile.name)"
        if let place = key.flatMap({ places[$0] }) {
          // The main table goes first: reading it reads the set.
          let isMain = part.table == profile.lines.table
          groups[place].insert(index, at: isMain ? 0 : groups[place].count)
        }
        break
      }
      if let key, places[key] != nil { continue }
      if let key { places[key] = groups.count }
      groups.append([index])
    }
    return groups
  }
}
