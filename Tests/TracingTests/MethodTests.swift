// Each method against the trails under Cases/<method>, and rules that hold across methods.

import CaseModel
import Foundation
import Testing

@testable import Tracing

@Suite("Methods")
struct MethodTests {
  struct CaseFolder {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Cases")
    static func trails(of method: String) throws -> [URL] {
      try FileManager.default.contentsOfDirectory(
        at: root.appending(path: method), includingPropertiesForKeys: nil
      ).filter { $0.pathExtension == "trail" }.sorted { $0.path < $1.path }
    }
  }

  private func day(_ text: String) -> CivilDate { CivilDate(text) ?? CivilDate(dayNumber: 0) }

  @Test("every method gives the tables of its trails", arguments: TracingCatalogue.all.map(\.name))
  func tablesComeOut(method: String) throws {
    let trails = try CaseFolder.trails(of: method)
    #expect(!trails.isEmpty, "\(method) has no trail")
    for url in trails {
      let trail = try TrailText(String(contentsOf: url, encoding: .utf8))
      let outcome = try trail.ledger.traced(by: TracingCatalogue.named(method))
      #expect(TrailText.table(outcome) == trail.expected, "\(url.lastPathComponent)")
    }
  }

  @Test("every method names its authority and where it departs from it")
  func methodsAreCited() {
    for method in TracingCatalogue.all {
      #expect(!method.authorities.isEmpty && !method.departures.isEmpty, "\(method.name)")
    }
    #expect(Set(TracingCatalogue.all.map(\.name)).count == TracingCatalogue.all.count)
  }

  @Test("repayment of a co-ordinated debt reaches the asset only when the policy says so")
  func backwardTracing() throws {
    let trail = try TrailText(
      """
      tainted: fraud
      2024-07-01 A -> boat 300.00 EUR co-ordinated
      2024-07-03 fraud -> A 220.00 EUR
      """)
    let on = try trail.ledger.traced(
      by: TracingCatalogue.named("fifo"), under: TracingPolicy(backwardTracing: true))
    let off = try trail.ledger.traced(by: TracingCatalogue.named("fifo"))
    #expect(TrailText.table(on) == "boat 220.00 of 300.00")
    #expect(TrailText.table(off) == "boat 0.00 of 300.00\ndebt 220.00 of 220.00")
  }

  @Test("a part reversal brings back the composition that was paid")
  func partReversal() throws {
    var trail = try TrailText(
      """
      tainted: fraud
      2024-07-01 fraud -> A 100.00 EUR
      2024-07-02 salary -> A 300.00 EUR
      2024-07-03 A -> spent 200.00 EUR
      """)
    trail.ledger.steps.append(
      LedgerStep(
        sequence: 4, date: day("2024-07-05"),
        movement: .reversal(of: 3, amount: 5_000)))
    let outcome = try trail.ledger.traced(by: TracingCatalogue.named("rolling_pro_rata"))
    #expect(TrailText.table(outcome) == "spent 37.50 of 150.00\nA 62.50 of 250.00")
  }

  @Test("a transfer taken back in part returns the classes it carried")
  func partReversedTransfer() throws {
    var trail = try TrailText(
      """
      tainted: fraud
      2024-07-01 own -> B 500.00 EUR
      2024-07-01 fraud -> A 100.00 EUR
      2024-07-03 A -> B 100.00 EUR
      """)
    trail.ledger.steps.append(
      LedgerStep(
        sequence: 4, date: day("2024-07-05"),
        movement: .reversal(of: 3, amount: 4_000)))
    let outcome = try trail.ledger.traced(by: TracingCatalogue.named("fifo"))
    #expect(TrailText.table(outcome) == "B 60.00 of 560.00\nA 40.00 of 40.00")
  }

  @Test("intent to restore brings the lost class back, up to the loss, under libr only")
  func replenishment() throws {
    let trail = try TrailText(
      """
      tainted: fraud
      2024-02-02 fraud -> A 455.00 EUR
      2024-02-09 A -> spent 430.00 EUR
      2024-03-01 own -> A 500.00 EUR
      """)
    let policy = TracingPolicy(replenishIntent: true)
    let libr = try trail.ledger.traced(by: TracingCatalogue.named("libr"), under: policy)
    let fifo = try trail.ledger.traced(by: TracingCatalogue.named("fifo"), under: policy)
    #expect(TrailText.table(libr) == "spent 0.00 of 430.00\nA 455.00 of 525.00")
    #expect(TrailText.table(fifo) == "spent 430.00 of 430.00\nA 25.00 of 525.00")
  }

  @Test("poison ends at zero only if the policy says so")
  func poisonClears() throws {
    let trail = try TrailText(
      """
      tainted: fraud
      2024-02-02 fraud -> A 10.00 EUR
      2024-02-09 A -> spent 10.00 EUR
      2024-03-01 own -> A 500.00 EUR
      """)
    let method = try TracingCatalogue.named("poison")
    let clears = try trail.ledger.traced(
      by: method, under: TracingPolicy(poisonClearsAtZero: true))
    #expect(TrailText.table(clears) == "spent 10.00 of 10.00\nA 0.00 of 500.00")
    #expect(
      TrailText.table(try trail.ledger.traced(by: method))
        == "spent 10.00 of 10.00\nA 500.00 of 500.00")
  }

  @Test("a quarter of an asset sold takes a quarter of its cost")
  func partSale() throws {
    var trail = try TrailText(
      """
      tainted: fraud
      2024-07-01 fraud -> A 30.00 EUR
      2024-07-01 own -> A 10.00 EUR
      2024-07-03 A -> herd 40.00 EUR
      """)
    let quarter = try #require(Fraction("1/4"))
    trail.ledger.steps.append(
      LedgerStep(
        sequence: 4, date: day("2024-07-05"),
        movement: .sale(
          asset: "herd", to: "A", amount: 2_000, fraction: quarter)))
    let outcome = try trail.ledger.traced(by: TracingCatalogue.named("fifo"))
    #expect(TrailText.table(outcome) == "herd 22.50 of 30.00\nA 15.00 of 20.00")
  }

  @Test("money between currencies keeps its composition, with 0 and 3 decimals")
  func currencies() throws {
    let trail = try TrailText(
      """
      tainted: fraud
      2024-07-01 fraud -> A 1.000 KWD
      2024-07-01 own -> A 2.000 KWD
      2024-07-03 A -> B 3.000 KWD as 1001 JPY
      """)
    let outcome = try trail.ledger.traced(by: TracingCatalogue.named("rolling_pro_rata"))
    #expect(TrailText.table(outcome) == "B 334 of 1001")
  }
}
