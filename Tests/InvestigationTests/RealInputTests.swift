import CaseModel
import CaseStore
import Digests
import Foundation
import Intake
import Investigation
import TestSupport
import Testing

/// Files that banks and others wrote, all into one store in one go.
@Suite(
  "Real input",
  .enabled(
    if: ThrowAwayDatabase.isAvailable && SharedMaterial.url("fixtures/mt940") != nil,
    "the shared fixtures are not here, or no PostgreSQL server is installed"))
struct RealInputTests {
  /// Every file of some folders, by path.
  static func files(_ wanted: (String) -> Bool) throws -> [InputFile] {
    guard let root = SharedMaterial.url("fixtures"),
      let found = FileManager.default.enumerator(
        at: root, includingPropertiesForKeys: [.isRegularFileKey])
    else { return [] }
    var urls: [URL] = []
    while let url = found.nextObject() as? URL {
      guard try url.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true else {
        continue
      }
      let folder = url.deletingLastPathComponent().lastPathComponent
      if wanted(folder) { urls.append(url) }
    }
    return try urls.sorted { $0.path < $1.path }.map { url in
      let bytes = [UInt8](try Data(contentsOf: url))
      return InputFile(name: url.lastPathComponent, sha256: ContentHash(of: bytes), bytes: bytes)
    }
  }

  static let statementFolders: Set<String> = ["mt940", "camt", "tabular"]

  @Test("Everything is stored or refused with a reason, reconciled, searched, and drafted")
  func wholeLine() async throws {
    let store = try await ThrowAwayDatabase.make().store()
    let importer = FileImport(into: store, program: "moneytrail test")
    var reports: [FileImport.Report] = []
    let files = try Self.files(Self.statementFolders.contains)
    #expect(files.count > 150)
    for file in files {
      do {
        reports.append(try await importer.bring(file))
      } catch let refusal as FileRefusal {
        #expect(!refusal.issues.isEmpty, "\(file.name)")
      }
    }
    // Samples that give one unit two numbers of decimals; each alone could be stored.
    #expect(reports.count > files.count - 10)
    try await store.pairTransfers()
    check(reports)
    let imported = reports.count { $0.outcome == .imported }
    let stored = reports.map(\.stored).reduce(0, +)
    #expect(imported > 60, "only \(imported) files were understood")
    // Announced entries are stored and are not booked.
    let booked = try await store.entries().count
    #expect(booked > 300 && booked <= stored, "\(booked) of \(stored)")
    #expect(try await store.verify().isSound)
    let statements = try await store.statements()
    #expect(statements.count { $0.status == .reconciled } > 30)

    // A matter over the two accounts with the most entries.
    let accounts = try await store.accounts().filter(\.hasStatements)
    var counts: [AccountID: Int] = [:]
    let entries = try await store.entries()
    for entry in entries { counts[entry.account, default: 0] += 1 }
    let chosen = accounts.filter { $0.key.iban != nil && $0.currency.code == "EUR" }
      .sorted { (counts[$0.id] ?? 0, $1.key.text) > (counts[$1.id] ?? 0, $0.key.text) }.prefix(2)
    #expect(chosen.count == 2)
    let last = entries.filter { entry in chosen.contains { $0.id == entry.account } }
      .map(\.bookedOn).max()
    let sheet = Self.sheet(chosen.map { $0.key.iban ?? "" }, asOf: try #require(last))
    let bytes = Array(sheet.utf8)
    let report = try await importer.bring(
      InputFile(name: "real.yaml", sha256: ContentHash(of: bytes), bytes: bytes))
    #expect(report.matter == "REAL-01")
    let caseFile = try await store.caseFile(matter: MatterCode("REAL-01"))
    let outcome = try ExampleCase.run(caseFile)
    #expect(outcome.documents.count == 3)
    #expect(outcome.proposals.contains { $0.isOpen })
    let work = CaseWork(store)
    try await work.keep(outcome, of: caseFile.matter.code)
    let figures = outcome.documents.flatMap(\.figures)
    #expect(!figures.isEmpty)
    for figure in figures.prefix(40) {
      #expect(try await store.explain(figure.code.text).places.allSatisfy { $0.hashHolds })
    }
    await store.close()
  }

  @Test("Every other format stands in one store; damaged files are refused with reasons")
  func foreignFormats() async throws {
    let store = try await ThrowAwayDatabase.make().store()
    let importer = FileImport(into: store, program: "moneytrail test")
    let files = try Self.files { !Self.statementFolders.contains($0) }
    #expect(files.count > 400)
    var reports: [FileImport.Report] = []
    for file in files {
      do {
        reports.append(try await importer.bring(file))
      } catch let refusal as FileRefusal {
        #expect(!refusal.issues.isEmpty, "\(file.name)")
      }
    }
    check(reports)
    #expect(reports.count { $0.outcome == .imported } > 250)
    #expect(reports.count { $0.outcome == .refused } > 50)
    #expect(try await store.verify().isSound)
    await store.close()
  }

  /// Each refusal says why; each import adds up.
  private func check(_ reports: [FileImport.Report]) {
    for report in reports {
      switch report.outcome {
      case .refused:
        let reasons = report.issues.filter { $0.severity == .error }
        #expect(!reasons.isEmpty, "\(report.file) was refused without a reason")
        #expect(reasons.allSatisfy { !$0.found.isEmpty && !$0.expected.isEmpty }, "\(report.file)")
        #expect(report.stored == 0)
      case .imported, .copy, .restored:
        #expect(
          report.read == report.stored + report.known + report.quarantined + report.skipped,
          "\(report.file)")
      }
    }
  }

  /// A small case over two accounts: one thing bought, everything received is claimed.
  private static func sheet(_ ibans: [String], asOf: CivilDate) -> String {
    """
    moneytrail: case-sheet/1
    matter:
      code: REAL-01
      title: "A matter over received samples"
      profile: untoc
      as-of: \(asOf)
      reporting-currency: EUR
      office: "Example Office"
    persons:
      - code: S-01
        kind: natural
        roles: [{role: respondent, from: 2000-01-01}]
        holds: [\(ibans.joined(separator: ", "))]
    counts:
      - number: 1
        person: S-01
        offence: laundering
        state: charged
        from: 2000-01-01
        until: \(asOf)
        place: "Example"
        elements: [{name: conduct, facts: [F-01]}]
    source-classes:
      - code: SC-01
        title: "Receipts of the first account"
        tainted: true
        nature: obtaining
        count: 1
        selector:
          accounts: [\(ibans[0])]
          direction: credit
        reason: "For the test."
    property:
      - code: A-01
        kind: deposit-account
        description: "The first account"
        location-state: DE
        location: "A bank"
        legal-owner: S-01
        controller: S-01
        account: \(ibans[0])
    facts:
      - {code: F-01, statement: "The account was used.", status: exhibited, exhibit: PX-001, topic: conduct, persons: [S-01]}
    non-conviction-ground: {code: standalone_by_law, facts: [F-01]}
    """
  }
}
