import CaseModel
import Foundation
import Testing

@testable import Intake

/// Workbooks and archives made for these tests; see `Statements/<format>/`.
@Suite("Workbooks and archives")
struct WorkbookTests {
  static let folder = StatementSamplesTests.folder
  static let formats = ["archive", "ods", "text-workbook", "xls", "xlsx"]

  static let samples: [String] = formats.flatMap { format in
    let names =
      (try? FileManager.default.contentsOfDirectory(atPath: folder.appending(path: format).path))
      ?? []
    return names.sorted().filter { !$0.hasSuffix(".txt") }.map { "\(format)/\($0)" }
  }

  static func read(_ path: String, profile: String? = nil) throws -> ReadResult {
    readStatements(
      file: try Given.file(at: folder.appending(path: path)),
      options: ReadingOptions(
        profile: profile, receivedOn: CivilDate(year: 2024, month: 6, day: 30)))
  }

  @Test("Every sample is read as written beside it", arguments: samples)
  func sample(_ path: String) throws {
    var text = StatementSamplesTests.text(of: try Self.read(path))
    let file = try Given.file(at: Self.folder.appending(path: path))
    if Archives.isArchive(file), let unpacked = try? Archives.unpack(file) {
      for member in unpacked.files {
        text += StatementSamplesTests.text(of: readStatements(file: member))
        text += "out of \(member.container ?? "-")\n"
      }
    }
    let beside = Self.folder.appending(path: path).deletingPathExtension()
      .appendingPathExtension("expected.txt")
    if ProcessInfo.processInfo.environment["MONEYTRAIL_GOLDEN"] != nil {
      try text.write(to: beside, atomically: true, encoding: .utf8)
    }
    #expect(text == (try? String(contentsOf: beside, encoding: .utf8)), "\(path)")
  }

  @Test("Every format has a sample")
  func everyFormat() {
    #expect(Set(Self.samples.compactMap { $0.split(separator: "/").first }).count == 5)
  }

