// The sentence a court asks for: of what was paid, so much is of the crime, because …

import CaseModel
import TestSupport
import Testing

@testable import Dossier

@Suite("Why a payment is what it is said to be")
struct ProofSentenceTests {
  private func money(_ units: Int64) throws -> Money {
    Money(minorUnits: units, currency: try #require(Currency(iso: "GBP")))
  }

  /// A payment of 1,000.00 for A-01 with 600.00 of T-1, by a rule.
  private func words(_ rule: TakingRule, ahead: Int64 = 40_000, payments: Int = 1) throws -> String
  {
    var sample = try SampleMatter(.convictionBased)
    let source = sample.caseFile.entries[0].source
    let code = SourceClassCode("T-1")
    let receipt = ProvenReceipt(
      date: sample.caseFile.matter.asOf, from: "received as T-1", to: "X",
      amount: try money(60_000), source: source)
    let payment = ProvenPayment(
      kind: .payment, date: sample.caseFile.matter.asOf, from: "X", to: "asset A-01",
      amount: try money(100_000), sources: [source], rule: rule,
      before: [
        ClassAmount(
          sourceClass: SourceClassCode("K-1"), isTainted: false, amount: try money(40_000)),
        ClassAmount(sourceClass: code, isTainted: true, amount: try money(90_000)),
      ],
      parts: [
        ProvenPart(
          sourceClass: code, isTainted: true, amount: try money(60_000), ahead: try money(ahead),
          receipts: [receipt], receiptsLeftOut: 0)
      ])
    let proof = PlaceProof(
      place: .asset(PropertyCode("A-01")), title: "asset A-01", methodTitle: "Some Rule",
      payments: Array(repeating: payment, count: payments))
    let run = sample.run
    sample.run = TracingRun(
      method: run.method, methodTitle: run.methodTitle, authorities: run.authorities,
      sameDayOrder: run.sameDayOrder, backwardTracing: run.backwardTracing,
      ledgerHash: run.ledgerHash, claims: run.claims, limits: run.limits, proofs: [proof])
    let file = try confiscationFile(
      track: .convictionBased, caseFile: sample.caseFile, proposal: sample.proposal,
      run: sample.run, findings: sample.findings, manifest: sample.manifest)
    let assets = try #require(file.sections.first { $0.anchor == "assets" })
    let asset = try #require(assets.subsections.first { $0.anchor == "asset-A-01" })
    let sentences = asset.blocks.flatMap { block -> [[Inline]] in
      switch block {
      case .bullets(let items): items
      case .paragraph(let inlines): [inlines]
      case .table(let table): [table.columns.map { .text($0.title + " ") }]
      default: []
      }
    }
    return sentences.map { $0.map(said).joined() }.joined(separator: "\n").replacing(
      "\u{A0}", with: " "
    )
    .replacing("\u{202F}", with: " ")
  }

  /// As a reader sees it: an amount without its derivation.
  private func said(_ inline: Inline) -> String {
    switch inline {
    case .text(let words), .strong(let words): words
    case .figure(let figure): figure.amount.text
    case .sources(let sources): sources.map { "\($0.label) \($0.locator)" }.joined()
    default: ""
    }
  }

  @Test("names payment, part, receipt and what left first")
  func oldestFirst() throws {
    let text = try words(.oldestFirst)
    #expect(text.contains("Of the 1 000.00 GBP paid for A-01"))
    #expect(text.contains("600.00 GBP is T-1"))
    #expect(
      text.contains("because under some rule the 400.00 GBP received earlier left first."))
    #expect(text.contains("All that moved"))
  }

  @Test(
    "says the rule of each method with its figures",
    arguments: [
      (TakingRule.newestFirst, "the 400.00 GBP received later left first"),
      (.proportional, "this was 900.00 GBP of the 1 300.00 GBP held just before"),
      (
        .cleanFirst, "clean money leaves first, the 400.00 GBP of it held just before did not cover"
      ),
      (.taintedFirst, "tainted money leaves first, the oldest of it before the rest"),
      (.everything, "which is an upper bound"),
    ])
  func rules(rule: TakingRule, says: String) throws {
    #expect(try words(rule).contains(says))
  }

  @Test("of many payments prints three and counts the others; the first money has nothing ahead")
  func bound() throws {
    let text = try words(.oldestFirst, ahead: 0, payments: 5)
    #expect(text.ranges(of: "the oldest money leaves first, and this was the oldest").count == 3)
    #expect(text.contains("at least 2 further parts"))
  }
}
