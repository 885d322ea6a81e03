import Foundation
import TestSupport
import Testing

@Suite("Transcripts without a store", .enabled(if: Program.url != nil, "the program is not built"))
struct ReadingTranscripts {
  /// A session as text: the command, what it printed where, and its exit code.
  private func session(_ commands: [[String]]) throws -> String {
    var text = ""
    for arguments in commands {
      let result = try Program.run(arguments)
      text += "$ moneytrail \(arguments.joined(separator: " "))\n" + result.out
      for line in result.messages.split(separator: "\n") { text += "! \(line)\n" }
      text += "= \(result.status)\n\n"
      #expect(!result.out.contains("\u{1B}") && !result.messages.contains("\u{1B}"))
    }
    return text
  }

  static let commands = [
    "init", "start", "stop", "doctor", "inspect", "profile", "import", "watch", "accounts",
    "reconcile", "entries", "links", "parties", "trail", "screen", "detect", "trace", "compare",
    "what-if", "schedule", "draft", "export", "runs", "explain", "verify", "demo", "example-case",
  ]

  @Test("Help of every command starts with what it does and shows examples first")
  func help() throws {
    let text = try session(
      [["--help"]] + Self.commands.map { [$0, "--help"] }
        + [["import", "files"], ["profile", "propose"], ["profile", "test"]].map { $0 + ["--help"] }
    )
    try Golden.expect(text, is: "help")
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    for (line, next) in zip(lines, lines.dropFirst()) where line.hasPrefix("  ") {
      #expect(
        next.isEmpty || next.first == " " || next.first == "=",
        "too long for a terminal of 80 columns: \(line) | \(next)")
    }
  }

  @Test("inspect says what is in a file, good or bad, and never prints data among messages")
  func inspect() throws {
    try Golden.expect(
      try session(
        [
          "current.csv", "bad.csv", "no-amounts.csv", "march.sta", "unreconciled.sta", "bad.sta",
          "march.xml", "cut-off.xml", "transfers.csv",
        ].map { ["inspect", $0] } + [["inspect", "march.sta", "no-amounts.csv"]]), is: "inspect")
  }

  @Test("inspect --json holds the keys that programs rely on")
  func inspectJSON() throws {
    let result = try Program.run(["inspect", "unreconciled.sta", "--json"])
    #expect(result.status == 0)
    let object = try JSONSerialization.jsonObject(with: Data(result.out.utf8)) as? [String: Any]
    let file = try #require((object?["files"] as? [[String: Any]])?.first)
    for key in ["format", "sha256", "issues", "statements"] { #expect(file[key] != nil, "\(key)") }
    let statement = try #require((file["statements"] as? [[String: Any]])?.first)
    for key in [
      "account", "currency", "opening", "closing", "transactions", "credit_count",
      "credit_sum_minor", "debit_count", "debit_sum_minor", "first_date", "last_date",
      "first_value_date", "last_value_date", "difference_minor", "status",
    ] {
      #expect(statement[key] != nil, "\(key)")
    }
    #expect(statement["difference_minor"] as? Int == 1000)
    #expect(statement["status"] as? String == "unreconciled")
  }

  @Test("trace --examples and screen work without a store")
  func withoutStore() throws {
    try Golden.expect(
      try session([
        ["trace", "--examples", "worked-examples.json"],
        ["trace", "--examples", "worked-examples.json", "--json"],
        ["trace", "--examples", "current.csv"], ["screen", "transfers.csv"],
        ["screen", "transfers.csv", "--json"], ["screen", "current.csv"],
        ["screen", "transfers.csv", "--profile", "atlantis"],
      ]), is: "without-store")
  }

  @Test("Mistakes of a user get the documented exit code and say what to do")
  func mistakes() throws {
    try Golden.expect(
      try session([
        ["frobnicate"], ["inspect"], ["inspect", "--colour", "current.csv"],
        ["inspect", "nowhere.csv"], ["inspect", "."], ["import", "current.csv"],
        ["inspect", "current.csv", "--profile", "no-such-profile"], ["accounts"], ["verify"],
        ["start"], ["stop"], ["trace", "--same-day", "sideways"], ["schedule", "--track", "x"],
        ["trace", "--direction", "backwards"], ["trace", "--to", "A-01"],
        ["trace", "--seed", "SC-01", "--from-row", "x.csv:1"], ["trace", "--since", "2024-01-01"],
        ["trace", "--from-account", "X", "--since", "2024-02-01", "--until", "2024-01-01"],
        ["trace", "--from-account", "x", "--until", "soon"],
        ["draft"], ["draft", "--into", "o", "--formats", "rtf"],
        ["entries", "--from", "yesterday"],
        ["entries", "--limit", "0"],
        ["accounts", "--database", "postgresql://someone:secret@localhost/db"],
        ["accounts", "--database", "host=localhost password=secret"],
        ["import", "a.csv", "b.csv", "--exhibit", "PX-1"],
        ["import", "current.csv", "--dry-run"], ["demo", "--case", "nowhere"],
      ]), is: "mistakes")
  }

  @Test("Worked examples that differ end with status 1, a file without any with 3")
  func examplesThatDiffer() throws {
    let folder = try Program.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let good = try String(
      contentsOf: Program.inputs.appending(path: "worked-examples.json"), encoding: .utf8)
    #expect(try Program.run(["trace", "--examples", "worked-examples.json"]).status == 0)
    let wrong = good.replacing(/"expected": "[0-9.]+"/, with: "\"expected\": \"123456.78\"")
    #expect(wrong != good)
    try wrong.write(to: folder.appending(path: "wrong.json"), atomically: true, encoding: .utf8)
    for arguments in [
      ["trace", "--examples", "wrong.json"], ["trace", "--examples", "wrong.json", "--json"],
    ] {
      let result = try Program.run(arguments, in: folder)
      #expect(result.status == 1)
      #expect(result.messages.contains("figures differ"))
      #expect(!result.out.isEmpty)
    }
    try #"{"examples": []}"#.write(
      to: folder.appending(path: "none.json"), atomically: true, encoding: .utf8)
    let none = try Program.run(["trace", "--examples", "none.json"], in: folder)
    #expect(none.status == 3)
    #expect(none.messages.contains("the list 'examples' is empty"))
  }

  @Test("The XML library prints nothing of a file that is not in the encoding it states")
  func wrongEncoding() throws {
    let folder = try Program.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    for encoding in ["SHIFT_JIS", "UCS-4", "ISO-2022-JP"] {
      var bytes = Data("<?xml version=\"1.0\" encoding=\"\(encoding)\"?><Document xmlns=".utf8)
      bytes += Data(
        "\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.02\"><BkToCstmrStmt><Stmt><Id>".utf8)
      bytes += [0xC3, 0xA9, 0xFF, 0xFE]
      bytes += Data("</Id></Stmt></BkToCstmrStmt></Document>".utf8)
      try bytes.write(to: folder.appending(path: "a.xml"))
      let result = try Program.run(["inspect", "a.xml"], in: folder)
      #expect(result.status == 3)
      #expect(
        result.messages == "1 of 1 files could not be read; the reasons stand above\n",
        "\(encoding)")
    }
  }

  @Test("A gigabyte of nothing and an empty file are refused with a reason, in bounded memory")
  func sizes() throws {
    let folder = try Program.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, size) in [("huge.csv", UInt64(1) << 30), ("empty.csv", 0)] {
      let url = folder.appending(path: name)
      _ = FileManager.default.createFile(atPath: url.path, contents: nil)
      let handle = try FileHandle(forWritingTo: url)
      try handle.truncate(atOffset: size)
      try handle.close()
    }
    let huge = try Program.run(["inspect", "huge.csv"], in: folder)
    #expect(huge.status == 3)
    #expect(huge.out.contains("refused"))
    let empty = try Program.run(["inspect", "empty.csv"], in: folder)
    #expect(empty.status == 3)
    #expect(empty.out.contains("refused"))
  }
}
