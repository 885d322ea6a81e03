import CaseModel

/// Two tables for the import of a chart program (i2 Analyst's Notebook and alike), and how to map them.
///
/// UTF-8 with mark, one header row, ISO days, one row a link; identities are stable, so a second import
/// merges with the first. Text cells carry the guard of `DelimitedText`. formats.md §8.
public struct I2: ExchangeCatalogueEntry {
  public init() {}
  public let name = "i2"
  public let title = "entities and links for chart programs"

  public func files(of record: ExportRecord, settings: ExportSettings) throws -> [ExportFile] {
    let graph = try GraphModel(RecordIndex(record), .movements)
    let index = RecordIndex(record)
    var entities = ["identity", "type", "label"] + Self.nodeColumns
    var text = "\u{FEFF}" + DelimitedText.row(entities)
    for node in graph.nodes {
      entities =
        [node.id.text, node.kind, node.label] + Self.nodeColumns.map { node.values[$0] ?? "" }
      text += DelimitedText.row(entities.map(DelimitedText.guarded))
    }
    let titles = [
      "identity", "type", "from_identity", "to_identity", "label", "date", "time", "amount",
      "amount_minor", "currency", "direction", "channel", "description", "source_reference",
    ]
    var links = "\u{FEFF}" + DelimitedText.row(titles)
    let times = Dictionary(
      index.movements().map { ($0.id, $0.entries.compactMap(\.timeOfDay).first) },
      uniquingKeysWith: { first, _ in first })
    for edge in graph.edges {
      links += DelimitedText.row(
        [edge.id.text, edge.kind, edge.from.text, edge.to.text, edge.label]
          .map(DelimitedText.guarded)
          + [
            edge.first?.description ?? "", (times[edge.id] ?? nil).map(Self.time) ?? "",
            edge.values["amount"] ?? "", edge.values["amount_minor"] ?? "",
          ]
          + [
            edge.values["currency"] ?? "", "from-to", edge.values["channel"] ?? "",
            edge.values["purpose"] ?? "", edge.values["sources"] ?? "",
          ].map(DelimitedText.guarded))
    }
    return [
      ExportFile(name: "entities.csv", text: text),
      ExportFile(name: "import-notes.txt", text: Self.notes),
      ExportFile(name: "links.csv", text: links),
    ]
  }

  private static let nodeColumns = [
    "account_key", "currency", "institution", "holder", "roles", "sources",
  ]

  /// `14:05:09`.
  private static func time(_ seconds: Int32) -> String {
    [seconds / 3600, seconds / 60 % 60, seconds % 60]
      .map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
  }

  private static let notes = """
    Import of entities.csv and links.csv

    1. entities.csv: one row an entity. Identity = identity, type = type, label = label; the other columns
       are attributes. Import it first.
    2. links.csv: one row a link. Ends = from_identity and to_identity (both are identities of
       entities.csv), type = type, label = label, date = date (YYYY-MM-DD), time = time (HH:MM:SS),
       direction: always from the first end to the second.
    3. amount is decimal text with a point and is exact; amount_minor is the same in minor units of the
       currency. Import amounts as numbers only where the program keeps decimals exactly, else as text.
    4. Identities are the same in every export of the matter: a second import merges with the first.
    5. A text cell that begins with = + - @, TAB, CR or an apostrophe has one apostrophe in front.
       Take it away where the program shows it.
    6. source_reference names the file and the place of every statement line behind a link.

    """
}
