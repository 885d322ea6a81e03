import CaseModel
import Foundation
import Intake
import Testing

/// Own samples of the national formats: every file under `Statements/<format>/` with a `.expected.txt`
/// beside it, and a `.profile.yaml` where the format needs one.
@Suite("Statements of national formats made for these tests")
struct NationalSampleTests {
  static let formats = [
    "bai2", "cfonb120", "cfonb240", "coda", "norma43", "ofx", "payment-records", "qif",
  ]
  static let samples: [String] = {
    var found: [String] = []
    for format in formats {
      let folder = FormatFixtures.samples.appending(path: format)
      let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
      for name in names.sorted() where !name.hasSuffix(".txt") && !name.hasSuffix(".yaml") {
        found.append("\(format)/\(name)")
      }
    }
    return found
  }()

  static func result(_ path: String) throws -> ReadResult {
    let url = FormatFixtures.samples.appending(path: path)
    let profile = url.deletingPathExtension().appendingPathExtension("profile.yaml")
    let options = ReadingOptions(
      profile: try? String(contentsOf: profile, encoding: .utf8),
      receivedOn: CivilDate(year: 2024, month: 6, day: 30))
    return readStatements(file: try FormatFixtures.file(url), options: options)
  }

  @Test("A file is read into the text beside it", arguments: samples)
  func sampleIsRead(_ path: String) throws {
    let result = try Self.result(path)
    #expect(path.hasPrefix(result.format))
    #expect(
      result.recordsRead
        == result.recordsStored + result.quarantined.count + result.skippedRecords)
    let text = MT940SampleTests.text(result) + Self.records(result)
    let beside = FormatFixtures.samples.appending(path: path)
      .deletingPathExtension().appendingPathExtension("expected.txt")
    if ProcessInfo.processInfo.environment["MONEYTRAIL_GOLDEN"] != nil {
      try Data(text.utf8).write(to: beside)
    }
    let expected = try String(contentsOf: beside, encoding: .utf8)
    #expect(text == expected, "\(text)")
  }

  @Test("Every format has a sample of its own")
  func everyFormatHasASample() {
    #expect(Set(Self.samples.map { String($0.split(separator: "/")[0]) }) == Set(Self.formats))
  }

  @Test(
    "Cut anywhere, a file is read or refused, its records are accounted for, and nothing is invented",
    arguments: samples)
  func cutFiles(_ path: String) throws {
    let file = try FormatFixtures.file(FormatFixtures.samples.appending(path: path))
    let whole = try Self.result(path)
    let step = max(1, file.bytes.count / 60)
    for length in stride(from: 1, to: file.bytes.count, by: step) {
      let url = FormatFixtures.samples.appending(path: path)
      let profile = url.deletingPathExtension().appendingPathExtension("profile.yaml")
      let cut = readStatements(
        file: FormatFixtures.input(Array(file.bytes[..<length]), name: file.name),
        options: ReadingOptions(profile: try? String(contentsOf: profile, encoding: .utf8)))
      #expect(!cut.issues.contains { $0.code == "E-INTERNAL" }, "\(path) cut at \(length)")
      guard cut.format == whole.format, !cut.isRefused else { continue }
      #expect(
        cut.recordsRead == cut.recordsStored + cut.quarantined.count + cut.skippedRecords)
      #expect(
        cut.statements.reduce(0) { $0 + $1.entries.count }
          <= whole.statements.reduce(0) { $0 + $1.entries.count })
      #expect(cut.payments.count <= whole.payments.count)
    }
  }

  @Test(
    "Bytes changed anywhere never stop the program, and every record is accounted for",
    arguments: samples)
  func changedBytes(_ path: String) throws {
    let url = FormatFixtures.samples.appending(path: path)
    let file = try FormatFixtures.file(url)
    let profile = try? String(
      contentsOf: url.deletingPathExtension().appendingPathExtension("profile.yaml"),
      encoding: .utf8)
    // A fixed sequence, so that a failure can be repeated: Knuth's MMIX constants.
    var state: UInt64 = 20_240_304
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(bound))
    }
    let odd: [UInt8] = Array("0-+/,.<>^!{}J ~9\n\r\"".utf8) + [0, 0x80, 0xC3, 0xFF]
    for round in 0..<60 {
      var bytes = file.bytes
      for _ in 0...next(4) {
        let place = next(bytes.count)
        switch next(3) {
        case 0: bytes[place] = odd[next(odd.count)]
        case 1: bytes.remove(at: place)
        default: bytes.insert(odd[next(odd.count)], at: place)
        }
      }
      let result = readStatements(
        file: FormatFixtures.input(bytes, name: file.name),
        options: ReadingOptions(profile: profile))
      #expect(!result.issues.contains { $0.code == "E-INTERNAL" }, "\(path) round \(round)")
      #expect(
        result.recordsRead
          == result.recordsStored + result.quarantined.count + result.skippedRecords
          || result.isRefused)
    }
  }

  /// Payment records and entities, one line a fact.
  static func records(_ result: ReadResult) -> String {
    var lines = [""]
    for payment in result.payments {
      let amounts = payment.amounts.map { "\($0.role.rawValue) \($0.amount)" }
      lines.append(
        "\(payment.recordType) \(payment.kind.rawValue) \(payment.status ?? "-") at "
          + "\(payment.locator): \(amounts.joined(separator: ", "))")
      let days = [payment.executedOn, payment.valueOn].map { $0?.description ?? "-" }
      lines.append(
        "  on \(days[0]), value \(days[1]), time \(payment.timeOfDay.map(String.init) ?? "-"), "
          + "offset \(payment.utcOffsetMinutes.map(String.init) ?? "-"), \(payment.channel.rawValue)"
      )
      for party in payment.parties {
        let identifiers = party.identifiers.sorted { $0.key < $1.key }.map {
          "\($0.key)=\($0.value)"
        }
        let facts = [
          party.name, party.accountText, party.accountKey?.text, party.institution, party.address,
          party.country,
        ].map { $0 ?? "-" }
        lines.append(
          "  \(party.role.rawValue): \(facts.joined(separator: ", ")) \(identifiers.joined(separator: " "))"
        )
      }
      if let purpose = payment.purpose { lines.append("  purpose \(purpose)") }
      if let rate = payment.exchangeRate { lines.append("  rate \(rate)") }
      for (name, value) in payment.references.sorted(by: { $0.key < $1.key }) {
        lines.append("  \(name) = \(value)")
      }
      for (name, value) in payment.details.sorted(by: { $0.key < $1.key }) {
        lines.append("  detail \(name) = \(value)")
      }
    }
    for entity in result.entities {
      lines.append("\(entity.schema) \(entity.id) at \(entity.locator)")
      for (name, values) in entity.properties.sorted(by: { $0.key < $1.key }) {
        lines.append("  \(name) = \(values.joined(separator: " | "))")
      }
    }
    return lines.count == 1 ? "" : lines.joined(separator: "\n") + "\n"
  }
}
