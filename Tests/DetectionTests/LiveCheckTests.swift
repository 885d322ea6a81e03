import CaseModel
import Detection
import TestSupport
import Testing
import TrailGraph

@Suite("One transfer is checked before it is made")
struct LiveCheckTests {
  private func pending(
    _ notation: TrailNotation, _ from: String, _ to: String, _ day: String, _ minor: Int64
  ) throws -> PendingTransfer {
    PendingTransfer(
      source: Int32(try #require(notation.accounts.firstIndex(of: from))),
      destination: Int32(try #require(notation.accounts.firstIndex(of: to))),
      time: Int64(try #require(CivilDate(day)).dayNumber) * 86_400 + 40_000,
      amount: Money(minorUnits: minor, currency: euro))
  }

  @Test("the last hop of a circle is told, with the hops before it; a hop back is none")
  func circle() throws {
    let notation = try TrailNotation(
      """
      2024-05-01T09:00 a -> b 1000.00 EUR
      2024-05-03T09:00 b -> c 980.00 EUR
      2024-05-04T09:00 c -> d 100.00 EUR
      """)
    let check = LiveCheck(notation.trail)
    let closing = check.answer(try pending(notation, "c", "a", "2024-05-05", 95_000))
    #expect(closing.circles.count == 1)
    #expect(closing.circles.first?.map { notation.trail.source[$0] } == [0, 1])
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
    let check = LiveCheck(notation.trail)
    let first = check.answer(try pending(notation, "hub", "x", "2024-05-02", 10_000))
    #expect(first.passesThrough && first.crossesLimit && first.receipts == 5)
    #expect((first.received, first.paid) == (100_000, 90_000))
    #expect(!check.answer(try pending(notation, "hub", "x", "2024-05-02", 9_999)).passesThrough)
    #expect(!check.answer(try pending(notation, "hub", "x", "2024-05-09", 10_000)).passesThrough)
  }

  @Test("circles equal those found by trying every path", arguments: 0..<UInt64(400))
  func oracle(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    var columns = TransferColumns()
    let accounts = 5
    for entry in 0..<14 {
      columns.append(
        source: Int32(random.next() % UInt64(accounts)),
        destination: Int32(random.next() % UInt64(accounts)),
        time: Int64(random.next() % 40), amountMinor: Int64(80 + random.next() % 40), currency: 0,
        channel: 0, entry: Int64(entry))
    }
    let trail = Trail(
      columns: columns, names: Trail.Names(accountCount: accounts, currencies: [euro]))
    let transfer = PendingTransfer(
      source: 0, destination: 1, time: 30, amount: Money(minorUnits: 100, currency: euro))
    var found: Set<[Int]> = []
    func walk(_ path: [Int]) {
      let last = path.last.map { (trail.destination[$0], trail.time[$0], trail.amountMinor[$0]) }
      let (here, time, amount) = last ?? (1, .min, 0)
      if here == 0 {
        if path.count >= 2, time < 30, kept(amount, 100) { found.insert(path) }
        return
      }
      guard path.count < 5 else { return }
      for edge in 0..<trail.edgeCount where trail.source[edge] == here && trail.time[edge] > time {
        let to = trail.destination[edge]
        guard to != 1, !path.contains(where: { trail.source[$0] == to }), to != here,
          path.isEmpty || kept(amount, trail.amountMinor[edge])
        else { continue }
        walk(path + [edge])
      }
    }
    func kept(_ whole: Int64, _ part: Int64) -> Bool {
      part * 10_000 >= whole * 7_000 && part * 10_000 <= whole * 10_500
    }
    walk([])
    let answer = LiveCheck(trail).answer(transfer)
    #expect(Set(answer.circles) == found && answer.circles.count == found.count)
    #expect(answer.truncation == nil)
  }

  @Test("a search that stops says so")
  func bounded() throws {
    let notation = try TrailNotation(
      """
      2024-05-01T09:00 a -> b 1000.00 EUR
      2024-05-03T09:00 b -> c 980.00 EUR
      """)
    var check = LiveCheck(notation.trail)
    check.visitLimit = 1
    let answer = check.answer(try pending(notation, "c", "a", "2024-05-05", 95_000))
    #expect(answer.truncation == "circle search stopped at 1 edges looked at")
  }
}
