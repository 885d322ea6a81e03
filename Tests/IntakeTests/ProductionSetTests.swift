import CaseModel
import Foundation
import TestSupport
import Testing

@testable import Intake

/// Reads whole sets from folders.
enum SetFolder {
  static func files(_ folder: URL) throws -> [InputFile] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
      .filter { !["expected.txt", "profile.yaml"].contains($0) }
      .map { try Given.file(at: folder.appending(path: $0)) }
  }

  /// The profile beside a sample whose layout does not come with the program.
  static func profile(_ folder: URL) -> String? {
    try? String(contentsOf: folder.appending(path: "profile.yaml"), encoding: .utf8)
  }

  /// The set's main file read with all others, as an import does.
  static func reading(
    _ files: [InputFile], profile: String? = nil, strict: Bool = false
  ) throws -> ReadResult {
    let group = try #require(
      ProductionSet.groups(ofPaths: files.map(\.name), profile: profile).first)
    #expect(group.count == files.count)
    return readStatements(
      file: files[group[0]],
      options: ReadingOptions(
        profile: profile, receivedOn: CivilDate(year: 2024, month: 6, day: 30),
        companions: group.dropFirst().map { files[$0] }), strict: strict)
  }
}

@Suite("Production sets")
struct ProductionSetTests {
  static let folder = StatementSamplesTests.folder

  @Test(
    "Each set's sample is read together as written beside it",
    arguments: ["simba", "invented-account-extract"])
  func sample(_ name: String) throws {
    #expect(
      SetProfile.all.count == IntakeFiles.all.count { $0.folder == "ProductionSet/Profiles" })
    let place = Self.folder.appending(path: name)
    let result = try SetFolder.reading(
      try SetFolder.files(place), profile: SetFolder.profile(place))
    #expect(result.parser.contains("profile \(name) "), "\(result.parser)")
    try EntityText.compare(result, with: place.appending(path: "expected.txt"))
  }

  @Test(
    "A member alone, and a set with a table missing, are refused with the names of what is missing")
  func incompleteSets() throws {
    let files = try SetFolder.files(Self.folder.appending(path: "simba"))
    for file in files {
      let alone = readStatements(file: file)
      #expect(alone.isRefused && alone.issues.map(\.code) == ["E-SET"], "\(file.name)")
      let found = try #require(alone.issues.first?.found)
      for other in files where other.name != file.name && !other.name.contains("AUTENTICACOES") {
        #expect(found.contains(other.name), "\(file.name): \(found)")
      }
    }
    for missing in files where !missing.name.contains("AUTENTICACOES") {
      let rest = files.filter { $0.name != missing.name }
      let result = readStatements(
        file: rest[0], options: ReadingOptions(companions: Array(rest.dropFirst())))
      #expect(result.isRefused)
      #expect(result.issues.first?.found.contains(missing.name) == true)
    }
  }

  @Test(
    "Everything of a set stands with its main table; the other members add nothing of their own")
  func membersAddNothing() throws {
    let files = try SetFolder.files(Self.folder.appending(path: "simba"))
    for (index, file) in files.enumerated() where !file.name.contains("EXTRATO") {
      var others = files
      others.remove(at: index)
      let result = readStatements(file: file, options: ReadingOptions(companions: others))
      #expect(!result.isRefused && result.recordsRead == 0 && result.entities.isEmpty)
      #expect(result.issues.map(\.code) == ["N-SET"])
    }
  }

  @Test("The order of the files does not matter, and strict mode refuses a set with a fault")
  func orderAndStrictness() throws {
    let files = try SetFolder.files(Self.folder.appending(path: "simba"))
    let forward = try SetFolder.reading(files)
    let backward = try SetFolder.reading(files.reversed())
    #expect(forward.statements == backward.statements && forward.entities == backward.entities)
    #expect(forward.payments == backward.payments && forward.issues == backward.issues)
    let strict = try SetFolder.reading(files, strict: true)
    #expect(strict.isRefused && strict.statements.isEmpty && strict.entities.isEmpty)
  }

  @Test("Files are grouped by folder, prefix and table, and others stay alone")
  func groups() {
    let paths = [
      "a/1_CONTAS.txt", "statement.sta", "a/1_EXTRATO.txt", "b/1_CONTAS.txt", "a/2_extrato.TXT",
      "a/1_AUTENTICACOES.txt", "x-movements.csv", "x-accounts.csv", "_CONTAS.txt",
    ]
    #expect(
      ProductionSet.groups(ofPaths: paths) == [[2, 0, 5], [1], [3], [4], [6], [7], [8]])
    let profile = SetFolder.profile(Self.folder.appending(path: "invented-account-extract"))
    #expect(ProductionSet.groups(ofPaths: paths, profile: profile).contains([6, 7]))
  }

  @Test("A name alone makes no member: what is in the file counts as well")
  func namesAlone() throws {
    let file = Given.file("Date,Amount\n2024-03-01,10.00\n", name: "1_EXTRATO.txt")
    #expect(!ProductionSet.isMember(file))
    #expect(readStatements(file: file).format == "delimited")
    for file in try SetFolder.files(Self.folder.appending(path: "simba")) {
      #expect(ProductionSet.isMember(file), "\(file.name)")
    }
  }

  @Test("Every part of a line and what no part explains add up to the line")
  func partsAddUp() throws {
    let result = try SetFolder.reading(try SetFolder.files(Self.folder.appending(path: "simba")))
    var checked = 0
    for entry in result.statements.flatMap(\.entries) where entry.references["parts"] != nil {
      let parts = result.payments.filter {
        $0.references["servicer"] == entry.references["servicer"]
      }
      let sum = parts.map { $0.amounts[0].amount }.sum(in: entry.amount.currency)
      if sum != entry.amount.magnitude {
        #expect(result.issues.contains { $0.code == "W-PARTS-OVER" })
      } else {
        checked += 1
      }
    }
    #expect(checked >= 3)
  }
}

