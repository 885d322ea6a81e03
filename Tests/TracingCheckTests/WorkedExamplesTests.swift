// The checker on worked examples: the open set, and small ones of its own.

import Foundation
import TestSupport
import Testing

@testable import TracingCheck

@Suite("Worked examples, checked")
struct WorkedExamplesTests {
  static let file = SharedMaterial.url("tracing/examples.json")

  private func report(_ text: String) throws -> CheckReport {
    try CheckReport.of(try JSON(reading: Array(text.utf8)))
  }

  @Test("every figure of tracing/examples.json comes out", .enabled(if: file != nil))
  func everyFigureComesOut() throws {
    let url = try #require(Self.file)
    let report = try CheckReport.of(try JSON(reading: Array(Data(contentsOf: url))))
    #expect(report.figures >= 104)
    #expect(report.differences == [])
    #expect(report.isEqual)
  }

  @Test("a figure that differs is named with both amounts", .enabled(if: file != nil))
  func changedFigureIsNamed() throws {
    let url = try #require(Self.file)
    let text = try String(contentsOf: url, encoding: .utf8)
      .replacingOccurrences(of: "\"1764.70\"", with: "\"1764.71\"")
    let report = try report(text)
    #expect(
      report.differences == [
        "TR-03: taint_dissipated is stated as 1764.71, computed as 1764.70"
      ])
    #expect(!report.isEqual)
  }

  /// confiscation.md §4.2, worked by hand: 3 of 5 dinars are tainted; 1.000 leaves as 0.600 and 0.400.
  @Test("three decimal places, numbers without quotes, and a fee in the proportion of the balance")
  func dinars() throws {
    let report = try report(
      """
      {"schema": "tracing-examples/1", "examples": [{"id": "K", "kind": "ledger",
       "method": "rolling_pro_rata", "currency": "KWD",
       "classes": [{"id": "T", "tainted": true}, {"id": "W"}],
       "accounts": [{"id": "A"}],
       "transactions": [
        {"seq": 1, "date": "2024-01-01", "type": "credit", "to": "A", "amount": 3, "class": "T"},
        {"seq": 2, "date": "2024-01-02", "type": "credit", "to": "A", "amount": "2.000", "class": "W"},
        {"seq": 3, "date": "2024-01-03", "type": "fee", "from": "A", "amount": "1.000"}],
       "expected": [{"measure": "taint_dissipated", "expected": "0.600"},
        {"measure": "class_in_account", "account": "A", "class": "W", "expected": 1.6}]}]}
      """)
    #expect(report.differences == [])
    #expect(report.figures == 2)
  }

  @Test(
    "what cannot be computed is a difference with place and remedy",
    arguments: [
      ("\"method\": \"fifo\"", "\"method\": \"clayton\"", "method: no method is called 'clayton'"),
      ("\"amount\": \"5.00\"", "\"amount\": \"-5.00\"", "step 1, amount: -5.00 is negative"),
      ("\"amount\": \"5.00\"", "\"amount\": \"92233720368547758.08\"", "leaves 64 bits"),
      ("\"class\": \"T\"", "\"class\": \"Q\"", "step 1: no class is called 'Q'"),
      (
        "\"id\": \"A\"", "\"id\": \"A\", \"opening_date\": \"2024-02-01\"",
        "before the account's opening"
      ),
      ("\"to\": \"B\"", "\"to\": \"Y\"", "two currencies and no credited amount"),
      ("2024-01-03", "2024-02-30", "step 2: '2024-02-30' is a day that does not exist"),
      ("\"method\"", "\"policy\": {\"ponzi\": true}, \"method\"", "no policy is called 'ponzi'"),
      ("\"expected\": [", "\"expcted\": [", "R, 'expected': no figure is stated"),
      (
        "\"expected\": \"1.00\"", "\"expcted\": \"1.00\"", "taint_in_account: 'expected' is missing"
      ),
      ("\"account\": \"B\"", "\"account\": \"Z\"", "taint_in_account: no account is called 'Z'"),
      ("\"account\": \"B\"", "\"class\": \"Q\"", "taint_in_account: no class is called 'Q'"),
      (
        "taint_in_account\", \"account\": \"B\"", "taint_in_asset\", \"asset\": \"CAR\"",
        "taint_in_asset: no asset is called 'CAR'"
      ),
      (
        "taint_in_account\", \"account\": \"B\"", "balance\", \"account\": \"Z\"",
        "balance: no account is called 'Z'"
      ),
      ("\"account\": \"B\"", "\"account\": [\"B\"]", "the account is not one name"),
    ])
  func refusals(_ old: String, _ new: String, _ words: String) throws {
    let text = """
      {"schema": "tracing-examples/1", "examples": [{"id": "R", "kind": "ledger",
       "method": "fifo", "currency": "EUR", "classes": [{"id": "T", "tainted": true}],
       "accounts": [{"id": "A"}, {"id": "B"}, {"id": "Y", "currency": "JPY"}],
       "transactions": [
        {"seq": 1, "date": "2024-01-01", "type": "credit", "to": "A", "amount": "5.00", "class": "T"},
        {"seq": 2, "date": "2024-01-03", "type": "transfer", "from": "A", "to": "B", "amount": "1.00"}],
       "expected": [{"measure": "taint_in_account", "account": "B", "expected": "1.00"}]}]}
      """
    #expect(try report(text).isEqual)
    let changed = try report(text.replacingOccurrences(of: old, with: new))
    #expect(changed.differences.count == 1)
    #expect(changed.differences.first?.contains(words) == true, "\(changed.differences)")
    #expect(changed.differences.first?.contains(" — ") == true)
  }

  @Test("an asset that is mentioned and holds nothing is 0")
  func soldAsset() throws {
    let report = try report(
      """
      {"schema": "tracing-examples/1", "examples": [{"id": "S", "kind": "ledger",
       "method": "fifo", "currency": "EUR", "classes": [{"id": "T", "tainted": true}],
       "accounts": [{"id": "A"}],
       "transactions": [
        {"seq": 1, "date": "2024-01-01", "type": "credit", "to": "A", "amount": "5.00", "class": "T"},
        {"seq": 2, "date": "2024-01-02", "type": "debit", "from": "A", "to": "asset:CAR", "amount": "5.00"},
        {"seq": 3, "date": "2024-01-03", "type": "sale", "from": "asset:CAR", "to": "A", "amount": "6.00"}],
       "expected": [{"measure": "taint_in_asset", "asset": "CAR", "expected": "0.00"},
        {"measure": "class_in_account", "class": "BORROWED", "expected": "0.00"},
        {"measure": "taint_dissipated", "account": "DISSIPATED", "expected": "0.00"},
        {"measure": "balance", "expected": "6.00"}]}]}
      """)
    #expect(report.differences == [])
    #expect(report.figures == 4)
    #expect(report.notChecked == [])
  }

  @Test("the figures of a rule stand in a map or a list; without any, the example is refused")
  func valuationFigures() throws {
    func rule(_ expected: String) throws -> CheckReport {
      try report(
        """
        {"schema": "tracing-examples/1", "examples": [{"id": "V", "kind": "valuation",
         "rule": "victim_pro_rata", "currency": "USD",
         "inputs": {"available": "1.00", "awards": {"V1": "1.00"}}\(expected)}]}
        """)
    }
    #expect(try rule(", \"expected\": {\"V1\": \"1.00\"}").isEqual)
    #expect(try rule(", \"expected\": [{\"measure\": \"V1\", \"expected\": \"1.00\"}]").isEqual)
    #expect(try !rule(", \"expected\": [{\"measure\": \"V1\", \"expected\": \"2.00\"}]").isEqual)
    for nothing in [
      "", ", \"expected\": {}", ", \"expected\": []", ", \"expcted\": {\"V1\": \"1.00\"}",
    ] {
      let report = try rule(nothing)
      #expect(report.differences.count == 1)
      #expect(
        report.differences.first?.contains("nothing would be compared — state the figures") == true)
    }
  }

  @Test(
    "a file of neither form is told the two forms, a list what stands around it",
    arguments: [
      ("{}", "'schema' is missing — give a file of tracing-examples/1 or moneytrail-proof/1"),
      ("{\"schema\": \"x\"}", "the schema 'x' is not known — give a file of tracing-examples/1 or"),
      ("[]", "the file is a list, an object with 'examples' is expected"),
    ])
  func otherForms(_ text: String, _ words: String) {
    #expect {
      _ = try report(text)
    } throws: {
      "\($0)".contains(words)
    }
  }

  @Test(
    "files of neither form are refused", arguments: ["", "{}", "[1]", "{\"schema\": \"x\"}", "{"])
  func otherFiles(text: String) {
    #expect(throws: Refusal.self) { try report(text) }
  }
}
