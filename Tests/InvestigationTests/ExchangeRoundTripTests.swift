import CaseModel
import CaseStore
import Digests
import Exchange
import Foundation
import Intake
import Investigation
import TestSupport
import Testing

/// What one store exports another can take in: the same movements, to the minor unit, and no more.
@Suite(
  "An export can be imported again",
  .enabled(if: ThrowAwayDatabase.isAvailable, "no PostgreSQL server is installed"))
struct ExchangeRoundTripTests {
  /// One movement as both sides must tell it.
  private struct Told: Hashable, Comparable {
    let day: CivilDate?
    let amount: Money
    static func < (a: Self, b: Self) -> Bool {
      (a.day?.dayNumber ?? 0, a.amount.currency.code, a.amount.minorUnits)
        < (b.day?.dayNumber ?? 0, b.amount.currency.code, b.amount.minorUnits)
    }
  }

  /// Every movement of a case once: pairs once, single lines by themselves.
  private func movements(_ caseFile: CaseFile) -> [Told] {
    let credits = Set(caseFile.transfers.map(\.credit))
    return caseFile.entries.filter { !credits.contains($0.id) }.map {
      Told(day: $0.bookedOn, amount: $0.amount.magnitude)
    }.sorted()
  }

  private func exported(
    _ name: String, _ record: ExportRecord, file: String
  ) throws -> InputFile {
    let entry = try #require(ExchangeCatalogue.entry(named: name))
    let files = try entry.files(of: record, settings: ExportTests.settings())
    let bytes = try #require(files.first { $0.name == file }).bytes
    return InputFile(name: file, sha256: ContentHash(of: bytes), bytes: bytes)
  }

  @Test("FollowTheMoney: every movement, party and account comes back")
  func followTheMoney() async throws {
    let loaded = try await ExampleCase.loaded()
    let file = try exported("ftm", ExportRecord(caseFile: loaded.caseFile), file: "case.ftm.json")
    let result = readStatements(file: file)
    #expect(!result.isRefused && result.format == "ftm")
    #expect(result.issues.filter { $0.severity == .error }.map(\.description) == [])
    #expect(result.quarantined.isEmpty)
    let read = result.payments.map {
      Told(
        day: $0.executedOn,
        amount: $0.amount(.reported) ?? Money(minorUnits: 0, currency: .unstated))
    }
    #expect(read.sorted() == movements(loaded.caseFile))
    let ids = Set(result.entities.map(\.id))
    #expect(result.payments.flatMap(\.parties).allSatisfy { ids.contains($0.entity ?? "") })
    let accounts = result.entities.filter { $0.schema == "BankAccount" }
    #expect(accounts.count >= loaded.caseFile.accounts.filter(\.hasStatements).count)
    // Into a store of its own: stored once, and the second time nothing.
    let store = try await ThrowAwayDatabase.make().store()
    let importer = FileImport(into: store, program: "moneytrail test")
    let first = try await importer.bring(file)
    #expect(first.payments == result.payments.count && first.entities == result.entities.count)
    #expect(try await importer.bring(file).outcome == .copy)
    #expect(try await store.paymentRecords().count == result.payments.count)
    await store.close()
  }

  @Test("goAML: every transaction of the report comes back with day, amount and both sides")
  func goAML() async throws {
    let loaded = try await ExampleCase.loaded()
    let entry = try #require(ExchangeCatalogue.entry(named: "goaml"))
    let record = ExportTests.record(loaded, for: entry)
    let result = readStatements(file: try exported("goaml", record, file: "report.xml"))
    #expect(!result.isRefused && result.format == "goaml")
    #expect(result.issues.filter { $0.severity == .error }.map(\.description) == [])
    let transactions = result.payments.filter { $0.recordType == "goaml.transaction" }
    let read = transactions.map {
      Told(
        day: $0.executedOn,
        amount: $0.amount(.reported) ?? Money(minorUnits: 0, currency: .unstated))
    }
    #expect(read.sorted() == movements(record.caseFile))
    #expect(
      transactions.allSatisfy { payment in
        payment.parties.contains { $0.role == .originator }
          && payment.parties.contains { $0.role == .beneficiary }
      })
    let search = try SealedTests.Search()
    #expect(search.leaks(in: "\(result.payments) \(result.entities)").isEmpty)
  }
}