@Suite("The shared synthetic SIMBA sets")
struct ProductionSetFixtureTests {
  static let folder = SharedMaterial.url("fixtures/simba")

  @Test(
    "Each set gives the expected rows, accounts, sums, balances, parts and unknown parties",
    .enabled(if: folder != nil, "the shared simba fixtures are absent"))
  func sets() throws {
    let folder = try #require(Self.folder)
    let all = try FormatFixtures.json(folder.appending(path: "expected.json"))
    #expect(all.count == 3)
    var listed = try FormatFixtures.listedDifferences("simba-shared")
    for name in all.keys.sorted() {
      let expected = try #require(all[name] as? [String: Any])
      let result = try SetFolder.reading(
        try SetFolder.files(folder.appending(path: name)))
      #expect(!result.isRefused && result.format == "production-set")
      for difference in FormatFixtures.differences(
        name, expected: [Self.expectedFacts(expected)], found: [Self.foundFacts(result)])
      where listed.remove(difference.place) == nil {
        Testing.Issue.record("\(difference.place): \(difference.text)")
      }
      let codes = Set(result.issues.filter { $0.severity != .note }.map(\.code))
      let faults = expected["planted_faults"] as? [String] ?? []
      #expect(
        codes
          == (faults.isEmpty
            ? ["W-REMAINDER"]
            : [
              "E-HASH", "E-KEY", "W-BALANCE", "W-DANGLING", "W-ID", "W-KEY", "W-REMAINDER",
              "W-UNBALANCED",
            ]),
        "\(name): \(result.issues.map(\.description))")
    }
    #expect(listed.isEmpty, "listed differences that are none: \(listed.sorted())")
  }

  static func expectedFacts(_ expected: [String: Any]) -> FormatFixtures.Facts {
    var facts: FormatFixtures.Facts = [:]
    for name in [
      "holders", "statement_lines", "lines_with_several_parts",
      "lines_with_unexplained_remainder_of_500_minor", "unidentified_parts_each_a_distinct_unknown",
    ] { facts[name] = FormatFixtures.string(expected[name]) }
    for (table, count) in expected["rows"] as? [String: Int] ?? [:] {
      facts["rows \(table)"] = "\(count)"
    }
    for (number, item) in expected["investigated_accounts"] as? [String: [String: Any]] ?? [:] {
      for (name, value) in item {
        facts["\(number) \(name)"] =
          name == "reconciles" ? "\(value as? Bool ?? false)" : FormatFixtures.string(value)
      }
    }
    return facts
  }

  static func foundFacts(_ result: ReadResult) -> FormatFixtures.Facts {
    func count(_ table: String, _ locators: [Locator]) -> String {
      "\(Set(locators.filter { $0.text.contains("_\(table).txt line") }.map(\.text)).count)"
    }
    let places = result.entities.map(\.locator) + result.quarantined.map(\.locator)
    let parts = result.payments.filter { $0.recordType == "simba.part" }
    let remainders = result.payments.filter { $0.recordType == "simba.remainder" }
    let unknown = parts.compactMap { part in
      part.parties.compactMap(\.entity).first { $0.hasPrefix("unknown/") }
    }
    let entries = result.statements.flatMap(\.entries)
    var facts: FormatFixtures.Facts = [
      "holders":
        "\(Set(result.entities.filter { $0.locator.text.contains("TITULARES") && $0.id.hasPrefix("party/") }.map(\.id)).count)",
      "statement_lines": "\(entries.count)",
      "lines_with_several_parts":
        "\(entries.count { ($0.references["parts"] ?? "").contains(" ") })",
      "lines_with_unexplained_remainder_of_500_minor":
        "\(remainders.count { $0.amounts[0].amount.minorUnits == 500 })",
      "unidentified_parts_each_a_distinct_unknown": "\(Set(unknown).count)",
      "rows AGENCIAS": count("AGENCIAS", places), "rows CONTAS": count("CONTAS", places),
      "rows TITULARES": count("TITULARES", places), "rows EXTRATO": "\(entries.count)",
      "rows ORIGEM_DESTINO":
        "\(Set((parts.map(\.locator) + result.quarantined.map(\.locator)).map(\.text)).count)",
    ]
    for statement in result.statements {
      let number = statement.accountText
      let days = statement.entries.compactMap(\.bookedOn)
      facts["\(number) branch"] = statement.institution.map { String($0.suffix(4)) }
      facts["\(number) opening_minor"] = "\(statement.opening?.amount.minorUnits ?? 0)"
      facts["\(number) closing_minor"] = "\(statement.closing?.amount.minorUnits ?? 0)"
      facts["\(number) first_date"] = days.min()?.description
      facts["\(number) last_date"] = days.max()?.description
      facts["\(number) reconciles"] = "\(statement.status == .reconciled)"
      let sums = FormatFixtures.sums(statement.entries)
      for side in ["credit", "debit"] {
        facts["\(number) \(side)_count"] = sums["\(side)_count"]
        facts["\(number) \(side)_minor"] = sums["\(side)_sum_minor"]
      }
    }
    return facts
  }
}
