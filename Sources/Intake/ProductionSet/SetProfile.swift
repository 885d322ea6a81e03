import CaseModel
import Digests

/// A production set: several tables of one delivery with keys between them (formats.md §5.5). Data, not
/// code: `record: set`. The Brazilian five-file set is the first of these profiles.
struct SetProfile: Sendable {
  /// One table: the name in its file's name, its columns in order, and what its rows state.
  struct Table: Sendable {
    var name: String
    var columns: [String]
    /// The names that a header row has in the file, in the same order.
    var header: [String]
    var key: [String] = []
    var references: [Reference] = []
    var entities: [EntityRule] = []
    /// The names of a first row are those of the table's header, in any order.
    func isHeader(_ names: [String]) -> Bool {
      names.count == header.count
        && Set(names.map(MappingProfile.normalised)) == Set(header.map(MappingProfile.normalised))
    }
    /// Columns that no rule reads: what they hold stands with the row's first entity.
    var rest: [String] {
      let read = entities.reduce(into: Set<String>()) { $0.formUnion($1.columns) }
      return columns.filter { !read.contains($0) }
    }
  }

  /// Columns whose values together must be the key of a row of another table.
  struct Reference: Sendable {
    var columns: [String]
    var table: String
    /// A row that refers to nothing is set aside; otherwise it is kept and shown.
    var isRequired = false
  }

  /// A column whose codes give a sign.
  struct Direction: Sendable {
    var column: String
    var signs: [String: Int]
  }

  /// The table of booked lines.
  struct Lines: Sendable {
    var table: String
    var key: String
    var account: AccountRule
    /// Columns of the account's institution, joined by `/`.
    var institution: [String] = []
    var date: String
    var valueDate: String?
    var amount: String
    /// Nil: amounts carry their sign.
    var direction: Direction?
    var balance: String?
    var balanceDirection: Direction?
    var purpose: [String] = []
    var counterpartyName: String?
    var counterpartyAccount: AccountRule?
    /// References by name, from columns.
    var references: [(name: String, column: String)] = []
    /// Where the account's holder is named.
    var owner: Owner?
    /// A table that lists accounts, and which of them must have lines.
    var expected: Expected?
  }

  struct Owner: Sendable {
    var table: String
    var account: AccountRule
    var name: String
    var condition: EntityRule.Condition?
  }

  struct Expected: Sendable {
    var table: String
    var account: AccountRule
    var condition: EntityRule.Condition
  }

  /// The table of parts: who stood behind a line, one to many.
  struct Parts: Sendable {
    var table: String
    var key: String
    var line: String
    var amount: String
    var name: String
    /// Words in place of a name that say that there is none.
    var namesForNobody: Set<String> = []
    var account: AccountRule
    var institution: [String] = []
    /// Empty columns here mean that nobody is identified.
    var identifiedBy: [String]
    var identifiers: [(name: String, column: String)] = []
    /// The id of the entity that describes the party, and of the unknown party when nobody is identified.
    var party: EntityRule.Identity
    var unknown: EntityRule.Identity
  }

  let name: String
  let version: Int
  let hash: ContentHash
  let layout: TableLayout
  /// Between the set's prefix and the table's name in a file name, and behind it.
  let separator: String
  let fileExtension: String
  /// True when every table begins with its header; otherwise one may.
  let hasHeader: Bool
  let tables: [Table]
  /// The table that lists file names and their SHA-256; it may be absent.
  let hashTable: String?
  let lines: Lines
  let parts: Parts?

  /// As recorded with an import.
  var line: String { "profile \(name) \(version) (SHA-256 \(hash.hex))" }
  func table(_ name: String) -> Table? { tables.first { $0.name == name } }

  /// The profiles that come with the program, by name. A test reads each.
  static let all: [SetProfile] = IntakeFiles.all
    .filter { $0.folder == "ProductionSet/Profiles" }
    .compactMap { try? SetProfile(text: $0.text) }
    .sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }

  /// The profile that the operator states: a shipped one's name, or a text of this kind; nil when what is
  /// stated is for something else.
  static func stated(_ text: String?) throws(ProfileFault) -> SetProfile? {
    guard let text else { return nil }
    if let known = all.first(where: { $0.name == text }) { return known }
    return ProfileNode.kind(of: text) == "set" ? try SetProfile(text: text) : nil
  }

  /// The stated profile alone when it is one of a set and can be read; else the shipped ones.
  static func candidates(stated text: String?) -> [SetProfile] {
    (try? stated(text)).flatMap { $0 }.map { [$0] } ?? all
  }
}
