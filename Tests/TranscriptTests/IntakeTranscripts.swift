import Foundation
import TestSupport
import Testing

@Suite(
  "Transcripts of taking files in", .enabled(if: Program.url != nil, "the program is not built"))
struct IntakeTranscripts {
  @Test("A profile is proposed, written, tried and listed; what is undecided is refused")
  func profiles() throws {
    let folder = try Program.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let profile = folder.appending(path: "new-bank.yaml").path
    var text = ""
    func say(_ arguments: String..., status: Int32 = 0) throws {
      let result = try Program.run(arguments)
      text += "$ moneytrail \(arguments.joined(separator: " "))\n" + result.out
      for line in result.messages.split(separator: "\n") { text += "! \(line)\n" }
      text += "= \(result.status)\n\n"
      #expect(result.status == status, "\(arguments): \(result.messages)")
    }
    try say("profile", "propose", "new-bank.csv", "--out", profile)
    try say("profile", "propose", "new-bank.csv", "--out", profile, status: 2)
    try say("profile", "propose", "undecided.csv", status: 3)
    try say("profile", "propose", "march.sta", status: 3)
    try say("profile", "test", profile, "new-bank.csv")
    try say("profile", "test", profile, "new-bank.csv", "transfers.csv", status: 6)
    try say("inspect", "production.zip")
    try Golden.expect(Golden.normalised(text, folder: folder), is: "profiles")
    let list = try Program.run(["profile", "list", "--json"])
    let object = try JSONSerialization.jsonObject(with: Data(list.out.utf8)) as? [String: Any]
    #expect((object?["profiles"] as? [Any])?.count ?? 0 >= 40)
    #expect(try Program.run(["profile", "list"]).out.contains("ing-nl-movements"))
  }

  @Test("An archive is imported member by member, rejects are mended, and the months are shown")
  func archive() throws {
    let folder = try Program.temporaryFolder()
    let store = folder.appending(path: "store").path
    defer {
      _ = try? Program.run(["stop", "--folder", store])
      try? FileManager.default.removeItem(at: folder)
    }
    var text = ""
    func say(_ arguments: String..., status: Int32 = 0) throws {
      let result = try Program.run(arguments + ["--folder", store])
      text += "$ moneytrail \(arguments.joined(separator: " "))\n" + result.out
      for line in result.messages.split(separator: "\n") { text += "! \(line)\n" }
      text += "= \(result.status)\n\n"
      #expect(result.status == status, "\(arguments): \(result.messages)")
    }
    try say("init")
    let rejects = folder.appending(path: "rejects")
    try say("reconcile")
    try say(
      "import", "production.zip", "--exhibit", "PX-1", "--authority", "Order 1", "--rejects",
      rejects.path, status: 6)
    try say("import", "files", "production.zip")
    let reject = rejects.appending(path: "production.zip_april_current.csv.rejects.csv")
    let mended = folder.appending(path: "mended.csv")
    try String(contentsOf: reject, encoding: .utf8).replacing("31/04/2024", with: "30/04/2024")
      .write(to: mended, atomically: true, encoding: .utf8)
    try say("import", mended.path, "--rejects", folder.appending(path: "none.csv").path)
    #expect(!FileManager.default.fileExists(atPath: folder.appending(path: "none.csv").path))
    let grid = folder.appending(path: "grid.xlsx")
    try say("reconcile", "--xlsx", grid.path)
    let first = try Data(contentsOf: grid)
    try say("reconcile", "--json", "--xlsx", grid.path)
    #expect(try Data(contentsOf: grid) == first)
    try Golden.expect(Golden.normalised(text, folder: folder), is: "archive")
    let json = try Program.run(["import", mended.path, "--json", "--folder", store])
    let object = try JSONSerialization.jsonObject(with: Data(json.out.utf8)) as? [String: Any]
    let progress = try #require(object?["progress"] as? [String: Any])
    #expect(progress["files"] as? Int == 1 && (progress["bytes"] as? Int ?? 0) > 100)
    try checkUnknownLayouts(in: folder, store: store)
  }

  /// Files without a profile: how each was read is said; one that brings nothing is no success.
  private func checkUnknownLayouts(in folder: URL, store: String) throws {
    func bring(_ rows: String, _ name: String, _ options: String...) throws -> Program.Result {
      let place = folder.appending(path: name)
      try ("Date,Amount,Currency,Note to self\n" + rows).write(
        to: place, atomically: true, encoding: .utf8)
      return try Program.run(["import", place.path, "--folder", store] + options)
    }
    let whole = try bring("2024-03-01,-1.00,EUR,x\n", "whole.csv")
    #expect(whole.status == 0 && whole.messages.contains("not used: column 4 'Note to self'"))
    let none = "2024-03-01,-x,EUR,x\n2024-03-02,-y,EUR,x\n"
    for options in [["--dry-run"], []] {
      let result = try bring(none, "none.csv", options.first ?? "--json")
      #expect(result.status == 3, "\(result.messages)")
      #expect((result.out + result.messages).contains("E-NOTHING"))
    }
    let part = none + "2024-03-03,-1.00,EUR,x\n"
    #expect(try bring(part, "part.csv", "--dry-run").status == 6)
    #expect(try bring(part, "part.csv").status == 6)
  }

