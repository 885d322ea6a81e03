import CaseModel
import Foundation
import Testing

@testable import Exchange

@Suite("Tables say the whole case and can be read back")
struct TableTests {
  @Test("A guarded cell never begins like a formula, and reading takes exactly the guard away")
  func guards() throws {
    for text in [
      "", "plain", "=1+1", "+1", "-1", "@x", "\tx", "\rx", "'quoted", "''", MadeUpRecord.hostile,
    ] {
      let cell = DelimitedText.guarded(text)
      #expect(
        !["=", "+", "-", "@", "\t", "\r"].contains(cell.unicodeScalars.first.map(String.init)))
      #expect(Array(DelimitedText.unguarded(cell).utf8) == Array(text.utf8))
      let row = DelimitedText.row([cell, "next"])
      let back = try DelimitedText.rows(Array(row.utf8), name: "x")
      #expect(
        back.count == 1 && back[0].map { Array($0.utf8) } == [Array(cell.utf8), Array("next".utf8)])
    }
  }

  @Test("Text that is not strict RFC 4180 is refused with its line")
  func strict() {
    for (text, line) in [
      ("a,b\n", "line 1"), ("a,\"b\r\n", "line 2"), ("a\r\nb\"c\r\n", "line 2"), ("a,", "line 1"),
      ("a", "line 1"), ("\"a\"b\r\n", "line 1"),
    ] {
      do {
        _ = try DelimitedText.rows(Array(text.utf8), name: "x.csv")
        Issue.record("accepted: \(text)")
      } catch let issue as CaseModel.Issue {
        #expect(issue.locator.text == line, "\(text): \(issue)")
      } catch {
        Issue.record("\(error)")
      }
    }
  }

  /// A table as its header and rows by name.
  static func read(_ files: [String: ExportFile], _ name: String) throws -> [[String: String]] {
    let rows = try DelimitedText.rows(MadeUpRecord.need(files[name]).bytes, name: name)
    let header = try #require(rows.first)
    return try rows.dropFirst().map { row in
      try #require(row.count == header.count)
      return Dictionary(uniqueKeysWithValues: zip(header, row))
    }
  }

  @Test("Reading the tables back gives the entries, the payment record and the entities again")
  func roundTrip() throws {
    let files = try MadeUpRecord.files(CSVOnTheWeb())
    let record = try MadeUpRecord.make()
    let entries = try Self.read(files, "entries.csv")
    #expect(entries.count == record.caseFile.entries.count)
    for (row, entry) in zip(entries, record.caseFile.entries) {
      let currency = try #require(Currency(iso: row["currency"] ?? ""))
      #expect(Money(row["amount"] ?? "", in: currency) == entry.amount)
      #expect(row["amount_minor"] == String(entry.amount.minorUnits))
      #expect(row["booked_on"] == entry.bookedOn.description)
      #expect(row["source_sha256"] == entry.source.file.hex)
      #expect(row["source_locator"] == entry.source.locator.text)
      if entry.purpose == MadeUpRecord.hostile {
        let back = DelimitedText.unguarded(row["purpose"] ?? "")
        #expect(Array(back.utf8) == Array(MadeUpRecord.hostile.utf8))
      }
    }
    let payment = try #require(record.payments.first?.value)
    let fields = try Self.read(files, "payment_fields.csv")
    #expect(
      fields.filter { $0["part"] == "reference" }.map { $0["value"] } == [
        payment.references["uetr"]
      ])
    #expect(
      fields.contains { $0["name"] == "tax" && DelimitedText.unguarded($0["value"] ?? "") == "=1" })
    let properties = try Self.read(files, "entity_properties.csv")
    #expect(
      properties.count
        == record.entities.reduce(0) { $0 + $1.value.properties.values.joined().count })
  }

  @Test("Every foreign key of every table finds its row, and every key is unique")
  func keys() throws {
    let index = RecordIndex(try MadeUpRecord.make())
    let tables =
      [
        index.filesTable(), index.personsTable(), index.accountsTable(), index.statementsTable(),
        index.gapsTable(), index.entriesTable(), index.transfersTable(),
      ] + index.paymentTables() + index.entityTables()
    func column(_ table: ExportTable, _ name: String) throws -> [String] {
      let place = try #require(table.columns.firstIndex { $0.name == name })
      return table.rows.map { $0[place] }
    }
    var checked = 0
    for table in tables {
      #expect(!table.rows.isEmpty, "\(table.name) is empty")
      let key = try table.key.map { try column(table, $0) }
      let values = table.rows.indices.map { row in key.map { $0[row] } }
      #expect(Set(values).count == values.count, "\(table.name)")
      for reference in table.references {
        let target = try #require(tables.first { $0.name == reference.table })
        let known = Set(try column(target, reference.tableColumns[0]))
        for value in try column(table, reference.columns[0]) where !value.isEmpty {
          checked += 1
          #expect(known.contains(value), "\(table.name).\(reference.columns[0])")
        }
      }
    }
    #expect(checked > 50)
  }

  @Test("Both descriptions name every file and every column in order")
  func descriptions() throws {
    let files = try MadeUpRecord.files(CSVOnTheWeb())
    for (name, tables, url, columns) in [
      ("csv-metadata.json", "tables", "url", ["tableSchema", "columns"]),
      ("datapackage.json", "resources", "path", ["schema", "fields"]),
    ] {
      let json = try JSONSerialization.jsonObject(
        with: Data(MadeUpRecord.need(files[name]).bytes))
      let list = try #require((json as? [String: Any])?[tables] as? [[String: Any]])
      #expect(list.count == 13)
      for table in list {
        let file = try #require(table[url] as? String)
        let header = try DelimitedText.rows(MadeUpRecord.need(files[file]).bytes, name: file)[0]
        let schema = try #require(table[columns[0]] as? [String: Any])
        let named = try #require(schema[columns[1]] as? [[String: Any]]).map {
          $0["name"] as? String
        }
        #expect(named == header.map(Optional.some))
      }
    }
  }
}
