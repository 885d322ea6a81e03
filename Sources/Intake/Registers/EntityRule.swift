import CaseModel

/// How one row of a table states an entity: its schema, its id, its properties, and from when until when
/// it held. Data of a profile; used for registers and for the tables of production sets.
struct EntityRule: Sendable {
  /// One column, or several whose texts are joined by a space where they are not empty.
  struct Source: Sendable {
    var columns: [String]
    /// Words in place of codes; a code that is not listed stays as it is.
    var codes: [String: String] = [:]
    /// The text is an amount in minor units or a day in the profile's form, and is written out.
    var kind = Kind.text
    enum Kind: String, Sendable { case text, day, amount }
  }

  /// An id made of fixed words and columns: `[person, CPF]` gives `person/123`.
  struct Identity: Sendable {
    /// A column, or a fixed word written in quotes in the profile.
    enum Part: Sendable { case column(String), word(String) }
    var parts: [Part]
  }

  /// When a row states the entity at all.
  enum Condition: Sendable {
    case present([String])
    case absent([String])
    case equals(String, [String])
    case differs(String, [String])
  }

  /// The schema, or the column whose code chooses it.
  var schema = "LegalEntity"
  var schemaColumn: String?
  var schemaCodes: [String: String] = [:]
  var id = Identity(parts: [])
  var conditions: [Condition] = []
  var properties: [(name: String, source: Source)] = []
  var constants: [(name: String, value: String)] = []
  /// Properties that name other entities by their id.
  var links: [(name: String, id: Identity)] = []
  var validFrom: String?
  var validUntil: String?
  var statedOn: String?
  /// Identifier checks by column, by the scheme's name.
  var checks: [(column: String, scheme: IdentifierScheme)] = []
  /// Columns of bank, branch and number: the entity is an account and states its key.
  var account: AccountRule?
  /// Not stated again when an earlier row or table stated the same id.
  var isOnlyIfNew = false
}

/// The columns that make the key of an account (formats.md §7.1).
struct AccountRule: Sendable {
  var iban: String?
  var number: String?
  /// Joined to the bank's code: bank and branch.
  var bank: [String] = []
  var scheme: String?
}

/// Identifiers with a rule that a text can break (formats.md §7.1).
enum IdentifierScheme: String, Sendable, CaseIterable {
  case lei, isin, imo, vin, bic, iban, cpf, cnpj
  /// Brazil: eleven digits of a person or fourteen of a company.
  case cpfOrCNPJ = "cpf-or-cnpj"
  case pesel, bsn
  case spanishNIF = "es-nif"
  case portugueseNIF = "pt-nif"

  func accepts(_ text: String) -> Bool {
    switch self {
    case .lei: CheckDigits.isLEI(text)
    case .isin: CheckDigits.isISIN(text)
    case .imo: CheckDigits.isIMO(text)
    case .vin: CheckDigits.isVINForm(text)
    case .bic: AccountNumber.isBIC(text)
    case .iban: AccountNumber.iban(text) != nil
    case .cpf: CheckDigits.isCPF(text)
    case .cnpj: CheckDigits.isCNPJ(text)
    case .cpfOrCNPJ: CheckDigits.isCPF(text) || CheckDigits.isCNPJ(text)
    case .pesel: CheckDigits.isPESEL(text)
    case .bsn: CheckDigits.isBSN(text)
    case .spanishNIF: CheckDigits.isSpanishNIF(text)
    case .portugueseNIF: CheckDigits.isPortugueseNIF(text)
    }
  }
}
