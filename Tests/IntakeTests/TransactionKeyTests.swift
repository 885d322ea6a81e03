import CaseModel
import Testing

@testable import Intake

struct TransactionKeyTests {
  static func keys(_ rows: [String], header: String = "date,amount,name,ref,id") -> [String] {
    let profile = """
      delimiter: ","
      date-format: "%Y-%m-%d"
      decimal: "."
      currency: EUR
      account: DE89370400440532013000
      columns: {booking-date: date, amount: amount, name: name, reference: ref, transaction-id: id}
      """
    let text = ([header] + rows).joined(separator: "\n") + "\n"
    return Given.reading(text, profile: profile).statements.flatMap(\.entries).map(\.transactionKey)
  }

  @Test("Keys are 64 hexadecimal digits and the same on a second reading")
  func stable() {
    let rows = ["2024-03-01,5.00,A,,", "2024-03-02,6.00,B,,X1"]
    let keys = Self.keys(rows)
    #expect(keys == Self.keys(rows))
    #expect(keys.allSatisfy { ContentHash(hex: $0) != nil })
  }

  @Test("Two identical rows of one file are two transactions, in another file the same two")
  func occurrences() {
    let row = "2024-03-01,5.00,A,,"
    let keys = Self.keys([row, row])
    #expect(Set(keys).count == 2)
    #expect(Self.keys([row, "2024-03-01,7.00,B,,", row]).filter { keys.contains($0) }.count == 2)
    #expect(Self.keys([row]) == [keys[0]])
  }

  @Test("A servicer's reference outlives a change in the words of the row")
  func servicerReference() {
    #expect(Self.keys(["2024-03-01,5.00,A,,X1"]) == Self.keys(["2024-03-01,5.00,Aa Ltd,,X1"]))
    #expect(Self.keys(["2024-03-01,5.00,A,,NONREF"]) != Self.keys(["2024-03-01,5.00,B,,NONREF"]))
  }

  @Test("A payment and its fee under one reference stay two transactions, whole or cut in two")
  func feeSharesReference() {
    let both = Self.keys(["2024-03-01,-5.00,A,,X1", "2024-03-01,-0.30,A,,X1"])
    #expect(Set(both).count == 2)
    #expect(Self.keys(["2024-03-01,-0.30,A,,X1"]) == [both[1]])
  }

  @Test("Padding and capitals in the text do not make another transaction")
  func normalised() {
    #expect(
      Self.keys(["2024-03-01,5.00,Example  Trading ,,"])
        == Self.keys(["2024-03-01,5.00,EXAMPLE TRADING,,"]))
  }
}
