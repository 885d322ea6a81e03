import CaseModel
import Foundation
import TestSupport
import Testing

@testable import Intake

/// Files of entities and sets, cut and altered: never a crash, never a record that is not accounted for.
@Suite("Altered files of entities")
struct EntityMutationTests {
  /// A small generator of its own, so that a failure can be repeated from its number.
  struct Numbers {
    var state: UInt64
    mutating func next(below bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(bound))
    }
  }

  static func altered(_ bytes: [UInt8], seed: Int) -> [UInt8] {
    var numbers = Numbers(state: UInt64(seed))
    var bytes = bytes
    for _ in 0...numbers.next(below: 4) where !bytes.isEmpty {
      let place = numbers.next(below: bytes.count)
      switch numbers.next(below: 4) {
      case 0: bytes[place] = UInt8(numbers.next(below: 256))
      case 1: bytes.remove(at: place)
      case 2: bytes.insert(Array("{}[]\",:;\t\n0-".utf8)[numbers.next(below: 12)], at: place)
      default: bytes.removeSubrange(place..<min(bytes.count, place + numbers.next(below: 200)))
      }
    }
    return bytes
  }

  func check(_ result: ReadResult, _ what: String) {
    #expect(!result.issues.contains { $0.code == "E-INTERNAL" }, "\(what): \(result.issues)")
    let kept =
      result.statements.reduce(0) { $0 + $1.entries.count } + result.payments.count
      + result.entities.count
    #expect(result.isRefused || result.recordsStored == kept, "\(what)")
    #expect(!result.isRefused || kept == 0, "\(what)")
  }

  @Test(
    "Single files",
    arguments: ["ftm/sample.ftm.json", "bods/sample.json", "land-register/sample.csv"])
  func files(_ name: String) throws {
    let file = try Given.file(at: StatementSamplesTests.folder.appending(path: name))
    for seed in 1...400 {
      let bytes = Self.altered(file.bytes, seed: seed)
      check(readStatements(file: Given.file(bytes, name: file.name)), "\(name) seed \(seed)")
    }
    for length in stride(from: 0, to: file.bytes.count, by: 37) {
      let cut = Given.file(Array(file.bytes[..<length]), name: file.name)
      check(readStatements(file: cut), "\(name) cut at \(length)")
    }
  }

  @Test("Sets", arguments: ["simba", "invented-account-extract"])
  func sets(_ name: String) throws {
    let folder = StatementSamplesTests.folder.appending(path: name)
    let files = try SetFolder.files(folder)
    let profile = SetFolder.profile(folder)
    for seed in 1...150 {
      var altered = files
      let place = seed % files.count
      altered[place] = Given.file(
        Self.altered(files[place].bytes, seed: seed), name: files[place].name)
      check(
        try SetFolder.reading(altered, profile: profile),
        "\(name) seed \(seed) in \(altered[place].name)")
    }
  }
}
