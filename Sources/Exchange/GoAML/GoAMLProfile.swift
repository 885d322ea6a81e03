import CaseModel
import Yams

/// What a national unit wants of a goAML report: data, never code.
///
/// The element order is that of goAML 4 and 5; code lists, mandatory fields and constants are national.
///
/// ```yaml
/// goaml-profile: 1
/// name: made-up-unit
/// constants:                 # element → text, or a nested mapping written in the schema's order
///   report: { rentity_id: 7, submission_code: E, report_code: STR, entity_reference: "{matter}" }
///   transaction: { transmode_comment: "-" }
///   account: { institution_code: UNKNOWN }
/// codes:
///   transmode: { cash_deposit: BRCH, default: ELCFT }     # channel → transmode_code
///   funds: { cash_deposit: CASH, default: ELCFT }         # channel → from_funds_code, to_funds_code
/// country: GB                # of a side whose account states none
/// local-currency: GBP
/// rate-days: 7               # how old a rate of the case may be
/// omit: { transaction: [value_date] }                     # what the schema does not know
/// mandatory: { transaction: [transaction_location], account: [institution_name] }
/// characters: { name: "A-Za-z0-9 .'-" }                   # all others become a space, or a hyphen
/// indicators: [ABC]
/// ```
struct GoAMLProfile: Sendable {
  /// Parts of a report that the profile speaks about.
  enum Part: String, CaseIterable, Sendable {
    case report, transaction, from, to, account, person, entity
  }

  let fileName: String
  let name: String
  let constants: [Part: [XMLNode]]
  let transmode: [String: String]
  let funds: [String: String]
  let country: String?
  let localCurrency: Currency
  let rateDays: Int
  let omit: [Part: Set<String>]
  let mandatory: [Part: [String]]
  let indicators: [String]
  /// Elements whose text the schema holds to some characters.
  let characters: [String: GoAMLCharacters]

  func transmodeCode(_ channel: Channel) -> String? {
    transmode[channel.rawValue] ?? transmode["default"]
  }
  func fundsCode(_ channel: Channel) -> String? { funds[channel.rawValue] ?? funds["default"] }
}

extension GoAMLProfile {
  static let bytesMax = 1 << 20

  /// - Parameter replacements: what `{matter}` and `{as-of}` stand for.
  /// - Throws: `ExportError.unusable` with the line of what cannot be used.
  init(_ file: GivenFile, replacements: [String: String]) throws {
    let reader = GoAMLProfileReader(file: file.name, replacements: replacements)
    let root = try reader.root(file.bytes)
    try reader.allow(
      [
        "goaml-profile", "name", "constants", "codes", "country", "local-currency", "rate-days",
        "omit", "mandatory", "indicators", "characters",
      ], in: root, "the profile")
    guard try reader.text(root, "goaml-profile") == "1" else {
      throw reader.refused(root, "no goaml-profile: 1", "goaml-profile: 1 as the first line")
    }
    fileName = file.name
    name = try reader.text(root, "name") ?? file.name
    var constants: [Part: [XMLNode]] = [:]
    if let node = root["constants"] {
      for (part, value) in try reader.parts(node) { constants[part] = try reader.elements(value) }
    }
    self.constants = constants
    let codes = root["codes"]
    if let codes { try reader.allow(["transmode", "funds"], in: codes, "codes") }
    transmode = try reader.channels(codes?["transmode"])
    funds = try reader.channels(codes?["funds"])
    country = try reader.text(root, "country")
    guard let currency = try reader.text(root, "local-currency").flatMap({ Currency(iso: $0) })
    else { throw reader.refused(root, "no local-currency", "an ISO 4217 code") }
    localCurrency = currency
    let days = try reader.text(root, "rate-days") ?? "0"
    guard let rateDays = Int(days), (0...366).contains(rateDays) else {
      throw reader.refused(root, "rate-days \(days)", "0 to 366")
    }
    self.rateDays = rateDays
    var omit: [Part: Set<String>] = [:]
    if let node = root["omit"] {
      for (part, value) in try reader.parts(node) { omit[part] = Set(try reader.texts(value)) }
    }
    self.omit = omit
    var mandatory: [Part: [String]] = [:]
    if let node = root["mandatory"] {
      for (part, value) in try reader.parts(node) { mandatory[part] = try reader.texts(value) }
    }
    self.mandatory = mandatory
    indicators = try root["indicators"].map { try reader.texts($0) } ?? []
    var characters: [String: GoAMLCharacters] = [:]
    for (key, value) in try root["characters"].map({ try reader.mapping($0) }) ?? [:] {
      guard let set = GoAMLCharacters(try reader.scalar(value)) else {
        throw reader.refused(value, "no characters", "ranges and characters: A-Za-z0-9 .'-")
      }
      characters[key.string ?? ""] = set
    }
    self.characters = characters
  }
}
