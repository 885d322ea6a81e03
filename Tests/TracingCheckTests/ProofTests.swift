// Proofs: a good one passes, and each thing that can be wrong is found.

import Foundation
import Testing

@testable import TracingCheck

@Suite("Proofs")
struct ProofTests {
  /// 60.00 of T, then 40.00 of W; 80.00 buys a car out of a second account. First in, first out.
  static let proof = """
    {"schema": "moneytrail-proof/1", "method": "fifo",
     "policy": {"intraday": "bank_sequence", "backward_tracing": false, "reversal": "void_pair",
      "replenish_intent": false, "poison_clears_at_zero": false},
     "currencies": {"EUR": 2},
     "classes": [{"id": "T", "tainted": true}, {"id": "W", "tainted": false}],
     "accounts": [
      {"name": "A1", "currency": "EUR", "opening": [], "opening_debt": "0.00", "opens_on": null},
      {"name": "A2", "currency": "EUR", "opening": [{"class": "W", "amount": "5.00", "sources": []}],
       "opening_debt": "0.00", "opens_on": "2024-01-01"}],
     "steps": [
      {"seq": 1, "date": "2024-03-01", "phase": 1, "kind": "credit", "to": "A1", "amount": "60.00",
       "class": "T", "sources": []},
      {"seq": 2, "date": "2024-03-02", "phase": 1, "kind": "credit", "to": "A1", "amount": "40.00",
       "class": "W", "sources": []},
      {"seq": 3, "date": "2024-03-03", "phase": 1, "kind": "transfer", "from": "A1", "to": "A2",
       "amount": "75.00", "credited": null, "sources": []},
      {"seq": 4, "date": "2024-03-04", "phase": 1, "kind": "debit", "from": "A2", "to": "CAR",
       "destination": "asset", "amount": "80.00", "coordinated": false, "sources": []}],
     "results": [
      {"place": "account:A1", "class": "W", "tainted": false, "amount": "25.00", "currency": "EUR"},
      {"place": "asset:CAR", "class": "T", "tainted": true, "amount": "60.00", "currency": "EUR"},
      {"place": "asset:CAR", "class": "W", "tainted": false, "amount": "20.00", "currency": "EUR"}],
     "chains": [{"place": "asset:CAR", "class": "T", "amount": "60.00", "currency": "EUR",
      "links": [
       {"seq": 1, "from": "received as T", "to": "A1", "amount": "60.00", "currency": "EUR"},
       {"seq": 3, "from": "A1", "to": "A2", "amount": "60.00", "currency": "EUR"},
       {"seq": 4, "from": "A2", "to": "asset CAR", "amount": "60.00", "currency": "EUR"}]}]}
    """

  private func report(_ text: String) throws -> CheckReport {
    try CheckReport.of(try JSON(reading: Array(text.utf8)))
  }

  @Test("a proof that says what its ledger gives passes")
  func goodProof() throws {
    let report = try report(Self.proof)
    #expect(report.differences == [])
    // Three rows, one chain, one sum of chains.
    #expect(report.figures == 5)
    #expect(report.isEqual)
    #expect(report.notChecked.first?.contains("ledger_sha256") == true)
    #expect(report.json.contains("\"not_checked\":[\"the hash"))
  }

