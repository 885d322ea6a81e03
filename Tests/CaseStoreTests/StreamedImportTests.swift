import CaseModel
import CaseStore
import Digests
import Intake
import Postgres
import Testing
import TestSupport

@Suite(
  "Importing without holding the records", .enabled(if: ThrowAwayDatabase.isAvailable))
struct StreamedImportTests {
  static let head =
    "Date,Account,Amount,Currency,Counterparty,Counterparty account,Purpose,Reference\n"

  /// Rows on two accounts that name each other, with repetitions and mistakes.
  static func rows(_ range: Range<Int>, mistakes: Bool = true) -> String {
    let own = ["DE89370400440532013000", "NL91ABNA0417164300"]
    return range.map { row in
      let day = mistakes && row % 97 == 5 ? "2024-02-31" : "2024-03-\(10 + row / 200 % 20)"
      return "\(day),\(own[row % 2]),\(row % 3 == 0 ? "-" : "")\(row % 6).50,EUR,Zoë \(row % 3),"
        + "\(own[(row + 1) % 2]),\"Invoice, \(row % 2)\",\n"
    }.joined()
  }

  static let profile = """
    {"delim": ",", "decimal": ".", "date": "%Y-%m-%d", "columns": {
    "date": "Date", "amount": "Amount", "currency": "Currency", "name": "Counterparty",
    "account": "Counterparty account", "purpose": "Purpose", "own_account": "Account"}}
    """

  static func file(_ text: String, _ name: String) -> InputFile {
    let bytes = Array(text.utf8)
    return InputFile(name: name, sha256: ContentHash(of: bytes), bytes: bytes)
  }

  static func received(_ file: InputFile, _ format: String, _ parser: String) -> ReceivedFile {
    ReceivedFile(
      sha256: file.sha256, name: file.name, byteCount: Int64(file.byteCount), format: format,
      parser: parser)
  }

  static func whole(_ file: InputFile) -> ImportInput {
    let result = readStatements(file: file, options: ReadingOptions(profile: profile))
    return ImportInput(
      file: received(file, result.format, result.parser), content: file, program: "test 1",
      statements: result.statements, issues: result.issues,
      quarantined: result.quarantined.map {
        QuarantinedRow(locator: $0.locator, code: $0.code, reason: $0.reason, raw: $0.raw)
      }, skipped: result.skippedRecords, recordsRead: result.recordsRead,
      isRefused: result.isRefused)
  }

  static func streamed(_ file: InputFile) throws -> ImportInput {
    let survey = try surveyStatements(
      file: file, options: ReadingOptions(profile: profile), forImport: true)
    var input = ImportInput(
      file: received(file, survey.format, survey.parser), content: file, program: "test 1",
      statements: survey.statements, issues: survey.issues,
      quarantined: survey.quarantined.map {
        QuarantinedRow(locator: $0.locator, code: $0.code, reason: $0.reason, raw: $0.raw)
      }, skipped: survey.skippedRecords, recordsRead: survey.recordsRead)
    input.stream = StreamedRecords(
      source: survey.records(of: file), summaries: survey.summaries, accounts: survey.accounts,
      quarantinedCount: survey.quarantinedCount, recordCount: 0)
    return input
  }

