import CaseModel
import CaseStore
import Foundation
import Intake
import Investigation
import TestSupport
import Testing

/// Matters that lack something: a conviction, assets, a rate, everything.
@Suite(
  "Thin matters",
  .enabled(if: ThrowAwayDatabase.isAvailable, "no PostgreSQL server is installed"))
struct ThinMatterTests {
  @Test("Without a conviction the conviction track closes with its reason, and the other is equal")
  func withoutConviction() async throws {
    let loaded = try await ExampleCase.loaded()
    var caseFile = loaded.caseFile
    for index in caseFile.matter.counts.indices
    where caseFile.matter.counts[index].state == .convicted {
      caseFile.matter.counts[index].state = .charged
    }
    let outcome = try ExampleCase.run(caseFile)
    let closed = try #require(outcome.proposals.first { $0.track == .convictionBased })
    #expect(!closed.isOpen)
    #expect(closed.refusal?.isEmpty == false)
    #expect(closed.claimedPerCurrency.isEmpty)
    let before = try #require(
      loaded.outcome.proposals.first { $0.track == .nonConvictionBased })
    let after = try #require(outcome.proposals.first { $0.track == .nonConvictionBased })
    #expect(after.isOpen)
    #expect(after.benefit == before.benefit)
    #expect(after.assets == before.assets)
    #expect(after.claimedPerCurrency == before.claimedPerCurrency)
    #expect(outcome.documents.count == 3)
    let file = try #require(outcome.documents.first { $0.kind == "cb-file" })
    #expect(try Portable.string(file).contains("convict"))
  }

  @Test("Without assets there is a benefit, an empty schedule and no claim on anything")
  func withoutAssets() async throws {
    var caseFile = try await ExampleCase.loaded().caseFile
    caseFile.matter.property = []
    caseFile.matter.orders = []
    let outcome = try ExampleCase.run(caseFile)
    for proposal in outcome.proposals {
      #expect(proposal.assets.isEmpty)
      #expect(proposal.claimedPerCurrency.allSatisfy { $0.amount.isZero })
    }
    let conviction = try #require(outcome.proposals.first { $0.track == .convictionBased })
    #expect(conviction.benefit?.total?.amount.minorUnits == 33_326_113)
    #expect(outcome.documents.count == 3)
  }

  @Test("Without rates nothing is converted by guess: the sum stays open and the file says so")
  func withoutRates() async throws {
    var caseFile = try await ExampleCase.loaded().caseFile
    caseFile.matter.rates = []
    let outcome = try ExampleCase.run(caseFile)
    let benefits = outcome.proposals.compactMap(\.benefit)
    #expect(!benefits.isEmpty)
    for benefit in benefits {
      #expect(!benefit.unconverted.isEmpty)
      #expect(
        benefit.total == nil || benefit.total?.amount.minorUnits == 15_071_000,
        "the euro receipts were converted without a rate")
      #expect(Set(benefit.perCurrency.map(\.amount.currency.code)) == ["EUR", "GBP"])
    }
    let text = try Portable.string(outcome.documents[0])
    #expect(text.contains("rate"))
  }

  @Test("A sheet without any statement gives a file that claims nothing, not a crash")
  func withoutStatements() async throws {
    let store = try await ThrowAwayDatabase.make().store()
    let importer = FileImport(into: store, program: "moneytrail test")
    #expect(try await store.matters().isEmpty)
    #expect(try await store.entries().isEmpty)
    #expect(try await store.verify().isSound)
    await #expect(throws: StoreError.matterMissing(MatterCode("HS-2026-01"))) {
      try await store.caseFile(matter: MatterCode("HS-2026-01"))
    }
    _ = try await importer.bring(try ExampleCase.file("case-sheet.yaml"))
    let caseFile = try await store.caseFile(matter: MatterCode("HS-2026-01"))
    do {
      let outcome = try ExampleCase.run(caseFile)
      #expect(outcome.findings.isEmpty)
      for proposal in outcome.proposals {
        #expect(proposal.benefit?.total?.amount.isZero != false)
      }
    } catch {
      // A refusal is as good as an empty file, when it says what is missing.
      #expect("\(error)".contains(" — "), "\(error)")
    }
  }
}
