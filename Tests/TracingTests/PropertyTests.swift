// What holds for every ledger: nothing is created or lost, and the slow way gives the same.

import CaseModel
import Testing

@testable import Tracing

@Suite("Properties over seeded random ledgers")
struct PropertyTests {
  private func table(_ outcome: LedgerOutcome) -> [String: Int] {
    var table: [String: Int] = [:]
    for row in outcome.rows {
      let place =
        switch row.place {
        case .account(let name): name
        case .asset(let name): "asset \(name)"
        case .dissipated: "dissipated"
        case .debtDischarge: "debt"
        default: "other"
        }
      table["\(place) \(row.sourceClass)", default: 0] += Int(row.amount.minorUnits)
    }
    return table
  }

  @Test("moving money unit by unit gives the same places", arguments: UnitOracle.Rule.allCases)
  func oracleAgrees(rule: UnitOracle.Rule) throws {
    let method = try TracingCatalogue.named(rule.rawValue)
    for seed in UInt64(0)..<80 {
      let ledger = RandomLedger.plain(seed: seed, steps: 40, most: 12)
      for backward in [false, true] {
        let outcome = try ledger.traced(
          by: method, under: TracingPolicy(backwardTracing: backward))
        let oracle = UnitOracle(ledger, rule: rule, backward: backward)
        #expect(table(outcome) == oracle.table, "seed \(seed)")
      }
    }
  }

  /// The engine stops the program at the first unit made or lost, so that it returns is the test;
  /// the balances are counted again here from the booked amounts.
  @Test(
    "no method makes or loses a unit, whatever the steps",
    arguments: TracingCatalogue.all.map(\.name))
  func conserved(method name: String) throws {
    let method = try TracingCatalogue.named(name)
    for seed in UInt64(0)..<40 {
      let ledger = RandomLedger.full(seed: seed, steps: 60, most: 1_000)
      for order in SameDayOrder.allCases {
        var engine = try TracingEngine(
          ledger, method: method,
          policy: TracingPolicy(sameDayOrder: order, backwardTracing: seed % 2 == 0),
          recordsPaths: seed % 3 == 0)
        try engine.run()
        engine.checkWhole()
        for balance in engine.outcome.balances {
          let held = engine.outcome.rows.filter { $0.place == .account(balance.account) }
            .map(\.amount).sum(in: balance.closing.currency)
          #expect(balance.closing.isNegative ? held.isZero : held == balance.closing)
          #expect(balance.lowest <= balance.closing, "seed \(seed)")
        }
      }
    }
  }

  @Test("recording the path changes no figure", arguments: TracingCatalogue.all.map(\.name))
  func pathChangesNothing(method name: String) throws {
    let method = try TracingCatalogue.named(name)
    for seed in UInt64(0)..<25 {
      let ledger = RandomLedger.full(seed: seed, steps: 60, most: 500)
      var silent = try TracingEngine(
        ledger, method: method, policy: TracingPolicy(), recordsPaths: false)
      var recording = try TracingEngine(
        ledger, method: method, policy: TracingPolicy(), recordsPaths: true)
      try silent.run()
      try recording.run()
      #expect(silent.outcome == recording.outcome, "seed \(seed)")
    }
  }

  @Test("the order in which steps are handed over decides nothing")
  func handOverOrderIsFree() throws {
    for seed in UInt64(0)..<10 {
      let ledger = RandomLedger.full(seed: seed, steps: 50, most: 300)
      var shuffled = ledger
      var random = SeededNumbers(seed: seed)
      shuffled.steps.shuffle(using: &random)
      #expect(shuffled.ledgerHash == ledger.ledgerHash)
      for method in TracingCatalogue.all {
        #expect(try shuffled.traced(by: method) == ledger.traced(by: method), "seed \(seed)")
      }
    }
  }

  @Test("under libr the claim on an account never exceeds its lowest balance since it was mixed")
  func lowestBalanceHolds() throws {
    let method = try TracingCatalogue.named("libr")
    for seed in UInt64(0)..<200 {
      // One tainted receipt on one account, then ordinary life.
      var random = SeededNumbers(seed: seed)
      var movements: [Movement] = [
        .credit(to: "A", amount: 500, sourceClass: SourceClassCode("T"))
      ]
      for _ in 0..<30 {
        let amount = Int64.random(in: 1...300, using: &random)
        movements.append(
          Bool.random(using: &random)
            ? .credit(to: "A", amount: amount, sourceClass: SourceClassCode("W"))
            : .debit(from: "A", to: .dissipated, amount: amount))
      }
      let ledger = Ledger(
        classes: [
          LedgerClass(SourceClassCode("W"), isTainted: false),
          LedgerClass(SourceClassCode("T"), isTainted: true),
        ], accounts: [LedgerAccount(name: "A", currency: RandomLedger.eur)],
        steps: movements.enumerated().map {
          LedgerStep(sequence: $0, date: CivilDate(dayNumber: 19_700 + Int32($0)), movement: $1)
        })
      let outcome = try ledger.traced(by: method)
      let taint = outcome.rows.filter { $0.isTainted && $0.place == .account("A") }
        .map(\.amount.minorUnits).reduce(0, +)
      // With one receipt before everything else, libr gives exactly the lowest balance, or nothing.
      #expect(taint == max(0, outcome.balances[0].lowest.minorUnits), "seed \(seed)")
    }
  }

