import Foundation
import TestSupport
import Testing

/// The kept runs, the comparison of methods and the what-if, as a user meets them.
@Suite(
  "Transcript of runs, compare and what-if",
  .enabled(
    if: Program.url != nil && ThrowAwayDatabase.isAvailable,
    "the program is not built, or no PostgreSQL server is installed"))
struct RunTranscripts {
  @Test("compare, schedule, runs, runs show, runs compare, what-if")
  func runs() throws {
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
    try say("init")
    try say("import", "sealed.yaml", "case-sheet.yaml", "current.csv", "march.sta")
    try say("runs")
    try say("compare")
    try say("schedule")
    try say("schedule", "--method", "fifo")
    try say("schedule", "--method", "fifo")
    let listed = try say("runs")
    let codes = listed.out.matches(of: /R-[0-9a-f]{12}/).map { String($0.output) }
    #expect(codes.count == 2 && Set(codes).count == 2)
    try say("runs", "show", codes.first ?? "")
    try say("runs", "compare", codes.first ?? "", codes.last ?? "")
    try say("runs", "show", "R-000000000000", status: 3)
    try say("what-if", "what-if.yaml")
    try say("what-if", "what-if-named.yaml")
    try say("what-if", "what-if-bad.yaml", status: 3)
    // The what-if kept nothing.
    let again = try say("runs")
    #expect(again.out == listed.out)
    let json = try Program.run(["what-if", "what-if.yaml", "--json", "--folder", store])
    #expect(json.out.contains("what-if, not a finding; the case is unchanged"))
    let shown = try Program.run(["runs", "show", codes.first ?? "", "--json", "--folder", store])
    #expect(shown.out.contains("moneytrail-run/1"))
    let normalised = Golden.normalised(text, folder: folder)
      .replacing(/R-[0-9a-f]{12}/, with: "R-CODE")
    try Golden.expect(normalised, is: "runs")
  }
}
