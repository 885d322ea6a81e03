import CaseModel
import Digests

/// How the rows of one register's extract state entities (formats.md §6). Data, not code, like a bank's
/// layout: `record: entity` and the rules of `EntityRule`.
struct RegisterProfile: Sendable {
  let name: String
  let version: Int
  /// The space of the ids: one register's own.
  let space: String
  let hash: ContentHash
  let layout: TableLayout
  /// Column names that are all there in a file of this layout.
  let knownBy: [String]
  let rules: [EntityRule]

  /// As recorded with an import.
  var line: String { "profile \(name) \(version) (SHA-256 \(hash.hex))" }

  /// The columns that some rule reads.
  var columns: Set<String> { rules.reduce(into: []) { $0.formUnion($1.columns) } }

  init(text: String) throws(ProfileFault) {
    let root = try ProfileNode.root(text)
    _ = try root.settings(
      TableLayout.settings.union([
        "record", "name", "version", "describes", "source", "space", "known-by", "entities",
      ]))
    guard try root.required("record").text() == "entity" else {
      throw ProfileFault(reason: "the profile is not for entities")
    }
    hash = ContentHash(of: text)
    name = try root.required("name").text()
    version = try root["version"]?.count() ?? 1
    space = try root.required("space").text()
    layout = try TableLayout(root)
    knownBy = try root.required("known-by").texts()
    var rules: [EntityRule] = []
    for item in try root.required("entities").items() { rules.append(try EntityRule(item)) }
    self.rules = rules
  }

  /// The profiles that come with the program, by name. A test reads each.
  static let all: [RegisterProfile] = IntakeFiles.all
    .filter { $0.folder == "Registers/Profiles" }
    .compactMap { try? RegisterProfile(text: $0.text) }
    .sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }

  /// The profile whose columns the first row of a text has; the one that asks for most of them.
  static func match(_ head: ArraySlice<UInt8>) -> RegisterProfile? {
    var best: RegisterProfile?
    for profile in all {
      let names = head.withUnsafeBufferPointer { bytes -> Set<String> in
        var scanner = RowScanner(
          bytes, delimiter: profile.layout.delimiter, quote: profile.layout.quote, columnsMax: 1024)
        guard (try? scanner.next()) == true else { return [] }
        return Set(
          scanner.fields.indices.map { MappingProfile.normalised(scanner.string($0) ?? "") })
      }
      guard profile.knownBy.allSatisfy({ names.contains(MappingProfile.normalised($0)) }) else {
        continue
      }
      if profile.knownBy.count > best?.knownBy.count ?? 0 { best = profile }
    }
    return best
  }

  /// The profile that the operator states: a shipped one's name, or a text of this kind; nil when what is
  /// stated is for something else.
  static func stated(_ text: String?) throws(ProfileFault) -> RegisterProfile? {
    guard let text else { return nil }
    if let known = all.first(where: { $0.name == text }) { return known }
    return ProfileNode.kind(of: text) == "entity" ? try RegisterProfile(text: text) : nil
  }
}