  @Test("A watched folder answers each file once, waits for the unfinished and checks hashes")
  func watch() throws {
    let folder = try Program.temporaryFolder()
    let store = folder.appending(path: "store").path
    defer {
      _ = try? Program.run(["stop", "--folder", store])
      try? FileManager.default.removeItem(at: folder)
    }
    let inbox = folder.appending(path: "in")
    let outbox = folder.appending(path: "out")
    try FileManager.default.createDirectory(at: inbox, withIntermediateDirectories: true)
    #expect(try Program.run(["init", "--folder", store]).status == 0)
    func look(_ settle: String) throws -> Program.Result {
      try Program.run([
        "watch", inbox.path, "--outbox", outbox.path, "--once", "--settle", settle, "--folder",
        store,
      ])
    }
    func letters() throws -> [String] {
      try FileManager.default.contentsOfDirectory(atPath: outbox.path).sorted()
        .map { $0.replacing(/\.[0-9a-f]{12}\./, with: ".HASH.") }
    }
    func put(_ name: String, as other: String? = nil) throws {
      try FileManager.default.copyItem(
        at: Program.inputs.appending(path: name), to: inbox.appending(path: other ?? name))
      try FileManager.default.setAttributes(
        [.modificationDate: Date()], ofItemAtPath: inbox.appending(path: other ?? name).path)
    }
    // Fresh and unannounced: not touched yet.
    try put("current.csv")
    #expect(try look("3600").status == 0)
    #expect(try letters().isEmpty)
    // Announced by its marker.
    try Data().write(to: inbox.appending(path: "current.csv.done"))
    #expect(try look("3600").status == 0)
    #expect(try letters() == ["current.csv.HASH.accepted.txt"])
    // Answered once; a file that cannot be read is rejected with its reason.
    try put("no-amounts.csv")
    let second = try look("0")
    #expect(second.status == 6, "\(second.messages)")
    #expect(
      try letters() == ["current.csv.HASH.accepted.txt", "no-amounts.csv.HASH.rejected.txt"])
    let name = try #require(
      try FileManager.default.contentsOfDirectory(atPath: outbox.path).first {
        $0.contains("rejected")
      })
    let letter = try String(contentsOf: outbox.appending(path: name), encoding: .utf8)
    #expect(letter.hasPrefix("REJECTED\n") && letter.contains("E-HEADER"), "\(letter)")
    // An archive of which one row is set aside is taken in part, and its letter says which row and why.
    try put("production.zip")
    #expect(try look("0").status == 6)
    let part = try #require(
      try FileManager.default.contentsOfDirectory(atPath: outbox.path).first {
        $0.hasSuffix(".in-part.txt")
      })
    let answer = try String(contentsOf: outbox.appending(path: part), encoding: .utf8)
    #expect(
      answer.hasPrefix("ACCEPTED IN PART\n") && answer.contains("line 3: E-DATE"), "\(answer)")
    #expect(!answer.contains("31/04/2024"), "a text of a record")
    // The same bytes under another name: a copy, which is said, with the name they came under.
    try put("current.csv", as: "again.csv")
    #expect(try look("0").status == 0)
    let copy = try #require(
      try FileManager.default.contentsOfDirectory(atPath: outbox.path).first {
        $0.hasPrefix("again.csv.")
      })
    #expect(
      try String(contentsOf: outbox.appending(path: copy), encoding: .utf8)
        .contains("a copy of bytes received before as current.csv; nothing was added"))
    // A hash that is not the announced one.
    try put("march.sta")
    try "\(String(repeating: "0", count: 64))  march.sta\n".write(
      to: inbox.appending(path: "MANIFEST.sha256"), atomically: true, encoding: .utf8)
    #expect(try look("0").status == 6)
    #expect(try letters().contains("march.sta.HASH.rejected.txt"))
    #expect(try look("0").status == 0)
    #expect(try letters().count == 5)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: inbox.path).count == 7,
      "nothing in the folder is moved")
    // Without --outbox the letters lie beside the folder.
    #expect(
      try Program.run(["watch", inbox.path, "--once", "--settle", "0", "--folder", store]).status
        == 6)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: inbox.path + "-letters").count == 5)
  }

  @Test("A watched folder takes the files of a production set together, also when one came early")
  func watchSet() throws {
    let folder = try Program.temporaryFolder()
    let store = folder.appending(path: "store").path
    defer {
      _ = try? Program.run(["stop", "--folder", store])
      try? FileManager.default.removeItem(at: folder)
    }
    let (inbox, outbox) = (folder.appending(path: "in"), folder.appending(path: "out"))
    try FileManager.default.createDirectory(at: inbox, withIntermediateDirectories: true)
    #expect(try Program.run(["init", "--folder", store]).status == 0)
    let set = Program.inputs.deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "IntakeTests/Statements/simba")
    let names = try FileManager.default.contentsOfDirectory(atPath: set.path).sorted()
      .filter { $0 != "expected.txt" }
    func look() throws -> Program.Result {
      try Program.run([
        "watch", inbox.path, "--outbox", outbox.path, "--once", "--settle", "0", "--folder", store,
      ])
    }
    func letters(_ ending: String) throws -> Int {
      try FileManager.default.contentsOfDirectory(atPath: outbox.path).count {
        $0.hasSuffix(ending)
      }
    }
    let first = try #require(names.first { $0.contains("EXTRATO") })
    try FileManager.default.copyItem(
      at: set.appending(path: first), to: inbox.appending(path: first))
    #expect(try look().status == 6)
    #expect(try letters("rejected.txt") == 1)
    for name in names where name != first {
      try FileManager.default.copyItem(
        at: set.appending(path: name), to: inbox.appending(path: name))
    }
    let whole = try look()
    #expect(whole.status == 6, "rows of the main table are set aside: \(whole.messages)")
    #expect(try letters("in-part.txt") == 1)
    #expect(try letters("accepted.txt") == names.count - 1)
    #expect(try look().status == 0)
    #expect(try letters(".txt") == names.count + 1)
  }
}
