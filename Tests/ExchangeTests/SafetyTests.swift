import CaseModel
import Foundation
import Testing

@testable import Exchange

@Suite("What leaves is safe, whole and the same every time")
struct SafetyTests {
  /// Every export but goAML, and goAML with our own small schema.
  static func all(_ record: ExportRecord) throws -> [(String, ExportFile)] {
    var settings = MadeUpRecord.settings
    settings.goAMLProfile = GoAMLSchemas.profile(
      GoAMLSchemas.ownProfile.replacing("rate-days: 40", with: "rate-days: 100"))
    settings.schema = GoAMLSchemas.own
    var caseFile = record.caseFile
    caseFile.matter.rates = try GoAMLTests.record("EUR", GoAMLTests.rates).caseFile.matter.rates
    let rated = ExportRecord(
      caseFile: caseFile, payments: record.payments, entities: record.entities,
      selection: record.selection)
    return try ExchangeCatalogue.all.flatMap { entry in
      let files = try entry.files(of: rated, settings: settings)
      let receipt = ExportReceipt(of: rated, format: entry.name, settings: settings, files: files)
      return (files + [try receipt.file()]).map { (entry.name, $0) }
    }
  }

  @Test("There are six exports; each writes its files")
  func catalogue() throws {
    #expect(ExchangeCatalogue.names == ["csvw", "ftm", "gexf", "goaml", "graphml", "i2"])
    let files = try Self.all(MadeUpRecord.make())
    #expect(Set(files.map(\.0)) == Set(ExchangeCatalogue.names))
    #expect(files.allSatisfy { $0.1.bytes.count > 100 })
  }

  @Test(
    "No export holds a protected person's name or account, even from a case file that shows them")
  func protected() throws {
    let needles = [
      "Plainly Invented Name", "Another Invented Name", "GB00INVENTED00000033", "NM/3",
    ]
    let shown = "\(try MadeUpRecord.caseFile())\(try MadeUpRecord.payments())"
    #expect(needles.allSatisfy { shown.contains($0) }, "the record shows nothing to find")
    for (name, file) in try Self.all(MadeUpRecord.make()) {
      let text = String(decoding: file.bytes, as: UTF8.self)
      for needle in needles { #expect(!text.contains(needle), "\(name) \(file.name): \(needle)") }
    }
  }

  @Test("The order of import moves no byte")
  func order() throws {
    let record = try MadeUpRecord.make()
    var caseFile = record.caseFile
    caseFile.accounts.reverse()
    caseFile.files.reverse()
    caseFile.matter.persons.reverse()
    caseFile.transfers.reverse()
    let other = ExportRecord(
      caseFile: caseFile, payments: record.payments.reversed(),
      entities: record.entities.reversed())
    for (a, b) in zip(try Self.all(record), try Self.all(other)) {
      #expect(a.1.name == b.1.name && a.1.bytes == b.1.bytes, "\(a.0) \(a.1.name)")
    }
  }

  @Test("A selection is applied, recorded, and what it left out is counted")
  func selection() throws {
    let selection = ExportSelection(
      accounts: ["stated:NM/1"], first: CivilDate("2024-04-01"), last: CivilDate("2024-04-30"))
    let record = try MadeUpRecord.make(selection: selection)
    #expect(record.caseFile.entries.map(\.id.value) == [4, 20, 22, 24])
    #expect(record.leftOut.entries == 8 && record.leftOut.transfers == 1)
    let receipt = ExportReceipt(
      of: record, format: "csvw", settings: MadeUpRecord.settings, files: [])
    #expect(receipt.selection == selection && receipt.leftOut == record.leftOut)
    #expect(receipt.counts.entries == 4 && receipt.counts.transfers == 0)
    #expect(receipt.redaction.withheldAccounts == 1 && receipt.redaction.protectedPersons == 2)
    // Half of a pair is told as a line of its own.
    #expect(RecordIndex(record).movements().count == 4)
  }

  @Test("Graph files are well-formed, name nothing twice and add flows up exactly")
  func graphs() throws {
    let record = try MadeUpRecord.make()
    let index = RecordIndex(record)
    let flows = try index.flows(of: index.movements())
    let sum = try #require(flows.first { $0.movements.count == 2 })
    #expect(sum.amount.decimalText == "101.00")
    let files =
      try GraphML().files(of: record, settings: MadeUpRecord.settings)
      + GEXF().files(of: record, settings: MadeUpRecord.settings)
    let schema = SchemaCheck(
      schema: GivenFile(
        name: "none.xsd",
        bytes: Array("<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'/>".utf8)))
    for file in files {
      // Parsed by libxml2; an empty schema then refuses the root element alone, never the syntax.
      let found = try schema.problems(of: file.bytes)
      #expect(
        found.total == 1 && found.listed.first?.message.contains("No matching global") == true)
      let text = String(decoding: file.bytes, as: UTF8.self)
      let ids = text.matches(of: /<(?:node|edge) id="([^"]*)"/).map(\.output.1)
      #expect(Set(ids).count == ids.count && ids.count > 10)
    }
  }

  @Test("A flow whose sum leaves 64 bits is refused, never wrapped")
  func overflow() throws {
    var caseFile = try MadeUpRecord.caseFile()
    caseFile.entries = caseFile.entries.filter { [20, 24].contains($0.id.value) }.map { old in
      Entry(
        id: old.id, key: old.key, account: old.account,
        amount: Money(minorUnits: -Int64.max, currency: old.amount.currency),
        bookedOn: old.bookedOn, valueOn: nil, timeOfDay: nil, sequence: old.sequence,
        channel: old.channel, isReversal: false, counterpartyAccount: AccountID(3),
        counterpartyName: nil, purpose: nil, statement: old.statement, source: old.source)
    }
    caseFile.transfers = []
    #expect(throws: ExportError.sumTooLarge(currency: "EUR")) {
      try GraphML().files(
        of: ExportRecord(caseFile: caseFile), settings: MadeUpRecord.settings)
    }
  }
}
