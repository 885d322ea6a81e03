import CaseModel
import Detection
import TestSupport
import Testing
import TrailGraph

@Suite("One transfer is checked before it is booked")
struct LiveCheckTests {
  private func booked(_ notation: TrailNotation, _ limits: LiveLimits = LiveLimits()) throws
    -> LiveCheck
  {
    let trail = notation.trail
    var check = LiveCheck(limits, accountLimit: max(1, trail.accountCount))
    for edge in (0..<trail.edgeCount).sorted(by: {
      (trail.time[$0], $0) < (trail.time[$1], $1)
    }) {
      try check.book(
        StreamTransfer(
          source: trail.source[edge], destination: trail.destination[edge], time: trail.time[edge],
          amountMinor: trail.amountMinor[edge], currency: trail.currency[edge],
          entry: Int64(edge)))
    }
    return check
  }

  private func pending(
    _ notation: TrailNotation, _ from: String, _ to: String, _ day: String, _ minor: Int64
  ) throws -> StreamTransfer {
    StreamTransfer(
      source: Int32(try #require(notation.accounts.firstIndex(of: from))),
      destination: Int32(try #require(notation.accounts.firstIndex(of: to))),
      time: Int64(try #require(CivilDate(day)).dayNumber) * 86_400 + 40_000,
      amountMinor: minor, currency: 0, entry: -1)
  }

  @Test("the last hop of a circle is told, with the hops before it; a hop back is none")
  func circle() throws {
    let notation = try TrailNotation(
      """
      2024-05-01T09:00 a -> b 1000.00 EUR
      2024-05-03T09:00 b -> c 980.00 EUR
      2024-05-04T09:00 c -> d 100.00 EUR
      """)
    let check = try booked(notation)
    let closing = check.answer(try pending(notation, "c", "a", "2024-05-05", 95_000))
    #expect(closing.circles.map { $0.map(\.amountMinor) } == [[100_000, 98_000]])
    #expect(closing.truncations.isEmpty)
    // Too little of what came; too late; the way back of a payment.
    #expect(check.answer(try pending(notation, "c", "a", "2024-05-05", 50_000)).circles.isEmpty)
    #expect(check.answer(try pending(notation, "c", "a", "2024-07-05", 95_000)).circles.isEmpty)
    #expect(check.answer(try pending(notation, "b", "a", "2024-05-02", 100_000)).circles.isEmpty)
  }

  @Test("the payment that pushes out ÷ in over the limit is told, and only that one")
  func ratio() throws {
    let notation = try TrailNotation(
      (1...5).map { "2024-05-01T0\($0):00 p\($0) -> hub 200.00 EUR" }.joined(separator: "\n")
        + "\n2024-05-01T12:00 hub -> x 800.00 EUR\n2024-05-01T12:10 other -> hub 1.00 USD")
    let check = try booked(notation)
    let first = try #require(
      check.answer(try pending(notation, "hub", "x", "2024-05-02", 10_000)).payer)
    #expect(first.passesThrough && first.crossesLimit && first.receipts.count == 5)
    #expect((first.received, first.paid) == (100_000, 90_000))
    #expect(first.payments.count == 1 && !first.isTruncated)
    func payer(_ day: String, _ minor: Int64) throws -> LiveAnswer.Flow? {
      check.answer(try pending(notation, "hub", "x", day, minor)).payer
    }
    #expect(try payer("2024-05-02", 9_999)?.passesThrough == false)
    #expect(try payer("2024-05-09", 10_000)?.passesThrough == false)
  }

  @Test("FinBench RW2: received ÷ paid of either account, small movements left out")
  func finbench() throws {
    let notation = try TrailNotation(
      """
      2024-05-01T09:00 a -> b 300.00 EUR
      2024-05-01T09:10 z -> b 1.00 EUR
      2024-05-01T10:00 b -> c 100.00 EUR
      2024-05-01T11:00 d -> e 100.00 USD
      """)
    var limits = LiveLimits()
    limits.inOverOutMaxBasisPoints = 20_000
    limits.amountAboveMinor = 100
    let check = try booked(notation, limits)
    // b: 300 in, 100 + 49.99 out, just over two; with 50.00 it is two and not above.
    let over = check.answer(try pending(notation, "b", "d", "2024-05-02", 4_999))
    #expect(over.payer?.exceedsInOverOut == true && over.payee?.exceedsInOverOut == false)
    let even = check.answer(try pending(notation, "b", "d", "2024-05-02", 5_000))
    #expect(even.payer?.exceedsInOverOut == false)
    #expect(over.payer?.received == 30_000 && over.payer?.receipts.count == 1)
  }

  @Test("the payer that makes a fan is told, the next one is not, nor one who paid before")
  func fan() throws {
    let notation = try TrailNotation(
      (1...9).map { "2024-05-0\($0 % 5 + 1)T09:0\($0) p\($0) -> hub 20.00 EUR" }.sorted()
        .joined(separator: "\n") + "\n2024-05-06T09:00 x -> y 1.00 EUR")
    var check = try booked(notation)
    let tenth = try pending(notation, "x", "hub", "2024-05-06", 2_000)
    let fan = try #require(check.answer(tenth).fans.first)
    #expect(fan.counterparties == 10 && fan.crossesLimit && fan.transfers.count == 9)
    let again = try pending(notation, "p4", "hub", "2024-05-06", 2_000)
    #expect(check.answer(again).fans.first?.counterparties == 9)
    try check.book(tenth)
    let next = try pending(notation, "y", "hub", "2024-05-06", 2_000)
    #expect(check.answer(next).fans.first?.crossesLimit == false)
    #expect(check.answer(next).fans.first?.counterparties == 11)
  }

  @Test("a look that stops says so")
  func bounded() throws {
    let notation = try TrailNotation(
      """
      2024-05-01T09:00 a -> b 1000.00 EUR
      2024-05-03T09:00 b -> c 980.00 EUR
      2024-05-03T09:00 d -> c 980.00 EUR
      """)
    var limits = LiveLimits()
    (limits.visitLimit, limits.movementsMax) = (1, 1)
    let answer = try booked(notation, limits).answer(
      try pending(notation, "c", "a", "2024-05-04", 95_000))
    #expect(
      answer.truncations == [
        "cycle search stopped at 1 transfers looked at",
        "sums stopped at 1 movements of an account",
      ])
    let fans = try booked(notation, limits).answer(
      try pending(notation, "a", "c", "2024-05-04", 95_000))
    #expect(fans.truncations.last == "fans stopped at 1 movements of an account")
    #expect(fans.fans.first?.isTruncated == true && fans.fans.first?.crossesLimit == false)
  }

  @Test("what is earlier than what was booked, or of no account, is refused and not taken")
  func refused() throws {
    var check = LiveCheck(accountLimit: 2)
    func transfer(_ to: Int32, _ time: Int64) -> StreamTransfer {
      StreamTransfer(source: 0, destination: to, time: time, amountMinor: 1, currency: 0, entry: 7)
    }
    try check.book(transfer(1, 100))
    try check.book(transfer(1, 100))
    #expect(
      throws: StreamRefusal(.tooLate(time: 99, earliest: 100, slack: 0), row: 0, entry: 7)
    ) { try check.book(transfer(1, 99)) }
    #expect(throws: StreamRefusal(.unknownAccount(2, limit: 2), row: 0, entry: 7)) {
      try check.book(transfer(2, 101))
    }
    #expect(check.trail.count == 2)
  }
}
