import CaseModel
import CaseStore
import Detection
import Foundation
import Investigation
import TestSupport
import Testing

/// The example case on a real PostgreSQL: what was planted is found, whatever the order of arrival.
@Suite(
  "The example case, from files to documents",
  .enabled(if: ThrowAwayDatabase.isAvailable, "no PostgreSQL server is installed"))
struct HarbourStreetCaseTests {
  @Test(
    "The order in which files arrive changes no entry, pair, finding, figure, proposal or document",
    arguments: [ExampleCase.Order.sheetsFirst, .sheetsLast])
  func orderOfArrivalIsNothing(order: ExampleCase.Order) async throws {
    let one = try await ExampleCase.loaded()
    let other = try await ExampleCase.loaded(order)
    let a = Portable(one.caseFile)
    let b = Portable(other.caseFile)
    #expect(one.caseFile.entries.count == 4219)
    #expect(one.caseFile.entries.map(\.key) == other.caseFile.entries.map(\.key))
    #expect(one.caseFile.files.map(\.sha256) == other.caseFile.files.map(\.sha256))
    func pairs(_ loaded: ExampleCase.Loaded, _ names: Portable) -> Set<String> {
      Set(
        loaded.caseFile.transfers.map {
          "\(names.entries[$0.debit.value] ?? "?") \(names.entries[$0.credit.value] ?? "?")"
        })
    }
    #expect(!one.caseFile.transfers.isEmpty)
    #expect(pairs(one, a) == pairs(other, b))
    #expect(one.outcome.findings.map(a.text) == other.outcome.findings.map(b.text))
    #expect(one.outcome.manifest.runHash == other.outcome.manifest.runHash)
    #expect(one.outcome.documents.count == 3)
    for (left, right) in zip(one.outcome.documents, other.outcome.documents) {
      let difference = Portable.difference(try a.text(left), try b.text(right))
      #expect(difference == nil, "\(left.kind): \(difference ?? "")")
    }
    for (left, right) in zip(one.outcome.proposals, other.outcome.proposals) {
      #expect(left.benefit?.total?.amount == right.benefit?.total?.amount)
      #expect(left.claimedPerCurrency.map(\.amount) == right.claimedPerCurrency.map(\.amount))
      #expect(left.assets.map(\.item.code) == right.assets.map(\.item.code))
    }
  }

  @Test("Every line of every file is stored once, and importing all again adds nothing")
  func everythingIsStored() async throws {
    let loaded = try await ExampleCase.loaded(.sheetsFirst)
    let truth = try Truth.read()
    #expect(loaded.reports.map(\.stored).reduce(0, +) == loaded.caseFile.entries.count)
    #expect(loaded.reports.map(\.quarantined).reduce(0, +) == 0)
    // One booked line was left out of a statement, and one month of one account was not handed over.
    #expect(loaded.caseFile.entries.count < truth.lines)
    let importer = FileImport(into: loaded.store, program: "moneytrail test")
    let again = try await importer.bring(try ExampleCase.file("bank-a/a01-2024.csv"))
    #expect(again.outcome == .copy)
    #expect(again.stored == 0)
    #expect(try await loaded.store.entries().count == loaded.caseFile.entries.count)
    #expect(try await loaded.store.verify().isSound)
  }

  @Test("The benefit is the sum of the planted receipts, each converted on its own day")
  func benefitIsExact() async throws {
    let loaded = try await ExampleCase.loaded()
    let truth = try Truth.read()
    for proposal in loaded.outcome.proposals where proposal.benefit != nil {
      let total = try #require(proposal.benefit?.total?.amount)
      #expect(total.currency.code == "GBP")
      #expect(total.minorUnits == truth.expectedBenefit.totalGbpMinor)
      #expect(proposal.benefit?.offenderSet.map(\.text) == truth.expectedBenefit.offenderSet)
    }
    #expect(loaded.outcome.proposals.count { $0.isOpen } == 2)
  }

