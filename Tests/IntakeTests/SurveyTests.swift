import CaseModel
import Digests
import Foundation
import Receiving
import TestSupport
import Testing

@testable import Intake

/// A file that is read through without keeping its records says the same as one that is read whole.
struct SurveyTests {
  /// Everything a visitor is handed, as text.
  final class Gathering: RecordVisitor {
    var entries: [[StatementEntry]]
    var payments: [PaymentRecord] = []
    var entities: [StatedEntity] = []
    var setAside: [String] = []
    init(_ statements: Int) { entries = Array(repeating: [], count: statements) }
    func take(_ entry: StatementEntry, of statement: Int) throws {
      entries[statement].append(entry)
    }
    func take(_ payment: PaymentRecord) throws { payments.append(payment) }
    func take(_ entity: StatedEntity) throws { entities.append(entity) }
    func setAside(_ locator: Locator, code: String, reason: String, raw: String) throws {
      setAside.append("\(locator) \(code) \(reason) \(raw)")
    }
  }

  /// Reads a file both ways and compares all there is.
  static func compare(
    _ file: InputFile, _ options: ReadingOptions = ReadingOptions(), strict: Bool = false,
    _ what: String
  ) throws {
    let whole = readStatements(file: file, options: options, strict: strict)
    let survey: Survey
    do {
      survey = try surveyStatements(file: file, options: options, strict: strict, forImport: true)
    } catch SurveyFault.needsWholeReading { return }
    #expect(survey.isRefused == whole.isRefused, "\(what)")
    #expect(survey.parser == whole.parser, "\(what)")
    #expect(survey.recordsRead == whole.recordsRead, "\(what)")
    #expect(survey.quarantinedCount == whole.quarantined.count, "\(what)")
    #expect(survey.quarantined == Array(whole.quarantined.prefix(1000)), "\(what)")
    #expect(survey.skippedRecords == whole.skippedRecords, "\(what)")
    let bare = whole.statements.map { statement in
      var statement = statement
      statement.entries = []
      return statement
    }
    #expect(survey.statements == bare, "\(what)")
    #expect(
      survey.summaries == whole.statements.map { EntrySummary(of: $0.entries) }, "\(what)")
    let gathering = Gathering(survey.statements.count)
    let late = try survey.records(of: file).read(into: gathering)
    #expect(survey.issues + late == whole.issues, "\(what)")
    #expect(gathering.entries == whole.statements.map(\.entries), "\(what)")
    #expect(gathering.payments == whole.payments, "\(what)")
    #expect(gathering.entities == whole.entities, "\(what)")
    guard !survey.isRefused else { return }
    #expect(gathering.setAside.count == whole.quarantined.count, "\(what)")
    let named = Set(survey.accounts.map { "\($0.key) \($0.currency.code)" })
    for statement in whole.statements {
      for entry in statement.entries {
        guard let key = entry.counterparty.accountKey, key != statement.accountKey else { continue }
        #expect(named.contains("\(key) \(entry.amount.currency.code)"), "\(what)")
      }
    }
  }

  static func options(_ profile: String? = nil, part: Int? = nil) -> ReadingOptions {
    var options = ReadingOptions(
      profile: profile, receivedOn: CivilDate(year: 2024, month: 6, day: 30))
    if let part {
      options.threads = 3
      options.partBytes = part
    }
    return options
  }

  static let parts = [1, 2, 3, 7, 64, 4096]

  static func samples() throws -> [InputFile] {
    let files =
      FileManager.default.enumerator(
        at: StatementSamplesTests.folder, includingPropertiesForKeys: nil)?.allObjects ?? []
    return try files.compactMap { $0 as? URL }
      .filter { $0.lastPathComponent.hasPrefix("sample.") }.map { try Given.file(at: $0) }
  }

  @Test("Every own sample, in parts of any size")
  func ownSamples() throws {
    let samples = try Self.samples()
    #expect(samples.count > 10)
    for file in samples {
      try Self.compare(file, Self.options(), file.name)
      try Self.compare(file, Self.options(), strict: true, file.name)
      for part in Self.parts {
        try Self.compare(file, Self.options(part: part), "\(file.name) in parts of \(part)")
      }
    }
  }

  @Test(
    "Every bad file of the shared generator, in parts of any size",
    .enabled(if: MalformedCases.isAvailable))
  func malformed() throws {
    for item in try MalformedCases.all() {
      for file in item.files where file.byteCount < 3 << 20 {
        try Self.compare(file, Self.options(item.profile), item.name)
        for part in Self.parts where file.byteCount < 64 << 10 {
          try Self.compare(
            file, Self.options(item.profile, part: part), "\(item.name) in parts of \(part)")
        }
      }
    }
  }

  @Test(
    "Every shared fixture of every kind", .enabled(if: SharedMaterial.url("fixtures") != nil))
  func fixtures() throws {
    let folder = try #require(SharedMaterial.url("fixtures"))
    let files =
      FileManager.default.enumerator(at: folder, includingPropertiesForKeys: [.isRegularFileKey])?
      .allObjects.compactMap { $0 as? URL } ?? []
    var count = 0
    for url in files.sorted(by: { $0.path < $1.path }) {
      guard try url.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true,
        !["json", "md", "py"].contains(url.pathExtension)
      else { continue }
      let file = try Given.file(at: url)
      guard file.byteCount < 1 << 20 else { continue }
      count += 1
      try Self.compare(file, Self.options(), file.name)
      for part in [1, 7, 4096] where url.path.contains("tabular") {
        try Self.compare(file, Self.options(part: part), "\(file.name) in parts of \(part)")
      }
    }
    #expect(count > 100)
  }

  /// Rows in which almost everything goes wrong somewhere: quotes with line breaks, stray quotes, CR
  /// and CRLF, rows too short, bad days, repeated rows and references, two currencies, mixed signs.
  static func hostile(seed: UInt64, rows: Int) -> String {
    var state = seed
    func next(_ below: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(below))
    }
    let names = [
      "Plain", "\"Quo\"\"ted\"", "\"Two\nlines\"", "Stray \"quote\" here", "", "=1+1", "Zoë",
    ]
    let accounts = ["DE89370400440532013000", "DE00", "NL91ABNA0417164300", "", "12-34 5678"]
    let ends = ["\n", "\r\n", "\r", "\n\n", "\n"]
    var text = "Date,Account,Amount,Currency,Counterparty,Counterparty account,Purpose,Reference\n"
    for _ in 0..<rows {
      let day = next(20) == 0 ? "2024-02-31" : "2024-03-0\(next(9) + 1)"
      let amount = ["10.00", "-5", "1,200.50", "0.00", "x", "-7.25", "10.00"][next(7)]
      let fields = [
        day, accounts[next(next(4) == 0 ? 5 : 1)], amount, next(9) == 0 ? "USD" : "EUR",
        names[next(7)], accounts[next(5)], names[next(7)], "R\(next(30))",
      ]
      text += fields.prefix(next(30) == 0 ? 5 : 8).joined(separator: ",") + ends[next(5)]
    }
    return text
  }

  static let profile = """
    {"delim": ",", "decimal": ".", "group": ",", "date": "%Y-%m-%d", "columns": {
    "date": "Date", "amount": "Amount", "currency": "Currency", "name": "Counterparty",
    "account": "Counterparty account", "purpose": "Purpose", "reference": "Reference",
    "own_account": "Account"}}
    """

  @Test("Hostile rows, seeded, in parts of any size", arguments: 1...12)
  func hostileRows(seed: Int) throws {
    let file = Given.file(Self.hostile(seed: UInt64(seed), rows: 60 + seed * 20))
    try Self.compare(file, Self.options(Self.profile), "seed \(seed)")
    for part in Self.parts {
      try Self.compare(
        file, Self.options(Self.profile, part: part), "seed \(seed) in parts of \(part)")
    }
  }

  @Test("More quarantined records than are kept come when the file is read again")
  func manyQuarantined() throws {
    let rows = (0..<3000).map { "2024-02-31,DE89370400440532013000,\($0).00,EUR,N,,P,R\($0)\n" }
    let head = "Date,Account,Amount,Currency,Counterparty,Counterparty account,Purpose,Reference\n"
    let file = Given.file(head + rows.joined())
    let survey = try surveyStatements(
      file: file, options: Self.options(Self.profile), forImport: true)
    #expect(survey.quarantinedCount == 3000)
    #expect(survey.quarantined.count == 1000)
    let gathering = Gathering(survey.statements.count)
    _ = try survey.records(of: file).read(into: gathering)
    #expect(gathering.setAside.count == 3000)
    #expect(survey.issues.last?.code == "E-MORE")
  }

  @Test("A file held outside of memory reads like one in memory, with and without decoding")
  func heldFiles() throws {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "moneytrail-survey-\(ProcessInfo.processInfo.globallyUniqueString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for sample in try Self.samples() {
      let url = folder.appending(path: sample.name)
      try Data(sample.bytes).write(to: url)
      let held = try ReceivedCopy.open(url.path, memoryBytes: 0)
      try FileManager.default.removeItem(at: url)
      #expect(held.sha256 == sample.sha256)
      var options = Self.options()
      options.scratch = CopyScratch()
      try Self.compare(held, options, "\(sample.name), held")
      #expect(
        StatementSamplesTests.text(of: readStatements(file: held, options: options))
          == StatementSamplesTests.text(of: readStatements(file: sample, options: Self.options())))
    }
  }
}
