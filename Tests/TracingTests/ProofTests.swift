// What a proof says, checked by hand, and what holds for every proof.

import CaseModel
import Foundation
import Testing

@testable import Tracing

@Suite("Proofs")
struct ProofTests {
  /// Ledger L1 of the specification up to the car: 2,000 own, 6,000 and 4,000 others', 5,000 paid.
  private func car() throws -> CaseLedger {
    try UnitPathTests.caseLedger(
      TrailText(
        """
        tainted: t1
        2024-03-01 own -> A1 2000.00 EUR
        2024-03-04 t1 -> A1 6000.00 EUR
        2024-03-05 other -> A1 4000.00 EUR
        2024-03-07 A1 -> car 5000.00 EUR
        """
      ).ledger)
  }

  private func text(_ proof: PlaceProof) -> String {
    proof.payments.map { payment in
      "\(payment.date) \(payment.from) > \(payment.to) \(payment.amount) \(payment.rule?.rawValue ?? "-")"
        + " of "
        + payment.before.map { "\($0.sourceClass) \($0.amount.decimalText)" }
        .joined(separator: ", ")
        + payment.parts.map { part in
          "\n  \(part.sourceClass)\(part.isTainted ? "*" : "") \(part.amount.decimalText)"
            + " after \(part.ahead.decimalText) from "
            + part.receipts.map {
              "\($0.date) \($0.source?.locator.text ?? "-") \($0.amount.decimalText)"
            }.joined(separator: ", ")
        }.joined()
    }.joined(separator: "\n")
  }

