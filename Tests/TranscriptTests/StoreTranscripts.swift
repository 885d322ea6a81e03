import Foundation
import TestSupport
import Testing

/// A whole case through the program, from `init` to `stop`, in a folder of its own.
@Suite(
  "Transcript of a small case",
  .enabled(
    if: Program.url != nil && ThrowAwayDatabase.isAvailable,
    "the program is not built, or no PostgreSQL server is installed"))
struct StoreTranscripts {
  /// The keys that other programs read, and amounts that are text.
  private func checkProof(_ bytes: Data) throws {
    let object = try #require(
      try JSONSerialization.jsonObject(with: bytes) as? [String: Any])
    #expect(object["schema"] as? String == "moneytrail-proof/1")
    #expect(object["method"] as? String == "fifo")
    #expect(object["chains_left_out"] as? Int == 0)
    #expect((object["currencies"] as? [String: Int])?["GBP"] == 2)
    for key in ["policy", "classes", "accounts", "steps", "results", "chains"] {
      #expect(object[key] != nil, "\(key)")
    }
    let chains = try #require(object["chains"] as? [[String: Any]])
    #expect(chains.compactMap { $0["amount"] as? String } == ["900.00", "100.00"])
    let links = try #require(chains.first?["links"] as? [[String: Any]])
    #expect(links.compactMap { $0["to"] as? String } == ["GB91XINV00000100002001", "asset A-01"])
  }

  @Test("init, import, detect, trace, schedule, draft, explain, verify, stop")
  func wholeCase() throws {
    let folder = try Program.temporaryFolder()
    let store = folder.appending(path: "store").path
    defer {
      _ = try? Program.run(["stop", "--folder", store])
      try? FileManager.default.removeItem(at: folder)
    }
    var text = ""
    @discardableResult
    func say(_ arguments: String..., status: Int32 = 0) throws -> Program.Result {
      let result = try Program.run(arguments + ["--folder", store])
      text += "$ moneytrail \(arguments.joined(separator: " "))\n" + result.out
      for line in result.messages.split(separator: "\n") { text += "! \(line)\n" }
      text += "= \(result.status)\n\n"
      #expect(result.status == status, "\(arguments): \(result.messages)")
      #expect(!(result.out + result.messages).contains("Worker One"), "\(arguments)")
      #expect(!(result.out + result.messages).contains("GB10XINV"), "\(arguments)")
      return result
    }
    try say("start", status: 4)
    try say("init")
    try say("init")
    try say("detect", status: 3)
    try say("import", "sealed.yaml", "case-sheet.yaml", "current.csv", "march.sta")
    try say("import", "current.csv")
    try say("import", "march.xml", "no-amounts.csv", "nowhere.csv", status: 6)
    try say("import", "unreconciled.sta")
    try say("import", ".", status: 3)
    try say("accounts")
    try say("entries")
    try say("entries", "--account", "nobody", status: 3)
    try say("trail")
    try say("trail", "paths", "GB91XINV00000100002001", "PL57999000120000000000004001")
    try say("trail", "paths", "GB91XINV00000100002001", "nobody", status: 3)
    try say("trail", "reach", "GB91XINV00000100002001", "--since", "2024-03-04")
    try say("trail", "reach", "GB91XINV00000100002001", "--backwards", "--limit", "1")
    let kept = folder.appending(path: "trail.snapshot").path
    try say("trail", "--snapshot", kept)
    try say("trail", "--snapshot", kept)
    try say("screen")
    try say("screen", "--snapshot", kept, "--anew")
    try Data("not a trail".utf8).write(to: URL(filePath: kept))
    try say("trail", "--snapshot", kept, status: 3)
    try say("detect")
    try say("trace", "--method", "fifo")
    try say("trace", "--method", "astrology", status: 2)
    try say("trace", "--method", "backward", status: 2)
    try say("trace", "--method", "poison", status: 2)
    try say("trace", "--from-account", "GB91XINV00000100002001", "--proof", "-", status: 2)
    try say("trace", "--method", "fifo", "--explain", "A-01")
    try say("trace", "--explain", "A-01", "--method", "rolling_pro_rata")
    try say("trace", "--explain", "A-99", status: 3)
    try say("trace", "--method", "fifo", "--ladder")
    try say("trace", "--seed", "SC-02")
    try say("trace", "--seed", "nobody", status: 3)
    try say("trace", "--from-row", "current.csv:3", "--method", "fifo")
    try say("trace", "--from-row", "current.csv:4", "--method", "fifo")
    try say("trace", "--from-row", "current.csv:4", "--direction", "backwards")
    try say("trace", "--from-row", "current.csv:99", status: 3)
    try say("trace", "--from-row", "march.sta:5", status: 3)
    try say(
      "trace", "--from-account", "GB91XINV00000100002001", "--until", "2024-03-04", "--method",
      "libr")
    try say("trace", "--from-account", "PL57999000120000000000004001", status: 3)
    try say("trace", "--finding", "ST-01-000000000000", status: 3)
    try say("trace", "--direction", "backwards", "--to", "A-01", "--method", "libr")
    let proof = folder.appending(path: "proof.json")
    try say("trace", "--method", "fifo", "--proof", proof.path)
    try checkProof(try Data(contentsOf: proof))
    try say("schedule")
    // A protected person's name or number that a user types reaches neither output.
    for typed in ["Worker One Example", "GB10XINV00000100002004"] {
      for option in [["--explain"], ["--from-account"], ["--direction", "backwards", "--to"]] {
        let arguments = ["trace"] + option + [typed, "--folder", store]
        let result = try Program.run(arguments)
        #expect(result.status == 3, "\(option)")
        #expect(!(result.out + result.messages).contains(typed), "\(option)")
      }
    }
    let out = folder.appending(path: "out")
    try say("draft", "--into", out.path, "--formats", "xlsx")
    try say("verify", "--documents", out.path)
    try say("explain", "F-000000000000", status: 3)
    try say("stop")
    try say("accounts", "--all")
    try say("stop")
    try say("stop")
    try Golden.expect(Golden.normalised(text, folder: folder), is: "small-case")

    let schedule = try Program.run(["schedule", "--json", "--folder", store])
    #expect(schedule.out.contains("moneytrail-schedule/1"))

    // A document that was changed after it was published is found out.
    let workbook = out.appending(path: "EX-01-asset-schedule.xlsx")
    var bytes = try Data(contentsOf: workbook)
    bytes[bytes.count / 2] ^= 1
    try bytes.write(to: workbook)
    let verified = try Program.run(["verify", "--documents", out.path, "--folder", store])
    #expect(verified.status == 1)
    #expect(verified.out.contains("has changed"))
  }
}
