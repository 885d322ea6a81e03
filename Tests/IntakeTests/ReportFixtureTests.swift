import CaseModel
import Foundation
import Intake
import TestSupport
import Testing

@Suite("Reports to financial intelligence units, of other projects")
struct ReportFixtureTests {
  static let goaml = SharedMaterial.url("fixtures/goaml")
  static let fincen = SharedMaterial.url("fixtures/fincen")

  /// Compares every file of a folder that is no schema.
  static func compare(
    _ folder: URL, _ list: String, _ expected: ([String: Any]) throws -> FormatFixtures.Facts,
    _ found: (ReadResult) -> FormatFixtures.Facts
  ) throws {
    let all = try FormatFixtures.json(folder.appending(path: "expected.json"))
    var listed = try FormatFixtures.listedDifferences(list)
    var compared = 0
    for (name, item) in all.sorted(by: { $0.key < $1.key }) where name.hasSuffix(".xml") {
      compared += 1
      let facts = try #require((item as? [String: Any])?["expected"] as? [String: Any])
      let result = readStatements(file: try FormatFixtures.file(folder.appending(path: name)))
      #expect(result.format == list && !result.isRefused && !result.hasErrors, "\(name)")
      #expect(result.recordsRead == result.recordsStored && result.statements.isEmpty)
      for difference in FormatFixtures.differences(
        name, expected: [try expected(facts)], found: [found(result)])
      where listed.remove(difference.place) == nil {
        Testing.Issue.record("\(difference.place): \(difference.text)")
      }
    }
    #expect(compared >= 10)
    #expect(listed.isEmpty, "listed differences that are none: \(listed.sorted())")
  }

  // MARK: goAML

  @Test(
    "Every goAML report gives the expected header, transactions, sums, parties, goods, indicators",
    .enabled(if: goaml != nil, "the shared goAML reports are absent"))
  func goamlReports() throws {
    try Self.compare(
      try #require(Self.goaml), "goaml",
      { facts in
        var expected: FormatFixtures.Facts = [:]
        for name in [
          "report_code", "entity_reference", "activities", "report_parties",
          "transactions", "goods_services",
        ] { expected[name] = FormatFixtures.string(facts[name]) }
        let sum = try #require(facts["amount_local_sum"] as? String)
        let code = try #require(facts["currency_code_local"] as? String)
        let currency = try #require(Currency(iso: code))
        expected["amount_local_sum"] = try #require(Money(sum, in: currency)).description
        expected["indicators"] = (facts["indicators"] as? [String])?.joined(separator: " ")
        expected["schema_version"] = FormatFixtures.string(facts["schema_version"])
        let parties = facts["party_elements"] as? [String: Int] ?? [:]
        for name in ["director_id", "signatory"] { expected[name] = "\(parties[name] ?? 0)" }
        expected["sides"] = "\((facts["sides"] as? [String: Int] ?? [:]).values.reduce(0, +))"
        let persons = ["from_person", "to_person"].reduce(0) { $0 + (parties[$1] ?? 0) }
        expected["side persons"] = "\(persons)"
        return expected
      },
      { result in
        var found: FormatFixtures.Facts = [:]
        let header = result.payments.first { $0.recordType == "goaml.report" }
        found["report_code"] = header?.references["report-code"]
        found["entity_reference"] = header?.references["entity-reference"]
        found["indicators"] = header?.details["indicators"]
        found["schema_version"] = header?.details["schema_version"] ?? "none"
        let activities = result.payments.filter { $0.recordType == "goaml.activity" }
        found["activities"] = "\(activities.count)"
        found["report_parties"] = "\(activities.flatMap(\.parties).count)"
        let transactions = result.payments.filter { $0.recordType == "goaml.transaction" }
        found["transactions"] = "\(transactions.count)"
        let goods: Set<String> = ["Asset", "Vehicle", "RealEstate", "Vessel", "Airplane"]
        found["goods_services"] = "\(result.entities.count { goods.contains($0.schema) })"
        let code = header?.details["currency_code_local"] ?? ""
        if let currency = Currency(iso: code) {
          let minor = transactions.compactMap { $0.amount(.reported)?.minorUnits }.reduce(0, +)
          found["amount_local_sum"] = Money(minorUnits: minor, currency: currency).description
        }
        found["director_id"] = "\(result.entities.count { $0.schema == "Directorship" })"
        found["signatory"] = "\(result.entities.count { $0.schema == "UnknownLink" })"
        let sides = transactions.flatMap(\.parties).filter {
          $0.role == .originator || $0.role == .beneficiary
        }
        found["sides"] = "\(sides.count)"
        let persons = Set(result.entities.filter { $0.schema == "Person" }.map(\.id))
        found["side persons"] = "\(sides.count { $0.entity.map(persons.contains) == true })"
        return found
      })
  }

