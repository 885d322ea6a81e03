// Worked examples of the same form that are not in the open set: other currencies, other counts of
// items, numbers without quotes, refusals that are asked for.

import Testing

@testable import Tracing

@Suite("Unseen worked examples")
struct UnseenExamplesTests {
  private func report(_ examples: String) throws -> ExampleReport {
    try ExampleRunner.runExamples(Array("{\"examples\": [\(examples)]}".utf8))
  }

  private func expectEqual(_ examples: String) throws {
    let report = try report(examples)
    for example in report.examples {
      #expect(example.error == nil)
      for result in example.results {
        #expect(
          result.matches == true,
          "\(result.selectors.map(\.value)) \(String(describing: result.value)) \(result.error ?? "")"
        )
      }
    }
    #expect(report.isAllEqual)
  }

  /// 0.00000003 of 0.00000007 is tainted; 2 units leave: 3×2/7 = 0.857, 4×2/7 = 1.143, so one each.
  @Test("units of eight and eighteen places, a policy that is missing, a class without a colour")
  func ledgerUnits() throws {
    try expectEqual(
      """
      {"id": "B", "kind": "ledger", "method": "haircut", "currency": "BTC",
       "classes": [{"id": "T", "tainted": true}, {"id": "W"}],
       "accounts": [{"id": "A"}, {"id": "E", "currency": "ETH", "opening_overdraft": null}],
       "transactions": [
        {"seq": "1", "date": "2024-01-01", "type": "credit", "to": "A", "amount": 0.00000003, "class": "T"},
        {"seq": 2, "date": "2024-01-02", "type": "credit", "to": "A", "amount": "0.00000004", "class": "W"},
        {"seq": 3, "date": "2024-01-03", "type": "transfer", "from": "A", "to": "E",
         "amount": "0.00000002", "credit_amount": "0.000000000000000005"}],
       "expected": [
        {"measure": "taint_in_account", "account": "A", "expected": "0.00000002"},
        {"measure": "balance", "account": "A", "expected": 0.00000005},
        {"measure": "class_in_account", "account": "E", "class": "T", "expected": "0.000000000000000003"},
        {"measure": "taint_in_account", "account": "E", "expected": "0.000000000000000003"},
        {"measure": "class_in_account", "account": "E", "class": "W", "expected": "0.000000000000000002"},
        {"measure": "taint_dissipated", "account": "E", "expected": "0.000000000000000000"}]}
      """)
  }

  @Test("an asset without taint is counted in the currency that paid for it")
  func cleanAsset() throws {
    try expectEqual(
      """
      {"id": "C", "kind": "ledger", "method": "fifo", "currency": "USD", "policy": null,
       "classes": [{"id": "W", "tainted": false}],
       "accounts": [{"id": "J", "currency": "JPY", "opening": [{"class": "W", "amount": 900}]},
        {"id": "U"}],
       "transactions": [{"seq": 1, "date": "2024-01-01", "type": "debit", "from": "J",
         "to": "asset:RING", "amount": "700"},
        {"seq": 2, "date": "2024-01-02", "type": "sale", "from": "asset:RING", "to": "U",
         "amount": "5.25", "fraction": "1/2"}],
       "expected": [{"measure": "taint_in_asset", "asset": "asset:RING", "expected": "0"},
        {"measure": "class_in_asset", "asset": "RING", "class": "W", "expected": "350"},
        {"measure": "class_in_asset", "class": "W", "expected": "350"},
        {"measure": "class_in_account", "account": "U", "class": "W", "expected": "5.25"}]}
      """)
  }

  @Test("amounts up to the last unit of 64 bits are traced, one more is refused as overflow")
  func limits() throws {
    func example(_ second: String, _ expected: String) -> String {
      """
      {"id": "L", "kind": "ledger", "method": "fifo", "currency": "JPY",
       "classes": [{"id": "T", "tainted": true}], "accounts": [{"id": "A"}, {"id": "B"}],
       "transactions": [
        {"seq": 1, "date": "2024-01-01", "type": "credit", "to": "A", "amount": "9223372036854775806", "class": "T"},
        {"seq": 2, "date": "2024-01-02", "type": "credit", "to": "A", "amount": "\(second)", "class": "T"},
        {"seq": 3, "date": "2024-01-03", "type": "debit", "from": "A", "to": "asset:X", "amount": "9223372036854775807"}],
        \(expected)}
      """
    }
    try expectEqual(
      example(
        "1",
        "\"expected\": [{\"measure\": \"taint_in_asset\", \"asset\": \"X\", \"expected\": \"9223372036854775807\"}]"
      ))
    try expectEqual(example("2", "\"expected_error\": \"overflow\""))
    try expectEqual(example("99999999999999999999", "\"expected_error\": \"overflow\""))
    try expectEqual(example("1.5", "\"expected_error\": \"malformed\""))
    try expectEqual(example("-1", "\"expected_error\": \"negative_amount\""))
    let notRefused = try report(example("1", "\"expected_error\": \"overflow\""))
    #expect(!notRefused.isAllEqual)
  }

  @Test("valuation rules take other counts and other currencies")
  func valuations() throws {
    try expectEqual(
      """
      {"id": "M1", "kind": "valuation", "rule": "mixed_purchase", "currency": "JPY",
       "inputs": {"price": 3, "tainted_contribution": 1, "value_now": "5"},
       "expected": {"share_percent": "33.33", "share": "2", "charge": "1", "elected": "2", "rise_share": "2"}},
      {"id": "M2", "kind": "valuation", "rule": "mixed_purchase", "currency": "KWD",
       "inputs": {"price": "2.000", "tainted_contribution": "1.000", "value_now": ["1.000", "4.000"]},
       "expected": {"fall_share": "0.500", "rise_share": "2.000", "elected_on_fall": "1.000"}},
      {"id": "M3", "kind": "valuation", "rule": "mixed_purchase", "currency": "USD",
       "inputs": {"price": "2.00", "tainted_contribution": "1.00", "value_now": ["1.00", "2.00", "3.00"]},
       "expected": {"share": ["0.50", "1.00", "1.50"], "3_charge": "1.00"}},
      {"id": "G", "kind": "valuation", "rule": "mortgaged_purchase", "currency": "USD",
       "inputs": {"value_now": "300.00", "mortgage_now": "100.00",
        "deposit": {"tainted": "30.00", "clean": "10.00"},
        "principal_paid": {"tainted": "20.00", "clean": "0.00"}, "interest_paid": {"tainted": "9.00"}},
       "expected": {"equity": "200.00", "tainted_share": "166.67", "charge": "50.00"}},
      {"id": "I", "kind": "valuation", "rule": "benefit_value_max", "currency": "JPY",
       "inputs": {"value_when_obtained": "101", "index_then": 100, "index_now": "150", "value_now": "99"},
       "expected": {"indexed": "152", "benefit_value": 152}},
      {"id": "E", "kind": "valuation", "rule": "equivalent_value", "currency": "USD",
       "inputs": {"benefit": "10.00", "traced_specific_property": {"CAR": "7.00", "FLAT": "5.00"},
        "compensation_paid": "1.00"},
       "expected": {"traced_total": "12.00", "shortfall_before_setoff": "-2.00", "value_order_after_setoff": "0.00"}},
      {"id": "S", "kind": "valuation", "rule": "benefit_cutset", "currency": "USD",
       "inputs": {"offender_set": ["A"], "flows": [["X", "A", "5.00", "obtaining"], ["X", "A", "2.00", "loan_back"],
        ["A", "Y", "9.00", "cost"]]},
       "expected": {"naive_inflows": "7.00", "gross": "5.00", "net_direct_cost": "0.00"}}
      """)
  }

  @Test("a report in which something differs or failed is not all equal")
  func notAllEqual() throws {
    let wrong = """
      {"id": "V", "kind": "valuation", "rule": "victim_pro_rata", "currency": "USD",
       "inputs": {"available": "1.00", "awards": {"V1": "1.00"}}, "expected": {"V1": "0.99"}}
      """
    let right = wrong.replacing("0.99", with: "1.00")
    #expect(try !report(wrong).isAllEqual)
    #expect(try report(right).isAllEqual)
    #expect(
      try !report(right + "," + right.replacing("victim_pro_rata", with: "no_rule")).isAllEqual)
    #expect(throws: TracingError.self) { try report("") }
  }
}
