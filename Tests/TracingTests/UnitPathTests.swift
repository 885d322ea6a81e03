// Every unit has one way: from its receipt, along its steps, to one place.

import CaseModel
import Testing

@testable import Tracing

@Suite("Paths of units over seeded random ledgers")
struct UnitPathTests {
  private func finished(
    _ ledger: Ledger, _ method: String, backward: Bool = false
  ) throws -> TracingEngine {
    var engine = try TracingEngine(
      ledger, method: try TracingCatalogue.named(method),
      policy: TracingPolicy(backwardTracing: backward), recordsPaths: true)
    try engine.run()
    return engine
  }

  /// A case around a ledger made by hand, with lines to cite.
  static func caseLedger(_ ledger: Ledger) throws -> CaseLedger {
    var ledger = ledger
    ledger.steps = try ledger.steps.map {
      LedgerStep(
        sequence: $0.sequence, date: $0.date, movement: $0.movement,
        sources: [try SmallCase.source("PX-001", $0.sequence)], phase: $0.phase)
    }
    ledger.accounts = try ledger.accounts.map { account in
      LedgerAccount(
        name: account.name, currency: account.currency,
        opening: try account.opening.map {
          OpeningLot(
            $0.sourceClass, amount: $0.amount, sources: [try SmallCase.source("PX-001", 0)])
        }, openingDebt: account.openingDebt, opensOn: account.opensOn)
    }
    return CaseLedger(
      ledger: ledger, accounts: ledger.accounts.indices.map { AccountID(Int64($0 + 1)) },
      cashPools: [], uncertain: [], limits: [], openings: [],
      closesOn: CivilDate(dayNumber: 20_000), caseFile: try SmallCase().file)
  }

  @Test(
    "forwards to all places and back again returns each receipt to the unit",
    arguments: TracingCatalogue.all.map(\.name))
  func forwardsAndBack(method: String) throws {
    for seed in UInt64(0)..<40 {
      let ledger = RandomLedger.full(seed: seed, steps: 60, most: 1_000)
      let engine = try finished(ledger, method, backward: seed % 2 == 0)
      let stocks = engine.stocks(
        in: try Self.caseLedger(ledger), sharingByContribution: false)
      var paths = UnitPaths(engine.provenance)
      var back: [Int32: Int64] = [:]
      for stock in stocks {
        for part in paths.behind(stock.lots).parts where engine.isReceipt(part.node) {
          back[part.node, default: 0] += part.amount
        }
      }
      // A piece for which no whole unit arrived ends in the conversion.
      let parents = Set(engine.provenance.nodes.map(\.parent))
      for (index, node) in engine.provenance.nodes.enumerated()
      where node.kind == .left && !parents.contains(Int32(index)) {
        let lost = UnitPaths.Part(node: Int32(index), amount: node.amount)
        for part in paths.behind([lost]).parts where engine.isReceipt(part.node) {
          back[part.node, default: 0] += part.amount
        }
      }
      for (index, node) in engine.provenance.nodes.enumerated()
      where node.kind != .basis && engine.isReceipt(Int32(index)) {
        // What an overdraft paid is no receipt: it ends with the debt, not at a place.
        guard engine.classes.base[Int(node.sourceClass)] != engine.classes.borrowed else {
          continue
        }
        #expect(back[Int32(index), default: 0] == node.amount, "seed \(seed), node \(index)")
      }
    }
  }

  @Test(
    "in one currency the receipts behind a claim sum to the claim",
    arguments: TracingCatalogue.all.map(\.name))
  func receiptsSumToTheClaim(method: String) throws {
    for seed in UInt64(0)..<40 {
      let ledger = RandomLedger.plain(seed: seed, steps: 60, most: 40)
      let caseLedger = try Self.caseLedger(ledger)
      let engine = try finished(ledger, method)
      var paths = UnitPaths(engine.provenance)
      for stock in engine.stocks(in: caseLedger, sharingByContribution: false) {
        let parts = paths.behind(stock.lots).parts
        let sum = parts.filter { engine.isReceipt($0.node) }.reduce(0) { $0 + $1.amount }
        #expect(sum == stock.amount.minorUnits, "seed \(seed), \(stock.title)")
        for part in parts {
          #expect(part.amount <= engine.provenance.nodes[Int(part.node)].amount, "seed \(seed)")
        }
      }
    }
  }

  @Test(
    "the steps of a claim show its part, never more than moved",
    arguments: TracingCatalogue.all.map(\.name).filter { $0 != "pari_passu" })
  func stepsShowParts(method: String) throws {
    for seed in UInt64(0)..<20 {
      let run = try Self.caseLedger(RandomLedger.full(seed: seed, steps: 60, most: 1_000))
        .trace(method: method)
      for claim in run.claims {
        #expect(claim.steps.allSatisfy { $0.amount <= $0.moved }, "seed \(seed)")
        #expect(claim.steps.allSatisfy { !$0.amount.isZero }, "seed \(seed)")
      }
    }
  }

  @Test(
    "what a seed became sums to the seed, by every method",
    arguments: TracingCatalogue.all.map(\.name))
  func seedIsWhole(method: String) throws {
    for seed in UInt64(0)..<30 {
      let plain = try Self.caseLedger(RandomLedger.plain(seed: seed, steps: 60, most: 40))
      guard
        let receipt = plain.ledger.steps.first(where: {
          if case .credit = $0.movement { true } else { false }
        })
      else { continue }
      let code = SourceClassCode("seed")
      let seeded = try plain.seeded([receipt.sequence], as: code)
      let engine = try finished(seeded.ledger, method)
      let found = engine.stocks(in: seeded, sharingByContribution: false)
        .filter { $0.sourceClass == code }.reduce(Int64(0)) { $0 + $1.amount.minorUnits }
      #expect(found == receipt.movement.amount, "seed \(seed)")
      #expect(
        plain.received(by: [receipt.sequence]).map(\.minorUnits) == [receipt.movement.amount])
    }
  }

  @Test(
    "where a payment's pieces lie sums to the payment, and its receipts too",
    arguments: ["fifo", "libr", "rolling_pro_rata"])
  func paymentIsWhole(method: String) throws {
    for seed in UInt64(0)..<30 {
      let plain = try Self.caseLedger(RandomLedger.plain(seed: seed, steps: 60, most: 40))
      for step in plain.ledger.steps {
        switch step.movement {
        case .debit(_, _, let amount, _), .transfer(_, _, let amount, _, _):
          let there = try plain.carried(by: [step.sequence], method: method)
          #expect(there.reduce(0) { $0 + $1.amount.minorUnits } == amount, "seed \(seed)")
          let funded = try plain.funding(ofSteps: [step.sequence], method: method)
          #expect(funded.reduce(0) { $0 + $1.amount.minorUnits } == amount, "seed \(seed)")
        default: break
        }
      }
    }
  }
}
