import CaseModel
import Foundation
import Testing

@testable import Intake

struct InspectionTests {
  @Test("The answer of inspect has the promised keys, and sums beyond 64 bits as text")
  func json() throws {
    let profile = """
      delimiter: ","
      date-format: "%Y-%m-%d"
      decimal: "."
      account: DE89370400440532013000
      columns: {booking-date: d, amount: a, currency: c}
      """
    let result = Given.reading(
      "d,a,c\n2024-03-01,-92233720368547758.08,EUR\n2024-03-02,5.00,EUR\n2024-03-02,x,EUR\n",
      profile: profile)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    let data = try encoder.encode(Inspection(result))
    let object = try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
    for key in ["file", "format", "sha256", "bytes", "issues", "statements", "records"] {
      #expect(object[key] != nil, "\(key)")
    }
    let statement = try #require((object["statements"] as? [[String: Any]])?.first)
    for key in [
      "account", "currency", "opening", "closing", "transactions", "credit_count",
      "credit_sum_minor", "debit_count", "debit_sum_minor", "first_date", "last_date",
      "first_value_date", "last_value_date", "difference_minor", "status", "by_currency", "owner",
      "reference", "number", "not_booked",
    ] {
      #expect(statement[key] != nil, "\(key)")
    }
    #expect(statement["debit_sum_minor"] as? String == "9223372036854775808")
    #expect(statement["credit_sum_minor"] as? Int == 500)
    #expect(statement["opening"] is NSNull)
    let issue = try #require(
      (object["issues"] as? [[String: Any]])?.first { $0["code"] as? String == "E-AMOUNT" })
    #expect(Set(issue.keys) == ["severity", "code", "locator", "found", "expected", "text"])
    #expect(issue["locator"] as? String == "line 4")
  }

  @Test("Currencies are never added together")
  func currencies() throws {
    let profile = """
      delimiter: ","
      date-format: "%Y-%m-%d"
      decimal: "."
      account: DE89370400440532013000
      columns: {booking-date: d, amount: a, currency: c}
      """
    let result = Given.reading("d,a,c\n2024-03-01,1.00,EUR\n2024-03-02,5,JPY\n", profile: profile)
    let item = try #require(Inspection(result).statements.first)
    #expect(item.currency == nil && item.total == nil)
    #expect(item.byCurrency["EUR"]?.creditSumMinor == 100)
    #expect(item.byCurrency["JPY"]?.creditSumMinor == 5)
  }
}
