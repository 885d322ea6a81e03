import CaseModel
import Foundation
import Testing

@testable import Intake

/// Own samples of the formats with bytes changed, cut, doubled and swapped from a fixed seed: whatever
/// comes, reading ends, accounts for every record and says the same twice.
///
/// `MONEYTRAIL_MUTATIONS` sets another count for a long run by hand.
struct MutationTests {
  /// SplitMix64 (Steele, Lea, Flood 2014): the same numbers on every machine.
  struct Seeded {
    var state: UInt64
    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return z ^ (z >> 31)
    }
    mutating func below(_ limit: Int) -> Int { Int(next() % UInt64(max(1, limit))) }
  }

  static func samples() throws -> [InputFile] {
    let folder = StatementSamplesTests.folder
    let names = [
      "mt940/german.sta", "mt940/dutch.sta", "mt942/interim.sta", "camt.053/clean.xml",
      "camt.054/returned.xml", "invented-volksbank-semicolon/sample.csv",
      "transfers-both-accounts/sample.csv", "swedbank-record-types/sample.csv",
      "swift/batch.rje", "swift/bare.fin", "pacs.008/wire.xml", "camt.056/cancel.xml",
      "goaml/str.xml", "fincen/ctr.xml", "auth.002/response.xml",
    ]
    return try names.map { try Given.file(at: folder.appending(path: $0)) }
  }

  /// One to four changes of the kinds that files suffer.
  static func mutated(_ bytes: [UInt8], _ random: inout Seeded) -> [UInt8] {
    let telling = Array("\"';,|\t\r\n<>&/:-+(){}0919AZ.\0\u{FF}".utf8) + [0x80, 0xC3, 0xFF, 0x1F]
    var bytes = bytes
    for _ in 0...random.below(4) where !bytes.isEmpty {
      let place = random.below(bytes.count)
      switch random.below(6) {
      case 0: bytes[place] = telling[random.below(telling.count)]
      case 1: bytes[place] = UInt8(truncatingIfNeeded: random.next())
      case 2: bytes.insert(telling[random.below(telling.count)], at: place)
      case 3: bytes.removeSubrange(place..<min(bytes.count, place + 1 + random.below(12)))
      case 4: bytes.removeSubrange(place...)
      default:
        let part = bytes[place..<min(bytes.count, place + 1 + random.below(80))]
        bytes.insert(contentsOf: part, at: random.below(bytes.count))
      }
    }
    return bytes
  }

  @Test("Changed, cut and doubled bytes never stop a reading, and every record is accounted for")
  func mutations() throws {
    let wanted = ProcessInfo.processInfo.environment["MONEYTRAIL_MUTATIONS"].flatMap { Int($0) }
    var random = Seeded(state: 20_240_301)
    let samples = try Self.samples()
    for round in 0..<(wanted ?? 800) {
      let sample = samples[round % samples.count]
      let file = Given.file(Self.mutated(sample.bytes, &random), name: sample.name)
      let result = readStatements(file: file)
      let stored = result.recordsStored + result.quarantined.count + result.skippedRecords
      let isSound =
        result.recordsRead == stored && result.recordsStored >= 0
        && !result.issues.contains { $0.code == "E-INTERNAL" }
        && (!result.isRefused || result.hasErrors)
      #expect(isSound, "round \(round), \(sample.name)")
      if round % 16 == 0 {
        let again = readStatements(file: file)
        #expect(again.statements == result.statements && again.issues == result.issues)
      }
    }
  }
}
