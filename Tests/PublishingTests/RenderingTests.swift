// Documents as files: what they hold, that they come out the same, that nothing half is left.

import CaseModel
import Digests
import Dossier
import Foundation
import TestSupport
import Testing

@testable import Publishing

/// A folder of its own for one test.
func temporaryFolder() throws -> URL {
  let url = FileManager.default.temporaryDirectory.appending(
    path: "publishing-" + UUID().uuidString)
  try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  return url
}

func sampleFile(_ track: Track = .convictionBased) throws -> Document {
  let sample = try SampleMatter(track)
  return try confiscationFile(
    track: track, caseFile: sample.caseFile, proposal: sample.proposal, run: sample.run,
    findings: sample.findings, manifest: sample.manifest)
}

func sampleSchedule() throws -> Document {
  let sample = try SampleMatter()
  return try assetSchedule(
    track: .convictionBased, caseFile: sample.caseFile, proposal: sample.proposal, run: sample.run,
    manifest: sample.manifest)
}

/// Runs a program for a check; nil when it is not there.
func output(_ program: String, _ arguments: [String]) throws -> (status: Int32, text: String)? {
  let path = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    .map { $0 + "/" + program }.first { FileManager.default.isExecutableFile(atPath: $0) }
  guard let path else { return nil }
  let process = Process()
  process.executableURL = URL(filePath: path)
  process.arguments = arguments
  let pipe = Pipe()
  process.standardOutput = pipe
  process.standardError = pipe
  try process.run()
  let data = pipe.fileHandleForReading.readDataToEndOfFile()
  process.waitUntilExit()
  return (process.terminationStatus, String(decoding: data, as: UTF8.self))
}

@Suite("Published documents", .serialized)
struct RenderingTests {
  @Test("come out in all formats, and a second run gives the same bytes")
  func allFormats() async throws {
    let tools = await Tools.discover()
    guard tools.typst != nil, tools.dot != nil, tools.python != nil else {
      Issue.record("typst, python3 or Graphviz is missing: run make once")
      return
    }
    let named = ProcessInfo.processInfo.environment["MONEYTRAIL_LOOK"].map { URL(filePath: $0) }
    let folder = try named ?? temporaryFolder()
    let second = try temporaryFolder()
    let publisher = Publisher(tools: tools)
    for document in [try sampleFile(), try sampleFile(.nonConvictionBased), try sampleSchedule()] {
      let one = try await publisher.publish(document, formats: Format.allCases, into: folder)
      let two = try await publisher.publish(document, formats: Format.allCases, into: second)
      #expect(one == two)
      #expect(one.map(\.format) == [.pdf, .docx, .xlsx])
      #expect(one.allSatisfy { $0.byteCount > 5_000 })
      #expect((one[0].pages ?? 0) >= 4)
    }
    let left = try FileManager.default.contentsOfDirectory(atPath: second.path)
    #expect(left.count == 9 && !left.contains { $0.hasPrefix(".") })
  }
}

@Suite("The workbook")
struct WorkbookTests {
  private func read(_ file: URL) throws -> [String: [[String]]]? {
    let script = """
      import json, sys, openpyxl
      book = openpyxl.load_workbook(sys.argv[1])
      out = {}
      for s in book:
          out[s.title] = [[(c.data_type + ':' + str(c.value) + (':' + c.number_format if c.data_type == 'n' and c.value is not None else '')) if c.value is not None else '' for c in r] for r in s.iter_rows()]
      s = book.worksheets[0]
      out['#'] = [[str(s.freeze_panes), str(s.auto_filter.ref), str(s.print_title_rows), s.page_setup.orientation, str(s.page_setup.fitToHeight), str(s.sheet_properties.pageSetUpPr.fitToPage), str(s.oddHeader.center.text), str(book.properties.created)]]
      print(json.dumps(out))
      """
    guard let result = try output("python3", ["-c", script, file.path]), result.status == 0 else {
      return nil
    }
    return try JSONDecoder().decode([String: [[String]]].self, from: Data(result.text.utf8))
  }

