// What is refused, and in which words.

import CaseModel
import Testing

@testable import Tracing

@Suite("Refusals")
struct RefusalTests {
  private let day = CivilDate(dayNumber: 19_800)
  private func ledger(
    _ movements: [Movement], opening: [OpeningLot] = [], opensOn: CivilDate? = nil
  )
    -> Ledger
  {
    Ledger(
      classes: [LedgerClass(SourceClassCode("W"), isTainted: false)],
      accounts: [
        LedgerAccount(name: "A", currency: RandomLedger.eur, opening: opening, opensOn: opensOn),
        LedgerAccount(name: "Y", currency: RandomLedger.yen),
      ],
      steps: movements.enumerated().map {
        LedgerStep(sequence: $0 + 1, date: day, movement: $1)
      })
  }
  private func reason(_ ledger: Ledger) throws -> TracingError.Reason? {
    let method = try TracingCatalogue.named("fifo")
    do {
      _ = try ledger.traced(by: method)
      return nil
    } catch { return error.reason }
  }

  @Test("a method that does not exist is refused with those that do")
  func unknownMethod() {
    #expect {
      _ = try TracingCatalogue.method(named: "clayton")
    } throws: { error in
      "\(error)".contains("no tracing method is called 'clayton'")
        && "\(error)".contains("fifo, haircut, libr")
    }
  }

  @Test("unknown names, negative amounts, missing rates and early steps are refused")
  func ledgersAreRefused() throws {
    #expect(
      try reason(ledger([.credit(to: "B", amount: 1, sourceClass: SourceClassCode("W"))]))
        == .unknownAccount("B"))
    #expect(
      try reason(ledger([.credit(to: "A", amount: 1, sourceClass: SourceClassCode("Q"))]))
        == .unknownClass("Q"))
    #expect(
      try reason(ledger([.fee(from: "A", amount: -1)])) == .negativeAmount("the amount"))
    #expect(
      try reason(ledger([], opening: [OpeningLot(SourceClassCode("W"), amount: -5)]))
        == .negativeAmount("an opening lot"))
    #expect(
      try reason(ledger([.transfer(from: "A", to: "Y", amount: 1, credited: nil)]))
        == .unknownRate(from: "EUR", to: "JPY"))
    #expect(
      try reason(ledger([.fee(from: "A", amount: 1)], opensOn: day.adding(days: 1)))
        == .entryBeforeOpening(opens: day.adding(days: 1)))
    #expect(
      try reason(ledger([.sale(asset: "X", to: "A", amount: 5)])) == .emptyAsset("X"))
    #expect(try reason(ledger([.reversal(of: 9, amount: 5)])) == .unknownReversedStep(9))
    let much = Movement.credit(to: "A", amount: .max, sourceClass: SourceClassCode("W"))
    #expect(try reason(ledger([much, much])) == .overflow)
    #expect(
      try reason(ledger([.fee(from: "A", amount: 2), .reversal(of: 1, amount: 3)]))
        == .reversalExceedsOriginal)
    #expect(
      try reason(
        ledger([
          .debit(from: "A", to: .asset("X"), amount: 2),
          .debit(from: "Y", to: .asset("X"), amount: 2), .sale(asset: "X", to: "A", amount: 3),
        ])) == .mixedCurrencies("asset 'X'"))
  }

  @Test("an error says where, what and what to do")
  func errorsHaveAPlace() throws {
    let error = TracingError(
      .unknownRate(from: "THB", to: "USD"), at: "step 3 (2024-09-04)",
      remedy: "state the amount credited")
    #expect(
      error.description
        == "step 3 (2024-09-04): THB became USD and no credited amount is stated — state the amount credited"
    )
  }

  @Test("one bad example does not hide the others")
  func badExampleAmongGood() throws {
    let text = """
      {"examples": [
        {"id": "X-1", "kind": "ledger", "method": "nothing", "currency": "USD", "classes": [],
         "accounts": [], "transactions": [], "expected": []},
        {"id": "X-2", "kind": "valuation", "rule": "victim_pro_rata", "currency": "JPY",
         "inputs": {"available": "10", "awards": {"V2": "7", "V1": "7"}},
         "expected": {"V2": "5", "V1": "5"}},
        {"id": "X-3", "kind": "valuation", "rule": "joint_benefit", "currency": "KWD",
         "inputs": {"joint_benefit": "1.000", "orders": {"D1": "0.500"},
                    "payments": [["D1", "0.750"]]},
         "expected": {"refund_due": "0.250", "D1_outstanding": "0.000", "D1_what": "1"}}
      ]}
      """
    let report = try ExampleRunner.runExamples(Array(text.utf8))
    #expect(report.examples.map(\.id) == ["X-1", "X-2", "X-3"])
    #expect(report.examples[0].error?.contains("no tracing method") == true)
    #expect(report.examples[1].results.allSatisfy { $0.matches == true })
    #expect(report.examples[2].results.map(\.matches) == [true, true, false])
    #expect(report.examples[2].results[2].error != nil)
  }

  @Test(
    "files that are no examples are refused whole",
    arguments: [
      "", "{", "[1,2", "{\"examples\": 3}", "{\"a\":1,\"a\":2}", "\u{0}", "nul",
      String(repeating: "[", count: 500),
    ])
  func malformed(text: String) {
    #expect(throws: TracingError.self) { try ExampleRunner.runExamples(Array(text.utf8)) }
  }
}
