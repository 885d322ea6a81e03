import CaseModel
import CaseStore
import Exchange
import Foundation
import Investigation
import TestSupport
import Testing

@Suite(
  "A matter leaves the store safely and whole",
  .enabled(if: ThrowAwayDatabase.isAvailable, "no PostgreSQL server is installed"))
struct ExportTests {
  /// A goAML profile and a schema that takes any report, so that this export is searched as well.
  static func settings() -> ExportSettings {
    let profile = """
      goaml-profile: 1
      name: invented unit
      local-currency: EUR
      country: ZZ
      rate-days: 366
      codes: { transmode: { default: ELCFT }, funds: { default: ELCFT } }
      """
    let schema = """
      <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
        <xs:element name="report"><xs:complexType><xs:sequence>
          <xs:any minOccurs="0" maxOccurs="unbounded" processContents="skip"/>
        </xs:sequence></xs:complexType></xs:element>
      </xs:schema>
      """
    return ExportSettings(
      programVersion: "test",
      goAMLProfile: GivenFile(name: "unit.yaml", bytes: Array(profile.utf8)),
      schema: GivenFile(name: "any.xsd", bytes: Array(schema.utf8)))
  }

  /// The example case; for goAML the entries in the currency of the report.
  static func record(
    _ loaded: ExampleCase.Loaded, for entry: any ExchangeCatalogueEntry
  ) -> ExportRecord {
    var caseFile = loaded.caseFile
    if entry.name == "goaml" {
      caseFile.entries.removeAll { $0.amount.currency.code != "EUR" }
    }
    return ExportRecord(caseFile: caseFile)
  }

  @Test("No export of the example case holds a sealed string", arguments: ExchangeCatalogue.names)
  func sealed(_ name: String) async throws {
    let search = try SealedTests.Search()
    let loaded = try await ExampleCase.loaded()
    let entry = try #require(ExchangeCatalogue.entry(named: name))
    let record = Self.record(loaded, for: entry)
    let files = try entry.files(of: record, settings: Self.settings())
    let receipt = ExportReceipt(
      of: record, format: name, settings: Self.settings(), files: files)
    #expect(files.reduce(0) { $0 + $1.bytes.count } > 100_000)
    for file in files + [try receipt.file()] {
      // A table without rows is its header.
      #expect(file.bytes.count > 20, "\(file.name) is empty")
      let text = String(decoding: file.bytes, as: UTF8.self)
      #expect(search.leaks(in: text).isEmpty, "\(name) \(file.name)")
    }
  }

  @Test(
    "Two stores filled in different orders give the same bytes", arguments: ExchangeCatalogue.names)
  func portable(_ name: String) async throws {
    let entry = try #require(ExchangeCatalogue.entry(named: name))
    let first = Self.record(try await ExampleCase.loaded(.byName), for: entry)
    let second = Self.record(try await ExampleCase.loaded(.sheetsLast), for: entry)
    let files = try entry.files(of: first, settings: Self.settings())
    let others = try entry.files(of: second, settings: Self.settings())
    for (a, b) in zip(files, others) {
      #expect(a.bytes == b.bytes, "\(a.name) depends on the order of import")
    }
  }

  @Test("An export is whole or nothing, and the receipt names every file with its hash")
  func whole() async throws {
    let loaded = try await ExampleCase.loaded()
    let parent = FileManager.default.temporaryDirectory.appending(
      path: "export-\(ProcessInfo.processInfo.processIdentifier)")
    defer { try? FileManager.default.removeItem(at: parent) }
    let folder = parent.appending(path: "out")
    let record = try await CaseWork(loaded.store).exportRecord(
      of: loaded.caseFile.matter.code, selection: ExportSelection())
    #expect(record.caseFile.entries.count == loaded.caseFile.entries.count)
    let tables = try #require(ExchangeCatalogue.entry(named: "csvw"))
    let receipt = try CaseWork.export(record, as: tables, settings: Self.settings(), into: folder)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    #expect(names == (receipt.files.map(\.name) + [ExportReceipt.name]).sorted())
    // A second export does not touch what is there.
    #expect(throws: CocoaError.self) {
      try CaseWork.export(record, as: tables, settings: Self.settings(), into: folder)
    }
    // A refused one leaves nothing.
    let refused = parent.appending(path: "refused")
    let goAML = try #require(ExchangeCatalogue.entry(named: "goaml"))
    #expect(throws: ExportError.self) {
      try CaseWork.export(
        record, as: goAML, settings: ExportSettings(programVersion: "test"), into: refused)
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: parent.path) == ["out"])
  }
}
