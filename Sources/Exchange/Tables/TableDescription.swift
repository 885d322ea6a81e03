import CaseModel

/// The same tables described twice: CSVW metadata (W3C, 2015) and a Frictionless data package (v1).
enum TableDescription {
  static let guardNote =
    "A text cell that begins with =, +, -, @, TAB, CR or an apostrophe has one apostrophe in front, so "
    + "that no spreadsheet evaluates it; take exactly one away when reading. Empty cells state nothing."

  /// `csv-metadata.json`, found by its name beside the tables (Tabular Data Model §5.3).
  static func csvw(_ tables: [ExportTable], _ index: RecordIndex) -> JSONValue {
    [
      "@context": .list(["http://www.w3.org/ns/csvw", ["@language": "en"]]),
      "dc:title": .text("Matter \(index.matter.code): tables"),
      "dc:description": .text(guardNote),
      "dialect": [
        "encoding": "utf-8", "header": true, "delimiter": ",", "quoteChar": "\"",
        "doubleQuote": true, "lineTerminators": ["\r\n"],
      ],
      "tables": .list(
        tables.map { table in
          [
            "url": .text(table.fileName),
            "dc:title": .text(table.name),
            "dc:description": .text(table.about),
            "tableSchema": csvwSchema(table),
          ]
        }),
    ]
  }

  private static func csvwSchema(_ table: ExportTable) -> JSONValue {
    var schema: [String: JSONValue] = [
      "columns": .list(table.columns.map(csvwColumn)),
      "primaryKey": .list(table.key.map(JSONValue.text)),
    ]
    if !table.references.isEmpty {
      schema["foreignKeys"] = .list(
        table.references.map { reference in
          [
            "columnReference": .list(reference.columns.map(JSONValue.text)),
            "reference": [
              "resource": .text(reference.table + ".csv"),
              "columnReference": .list(reference.tableColumns.map(JSONValue.text)),
            ],
          ]
        })
    }
    return .object(schema)
  }

  private static func csvwColumn(_ column: ExportTable.Column) -> JSONValue {
    var values: [String: JSONValue] = [
      "name": .text(column.name), "titles": .text(column.name),
      "dc:description": .text(column.about), "required": .truth(column.isRequired),
    ]
    switch column.kind {
    case .text: values["datatype"] = "string"
    case .list:
      values["datatype"] = "string"
      values["separator"] = "; "
    case .amount: values["datatype"] = "decimal"
    case .whole: values["datatype"] = "long"
    case .day: values["datatype"] = "date"
    case .truth: values["datatype"] = "boolean"
    }
    return .object(values)
  }

  /// `datapackage.json`.
  static func dataPackage(_ tables: [ExportTable], _ index: RecordIndex) -> JSONValue {
    [
      "profile": "tabular-data-package",
      "name": "moneytrail-tables",
      "title": .text("Matter \(index.matter.code): tables"),
      "description": .text(guardNote),
      "resources": .list(
        tables.map { table in
          [
            "name": .text(table.name), "path": .text(table.fileName),
            "description": .text(table.about), "profile": "tabular-data-resource",
            "encoding": "utf-8", "schema": packageSchema(table),
            "dialect": [
              "delimiter": ",", "quoteChar": "\"", "doubleQuote": true, "lineTerminator": "\r\n",
              "header": true,
            ],
          ]
        }),
    ]
  }

  private static func packageSchema(_ table: ExportTable) -> JSONValue {
    [
      "missingValues": [""],
      "primaryKey": .list(table.key.map(JSONValue.text)),
      "fields": .list(
        table.columns.map { column in
          let type: JSONValue =
            switch column.kind {
            case .text, .list: "string"
            case .amount: "number"
            case .whole: "integer"
            case .day: "date"
            case .truth: "boolean"
            }
          return [
            "name": .text(column.name), "type": type, "description": .text(column.about),
            "constraints": ["required": .truth(column.isRequired)],
          ]
        }),
      "foreignKeys": .list(
        table.references.map { reference in
          [
            "fields": .list(reference.columns.map(JSONValue.text)),
            "reference": [
              "resource": .text(reference.table),
              "fields": .list(reference.tableColumns.map(JSONValue.text)),
            ],
          ]
        }),
    ]
  }
}
