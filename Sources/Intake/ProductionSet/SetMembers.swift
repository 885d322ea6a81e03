import CaseModel
import Digests

/// The files of one production set, by table.
struct SetMembers {
  let profile: SetProfile
  let prefix: String
  let files: [String: InputFile]

  /// What a file's name says: `001-TST-000001-00_CONTAS.txt` is the table `CONTAS` of the set
  /// `001-TST-000001-00`. Case does not matter; nil for any other name.
  static func part(
    of fileName: some StringProtocol, by profile: SetProfile
  ) -> (prefix: String, table: String)? {
    let name = String(fileName)
    let lower = name.lowercased()
    for table in profile.tables.map(\.name) + [profile.hashTable].compactMap({ $0 }) {
      let ending = (profile.separator + table + "." + profile.fileExtension).lowercased()
      guard lower.hasSuffix(ending), lower.utf8.count > ending.utf8.count else { continue }
      return (String(name.dropLast(ending.count)), table)
    }
    return nil
  }

  /// The set that a file and those beside it make.
  /// - Throws: `FileRefusal`: `E-SET` when tables are missing, by name, or come twice.
  init(_ file: InputFile, companions: [InputFile], by profile: SetProfile) throws {
    guard let own = Self.part(of: file.name, by: profile) else {
      throw FileRefusal([
        Self.refusal(
          file, "a name that is none of the set \(profile.name)",
          "<set>\(profile.separator)<table>.\(profile.fileExtension)")
      ])
    }
    var files = [own.table: file]
    for other in companions where other.sha256 != file.sha256 || other.name != file.name {
      guard let part = Self.part(of: other.name, by: profile),
        part.prefix.lowercased() == own.prefix.lowercased()
      else { continue }
      guard files.updateValue(other, forKey: part.table) == nil else {
        throw FileRefusal([
          Self.refusal(file, "two files for the table \(part.table)", "one file a table")
        ])
      }
    }
    let missing = profile.tables.map(\.name).filter { files[$0] == nil }
    guard missing.isEmpty else {
      let names = missing.map { own.prefix + profile.separator + $0 + "." + profile.fileExtension }
      throw FileRefusal([
        Self.refusal(
          file, "one table of a set without \(names.joined(separator: ", "))",
          "all files of the set together; nothing of it is stored before")
      ])
    }
    self.profile = profile
    prefix = own.prefix
    self.files = files
  }

  private static func refusal(_ file: InputFile, _ found: String, _ expected: String) -> Issue {
    Issue(.error, "E-SET", file: file.name, at: .line(1), found: found, expected: expected)
  }

  /// The file whose reading gives everything the set holds.
  var main: InputFile? { files[profile.lines.table] }

  /// The list of hashes, compared with the files: one issue for each that does not agree.
  /// - Complexity: O(*n*) in the list; the files' own hashes are known.
  func hashIssues() -> [Issue] {
    guard let name = profile.hashTable else { return [] }
    guard let list = files[name] else {
      return [
        Issue(
          .warning, "W-HASH", file: main?.name ?? prefix, at: .line(1),
          found: "no list of hashes with the set", expected: "the bank's own list of SHA-256 values"
        )
      ]
    }
    var issues: [Issue] = []
    var listed: [String: (hash: String, line: Int)] = [:]
    for (index, line) in lines(of: list).enumerated() {
      let fields = line.split(whereSeparator: { $0 == "\t" || $0 == " " || $0 == ";" })
      guard fields.count >= 2, let name = fields.first, let hash = fields.last else { continue }
      listed[name.lowercased()] = (hash.lowercased(), index + 1)
    }
    for table in profile.tables.map(\.name) {
      guard let file = files[table] else { continue }
      guard let entry = listed[file.name.lowercased()] else {
        issues.append(
          Issue(
            .warning, "W-HASH", file: list.name, at: .line(1),
            found: "no hash for \(file.name)", expected: "a SHA-256 value for each file"))
        continue
      }
      if entry.hash != file.sha256.hex {
        issues.append(
          Issue(
            .error, "E-HASH", file: list.name, at: .line(entry.line),
            found: "\(file.name) has the SHA-256 \(file.sha256.hex)",
            expected: "\(entry.hash), as the list says; ask the sender for the set again"))
      }
    }
    return issues
  }

  private func lines(of file: InputFile) -> [Substring] {
    file.withBytes { String(decoding: $0, as: UTF8.self) }
      .split(whereSeparator: \.isNewline)
  }
}