  @Test("a chain that has another colour than its row is found out; one that has the same passes")
  func chainColour() throws {
    func stated(_ flag: String) throws -> CheckReport {
      try report(
        Self.proof.replacingOccurrences(
          of: "\"chains\": [{\"place\": \"asset:CAR\",",
          with: "\"chains\": [{\"place\": \"asset:CAR\", \"tainted\": \(flag),"))
    }
    #expect(try stated("true").isEqual)
    #expect(
      try stated("false").differences == [
        "chain to asset:CAR, class T: is called clean, its row is tainted"
      ])
  }

  @Test("under poison a clean class may be tainted, and its chain then says so")
  func poisonedChain() throws {
    func proof(_ flag: String) -> String {
      """
      {"schema": "moneytrail-proof/1", "method": "poison", "currencies": {"EUR": 2},
       "classes": [{"id": "T", "tainted": true}, {"id": "W", "tainted": false}],
       "accounts": [{"name": "A1", "currency": "EUR"}],
       "steps": [
        {"seq": 1, "date": "2024-03-01", "kind": "credit", "to": "A1", "amount": "2.00", "class": "T"},
        {"seq": 2, "date": "2024-03-02", "kind": "credit", "to": "A1", "amount": "3.00", "class": "W"}],
       "results": [
        {"place": "account:A1", "class": "T", "tainted": true, "amount": "2.00", "currency": "EUR"},
        {"place": "account:A1", "class": "W", "tainted": true, "amount": "3.00", "currency": "EUR"}],
       "chains": [
        {"place": "account:A1", "class": "T", "tainted": true, "amount": "2.00", "currency": "EUR",
         "links": [{"seq": 1, "from": "received as T", "to": "A1", "amount": "2.00", "currency": "EUR"}]},
        {"place": "account:A1", "class": "W", "tainted": \(flag), "amount": "3.00", "currency": "EUR",
         "links": [{"seq": 2, "from": "received as W", "to": "A1", "amount": "3.00", "currency": "EUR"}]}]}
      """
    }
    #expect(try report(proof("true")).differences == [])
    #expect(
      try report(proof("false")).differences == [
        "chain to account:A1, class W: is called clean, its row is tainted"
      ])
  }

  @Test(
    "days that do not exist and policies that are not known are refused",
    arguments: [
      ("2024-03-03", "2024-02-30", "step 3: '2024-02-30' is a day that does not exist"),
      ("2024-03-03", "2023-02-29", "'2023-02-29' is a day that does not exist"),
      ("2024-03-03", "2024-04-31", "'2024-04-31' is a day that does not exist"),
      ("2024-03-03", "2024-13-01", "'2024-13-01' is not a day"),
      ("2024-03-03", "2024-3-03", "'2024-3-03' is not a day"),
      ("\"opens_on\": \"2024-01-01\"", "\"opens_on\": \"2024-01-32\"", "A2: '2024-01-32' is a day"),
      ("\"replenish_intent\"", "\"ponzi\"", "policy: no policy is called 'ponzi' — use one of"),
      ("\"backward_tracing\": false", "\"backward_tracing\": \"no\"", "backward_tracing is \"no\""),
      ("\"void_pair\"", "true", "no reversal is called 'true'"),
    ])
  func refusedForm(_ old: String, _ new: String, _ words: String) {
    let text = Self.proof.replacingOccurrences(of: old, with: new)
    #expect(text != Self.proof)
    #expect {
      _ = try report(text)
    } throws: {
      "\($0)".contains(words)
    }
  }

  @Test("29 February of a leap year is a day")
  func leapDay() throws {
    let text = Self.proof.replacingOccurrences(of: "2024-03-01", with: "2024-02-29")
    #expect(try report(text).isEqual)
  }

  @Test(
    "a proof that says anything else is found out",
    arguments: [
      (
        "\"tainted\": true, \"amount\": \"60.00\"", "\"tainted\": true, \"amount\": \"61.00\"",
        "asset:CAR, tainted class T: stated as 61.00 EUR, computed as 60.00 EUR"
      ),
      (
        "{\"place\": \"account:A1\", \"class\": \"W\"",
        "{\"place\": \"account:A2\", \"class\": \"W\"",
        "account:A1, clean class W: computed as 25.00 EUR, not in the file"
      ),
      (
        "\"seq\": 3, \"from\": \"A1\", \"to\": \"A2\"",
        "\"seq\": 9, \"from\": \"A1\", \"to\": \"A2\"",
        "names step 9, which the ledger has not"
      ),
      (
        "\"seq\": 3, \"from\": \"A1\", \"to\": \"A2\"",
        "\"seq\": 3, \"from\": \"A1\", \"to\": \"B\"",
        "step 4 leaves from A2, not from B"
      ),
      (
        "\"seq\": 3, \"from\": \"A1\"", "\"seq\": 4, \"from\": \"A1\"",
        "step 4 is not booked on A1"
      ),
      (
        "\"amount\": \"60.00\", \"currency\": \"EUR\",\n  \"links\"",
        "\"amount\": \"59.00\", \"currency\": \"EUR\",\n  \"links\"",
        "its chains sum to 59.00 of 60.00 EUR"
      ),
      (
        "\"to\": \"A2\", \"amount\": \"60.00\"", "\"to\": \"A2\", \"amount\": \"60.01\"",
        "step 3 carries more of the class than it moved"
      ),
      ("\"class\": \"T\", \"sources\"", "\"class\": \"W\", \"sources\"", "computed as nothing"),
      ("\"method\": \"fifo\"", "\"method\": \"lifo\"", "computed as 35.00 EUR"),
    ])
  func badProof(_ old: String, _ new: String, _ words: String) throws {
    let text = Self.proof.replacingOccurrences(of: old, with: new)
    #expect(text != Self.proof)
    let report = try report(text)
    #expect(!report.isEqual)
    #expect(
      report.differences.contains { $0.contains(words) }, "\(report.differences)")
  }

  @Test("a proof that cannot be traced is refused with its place")
  func refusedProof() {
    let text = Self.proof.replacingOccurrences(of: "2024-03-03", with: "2023-12-31")
    #expect {
      _ = try report(text)
    } throws: { error in
      "\(error)".contains("step 3 (2023-12-31): the step lies before the account's opening")
    }
  }
}
