import CaseModel
import Digests

/// How one bank's delimited export is to be read (formats.md §4.1). Data, not code: made from a YAML or
/// JSON text, versioned, and recorded by its hash with each import.
struct MappingProfile: Sendable {
  /// What a column holds. The number is the place in `Role.names` and in a `ColumnMap`.
  enum Role: Int, Sendable, CaseIterable {
    case bookingDate, valueDate, time, amount, debit, credit, currency, balance, purpose, type
    case status, fee, rate, ownAccount, ownBank, ownerName, name, counterpartyAccount
    case counterpartyBank, transactionID, reference, endToEnd, mandate
    /// The second account of a row that is a transfer between two accounts.
    case mirror
    case originalAmount, originalCurrency

    /// As a profile writes them, in the order of the cases.
    static let names = [
      "booking-date", "value-date", "time", "amount", "debit", "credit", "currency", "balance",
      "purpose", "type", "status", "fee", "rate", "own-account", "own-bank", "owner", "name",
      "counterparty-account", "counterparty-bank", "transaction-id", "reference", "end-to-end",
      "mandate", "mirror-account", "original-amount", "original-currency",
    ]
    var text: String { Self.names[rawValue] }
    init?(text: String) {
      guard let index = Self.names.firstIndex(of: text) else { return nil }
      self.init(rawValue: index)
    }
  }

  /// A column by position or by name; several names are spellings of one column.
  enum Column: Hashable, Sendable {
    case index(Int)
    case named([String])
  }

  /// Record types of files that mix balances and movements.
  enum RecordKind: String, Sendable { case opening, movement, turnover, closing, skip }

  /// A column whose codes mean something.
  struct Coded<Meaning: Sendable>: Sendable {
    var column: Column
    var codes: [String: Meaning]
  }

  /// Where a stated balance, or the account, stands outside the rows.
  enum Place: Sendable {
    /// A regular expression over the lines before the header; its first group is the value.
    case pattern(String)
    /// Physical line and column of a cell, both from 1.
    case cell(line: Int, column: Int)
    case constant(String)
  }

  var name = "unnamed"
  var version = 1
  /// SHA-256 of the profile's text.
  var hash = ContentHash(of: "")
  var institution: String?
  /// One line on the layout, for people.
  var describes: String?
  /// Where the layout was learnt.
  var origin: String?
  /// False for a layout whose header other banks use as well: it is read only when stated by name.
  var isMatched = true
  /// Sheets of a workbook by name; `*` for every visible one. Empty: the only one that is understood.
  var sheets: [String] = []
  /// Rows that a workbook hides are read too.
  var includesHiddenRows = false
  var encoding: TextEncoding?
  /// Nil: found from the file.
  var delimiter: UInt8?
  var quote: UInt8 = 0x22
  /// Physical lines before the header.
  var skip = 0
  var hasHeader = true
  /// All header names in order. When given, the file's header must be equal.
  var headerRow: [String] = []
  /// Rows at the end that are no records.
  var footerRows = 0
  /// Rows whose first field begins with one of these are no records.
  var footerWords: [String] = []
  var columns: [Role: Column] = [:]
  /// Purpose columns in the order in which they are joined.
  var purposes: [Column] = []
  /// Nil: found from the values, refused when undecidable.
  var decimal: Unicode.Scalar?
  var hasDecimals = true
  var groups: Set<Unicode.Scalar>?
  var signs: AmountForm.Signs = .leading
  var impliedDecimals = 0
  /// Numbers count minor units of their own currency.
  var isMinorUnits = false
  var isInverted = false
  /// An explicit plus marks a credit, whatever `isInverted` says (card statements).
  var plusIsCredit = false
  /// Empty: found from the values, refused when undecidable.
  var dates: [DateForm] = []
  var pivotYear: Int?
  /// Constant currency; the column goes first when both are given.
  var currency: Currency?
  var account: Place?
  var accountScheme: String?
  var flag: Coded<Int>?
  var recordType: Coded<RecordKind>?
  /// Keeps only rows whose column equals the text.
  var keepOnly: (column: Column, equals: String)?
  var status: Coded<EntryKind>?
  var channels: Coded<Channel>?
  var channelDefault: Channel = .unknown
  var opening: Place?
  var closing: Place?
  /// Rows without date and amount extend the purpose of the row before.
  var hasContinuation = false
  /// Rows may have fewer or more fields than the header.
  var isRagged = false
  /// One statement for each account and currency instead of one for each account.
  var splitsByCurrency = false
  /// Words that mean "no value".
  var nullWords: Set<String> = []

  /// As recorded with an import.
  var line: String { "profile \(name) \(version) (SHA-256 \(hash.hex))" }

  /// Normalised for comparing header names: no space around, runs of it as one, lower case.
  static func normalised(_ header: some StringProtocol) -> String {
    header.split(whereSeparator: \.isWhitespace).joined(separator: " ").lowercased()
  }

  /// The fingerprint by which a layout is known again: SHA-256 of its normalised header names.
  static func fingerprint(_ header: [String]) -> ContentHash {
    ContentHash(of: header.map(normalised).joined(separator: "\u{1F}"))
  }
}
