import CaseModel
import Foundation
import Intake
import TestSupport
import Testing

@Suite("Entities and ownership statements of other projects")
struct EntityFixtureTests {
  static let ftm = SharedMaterial.url("fixtures/ftm")
  static let bods = SharedMaterial.url("fixtures/bods")

  @Test(
    "Every FollowTheMoney file gives the expected entities, ids, edges and payment sum",
    .enabled(if: ftm != nil, "the shared ftm fixtures are absent"))
  func followTheMoney() throws {
    let folder = try #require(Self.ftm)
    var read = 0
    for (name, item) in try FormatFixtures.json(folder.appending(path: "expected.json")) {
      let facts = try #require((item as? [String: Any])?["expected"] as? [String: Any])
      guard let expected = facts["entities"] as? Int else { continue }
      read += 1
      let result = readStatements(file: try FormatFixtures.file(folder.appending(path: name)))
      #expect(result.format == "ftm" && !result.isRefused)
      #expect(result.recordsRead == expected && result.quarantined.isEmpty)
      var schemata = result.entities.reduce(into: [:]) { $0[$1.schema, default: 0] += 1 }
      if !result.payments.isEmpty { schemata["Payment", default: 0] += result.payments.count }
      #expect(schemata == facts["by_schema"] as? [String: Int])
      let ids = Set(
        result.entities.map(\.id) + result.payments.compactMap { $0.references["entity"] })
      #expect(ids.count == facts["distinct_ids"] as? Int)
      #expect(result.payments.count == facts["edge_entities"] as? Int)
      let euro = try #require(Currency(iso: "EUR"))
      let sum = result.payments.map { $0.amounts[0].amount }.sum(in: euro)
      let stated = try #require(facts["payment_amount_sum"] as? String)
      #expect(sum == Money(stated, in: euro))
      // Every payment still says who paid whom, and the file describes both.
      for payment in result.payments {
        #expect(payment.parties.map(\.role) == [.originator, .beneficiary])
        #expect(payment.parties.allSatisfy { ids.contains($0.entity ?? "") })
      }
      #expect(result.issues.isEmpty, "\(name): \(result.issues.map(\.description))")
    }
    #expect(read == 2)
  }

  static func facts(_ result: ReadResult) -> FormatFixtures.Facts {
    let own = result.entities.filter { $0.properties["bods:recordType"] != nil }
    var facts: FormatFixtures.Facts = [
      "statements": "\(own.count + result.quarantined.count)",
      "dangling": "\(Self.count("W-DANGLING", result))",
      "duplicates": "\(Self.count("W-DUP-ID", result))",
    ]
    for type in Set(own.compactMap { $0.first("bods:recordType") }) {
      facts["type \(type)"] = "\(own.count { $0.first("bods:recordType") == type })"
    }
    return facts
  }

  /// The number with which a warning begins.
  static func count(_ code: String, _ result: ReadResult) -> Int {
    result.issues.filter { $0.code == code }
      .compactMap { $0.found.split(separator: " ").first.flatMap { Int($0) } }.reduce(0, +)
  }

  @Test(
    "Every BODS file gives the expected statements, types, open references and repeated ids",
    .enabled(if: bods != nil, "the shared bods fixtures are absent"))
  func ownership() throws {
    let folder = try #require(Self.bods)
    let all = try FormatFixtures.json(folder.appending(path: "expected.json"))
    #expect(all.count == 420)
    var listed = try FormatFixtures.listedDifferences("bods")
    for (name, item) in all.sorted(by: { $0.key < $1.key }) {
      let facts = try #require((item as? [String: Any])?["expected"] as? [String: Any])
      var expected: FormatFixtures.Facts = [
        "statements": FormatFixtures.string(facts["statements"]),
        "dangling": FormatFixtures.string(facts["dangling_references"]),
        "duplicates": FormatFixtures.string(facts["duplicate_statement_ids"]),
      ]
      for (type, count) in facts["by_record_type"] as? [String: Int] ?? [:] {
        expected["type \(type)"] = "\(count)"
      }
      let result = readStatements(file: try FormatFixtures.file(folder.appending(path: name)))
      #expect(result.format == "bods" && !result.isRefused, "\(name): \(result.issues)")
      #expect(result.recordsRead == result.recordsStored + result.quarantined.count, "\(name)")
      for difference in FormatFixtures.differences(
        name, expected: [expected], found: [Self.facts(result)])
      where listed.remove(difference.place) == nil {
        Testing.Issue.record("\(difference.place): \(difference.text)")
      }
      if facts["upstream_label"] as? String == "valid" {
        #expect(result.quarantined.isEmpty, "\(name): \(result.issues.map(\.description))")
      }
    }
    #expect(listed.isEmpty, "listed differences that are none: \(listed.sorted())")
  }

  @Test(
    "Bad input has the stated outcome, code, place and number of records kept",
    .enabled(if: FormatCases.folder != nil, "the malformed cases cannot be made"),
    arguments: FormatCases.cases(of: "ftm") + FormatCases.cases(of: "bods"))
  func badInput(_ item: FormatCases.Case) throws {
    let folder = try #require(FormatCases.folder)
    #expect(item.files.count == 1)
    let file = try FormatFixtures.file(folder.appending(path: item.files[0]))
    let result = readStatements(file: file)
    #expect(result.isRefused == (item.outcome == "reject-file"))
    // The generator counts entities for ftm and booked lines, of which there are none, for bods.
    let kept = result.format == "ftm" ? result.entities.count : 0
    #expect(kept == item.kept)
    #expect(result.issues.contains { $0.severity == .error } == (item.outcome != "accept-warn"))
    let code = try #require(item.code)
    let place = try #require(item.place)
    #expect(
      result.issues.contains { $0.code == code && $0.locator.text == place },
      "\(code) at \(place); found \(result.issues.map(\.description))")
    #expect(readStatements(file: file).entities == result.entities)
  }
}