  @Test(
    "has the sheets Schedule, Totals, Sources and Method, numbers as numbers and a frozen, filtered header"
  )
  func sheets() async throws {
    let folder = try temporaryFolder()
    let files = try await Publisher(tools: Tools.discover(environment: [:], folder: folder))
      .publish(
        sampleSchedule(), formats: [.xlsx], into: folder)
    guard let book = try read(folder.appending(path: files[0].name)) else {
      print("SKIPPED: openpyxl is not there to read the workbook back")
      return
    }
    #expect(Set(book.keys) == ["Schedule", "Totals", "Sources", "Method", "#"])
    let schedule = try #require(book["Schedule"])
    #expect(schedule[0].count == 25)
    let flat = try #require(schedule.first { $0[2].contains("A-01") })
    #expect(flat[0].hasPrefix("n:1"))
    #expect(flat[11].hasPrefix("n:210000:"))
    #expect(flat[16].hasPrefix("n:90000:#,##0.00\\ \"GBP\""))
    #expect(flat[15].hasPrefix("n:178110:") && flat[15].contains("1 GBP = 1.1874 EUR"))
    let totals = schedule.filter { $0[2].contains("Claimed in all") }
    #expect(totals.map { $0[16].split(separator: ":")[1] } == ["3000", "90000", "400000"])
    #expect(book["#"]?[0].prefix(6) == ["A2", "A1:Y4", "$1:$1", "landscape", "0", "True"])
    #expect(book["#"]?[0][6].contains("DRAFT") == true)
    #expect(book["#"]?[0][7].hasPrefix("2025-06-30") == true)
    let codes = Set((book["Sources"] ?? []).dropFirst().map { $0[1] })
    let register = SourceRegister(try sampleSchedule())
    for note in register.notes {
      if let code = note.code { #expect(codes.contains("s:" + code.text)) }
    }
    #expect(book["Method"]?.contains { $0[0] == "s:Run number" } == true)
  }

  @Test("never evaluates a text that begins like a formula")
  func formulas() async throws {
    let folder = try temporaryFolder()
    var document = try sampleSchedule()
    let hostile = ["=1+1", "+1", "-1", "@SUM(1)", "\t=1", "=cmd|' /C calc'!A0"]
    document.sections.append(
      Section(
        anchor: "x", title: "x",
        blocks: [
          .table(
            Table(
              anchor: "x", caption: "", columns: [.init("=1+1", weight: 1)],
              rows: hostile.map { Table.Row([[.text($0)]]) }))
        ]))
    let files = try await Publisher(tools: Tools.discover(environment: [:], folder: folder))
      .publish(
        document, formats: [.xlsx], into: folder)
    guard let book = try read(folder.appending(path: files[0].name)) else { return }
    let cells = book.values.flatMap { $0 }.flatMap { $0 }
    #expect(!cells.contains { $0.hasPrefix("f:") })
    #expect(cells.contains("s:=1+1"))
  }

  @Test("writes an amount of more than 15 digits as text, never as a rounded number")
  func longAmounts() throws {
    let eur = try #require(Currency(iso: "EUR"))
    #expect(
      Money(minorUnits: 999_999_999_999_999, currency: eur).cellNumber == 9_999_999_999_999.99)
    #expect(Money(minorUnits: 1_000_000_000_000_000, currency: eur).cellNumber == nil)
    #expect(Money(minorUnits: .min, currency: eur).cellNumber == nil)
    #expect(Money(minorUnits: -1, currency: eur).cellNumber == -0.01)
  }
}

