// Examples that check nothing, or ask after names that are not there: none may pass.

import Testing

@testable import Tracing

@Suite("Examples that check nothing")
struct EmptyExamplesTests {
  private func report(_ example: String) throws -> ExampleReport {
    try ExampleRunner.runExamples(Array("{\"examples\": [\(example)]}".utf8))
  }

  private func ledger(
    _ expected: String, policy: String = "{}", date: String = "2024-01-02"
  ) -> String {
    """
    {"id": "N", "kind": "ledger", "method": "fifo", "currency": "EUR", "policy": \(policy),
     "classes": [{"id": "T", "tainted": true}, {"id": "W"}], "accounts": [{"id": "A"}, {"id": "B"}],
     "transactions": [
      {"seq": 1, "date": "2024-01-01", "type": "credit", "to": "A", "amount": "5.00", "class": "T"},
      {"seq": 2, "date": "2024-01-01", "type": "credit", "to": "A", "amount": "7.00", "class": "W"},
      {"seq": 3, "date": "\(date)", "type": "debit", "from": "A", "to": "asset:CAR", "amount": "4.00"},
      {"seq": 4, "date": "2024-01-03", "type": "sale", "from": "CAR", "to": "A", "amount": "4.00"},
      {"seq": 5, "date": "2024-01-04", "type": "debit", "from": "A", "to": "Lagos", "amount": "1.00"},
      {"seq": 6, "date": "2024-01-04", "type": "fee", "from": "A", "amount": "0.50"}]
     \(expected)}
    """
  }

  private let rule = """
    {"id": "V", "kind": "valuation", "rule": "victim_pro_rata", "currency": "USD",
     "inputs": {"available": "1.00", "awards": {"V1": "1.00"}}
    """

  @Test(
    "an example without figures is never all equal, whatever stands in place of them",
    arguments: [
      "", ", \"expected\": []", ", \"expected\": null", ", \"expected\": {}",
      ", \"expcted\": [{\"measure\": \"taint_dissipated\", \"expected\": \"0.00\"}]",
    ])
  func nothingExpected(expected: String) throws {
    let asked = try report(ledger(expected))
    #expect(!asked.isAllEqual)
    #expect(
      asked.examples.first?.error?.contains(
        "example N, 'expected': no figure is stated, so nothing would be compared — state") == true,
      "\(asked.examples)")
    // A rule answers with all its figures, compared with nothing.
    let answered = try report(rule + expected + "}")
    #expect(!answered.isAllEqual)
    #expect(answered.unstated == answered.examples.first?.results.count)
  }

  @Test("a figure without a value to compare with is computed, and is never all equal")
  func figureWithoutValue() throws {
    for example in [
      ledger(", \"expected\": [{\"measure\": \"taint_dissipated\", \"expcted\": \"9.00\"}]"),
      rule + ", \"expected\": {\"V1\": null}}",
      rule + ", \"expected\": [{\"measure\": \"V1\"}]}",
    ] {
      let report = try report(example)
      #expect(report.examples.first?.results.first?.value != nil)
      #expect(report.unstated == 1 && !report.isAllEqual)
    }
    #expect(
      try report(rule + ", \"expected\": [{\"measure\": \"V1\", \"value\": \"1.00\"}]}").isAllEqual)
    #expect(try !report(rule + ", \"expected\": [{\"expected\": \"1.00\"}]}").isAllEqual)
  }

  @Test("a refusal that was asked for and did not come differs, under both kinds")
  func refusalThatDidNotCome() throws {
    for example in [
      ledger(", \"expected_error\": \"overflow\""), rule + ", \"expected_error\": \"x\"}",
    ] {
      let report = try report(example)
      #expect(report.compared == 1)
      #expect(report.matched == 0)
    }
  }

  @Test(
    "a name the example never mentions is an error with its place",
    arguments: [
      (
        "class_in_account", "\"account\": \"A\", \"class\": \"Q\"",
        "the source class 'Q' is not declared"
      ),
      ("taint_dissipated", "\"account\": \"Z\"", "the account 'Z' is not in the ledger"),
      ("taint_abroad", "\"account\": \"Paris\"", "the account 'Paris' is not in the ledger"),
      ("taint_in_account", "\"account\": \"Lagos\"", "the account 'Lagos' is not in the ledger"),
      ("taint_in_asset", "\"asset\": \"asset:CRA\"", "buys or sells the asset 'CRA'"),
      ("taint_in_asset", "\"asset\": [\"CAR\"]", "the asset is a list"),
    ])
  func unknownNames(measure: String, selector: String, words: String) throws {
    let report = try report(
      ledger(", \"expected\": [{\"measure\": \"\(measure)\", \(selector), \"expected\": \"0.00\"}]")
    )
    let error = report.examples.first?.results.first?.error
    #expect(error?.contains(words) == true, "\(error ?? "")")
    #expect(error?.hasPrefix("expected, \(measure): ") == true)
    #expect(!report.isAllEqual)
  }

  @Test("a name that is mentioned and holds nothing is 0; what is spent has the name DISSIPATED")
  func knownNames() throws {
    // First in, first out: the car takes 4 of T; the price comes back behind 1 T and 7 W.
    let report = try report(
      ledger(
        """
        , "expected": [{"measure": "taint_in_asset", "asset": "CAR", "expected": "0.00"},
         {"measure": "taint_in_account", "account": "B", "expected": "0.00"},
         {"measure": "class_in_account", "account": "A", "class": "BORROWED", "expected": "0.00"},
         {"measure": "taint_abroad", "account": "Lagos", "expected": "1.00"},
         {"measure": "class_dissipated", "account": "DISSIPATED", "class": "W", "expected": "0.50"}]
        """))
    #expect(report.examples.first?.error == nil)
    #expect(report.examples.first?.results.compactMap(\.error) == [])
    #expect(report.isAllEqual)
  }

  @Test(
    "a policy that is not known is shown as it was written",
    arguments: [
      ("{\"ponzi\": true}", "the policy ponzi 'true' is not known"),
      ("{\"backward_tracing\": 1}", "the policy backward_tracing '1' is not known"),
      ("{\"intraday\": [1]}", "the policy intraday 'a list' is not known"),
      ("[]", "the policy is a list"),
    ])
  func unknownPolicies(policy: String, words: String) throws {
    let report = try report(
      ledger(
        ", \"expected\": [{\"measure\": \"taint_dissipated\", \"expected\": \"0.00\"}]",
        policy: policy))
    #expect(report.examples.first?.error?.contains(words) == true, "\(report.examples)")
  }

  @Test("a file that is a list is told what is expected")
  func listFile() {
    for text in ["[]", "[1]"] {
      #expect {
        _ = try ExampleRunner.runExamples(Array(text.utf8))
      } throws: {
        "\($0)".contains("the file is a list, an object with 'examples' is expected")
      }
    }
  }
}
