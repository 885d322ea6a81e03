import CaseModel

/// Every table of the case as CSV, described by CSVW metadata and a data package.
///
/// RFC 4180, UTF-8 without mark, CRLF; W3C Recommendation "Metadata Vocabulary for Tabular Data" of
/// 17 December 2015; Frictionless Table Schema v1. formats.md §8.
public struct CSVOnTheWeb: ExchangeCatalogueEntry {
  public init() {}
  public let name = "csvw"
  public let title = "CSV tables with CSVW metadata"

  public func files(of record: ExportRecord, settings: ExportSettings) throws -> [ExportFile] {
    let index = RecordIndex(record)
    let tables =
      [
        index.filesTable(), index.personsTable(), index.accountsTable(), index.statementsTable(),
        index.gapsTable(), index.entriesTable(), index.transfersTable(),
      ] + index.paymentTables() + index.entityTables()
    return tables.map(\.file) + [
      ExportFile(
        name: "csv-metadata.json",
        bytes: try JSONValue.bytes(TableDescription.csvw(tables, index), indented: true)),
      ExportFile(
        name: "datapackage.json",
        bytes: try JSONValue.bytes(TableDescription.dataPackage(tables, index), indented: true)),
    ]
  }
}