  @Test(
    "Bad input has the stated outcome, code, place and number of transactions kept",
    .enabled(if: FormatCases.folder != nil, "the malformed cases cannot be made"),
    arguments: FormatCases.cases(of: "goaml"))
  func badInput(_ item: FormatCases.Case) throws { try MessageCases.check(item) }

  // MARK: FinCEN

  @Test(
    "Every FinCEN batch gives the expected form, activities, parties, names, accounts, amounts",
    .enabled(if: fincen != nil, "the shared FinCEN batches are absent"))
  func fincenBatches() throws {
    try Self.compare(
      try #require(Self.fincen), "fincen",
      { facts in
        var expected: FormatFixtures.Facts = [:]
        for name in ["activities", "parties", "party_names", "accounts", "narratives", "form_type"]
        {
          expected[name] = FormatFixtures.string(facts[name])
        }
        let amounts = (facts["amount_elements"] as? [String: [Any]] ?? [:]).values.flatMap { $0 }
        expected["amounts"] = amounts.compactMap { $0 as? String }.joined(separator: " ")
        return expected
      },
      { result in
        var found: FormatFixtures.Facts = [:]
        let reports = result.payments.filter { $0.kind == .report }
        found["activities"] = "\(reports.count)"
        let parties = result.entities.filter { ["Person", "LegalEntity"].contains($0.schema) }
        found["parties"] = "\(parties.count)"
        let names = parties.flatMap {
          ($0.properties["name"] ?? []) + ($0.properties["alias"] ?? [])
        }
        found["party_names"] = "\(names.count)"
        // The expected count is that of accounts and of their associations together.
        let accounts = result.entities.filter { $0.schema == "BankAccount" }
        let links = result.entities.filter { $0.schema == "UnknownLink" && $0.first("role") != nil }
        found["accounts"] = "\(accounts.count + links.count)"
        found["narratives"] = "\(reports.count { $0.purpose != nil })"
        found["form_type"] = reports.first?.details["FormTypeCode"] ?? "none"
        found["amounts"] = reports.flatMap(\.amounts).map { stated in
          "\(stated.amount.minorUnits / stated.amount.currency.minorUnitsPerMajor)"
        }.joined(separator: " ")
        return found
      })
  }

  @Test("A report sent again keeps its references, and the unchanged transactions their content")
  func resubmission() throws {
    let url = FormatFixtures.samples.appending(path: "goaml/str.xml")
    let first = try FormatFixtures.file(url)
    let text = String(decoding: first.bytes, as: UTF8.self)
    let again = FormatFixtures.input(
      Array(text.replacingOccurrences(of: "24985.50", with: "24985.51").utf8), name: "again.xml")
    let (a, b) = (readStatements(file: first).payments, readStatements(file: again).payments)
    #expect(a.map(\.references) == b.map(\.references))
    let changed = zip(a, b).filter { $0.key != $1.key }.map {
      $0.0.references["transaction-number"]
    }
    #expect(changed == ["T-1"])
    #expect(a[1].references["replaces"] == "STR-6")
  }

  @Test("A cut report or message is refused whole, never half kept")
  func cutFilesAreRefused() throws {
    for path in ["goaml/str.xml", "fincen/sar.xml", "auth.002/response.xml", "pacs.008/wire.xml"] {
      let file = try FormatFixtures.file(FormatFixtures.samples.appending(path: path))
      let body = file.bytes.lastIndex(of: UInt8(ascii: "<")) ?? 0
      for step in 1..<24 {
        let cut = FormatFixtures.input(Array(file.bytes[..<(body * step / 24)]), name: path)
        let result = readStatements(file: cut)
        #expect(result.isRefused && result.payments.isEmpty, "\(path) cut at step \(step)")
      }
    }
  }
}
