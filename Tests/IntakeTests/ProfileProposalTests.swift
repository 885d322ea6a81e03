import CaseModel
import Foundation
import Testing

@testable import Intake

@Suite("The assistant for mapping profiles")
struct ProfileProposalTests {
  static let received = CivilDate(year: 2024, month: 6, day: 30)
  static let options = ReadingOptions(receivedOn: received)

  /// Files without a profile, of many layouts.
  static let texts = [
    "Date,Description,Amount,Currency,Balance\n2024-03-01,Invoice,1000.00,EUR,1000.00\n2024-03-14,\"Rent, March\",-250.25,EUR,749.75\n",
    "Buchungstag;Verwendungszweck;Betrag;Währung;Saldo\n01.03.2024;Rechnung;1.000,00;EUR;1.000,00\n14.03.2024;Miete;-250,25;EUR;749,75\n",
    "Fecha\tConcepto\tCargo\tAbono\tMoneda\n14/03/2024\tNómina\t\t1.000,00\tEUR\n15/03/2024\tAlquiler\t250,25\t\tEUR\n",
    "Account: 4711\n\nDate|Details|Amount (GBP)|DR/CR\n14 Mar 2024|Pay|1000.00|CR\n15 Mar 2024|Rent|250.25|DR\n",
  ]

  @Test("A proposed profile, once stated, gives the reading that was proposed", arguments: texts)
  func sameReading(_ text: String) throws {
    let file = Given.file(text)
    let proposal = try proposeProfile(for: file, name: "proposed", options: Self.options)
    let without = readStatements(file: file, options: Self.options)
    var stated = Self.options
    stated.profile = proposal.yaml
    let with = readStatements(file: file, options: stated)
    #expect(!with.isRefused && with.statements.flatMap(\.entries).count == 2)
    #expect(with.statements == without.statements)
    #expect(with.parser.contains("profile proposed 1"))
    #expect(proposal.grounds.contains { $0.setting == "decimal" })
    #expect(proposal.grounds.contains { $0.setting == "date-format" })
    #expect(proposal.firstRows.count == 2)
  }

  @Test("A workbook gets a profile that names its sheet and reads it the same")
  func workbook() throws {
    for path in ["xlsx/hidden-and-formula.xlsx", "text-workbook/page.xls"] {
      let file = try Given.file(at: StatementSamplesTests.folder.appending(path: path))
      let proposal = try proposeProfile(for: file, name: "book", options: Self.options)
      #expect(proposal.yaml.contains("sheet: "))
      var stated = Self.options
      stated.profile = proposal.yaml
      let with = readStatements(file: file, options: stated)
      #expect(with.statements == readStatements(file: file, options: Self.options).statements)
    }
  }

  @Test("A column that can be read in two ways is refused with both readings")
  func undecided() {
    for (text, code, words) in [
      (
        "Date,Amount,Currency\n03/04/2024,-5.10,EUR\n", "E-DATE-AMBIGUOUS",
        "'03/04/2024' is 2024-04-03 as %d/%m/%Y or 2024-03-04 as %m/%d/%Y"
      ),
      (
        "Date,Amount,Currency\n2024-03-01,\"-1,234\",EUR\n", "E-AMOUNT-AMBIGUOUS",
        "every amount looks like 1,234: one thousand or one and a bit"
      ),
      (
        "Date,Amount,Currency\n2024-03-01,12.50,EUR\n", "E-AMBIGUOUS",
        "no amount has a sign: all money in, or, as on card statements, all money out"
      ),
    ] {
      do {
        _ = try proposeProfile(for: Given.file(text), name: "x", options: Self.options)
        Testing.Issue.record("\(text) was decided")
      } catch let refusal as FileRefusal {
        #expect(refusal.issues.map(\.code) == [code])
      } catch let issue as CaseModel.Issue {
        #expect(issue.code == code)
        #expect(issue.found == words)
      } catch { Testing.Issue.record(error) }
    }
  }

  @Test("A header of a shipped profile is answered with that profile, whole")
  func known() throws {
    let place = StatementSamplesTests.folder.appending(path: "dkb-girokonto/sample.csv")
    let proposal = try proposeProfile(
      for: try Given.file(at: place), name: "mine", options: Self.options)
    #expect(proposal.grounds.first?.value == "dkb-girokonto")
    #expect(proposal.yaml.contains("codes: { Gebucht: booked"))
  }

  @Test("An archive and a format without profiles are refused with the reason")
  func others() throws {
    for path in ["archive/production.zip", "mt940/german.sta"] {
      let file = try Given.file(at: StatementSamplesTests.folder.appending(path: path))
      #expect(throws: CaseModel.Issue.self) { try proposeProfile(for: file, name: "x") }
    }
  }
}

@Suite("Rows set aside come back as a file that can be mended")
struct RejectFileTests {
  static let options = ReadingOptions(receivedOn: ProfileProposalTests.received)