  @Test("One workbook saved in three formats gives the same entries")
  func threeFormats() throws {
    let readings = try ["xlsx", "ods", "xls"].map {
      try Self.read("\($0)/hidden-and-formula.\($0)")
    }
    let entries = readings.map { result in
      result.statements.flatMap(\.entries).map {
        "\($0.locator) \($0.bookedOn?.description ?? "") \($0.valueOn?.description ?? "") "
          + "\($0.amount) \($0.balanceAfter?.description ?? "") \($0.counterparty.name ?? "") "
          + "\($0.purpose ?? "")"
      }
    }
    #expect(entries[0].count == 4)
    #expect(entries[1] == entries[0])
    #expect(entries[2] == entries[0])
    for result in readings {
      #expect(result.skippedRecords == 1, "the hidden row")
      #expect(result.issues.filter { $0.code == "W-SHEET" }.count == 2)
      #expect(
        result.statements.flatMap(\.entries).count { $0.references["formula"] != nil } == 1)
    }
  }

  @Test("An account number stored as a number of more digits than a workbook keeps is not believed")
  func lostDigits() {
    func row(_ cells: [(String, String)]) -> String {
      "<Row>" + cells.map { "<Cell><Data ss:Type=\"\($0)\">\($1)</Data></Cell>" }.joined()
        + "</Row>"
    }
    let rows = [
      row(["Date", "Amount", "Currency", "Account", "Remark"].map { ("String", $0) }),
      row([
        ("String", "2024-03-01"), ("Number", "-10.5"), ("String", "EUR"),
        ("Number", "1.234567890123457e+17"),
      ]),
      row([
        ("String", "2024-03-02"), ("Number", "-20"), ("String", "EUR"),
        ("String", "123456789012345678"),
      ]),
      row([
        ("String", "2024-03-03"), ("Number", "-30"), ("String", "EUR"),
        ("Number", "123456789012345"),
        ("Number", "1.234567890123457e+17"),
      ]),
    ]
    let text =
      "<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\" "
      + "xmlns:ss=\"urn:schemas-microsoft-com:office:spreadsheet\"><Worksheet ss:Name=\"S\"><Table>"
      + rows.joined() + "</Table></Worksheet></Workbook>"
    let result = readStatements(file: Given.file(text, name: "given.xls"))
    #expect(result.quarantined.map(\.code) == ["E-DIGITS"])
    #expect(result.quarantined.first?.locator.text.contains("2") == true)
    #expect(result.quarantined.first?.reason.contains("column D") == true)
    #expect(
      result.statements.map(\.accountText).sorted() == ["123456789012345", "123456789012345678"],
      "a column that nothing is read from spoils no row")
  }

  @Test("A hidden sheet and hidden rows are read when the profile asks for them")
  func asked() throws {
    let profile = """
      name: asked
      sheet: Movements 2024
      hidden-rows: import
      skip: 3
      columns: { booking-date: Booking date, amount: Amount, currency: Currency, balance: Balance }
      decimal: ","
      date-format: "%d.%m.%Y"
      """
    let result = try Self.read("xlsx/hidden-and-formula.xlsx", profile: profile)
    #expect(result.statements.flatMap(\.entries).count == 5)
    #expect(result.statements.map(\.status) == [.reconciled])
    let missing = try Self.read(
      "xlsx/hidden-and-formula.xlsx",
      profile: profile.replacing("Movements 2024", with: "Movements 2025"))
    #expect(missing.isRefused && missing.issues.map(\.code) == ["E-SHEET"])
    #expect(missing.issues[0].found.contains("'Movements 2024', 'Notes', 'Summary'"))
  }

  @Test(
    "Stored numbers become decimal text; only binary noise is cut off",
    arguments: [
      ("0.30000000000000004", "0.3", true), ("1.5E3", "1500", false), ("-1E-2", "-0.01", false),
      ("1234.5600000000001", "1234.56", true), ("99.99999999999999", "100", true),
      ("0.0000000001", "0.0000000001", false), ("12.123456789012345", "12.123456789012345", false),
      ("-0.10000000000000001", "-0.1", true), ("9007199254740993", "9007199254740993", false),
      ("123456789.12345678", "123456789.12345678", false),
    ])
  func numbers(_ stored: String, _ expected: String, _ isNoisy: Bool) throws {
    let plain = try #require(StoredNumber.plain(stored))
    let (text, isRounded) = StoredNumber.withoutNoise(plain)
    #expect(text == expected)
    #expect(isRounded == isNoisy)
  }

  @Test("Both date systems count their days, and the day that never was is refused")
  func serials() {
    func day(_ text: String, _ is1904: Bool = false) -> String {
      guard case .day(let day, let seconds)? = DaySerial.value(text, is1904: is1904) else {
        return "none"
      }
      return "\(day) \(seconds)"
    }
    #expect(day("45352") == "2024-03-01 0")
    #expect(day("45352.5") == "2024-03-01 43200")
    #expect(day("45352.999999") == "2024-03-02 0")
    #expect(day("1") == "1900-01-01 0")
    #expect(day("59") == "1900-02-28 0")
    #expect(day("60") == "none")
    #expect(day("61") == "1900-03-01 0")
    #expect(day("43890", true) == "2024-03-01 0")
    #expect(day("0", true) == "1904-01-01 0")
    #expect(day("-1") == "none")
  }

  @Test(
    "A number format is a day when days are spelt outside quotes",
    arguments: [
      ("General", false), ("#,##0.00", false), ("[Red]-0.00", false), ("dd/mm/yyyy", true),
      ("[$-409]d-mmm-yy;@", true), ("0.00\" days\"", false), ("#,##0.00\\ \\d", false),
      ("[h]:mm", true), ("0.00E+00", false),
    ])
  func formats(_ code: String, _ isDay: Bool) {
    #expect(DaySerial.isDay(code: code) == isDay)
  }

  @Test("An operator may raise the limits for a declared production; names stay checked")
  func bulk() throws {
    let lying = try Given.file(at: Self.folder.appending(path: "archive/lying.zip"))
    #expect(throws: FileRefusal.self) { try Archives.unpack(lying) }
    let small = try Given.file(at: Self.folder.appending(path: "archive/production.zip"))
    var limits = Archives.Limits()
    limits.partBytesMax = 90
    #expect(throws: FileRefusal.self) { try Archives.unpack(small, limits: limits) }
    limits = Archives.Limits()
    limits.totalBytesMax = 150
    #expect(throws: FileRefusal.self) { try Archives.unpack(small, limits: limits) }
    let raised = Archives.Limits(bulkBytes: 1 << 30)
    #expect(raised.totalBytesMax == 1 << 30 && raised.partBytesMax == 1 << 30)
    #expect(try Archives.unpack(small, limits: raised).files.count == 2)
    let drive = try Given.file(at: Self.folder.appending(path: "archive/drive.zip"))
    #expect(throws: FileRefusal.self) { try Archives.unpack(drive, limits: raised) }
  }

  @Test("The same bytes in an archive and by themselves have one hash and one reading")
  func sameHash() throws {
    let gz = try Given.file(at: Self.folder.appending(path: "archive/march.csv.gz"))
    let seven = try Given.file(at: Self.folder.appending(path: "archive/members.7z"))
    let tar = try Given.file(at: Self.folder.appending(path: "archive/two.tar.gz"))
    let members = try [gz, seven, tar].map { try Archives.unpack($0).files }
    #expect(members.map(\.count) == [1, 1, 1])
    let files = members.joined()
    #expect(Set(files.map(\.sha256)).count == 1)
    #expect(files.allSatisfy { $0.container?.contains("SHA-256") == true })
    let readings = files.map { readStatements(file: $0).statements }
    #expect(readings.allSatisfy { $0 == readings[0] && !$0.isEmpty })
  }

  @Test("Cut and changed bytes of a workbook or archive never stop a reading")
  func mutations() throws {
    for path in Self.samples {
      let whole = try Given.file(at: Self.folder.appending(path: path)).bytes
      var state: UInt64 = 0x9E37_79B9_7F4A_7C15
      for round in 0..<30 {
        var bytes = whole
        for _ in 0..<3 {
          state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
          bytes[Int((state >> 33) % UInt64(bytes.count))] = UInt8(truncatingIfNeeded: state >> 25)
        }
        if round % 3 == 0 { bytes.removeLast(Int((state >> 33) % UInt64(bytes.count))) }
        let file = Given.file(bytes, name: path)
        let result = readStatements(file: file)
        #expect(!result.issues.contains { $0.code == "E-INTERNAL" }, "\(path), round \(round)")
        #expect(!result.isRefused || result.hasErrors, "\(path), round \(round)")
        if Archives.isArchive(file) { _ = try? Archives.unpack(file) }
      }
    }
  }
}
