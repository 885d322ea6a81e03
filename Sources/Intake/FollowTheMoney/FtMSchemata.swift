import Yams

/// The schema and property names of FollowTheMoney, from the data file beside this code.
struct FtMSchemata: Sendable {
  struct Schema: Sendable {
    var extends: [String] = []
    var isAbstract = false
    /// The two properties that name the ends of a relation.
    var edge: [String] = []
    /// Own properties whose values are ids of other records.
    var links: Set<String> = []
    var values: Set<String> = []
  }

  /// The library's name and version, as the data file states it.
  let version: String
  /// With everything inherited.
  let schemata: [String: Schema]

  /// The names that come with the program. Empty only when the data file does not parse, which a test
  /// would notice.
  static let standard: FtMSchemata =
    IntakeFiles.all.first { $0.folder == "FollowTheMoney/Schemata" }
    .flatMap { FtMSchemata(yaml: $0.text) } ?? FtMSchemata(version: "none", schemata: [:])

  private init(version: String, schemata: [String: Schema]) {
    self.version = version
    self.schemata = schemata
  }

  init?(yaml: String) {
    guard let root = try? Yams.compose(yaml: yaml), let version = root["version"]?.string,
      let list = root["schemata"]?.mapping
    else { return nil }
    var own: [String: Schema] = [:]
    for (name, node) in list {
      guard let name = name.string else { return nil }
      own[name] = Schema(
        extends: Self.names(node["extends"]), isAbstract: node["abstract"]?.bool ?? false,
        edge: Self.names(node["edge"]), links: Set(Self.names(node["links"])),
        values: Set(Self.names(node["values"])))
    }
    var complete: [String: Schema] = [:]
    for name in own.keys.sorted() { complete[name] = Self.inherited(name, own, depth: 0) }
    self.init(version: version, schemata: complete)
  }

  private static func names(_ node: Node?) -> [String] {
    node?.array().compactMap(\.string) ?? []
  }

  private static func inherited(_ name: String, _ own: [String: Schema], depth: Int) -> Schema {
    guard var schema = own[name], depth < 16 else { return Schema() }
    for parent in schema.extends {
      let above = inherited(parent, own, depth: depth + 1)
      schema.links.formUnion(above.links)
      schema.values.formUnion(above.values)
      if schema.edge.isEmpty { schema.edge = above.edge }
    }
    return schema
  }
}
