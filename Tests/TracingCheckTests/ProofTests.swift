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