  /// All that can be asked of a store, as text.
  static func content(_ store: Store) async throws -> [String] {
    var lines: [String] = []
    for entry in try await store.entries() {
      // Numbers are handles of one store; what they name is compared.
      lines.append(
        "\(entry.key) \(entry.sequence) \(entry.amount) \(entry.source.label) \(entry.source.locator)"
      )
    }
    for file in try await store.files() {
      lines.append("\(file.label) \(file.byteCount)")
      for issue in try await store.issues(of: try #require(file.id)) { lines.append("\(issue)") }
    }
    let report = try await store.verify()
    lines.append("\(report.entries) \(report.places) \(report.isSound)")
    return lines
  }

  @Test("gives the store that importing whole files gives, also where files overlap")
  func equalStores() async throws {
    let texts = [
      Self.head + Self.rows(0..<1500), Self.head + Self.rows(1000..<2600),
      Self.head + Self.rows(0..<1500) + "\n",
    ]
    var seen: [[String]] = []
    var reports: [[ImportReport]] = []
    for isStreamed in [false, true] {
      let store = try await ThrowAwayDatabase.make().store()
      var made: [ImportReport] = []
      for (number, text) in texts.enumerated() {
        let file = Self.file(text, "file-\(number).csv")
        let input = isStreamed ? try Self.streamed(file) : Self.whole(file)
        made.append(try await store.importFile(input))
      }
      seen.append(try await Self.content(store))
      reports.append(made)
    }
    #expect(reports[0].map(\.stored) == reports[1].map(\.stored))
    #expect(reports[0].map(\.known) == reports[1].map(\.known))
    #expect(reports[0].map(\.quarantined) == reports[1].map(\.quarantined))
    #expect(reports[0].map(\.read) == reports[1].map(\.read))
    #expect(reports[1][2].stored == 0)
    // What only a whole reading shows is told when the records are stored.
    #expect(reports[1][0].issues.map(\.code) == ["W-IDENTICAL"])
    #expect(seen[0] == seen[1])
  }

  @Test("keeps more quarantined records than the survey holds")
  func manyQuarantined() async throws {
    let rows = (0..<2500).map { "2024-02-31,DE89370400440532013000,\($0).00,EUR,N,,P,\n" }
    let file = Self.file(Self.head + rows.joined() + Self.rows(0..<3, mistakes: false), "q.csv")
    let store = try await ThrowAwayDatabase.make().store()
    let report = try await store.importFile(try Self.streamed(file))
    #expect((report.read, report.stored, report.quarantined) == (2503, 3, 2500))
  }

  @Test("a file of more than one part is kept whole, and its lines are found in it")
  func parts() async throws {
    let database = try await ThrowAwayDatabase.make()
    let store = try await database.store()
    let line = String(repeating: "x", count: 300)
    var text = Self.head
    for row in 0..<70_000 {
      text +=
        "2024-03-01,DE89370400440532013000,\(row).00,EUR,,,\(line) \(row),\r\n"
    }
    let file = Self.file(text, "long.csv")
    #expect(file.byteCount > 2 * 8 << 20)
    let report = try await store.importFile(try Self.streamed(file))
    #expect(report.stored == 70_000)
    let verified = try await store.verify()
    #expect(verified.isSound)
    let entries = try await store.entries()
    for index in [0, 1, 25_000, 50_000, 69_999] {
      let entry = entries[index]
      let explained = try await store.explain(entry.key)
      let place = try #require(explained.places.first)
      #expect(place.hashHolds)
      #expect(place.text?.hasSuffix("\(line) \(entry.amount.minorUnits / 100),") == true)
    }
    let admin = try await Connection.open(database.admin)
    let parts = try await admin.perform { session in
      try session.query(
        Query(
          name: "test",
          text: """
            select p.number, p.first_line, octet_length(p.content),
              (file_line(p.file, p.first_line) = left(convert_from(substring(p.content from 1 for
                position('\\x0d'::bytea in p.content) - 1), 'UTF8'), 2000))
            from received_part p where p.number > 0 order by 1
            """)
      ) { row in
        (
          try row.get(1, as: Int64.self), try row.get(2, as: Int32.self),
          try row.get(3, as: Bool.self)
        )
      }
    }
    #expect(parts.count == 2)
    #expect(parts.allSatisfy { $0.1 <= 8 << 20 && $0.0 > 1 })
    #expect(parts.allSatisfy { $0.2 })
    // A part that is lost or changed is noticed, and nothing can be added to a whole file.
    await #expect(throws: PostgresError.self) {
      _ = try await admin.perform { session in
        try session.execute(
          Query(
            name: "test",
            text: """
              insert into received_part (file, number, start_at, first_line, content, sha256)
              select file, 9, 0, 1, 'x', sha256('x') from received_part limit 1
              """))
      }
    }
  }

  @Test("bytes that are not those that were hashed are refused, in one piece and in parts")
  func mismatch() async throws {
    let store = try await ThrowAwayDatabase.make().store()
    for size in [10, 9 << 20] {
      let bytes = [UInt8](repeating: 0x41, count: size)
      let file = ReceivedFile(
        sha256: ContentHash(of: bytes + [0x42]), name: "m.csv", byteCount: Int64(size),
        format: "delimited", parser: "delimited 1")
      await #expect(throws: StoreError.fileMismatch(name: "m.csv")) {
        try await store.importFile(
          ImportInput(file: file, bytes: bytes, program: "test 1", recordsRead: 0))
      }
    }
    #expect(try await store.files().isEmpty)
  }
}
