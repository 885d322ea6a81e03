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
    Self.profile(head: head, name: name) == nil ? 0 : 92
  }

  /// The profile of which a file is a member by its name and by its first row.
  private static func profile(head: ArraySlice<UInt8>, name: String) -> SetProfile? {
    SetProfile.all.first { profile in
      guard let part = SetMembers.part(of: name, by: profile) else { return false }
      guard let table = profile.table(part.table) else {
        // The list of hashes: its first line ends in 64 hexadecimal digits.
        let line = head.prefix { $0 != 10 && $0 != 13 }
        return line.suffix(64).count == 64
          && line.suffix(64).allSatisfy {
            (0x30...0x39).contains($0) || (0x41...0x46).contains($0) || (0x61...0x66).contains($0)
          }
      }
      return head.withUnsafeBufferPointer { bytes in
        var scanner = RowScanner(
          bytes, delimiter: profile.layout.delimiter, quote: profile.layout.quote, columnsMax: 1024)
        return (try? scanner.next()) == true && scanner.fields.count == table.columns.count
      } || head.isEmpty
    }
  }

  public func read(_ file: InputFile, options: ReadingOptions, into sink: any StatementSink) throws
  {
    guard let profile = Self.profile(head: Identification.head(of: file)[...], name: file.name)
    else {
      throw FileRefusal([
        Issue(
          .error, "E-SET", file: file.name, at: .line(1), found: "no table of a known set",
          expected: "a file whose name and columns are those of a set's profile")
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
  /// - Complexity: O(*n*) in the names.
  public static func groups(ofPaths paths: [String]) -> [[Int]] {
    var groups: [[Int]] = []
    var places: [String: Int] = [:]
    for (index, path) in paths.enumerated() {
      let cut = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
      let (folder, name) = (path[..<cut], path[cut...])
      var key: String?
      for profile in SetProfile.all {
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
