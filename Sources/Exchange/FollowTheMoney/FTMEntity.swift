import CaseModel

/// One entity as a line of FollowTheMoney's JSON.
struct FTMEntity: Encodable, Sendable {
  let id: String
  let schema: String
  private(set) var properties: [String: [String]] = [:]
  let datasets: [String]

  init(_ id: StableID, _ schema: String, in matter: MatterCode) {
    self.id = id.text
    self.schema = schema
    datasets = [matter.text]
  }

  /// Adds values; none, empty ones and repetitions add nothing.
  mutating func add(_ property: String, _ values: [String]) {
    for value in values where !value.isEmpty {
      if properties[property]?.contains(value) != true {
        properties[property, default: []].append(value)
      }
    }
  }
  mutating func add(_ property: String, _ value: String?) {
    if let value { add(property, [value]) }
  }
}

/// What the model knows, as far as writing needs it. Source: followthemoney 4.11.2 (2025), `model.schemata`.
enum FTMModel {
  /// Kinds of things: they carry notes and dates of creation.
  static let things = words(
    """
    Address Airplane Article Asset Audio BankAccount Company Contract CourtCase CryptoWallet Document \
    Email Folder HyperText Image LegalEntity License Note Organization Package Pages Person PlainText \
    Position PublicBody RealEstate Security Table Territory UserAccount Vehicle Vessel Video Workbook
    """)
  /// Kinds of what held for a while: they carry a first and a last day.
  static let intervals = words(
    """
    Associate Call CallForTenders ContractAward Control CourtCaseParty Debt Directorship Documentation \
    EconomicActivity Employment Event Family Identification Membership Message Occupancy Ownership \
    Passport Payment Project ProjectParticipant Representation Risk Sanction Succession TaxRoll Trip \
    UnknownLink
    """)
  /// Properties whose values are ids of entities.
  static let references = words(
    """
    addressEntity agent asset associate authority bank bankAccount beneficiary beneficiaryAccount \
    callForTenders caller candidate case client contract contractHolder controlled controller creditor \
    debtor declarant director document emitters employee employer entity holder involved issuer member \
    object onBehalfOf operator organization organizer owner parent partOf participant party payer \
    payerAccount person post predecessor project receiver recipientAccount recipients relative \
    riskSource sender senderAccount subject successor supplier taxee tenderers transport vehicle
    """)

  private static func words(_ text: String) -> Set<String> {
    Set(text.split(separator: " ").map(String.init))
  }
}
