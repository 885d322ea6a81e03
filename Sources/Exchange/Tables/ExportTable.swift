import CaseModel

/// A table with what each column means: rows for a program, a description for a person.
struct ExportTable: Sendable {
  enum Kind: Sendable {
    /// Free text; guarded against formulas.
    case text
    /// Texts joined by `; ` in one cell; guarded.
    case list
    /// Plain decimal text with the currency's decimals, never a floating-point number.
    case amount
    /// A whole number.
    case whole
    case day
    case truth
  }

  struct Column: Sendable {
    let name: String
    let kind: Kind
    let isRequired: Bool
    let about: String

    init(_ name: String, _ kind: Kind, required: Bool = false, _ about: String) {
      self.name = name
      self.kind = kind
      isRequired = required
      self.about = about
    }
  }

  struct Reference: Sendable {
    let columns: [String]
    let table: String
    let tableColumns: [String]
    init(_ column: String, _ table: String, _ tableColumn: String) {
      columns = [column]
      self.table = table
      tableColumns = [tableColumn]
    }
  }

  /// The file's name without `.csv`.
  let name: String
  let about: String
  let columns: [Column]
  let key: [String]
  let references: [Reference]
  private(set) var rows: [[String]] = []

  init(
    _ name: String, _ about: String, key: [String], references: [Reference] = [],
    columns: [Column]
  ) {
    self.name = name
    self.about = about
    self.key = key
    self.references = references
    self.columns = columns
    let names = Set(columns.map(\.name))
    precondition(names.count == columns.count, "\(name) names a column twice")
    precondition(
      names.isSuperset(of: key) && names.isSuperset(of: references.flatMap(\.columns)),
      "\(name) has a key over columns it does not have")
  }

  /// Adds a row: one value a column, nil where nothing is stated.
  mutating func add(_ values: [String?]) {
    precondition(values.count == columns.count, "\(name) has \(columns.count) columns")
    rows.append(
      zip(columns, values).map { column, value in
        guard let value else { return "" }
        switch column.kind {
        case .text, .list: return DelimitedText.guarded(value)
        case .amount, .whole, .day, .truth: return value
        }
      })
  }

  var fileName: String { name + ".csv" }

  var file: ExportFile {
    var text = DelimitedText.row(columns.map(\.name))
    for row in rows { text += DelimitedText.row(row) }
    return ExportFile(name: fileName, text: text)
  }
}

// MARK: Columns that come in several tables

extension ExportTable.Column {
  /// An amount as text and as minor units; `currency` and `currency_exponent` say of what.
  static func money(_ name: String, required: Bool = false, _ about: String) -> [Self] {
    [
      .init(name, .amount, required: required, about + " Decimal text, exact."),
      .init(
        name + "_minor", .whole, required: required,
        "The same in minor units of the currency."),
    ]
  }

  static let currency: [Self] = [
    .init("currency", .text, required: true, "ISO 4217 code, or the code of another asset."),
    .init("currency_exponent", .whole, required: true, "Decimals of the currency's minor unit."),
  ]

  static let source: [Self] = [
    .init(
      "source_sha256", .text, required: true,
      "SHA-256 of the received file in which the row was read."),
    .init("source_label", .text, required: true, "The file's exhibit mark, else its name."),
    .init("source_locator", .text, required: true, "The place in the file: line, XPath, cell."),
  ]
}

/// Values as cells.
enum Cells {
  static func money(_ money: Money?) -> [String?] {
    [money?.decimalText, money.map { String($0.minorUnits) }]
  }
  static func currency(_ currency: Currency) -> [String?] {
    [currency.code, String(currency.exponent)]
  }
  static func source(_ source: SourceRef) -> [String?] {
    [source.file.hex, source.label, source.locator.text]
  }
  static func truth(_ truth: Bool) -> String { truth ? "true" : "false" }
  static func list(_ texts: [String]) -> String? {
    texts.isEmpty ? nil : texts.joined(separator: "; ")
  }
}

extension Array where Element == ExportTable.Reference {
  static let source = [ExportTable.Reference("source_sha256", "files", "sha256")]
}