  @Test("parts of a pro rata debit sum to the debit, and no class pays more than it has")
  func proRataParts() throws {
    let method = try TracingCatalogue.named("rolling_pro_rata")
    for seed in UInt64(0)..<100 {
      let ledger = RandomLedger.plain(seed: seed, steps: 60, most: 7)
      let outcome = try ledger.traced(by: method)
      let paid = ledger.steps.reduce(Int64(0)) { sum, step in
        if case .debit(_, _, let amount, _) = step.movement { sum + amount } else { sum }
      }
      let out = outcome.rows.reduce(Int64(0)) { sum, row in
        switch row.place {
        case .dissipated, .asset: sum + row.amount.minorUnits
        default: sum
        }
      }
      #expect(out == paid, "seed \(seed)")
    }
  }

  @Test(
    "accounts that no money joins do not feel each other's order",
    arguments: TracingCatalogue.all.map(\.name))
  func unrelatedAccountsAreApart(method name: String) throws {
    let method = try TracingCatalogue.named(name)
    for seed in UInt64(0)..<20 {
      let one = RandomLedger.plain(seed: seed, steps: 30, most: 90)
      let two = RandomLedger.plain(seed: seed + 1_000, steps: 30, most: 90).apart
      // The second ledger's steps before, after or between those of the first, on the same days.
      let together = [(0, 1), (1, 0), (0, 500)].map { first, second in
        Ledger(
          classes: one.classes + two.classes, accounts: one.accounts + two.accounts,
          steps: one.steps.map { $0.numbered($0.sequence * 2 + first) }
            + two.steps.map { $0.numbered($0.sequence * 2 + second) })
      }
      let alone = try table(one.traced(by: method))
      for ledger in together {
        let outcome = try ledger.traced(by: method)
        let own = LedgerOutcome(
          rows: outcome.rows.filter { !$0.sourceClass.text.hasSuffix("'") && !$0.isApart },
          balances: [], contributionShares: [])
        #expect(table(own) == alone, "seed \(seed)")
      }
    }
  }
}

extension Ledger {
  /// The same ledger under other names, so that it shares nothing with another one.
  fileprivate var apart: Ledger {
    func other(_ code: SourceClassCode) -> SourceClassCode { SourceClassCode(code.text + "'") }
    return Ledger(
      classes: classes.map { LedgerClass(other($0.code), isTainted: $0.isTainted) },
      accounts: accounts.map {
        LedgerAccount(
          name: $0.name + "'", currency: $0.currency,
          opening: $0.opening.map { OpeningLot(other($0.sourceClass), amount: $0.amount) },
          openingDebt: $0.openingDebt)
      },
      steps: steps.map { step in
        let movement: Movement =
          switch step.movement {
          case .credit(let to, let amount, let code, let restores):
            .credit(to: to + "'", amount: amount, sourceClass: other(code), restores: restores)
          case .debit(let from, .asset(let name), let amount, let isCoordinated):
            .debit(
              from: from + "'", to: .asset(name + "'"), amount: amount,
              isCoordinated: isCoordinated)
          case .debit(let from, let to, let amount, let isCoordinated):
            .debit(from: from + "'", to: to, amount: amount, isCoordinated: isCoordinated)
          case .transfer(let from, let to, let amount, let credited, _):
            .transfer(from: from + "'", to: to + "'", amount: amount, credited: credited)
          default: preconditionFailure("a plain ledger has no other steps")
          }
        return LedgerStep(sequence: step.sequence, date: step.date, movement: movement)
      })
  }
}

extension LedgerStep {
  fileprivate func numbered(_ sequence: Int) -> LedgerStep {
    LedgerStep(sequence: sequence, date: date, movement: movement, sources: sources, phase: phase)
  }
}

extension LedgerOutcome.Row {
  /// Of the second ledger, by the name of its place.
  fileprivate var isApart: Bool {
    switch place {
    case .account(let name), .asset(let name), .debtDischarge(of: let name),
      .dissipated(from: let name):
      name.hasSuffix("'")
    default: false
    }
  }
}
