// A queue of lots against a plain list that is searched and filtered every time.

import CaseModel
import Testing

@testable import Tracing

@Suite("Queues of lots")
struct LotQueueTests {
  /// The same by an ordinary list.
  private struct PlainList {
    var lots: [Lot] = []

    mutating func take(_ wanted: Int64, at places: [Int]) -> [Lot] {
      var left = wanted
      var taken: [Lot] = []
      for place in places where left > 0 {
        var piece = lots[place]
        piece.amount = min(piece.amount, left)
        lots[place].amount -= piece.amount
        left -= piece.amount
        taken.append(piece)
      }
      lots.removeAll { $0.amount == 0 }
      return taken
    }
  }

  private func text(_ lots: some Sequence<Lot>) -> [String] {
    lots.map { "\($0.amount) of \($0.sourceClass) by \($0.node)" }
  }

  @Test("taking the oldest, the newest and the newest of a class gives what a plain list gives")
  func agreesWithPlainList() {
    for seed in UInt64(0)..<60 {
      var random = SeededNumbers(seed: seed)
      var queue = LotQueue()
      var plain = PlainList()
      for node in Int32(0)..<600 {
        // Every lot has a movement of its own, so that none are joined.
        let lot = Lot(
          amount: .random(in: 1...9, using: &random),
          sourceClass: .random(in: 0..<3, using: &random), node: node)
        let wanted = Int64.random(in: 0...14, using: &random)
        var taken: [Lot] = []
        let expected: [Lot]
        switch Int.random(in: 0..<(seed % 2 == 0 ? 8 : 5), using: &random) {
        case 0:
          _ = queue.takeOldest(wanted, into: &taken)
          expected = plain.take(wanted, at: Array(plain.lots.indices))
        case 1:
          _ = queue.takeNewest(wanted, into: &taken)
          expected = plain.take(wanted, at: plain.lots.indices.reversed())
        case 2:
          let units = queue.takeNewest(wanted, of: lot.sourceClass, into: &taken)
          #expect(units == taken.reduce(0) { $0 + $1.amount })
          expected = plain.take(
            wanted,
            at: plain.lots.indices.reversed().filter {
              plain.lots[$0].sourceClass == lot.sourceClass
            })
        case 3 where seed % 5 == 0 && node % 40 == 0:
          queue.reclassify { ($0 + 1) % 3 }
          for place in plain.lots.indices {
            plain.lots[place].sourceClass = (plain.lots[place].sourceClass + 1) % 3
          }
          expected = []
        default:
          queue.append(lot)
          plain.lots.append(lot)
          expected = []
        }
        #expect(text(taken) == text(expected), "seed \(seed)")
        #expect(text(queue.live) == text(plain.lots), "seed \(seed)")
        #expect(queue.isEmpty == plain.lots.isEmpty, "seed \(seed)")
      }
    }
  }

  @Test("lots of one class and one movement are one lot; of two movements they stay two")
  func joined() {
    var queue = LotQueue()
    queue.append(Lot(amount: 3, sourceClass: 1, node: -1))
    queue.append(Lot(amount: 4, sourceClass: 1, node: -1))
    queue.append(Lot(amount: 5, sourceClass: 1, node: 7))
    #expect(text(queue.live) == ["7 of 1 by -1", "5 of 1 by 7"])
  }
}

@Suite("The engine as a value")
struct EngineValueTests {
  @Test(
    "steps handed over one by one give what a run gives, and a copy goes on by itself",
    arguments: TracingCatalogue.all.map(\.name))
  func stepByStep(method name: String) throws {
    let method = try TracingCatalogue.named(name)
    for seed in UInt64(0)..<10 {
      let ledger = RandomLedger.full(seed: seed, steps: 60, most: 500)
      var whole = try TracingEngine(
        ledger, method: method, policy: TracingPolicy(), recordsPaths: false)
      var single = whole
      try single.open()
      var halfway = single
      for (index, step) in single.order.enumerated() {
        if index == single.order.count / 2 { halfway = single }
        try single.take(step)
      }
      single.checkWhole()
      try whole.run()
      #expect(single.outcome == whole.outcome, "seed \(seed)")
      let before = halfway.outcome
      for step in halfway.order.suffix(halfway.order.count - halfway.order.count / 2) {
        try halfway.take(step)
      }
      #expect(before != whole.outcome, "seed \(seed)")
      #expect(halfway.outcome == whole.outcome, "seed \(seed)")
    }
  }

  @Test("a step that is not in the ledger is refused")
  func foreignStep() throws {
    let ledger = RandomLedger.plain(seed: 1, steps: 5, most: 10)
    var engine = try TracingEngine(
      ledger, method: TracingCatalogue.named("fifo"), policy: TracingPolicy(), recordsPaths: false)
    let day = try #require(CivilDate("2030-01-02"))
    let step = LedgerStep(sequence: 99, date: day, movement: .fee(from: "A", amount: 1))
    let refusal = #expect(throws: TracingError.self) { try engine.take(step) }
    #expect(refusal?.place == "step 99 (2030-01-02)")
  }

  @Test("a ledger prepared once gives what the ledger gives, method by method")
  func prepared() throws {
    for seed in UInt64(0)..<10 {
      var ledger = RandomLedger.full(seed: seed, steps: 60, most: 500)
      if seed % 2 == 0 { ledger.steps.reverse() }
      let prepared = try ledger.prepared()
      for method in TracingCatalogue.all {
        for order in SameDayOrder.allCases {
          let policy = TracingPolicy(sameDayOrder: order, backwardTracing: seed % 3 == 0)
          #expect(
            try prepared.traced(by: method, under: policy)
              == ledger.traced(by: method, under: policy), "seed \(seed)")
        }
      }
    }
  }

  @Test("sequences need not follow the days")
  func sequencesOutOfOrder() throws {
    let ledger = RandomLedger.plain(seed: 3, steps: 60, most: 20)
    var renumbered = ledger
    // Later days get lower numbers; inside a day the order stays.
    renumbered.steps = ledger.steps.map {
      LedgerStep(
        sequence: $0.sequence - 1_000 * Int($0.date.dayNumber), date: $0.date, movement: $0.movement
      )
    }
    let method = try TracingCatalogue.named("fifo")
    #expect(try renumbered.traced(by: method) == ledger.traced(by: method))
    var engine = try TracingEngine(
      renumbered, method: method, policy: TracingPolicy(), recordsPaths: false)
    try engine.open()
    for step in renumbered.steps.sorted(by: { ($0.date, $0.sequence) < ($1.date, $1.sequence) }) {
      try engine.take(step)
    }
    #expect(try engine.outcome == ledger.traced(by: method))
  }
}
