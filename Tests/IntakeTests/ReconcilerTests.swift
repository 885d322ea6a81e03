import CaseModel
import Testing

@testable import Intake

struct ReconcilerTests {
  static let euro = AmountTextTests.euro

  static func entry(_ minor: Int64, balance: Int64? = nil, _ currency: Currency = euro)
    -> StatementEntry
  {
    StatementEntry(
      locator: .line(1), amount: Money(minorUnits: minor, currency: currency),
      bookedOn: CivilDate("2024-03-01"),
      balanceAfter: balance.map { Money(minorUnits: $0, currency: currency) })
  }
  static func balance(_ minor: Int64, _ currency: Currency = euro) -> StatedBalance {
    StatedBalance(amount: Money(minorUnits: minor, currency: currency), date: nil)
  }

  @Test("Opening plus booked entries less closing is the difference, to the cent")
  func difference() {
    let entries = [Self.entry(30_050), Self.entry(-5000)]
    let good = Reconciler.compare(
      opening: Self.balance(100_000), closing: Self.balance(125_050), entries: entries)
    #expect(good.status == .reconciled)
    let bad = Reconciler.compare(
      opening: Self.balance(100_000), closing: Self.balance(125_051), entries: entries)
    #expect(bad.status == .unreconciled)
    #expect(bad.difference?.minorUnits == -1)
  }

  @Test("Pending entries do not enter a balance, and two currencies cannot be compared")
  func kinds() {
    var pending = Self.entry(99)
    pending.kind = .pending
    let result = Reconciler.compare(
      opening: Self.balance(0), closing: Self.balance(10), entries: [Self.entry(10), pending])
    #expect(result.status == .reconciled)
    let mixed = Reconciler.compare(
      opening: Self.balance(0), closing: Self.balance(10, AmountTextTests.yen), entries: [])
    #expect(mixed.status == .unreconciled && mixed.difference == nil)
  }

  @Test("A missing balance is incomplete, none at all is said so, sums beyond 64 bits do not trap")
  func missing() {
    #expect(
      Reconciler.compare(opening: Self.balance(1), closing: nil, entries: []).status == .incomplete)
    #expect(Reconciler.compare(opening: nil, closing: nil, entries: []).status == .noBalances)
    let huge = Reconciler.compare(
      opening: Self.balance(.max), closing: Self.balance(0), entries: [Self.entry(.max)])
    #expect(huge.status == .unreconciled && huge.difference == nil)
  }

  @Test("Running balances are followed oldest first and newest first, within one day by file order")
  func running() {
    let up = [
      Self.entry(100, balance: 100), Self.entry(50, balance: 150), Self.entry(-20, balance: 130),
    ]
    #expect(Reconciler.runningBalances(up)?.direction == .ascending)
    #expect(Reconciler.runningBalances(up)?.breaks == [])
    let down = Array(up.reversed())
    #expect(Reconciler.runningBalances(down)?.direction == .descending)
    #expect(Reconciler.runningBalances(down)?.breaks == [])
    var broken = up
    broken[2].balanceAfter = Money(minorUnits: 129, currency: Self.euro)
    #expect(Reconciler.runningBalances(broken)?.breaks == [2])
  }
}