  static let text = #"""
    Statement of 4711
    Date,"Description",Amount,Currency
    2024-03-01,Invoice,1000.00,EUR
    2024-02-30,"Rent, ""March""",-250.25,EUR
    2024-03-05,Shop,n/a,EUR
    2024-03-06,Card,-9.99,EUR

    """#

  @Test(
    "Each row stands under the same header with place, code and reason, and is read once mended")
  func mended() throws {
    let file = Given.file(Self.text)
    let result = readStatements(file: file, options: Self.options)
    #expect(result.quarantined.count == 2)
    let bytes = try #require(
      try RejectFile.bytes(of: file, result: result, options: Self.options))
    let rejects = String(decoding: bytes, as: UTF8.self)
    #expect(
      rejects == #"""
        Statement of 4711
        Date,"Description",Amount,Currency,"moneytrail-reject-locator","moneytrail-reject-code","moneytrail-reject-reason"
        2024-02-30,"Rent, ""March""",-250.25,EUR,"line 4","E-DATE","'2024-02-30': no such day in the calendar"
        2024-03-05,Shop,n/a,EUR,"line 5","E-AMOUNT","'n/a': no amount in the stated form"

        """#)
    let again = readStatements(file: Given.file(rejects), options: Self.options)
    #expect(again.quarantined.map(\.code) == ["E-DATE", "E-AMOUNT"])
    let mended = rejects.replacing("2024-02-30,", with: "2024-02-29,")
      .replacing("n/a,", with: "-12.50,")
    let fixed = readStatements(file: Given.file(mended), options: Self.options)
    #expect(fixed.quarantined.isEmpty && !fixed.isRefused)
    let entries = fixed.statements.flatMap(\.entries)
    #expect(entries.map(\.amount.minorUnits) == [-25_025, -1_250])
    #expect(entries.map(\.purpose) == ["Rent, \"March\"", "Shop"])
  }

  @Test("A profile known by its header reads the mended file of its own layout")
  func shipped() throws {
    let place = StatementSamplesTests.folder.appending(path: "rabobank-transactions/sample.csv")
    let good = try Given.file(at: place)
    let text = try #require(String(bytes: good.bytes, encoding: .windowsCP1252))
      .replacing("\"2024-03-04\",\"2024-03-04\"", with: "\"2024-03-34\",\"2024-03-04\"")
    let file = Given.file(text)
    let result = readStatements(file: file, options: Self.options)
    #expect(result.quarantined.count == 1)
    let bytes = try #require(
      try RejectFile.bytes(of: file, result: result, options: Self.options))
    let mended = String(decoding: bytes, as: UTF8.self)
      .replacing("2024-03-34\",", with: "2024-03-04\",")
    let fixed = readStatements(file: Given.file(mended), options: Self.options)
    #expect(fixed.parser.contains("rabobank-transactions"))
    #expect(fixed.quarantined.isEmpty && fixed.statements.flatMap(\.entries).count == 1)
    #expect(fixed.issues.allSatisfy { $0.severity != .error }, "\(fixed.issues)")
  }

  @Test("Rows of a workbook come back as delimited text under the sheet's header")
  func sheet() throws {
    let profile = """
      name: asked
      sheet: Movements 2024
      hidden-rows: import
      skip: 3
      columns: { booking-date: Booking date, amount: Amount, currency: Balance }
      date-format: "%d.%m.%Y"
      """
    var options = Self.options
    options.profile = profile
    let file = try Given.file(
      at: StatementSamplesTests.folder.appending(path: "xlsx/hidden-and-formula.xlsx"))
    let result = readStatements(file: file, options: options)
    #expect(result.quarantined.count == 5)
    let text = String(
      decoding: try #require(try RejectFile.bytes(of: file, result: result, options: options)),
      as: UTF8.self)
    #expect(text.split(separator: "\n", omittingEmptySubsequences: false).count == 3 + 1 + 5 + 1)
    #expect(text.contains("\"Rent March\",749.75,\"'Movements 2024'!A6:G6\",\"E-CCY\""))
  }

  @Test("Nothing set aside gives no file, and records that are no rows are said")
  func none() throws {
    let clean = Given.file("Date,Amount,Currency\n2024-03-01,-12.50,EUR\n")
    let result = readStatements(file: clean, options: Self.options)
    #expect(try RejectFile.bytes(of: clean, result: result, options: Self.options) == nil)
    let swift = Given.file(
      ":20:A\n:25:DE89370400440532013000\n:28C:1\n:60F:C240301EUR0,\n:61:240230C1,NTRF\n:62F:C240301EUR0,\n-\n",
      name: "a.sta")
    let other = readStatements(file: swift)
    #expect(!other.quarantined.isEmpty)
    #expect(throws: CaseModel.Issue.self) {
      try RejectFile.bytes(of: swift, result: other, options: Self.options)
    }
  }
}
