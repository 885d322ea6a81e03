import CaseModel
import Testing

@testable import Intake

struct StatementChainTests {
  static func item(
    _ file: String, _ number: String, _ opening: Int64, _ closing: Int64, _ from: String,
    _ to: String
  ) -> StatementChain.Item {
    let euro = AmountTextTests.euro
    func balance(_ minor: Int64, _ day: String) -> StatedBalance {
      StatedBalance(amount: Money(minorUnits: minor, currency: euro), date: CivilDate(day))
    }
    return StatementChain.Item(
      file: file,
      statement: Statement(
        accountText: "1", accountKey: AccountKey("stated:bank/1"), currency: euro, number: number,
        opening: balance(opening, from), closing: balance(closing, to), locator: .line(1),
        status: .reconciled))
  }

  @Test("A missing statement is named by its number and by the jump of the balance")
  func gap() throws {
    let march = Self.item("a", "65/1", 100_000, 125_050, "2024-03-01", "2024-03-05")
    let later = Self.item("b", "67/1", 90_000, 115_050, "2024-03-07", "2024-03-08")
    let issue = try #require(StatementChain.issues(in: [later, march]).first)
    #expect(issue.code == "W-GAP" && issue.file == "b")
    #expect(
      issue.found
        == "missing number 66; closing 1250.50 EUR in a, then opening 900.00 EUR, a jump of -350.50 EUR, 2024-03-05 to 2024-03-07"
    )
  }

  @Test("Statements that follow on each other, and copies, raise nothing")
  func whole() {
    let march = Self.item("a", "65/1", 100, 200, "2024-03-01", "2024-03-05")
    let next = Self.item("b", "66/1", 200, 300, "2024-03-06", "2024-03-08")
    #expect(StatementChain.issues(in: [next, march]).isEmpty)
    #expect(StatementChain.issues(in: [march, march, next]).isEmpty)
  }
}