  @Test("Each planted pattern that a detector looks for is found on its own entries")
  func plantedPatternsAreFound() async throws {
    let loaded = try await ExampleCase.loaded()
    let truth = try Truth.read()
    let known = Set(DetectionCatalogue.all.map(\.id))
    let planted = truth.patterns.filter { known.contains($0.detector ?? "") }
    #expect(planted.count >= 10)
    let places = Dictionary(
      uniqueKeysWithValues: loaded.caseFile.entries.map { entry in
        (entry.id, "\(entry.source.label) \(entry.source.locator)")
      })
    for pattern in planted {
      let wanted = Set(pattern.entries.compactMap(\.text))
      let hits = loaded.outcome.findings.filter { finding in
        finding.detector == pattern.detector
          && !wanted.isDisjoint(with: finding.entries.compactMap { places[$0] })
      }
      #expect(!hits.isEmpty, "\(pattern.id) (\(pattern.detector ?? "")) was not found")
    }
  }

  @Test("The four lawful look-alikes stay silent")
  func lookAlikesStaySilent() async throws {
    let loaded = try await ExampleCase.loaded()
    let truth = try Truth.read()
    #expect(truth.mustStaySilent.count == 4)
    for silent in truth.mustStaySilent {
      let number = try #require(truth.accounts.first { $0.code == silent.account }?.account)
      let ids = Set(
        loaded.caseFile.accounts.filter { $0.key.text.hasSuffix(number) }.map(\.id))
      #expect(!ids.isEmpty, "\(silent.account) is not in the store")
      for finding in loaded.outcome.findings {
        let first = finding.accounts.first?.account
        #expect(
          first.map(ids.contains) != true,
          "\(silent.account): \(finding.detector) \(finding.sentence)")
      }
    }
  }

  @Test("One month is missing and one statement does not reconcile, by the amounts planted")
  func faultsAreShown() async throws {
    let loaded = try await ExampleCase.loaded()
    let truth = try Truth.read()
    #expect(loaded.caseFile.gaps.count == 1)
    let gap = try #require(loaded.caseFile.gaps.first)
    #expect(gap.jump?.minorUnits == truth.missingMonth.jumpMinor)
    #expect(gap.missing?.first.description == "2025-02-01")
    #expect(gap.missing?.last.description == "2025-02-28")
    let faults = loaded.caseFile.statements.filter { $0.status == .unreconciled }
    #expect(faults.count == 1)
    #expect(faults.first?.difference?.minorUnits == 20_000)
    #expect(faults.first?.difference?.currency.code == "PLN")
    #expect(faults.first?.source.label == "d02-2025-q1.xml")
    #expect(
      loaded.caseFile.statements.allSatisfy { [.reconciled, .unreconciled].contains($0.status) })
    for document in loaded.outcome.documents where document.kind != "asset-schedule" {
      let text = try Portable.string(document)
      #expect(text.contains("d02-2025-q1.xml"), "\(document.kind) does not name the statement")
    }
  }

  @Test("Every figure of every document is explained down to lines whose files still hold")
  func everyFigureIsExplained() async throws {
    let loaded = try await ExampleCase.loaded()
    var seen: Set<FigureCode> = []
    for document in loaded.outcome.documents {
      for figure in document.figures where seen.insert(figure.code).inserted {
        let explanation = try await loaded.store.explain(figure.code.text)
        #expect(explanation.amount == figure.amount, "\(figure.code)")
        #expect(explanation.places.count == figure.sources.count, "\(figure.code)")
        #expect(explanation.places.allSatisfy { $0.hashHolds }, "\(figure.code)")
      }
    }
    #expect(seen.count > 50)
  }
}

/// What was planted, as the case's maker wrote it down.
struct Truth: Decodable {
  struct Account: Decodable {
    let code: String
    let account: String
  }
  struct Benefit: Decodable {
    let offenderSet: [String]
    let totalGbpMinor: Int64
  }
  struct Missing: Decodable {
    let jumpMinor: Int64
  }
  struct Silent: Decodable {
    let account: String
  }
  struct Place: Decodable {
    let file: String?
    let locator: String?
    /// Nil for a line that the bank left out.
    var text: String? {
      guard let name = file?.split(separator: "/").last, let locator else { return nil }
      return "\(name) \(locator)"
    }
  }
  struct Pattern: Decodable {
    let id: String
    let detector: String?
    let entries: [Place]
  }
  let lines: Int
  let accounts: [Account]
  let expectedBenefit: Benefit
  let missingMonth: Missing
  let mustStaySilent: [Silent]
  let patterns: [Pattern]

  static func read() throws -> Truth {
    let data = try Data(contentsOf: ExampleCase.folder.appending(path: "truth.json"))
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(Truth.self, from: data)
  }
}
