import CaseModel
import Digests

/// How one ledger's rows become payment records and entities. Data, made from a YAML or JSON text with
/// `record: payment` or `record: entity`.
///
/// A value is a column's name, or `=text` for a constant; a list is the first of its columns that holds
/// something. Columns that no role takes are kept under their own names.
struct RecordProfile: Sendable {
  /// Columns or constants, in order of preference.
  struct Source: Sendable, Hashable {
    enum Item: Sendable, Hashable { case column(String), constant(String) }
    var items: [Item]
  }

  struct Amount: Sendable {
    var role: StatedAmount.Role
    var amount: Source
    var currency: Source
    /// The number carries a sign that says which of the two roles it has: `sent` when negative.
    var signedRole: StatedAmount.Role?
  }

  struct Party: Sendable {
    var role: PaymentParty.Role
    var name: Source?
    var account: Source?
    /// An address on a chain, checked by the rules of its network.
    var wallet: Source?
    var network: Source?
    /// A card number; only its first six and last four digits are ever kept.
    var card: Source?
    var institution: Source?
    var country: Source?
    var address: Source?
    var identifiers: [String: Source] = [:]
  }

  struct Entity: Sendable {
    var schema: String
    /// The parts of its id, joined; empty for one entity a row.
    var id: [Source]
    var properties: [String: [Source]]
    var date: Source?
    /// Only rows in which this holds something make the entity.
    var needs: Source?
  }

  var name = "unnamed"
  var version = 1
  var hash = ContentHash(of: "")
  var isPayment = true
  var institution: String?
  var encoding: TextEncoding?
  var delimiter: UInt8 = 0x2C
  var skip = 0
  var headerRow: [String] = []
  var decimal: Unicode.Scalar = "."
  var dates: [DateForm] = []
  /// Days are milliseconds since 1970, as some exchanges write them.
  var isEpochMilliseconds = false
  /// Days are in a calendar that is not read: kept as written.
  var hasOtherCalendar = false
  var offsetMinutes: Int16?
  var pivotYear: Int?
  var kind = EntryKind.declared
  var recordType = Source(items: [.constant("record")])
  var recordTypePrefix = ""
  var status: Source?
  /// Code → word. A code that is not listed is kept as written, with a warning.
  var statusWords: [String: String] = [:]
  var channel = Channel.unknown
  var executed: Source?
  var value: Source?
  var time: Source?
  var amounts: [Amount] = []
  var rate: Source?
  var purpose: [Source] = []
  var references: [String: Source] = [:]
  /// The parts of what tells a record from all others: chain, hash and index.
  var key: [Source] = []
  var parties: [Party] = []
  var entities: [Entity] = []

  /// As recorded with an import.
  var line: String { "profile \(name) \(version) (SHA-256 \(hash.hex))" }

  /// The columns that a role takes, so that the others can be kept as details.
  var taken: Set<String> {
    var sources = [recordType] + [status, executed, value, time, rate].compactMap(\.self)
    sources += purpose + references.values + key
    for amount in amounts { sources += [amount.amount, amount.currency] }
    for party in parties {
      sources += [
        party.name, party.account, party.wallet, party.network, party.card, party.institution,
        party.country, party.address,
      ].compactMap(\.self)
      sources += Array(party.identifiers.values)
    }
    for entity in entities { sources += entity.id + entity.properties.values.flatMap(\.self) }
    var names: Set<String> = []
    for source in sources {
      for case .column(let name) in source.items { names.insert(MappingProfile.normalised(name)) }
    }
    return names
  }

  /// The columns that hold card numbers.
  var cardColumns: [Source] { parties.compactMap(\.card) }
}

/// The record profiles that come with the program, and the choice among them.
enum RecordLibrary {
  static let all: [RecordProfile] = IntakeFiles.all
    .filter { $0.folder == "Records" && $0.name.hasPrefix("profiles/") }
    .compactMap { try? RecordProfile(text: $0.text) }
    .sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }

  /// True for the name of an embedded record profile and for a text that says it is one.
  static func isRecordProfile(_ text: String) -> Bool {
    all.contains { $0.name == text } || RecordProfile.isOne(text)
  }

  static func profile(_ text: String, _ desk: ReadingDesk) throws -> RecordProfile {
    if let known = all.first(where: { $0.name == text }) { return known }
    do throws(ProfileFault) { return try RecordProfile(text: text) } catch {
      throw desk.refusal(
        "E-PROFILE", Locator(text: "profile", ordinal: 0), error.reason,
        "a record profile as the user guide describes it")
    }
  }

  /// The embedded profile whose header the first row is.
  static func match(_ head: ArraySlice<UInt8>) -> RecordProfile? {
    let bytes = Array(head.starts(with: [0xEF, 0xBB, 0xBF]) ? head.dropFirst(3) : head)
    guard !bytes.isEmpty else { return nil }
    return bytes.withUnsafeBufferPointer { buffer in
      var headers: [UInt8: ContentHash] = [:]
      for profile in all {
        if headers[profile.delimiter] == nil {
          var scanner = RowScanner(
            buffer, delimiter: profile.delimiter, quote: 0x22, columnsMax: 1024)
          guard (try? scanner.next()) == true else { continue }
          headers[profile.delimiter] = MappingProfile.fingerprint(
            scanner.fields.indices.map { scanner.string($0) ?? "" })
        }
        if headers[profile.delimiter] == MappingProfile.fingerprint(profile.headerRow) {
          return profile
        }
      }
      return nil
    }
  }
}