  @Test("first in, first out: the payment, what lay there, what left first, and the lines")
  func firstInFirstOut() throws {
    let proof = try #require(
      try car().proof(of: .asset(PropertyCode("car")), method: "fifo"))
    #expect(
      text(proof) == """
        2024-03-07 A1 > asset car 5000.00 EUR oldest_first of own 2000.00, t1 6000.00, other 4000.00
          own 2000.00 after 0.00 from 2024-03-01 line 1 2000.00
          t1* 3000.00 after 2000.00 from 2024-03-04 line 2 3000.00
        """)
  }

  @Test("the other rules: newest first, in proportion, own money first, tainted first into assets")
  func otherRules() throws {
    let place = Place.asset(PropertyCode("car"))
    func parts(_ method: String) throws -> String {
      let proof = try car().proof(of: place, method: method)
      return (proof?.payments ?? []).map { payment in
        "\(payment.rule?.rawValue ?? "-"): "
          + payment.parts.map {
            "\($0.sourceClass) \($0.amount.decimalText) after \($0.ahead.decimalText)"
          }
          .joined(separator: ", ")
      }.joined()
    }
    #expect(try parts("lifo") == "newest_first: other 4000.00 after 0.00, t1 1000.00 after 4000.00")
    #expect(
      try parts("rolling_pro_rata")
        == "proportional: own 833.33 after 0.00, t1 2500.00 after 833.33, other 1666.67 after 3333.33"
    )
    #expect(try parts("oatway") == "tainted_first: t1 5000.00 after 0.00")
    // Own money covers the car, so that nothing tainted is there to prove.
    #expect(try parts("libr") == "")
  }

  @Test(
    "a claim's steps show its part and all that moved; across a rate, what left and what arrived")
  func partsAcrossARate() throws {
    let ledger = try UnitPathTests.caseLedger(
      TrailText(
        """
        tainted: t1
        2024-03-01 own -> A1 1000.00 EUR
        2024-03-04 t1 -> A1 3000.00 EUR
        2024-03-05 A1 -> B1 2000.00 EUR as 2200.00 USD
        2024-03-07 B1 -> car 1650.00 USD
        """
      ).ledger)
    let run = try ledger.trace(method: "rolling_pro_rata")
    let claim = try #require(
      run.claims.first { $0.place == .asset(PropertyCode("car")) && $0.isTainted })
    #expect(claim.amount.amount.description == "1237.50 USD")
    #expect(
      claim.steps.map {
        "\($0.from) > \($0.to) \($0.amount)"
          + ($0.arrived.map { " as \($0)" } ?? "") + " of \($0.moved)"
      } == [
        "received as t1 > A1 1125.00 EUR of 3000.00 EUR",
        "A1 > B1 1125.00 EUR as 1237.50 USD of 2000.00 EUR",
        "B1 > asset car 1237.50 USD of 1650.00 USD",
      ])
    #expect(claim.amount.derivation.contains("scaled, the running total rounded down"))
  }

  @Test(
    "chains join link by link, name steps in order, and sum to every tainted amount",
    arguments: TracingCatalogue.all.map(\.name))
  func chainsJoin(method: String) throws {
    for seed in UInt64(0)..<25 {
      let ledger = try UnitPathTests.caseLedger(
        RandomLedger.full(seed: seed, steps: 60, most: 1_000))
      let proof = try ledger.proof(
        method: method, policy: TracingPolicy(backwardTracing: seed % 2 == 0))
      let place = Dictionary(
        uniqueKeysWithValues: ledger.ledger.steps.sorted {
          ($0.date, $0.phase, $0.sequence) < ($1.date, $1.phase, $1.sequence)
        }.enumerated().map { ($0.element.sequence, $0.offset) })
      for chain in proof.chains {
        #expect(!chain.links.isEmpty, "seed \(seed)")
        for (a, b) in zip(chain.links, chain.links.dropFirst()) {
          #expect(a.to == b.from, "seed \(seed)")
          #expect(place[a.seq] ?? -1 <= place[b.seq] ?? -1, "seed \(seed)")
        }
        #expect(chain.links.last?.amount == chain.amount, "seed \(seed)")
      }
      func sums(_ rows: [(String, String, String, String)]) -> [String: Int64] {
        var sums: [String: Int64] = [:]
        for (place, code, amount, currency) in rows {
          sums["\(place) \(code) \(currency)", default: 0] +=
            Int64(amount.filter { $0 != "." }) ?? 0
        }
        return sums
      }
      #expect(
        sums(proof.chains.map { ($0.place, $0.class, $0.amount, $0.currency) })
          == sums(
            proof.results.filter(\.tainted).map { ($0.place, $0.class, $0.amount, $0.currency) }),
        "seed \(seed)")
      #expect(proof.chainsLeftOut == 0)
    }
  }

  @Test("the bound on chains is kept and said, and two runs give the same bytes")
  func boundAndBytes() throws {
    let ledger = try UnitPathTests.caseLedger(
      RandomLedger.full(seed: 3, steps: 60, most: 1_000))
    let all = try ledger.proof(method: "rolling_pro_rata")
    let few = try ledger.proof(method: "rolling_pro_rata", chainsMax: 2)
    #expect(few.chains == Array(all.chains.prefix(2)))
    #expect(few.chainsLeftOut == all.chains.count - 2)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    #expect(
      try encoder.encode(all) == encoder.encode(ledger.proof(method: "rolling_pro_rata")))
    let clean = try ledger.proof(method: "rolling_pro_rata", allClasses: true)
    #expect(clean.chains.count > all.chains.count)
  }

  @Test("the ladder shows every movement that met taint, with the balances after it")
  func ladder() throws {
    let (rows, leftOut) = try car().ladder(method: "libr")
    #expect(
      rows.map { row in
        "\(row.date) \(row.from) > \(row.to) \(row.moved.decimalText) tainted \(row.tainted.decimalText)"
          + row.after.map { "; \($0.account) \($0.tainted.decimalText) + \($0.clean.decimalText)" }
          .joined()
      } == [
        "2024-03-04 received as t1 > A1 6000.00 tainted 6000.00; A1 6000.00 + 2000.00",
        "2024-03-05 received as other > A1 4000.00 tainted 0.00; A1 6000.00 + 6000.00",
        "2024-03-07 A1 > asset car 5000.00 tainted 0.00; A1 6000.00 + 1000.00",
      ])
    #expect(leftOut == 1)
  }

  @Test("one class, some rows, or the receipts of an account can stand for the taint alone")
  func seeds() throws {
    let ledger = try car()
    let own = try ledger.counting(only: SourceClassCode("own")).trace(method: "fifo")
    #expect(own.claims.filter(\.isTainted).map(\.amount.amount.decimalText) == ["2000.00"])
    #expect(throws: TracingError.self) { try ledger.counting(only: SourceClassCode("nobody")) }
    let row = try SmallCase.source("PX-001", 3)
    #expect(ledger.steps(on: row) == [3])
    let seeded = try ledger.seeded([3], as: SourceClassCode("seed"))
    let run = try seeded.trace(method: "lifo")
    #expect(
      SmallCase.table(run).contains("asset car: seed* 4000.00 EUR"))
    #expect(throws: TracingError.self) { try ledger.seeded([4], as: SourceClassCode("seed")) }
    #expect(ledger.receipts(of: AccountID(1), from: CivilDate("2024-03-02"), until: nil) == [2, 3])
    let funding = try ledger.funding(of: .asset(PropertyCode("car")), method: "fifo")
    #expect(
      funding.map { "\($0.date) \($0.sourceClass) \($0.amount.decimalText)" } == [
        "2024-03-01 own 2000.00", "2024-03-04 t1 3000.00",
      ])
  }
}