@Suite("Bad worlds of publishing")
struct BadWorldTests {
  @Test("a missing program is named with its remedy, and nothing is left behind")
  func missingTools() async throws {
    let folder = try temporaryFolder()
    let publisher = Publisher(
      tools: await Tools.discover(environment: ["PATH": folder.path], folder: folder))
    let document = try sampleFile()
    for format in [Format.pdf, .docx] {
      await #expect(throws: PublishingError.self) {
        try await publisher.publish(document, formats: [format], into: folder)
      }
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
    do {
      _ = try await publisher.publish(sampleSchedule(), formats: [.xlsx, .pdf], into: folder)
      Issue.record("published without typst")
    } catch let error as PublishingError {
      #expect(error.description.contains("typst") && error.description.contains("make"))
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
  }

  @Test("a folder that is a file is refused with its path")
  func folderIsFile() async throws {
    let folder = try temporaryFolder().appending(path: "taken")
    try Data("x".utf8).write(to: folder)
    let publisher = Publisher(tools: await Tools.discover(environment: [:], folder: folder))
    do {
      _ = try await publisher.publish(sampleSchedule(), formats: [.xlsx], into: folder)
      Issue.record("published into a file")
    } catch let error as PublishingError {
      #expect(error.description.contains(folder.path))
    }
  }

  @Test("a full disk refuses the workbook and keeps the file that was there before")
  func fullDisk() throws {
    guard FileManager.default.fileExists(atPath: "/dev/full") else { return }
    #expect(throws: PublishingError.self) {
      try Workbook.write(Layout(sampleSchedule()), to: URL(filePath: "/dev/full"))
    }
  }

  @Test("a file name holds no path and no leading point")
  func fileNames() {
    #expect(Publisher.fileName("../../etc/M 1") == "etc-M-1")
    #expect(Publisher.fileName("…") == "document")
  }
}

@Suite("Large documents")
struct LargeDocumentTests {
  /// The sample with a trace of 300 lines through thirty accounts.
  private func large() throws -> Document {
    var sample = try SampleMatter()
    let file = sample.caseFile.files[1]
    let money = Money(minorUnits: 10_000, currency: sample.caseFile.entries[0].amount.currency)
    let steps = (0..<300).flatMap { number -> [ClaimStep] in
      let source = SourceRef(
        file: file.sha256, label: file.label, locator: .line(1_000 + number * 2))
      let account = "NM …\(1_000 + number % 30) of a worker's lodging"
      return [
        ClaimStep(
          date: sample.caseFile.matter.asOf.adding(days: number - 400), from: "T-2 Lodging charges",
          to: account, amount: money, moved: money, source: source),
        ClaimStep(
          date: sample.caseFile.matter.asOf.adding(days: number - 399), from: account,
          to: "A-02 Van, nine seats", amount: money, moved: money, source: source),
      ]
    }
    let claim = Claim(
      place: .asset(PropertyCode("A-02")), sourceClass: SourceClassCode("T-2"), isTainted: true,
      amount: sample.run.claims[2].amount, steps: steps)
    sample.proposal.assets[1].claims = [claim]
    sample.run = TracingRun(
      method: "libr", methodTitle: "lowest intermediate balance", authorities: [],
      sameDayOrder: .bankSequence, backwardTracing: false, ledgerHash: sample.run.ledgerHash,
      claims: sample.run.claims + [claim], limits: [])
    return try confiscationFile(
      track: .convictionBased, caseFile: sample.caseFile, proposal: sample.proposal,
      run: sample.run,
      findings: sample.findings, manifest: sample.manifest)
  }

  @Test("stay readable, and Annex A still names every line")
  func longTrace() async throws {
    let document = try large()
    let places = SourceRegister(document).notes.map(\.sources.text).joined(separator: "\n")
    for number in 0..<300 { #expect(places.contains("\(1_000 + number * 2)")) }
    let tools = await Tools.discover()
    guard tools.typst != nil, tools.dot != nil else { return }
    let named = ProcessInfo.processInfo.environment["MONEYTRAIL_LOOK"].map { URL(filePath: $0) }
    let files = try await Publisher(tools: tools).publish(
      document, formats: [.pdf], into: named ?? temporaryFolder(), name: "large")
    #expect((files[0].pages ?? 0) > 10)
  }
}
