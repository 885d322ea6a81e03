import CaseModel
import Detection
import Foundation
import Legislation
import TestSupport
import Testing
import TrailGraph

/// The law the cases are judged by: a threshold of 10 000 EUR, and nothing else.
let testLaw = Law(
  profile: "test", title: "test profile", version: "1",
  cashReportingThresholds: [
    (
      from: CivilDate(dayNumber: 0), amount: Money(minorUnits: 1_000_000, currency: euro),
      citation: Citation("Test Act, s. 1", confidence: .high)
    )
  ])
let euro = Currency(asset: "EUR", exponent: 2)

/// The cases of each detector: a folder with a guilty trail, an innocent one, and what is to be found.
struct Cases {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Cases")

  static func folder(of detector: any Detector) -> URL {
    folder.appending(path: String(describing: type(of: detector)))
  }

  static func text(_ detector: any Detector, _ file: String) throws -> String {
    try String(contentsOf: folder(of: detector).appending(path: file), encoding: .utf8)
  }

  /// The trail of a file, with the sheet around it where the detector's folder has one: of the same name
  /// (`guilty.yaml`), else `circumstances.yaml` for both trails.
  static func scene(_ detector: any Detector, _ file: String) throws -> (Scene, TrailNotation) {
    let trail = try text(detector, file)
    let own = file.replacingOccurrences(of: ".trail", with: ".yaml")
    let sheet = [own, "circumstances.yaml"].first {
      FileManager.default.fileExists(atPath: folder(of: detector).appending(path: $0).path)
    }
    guard let sheet else {
      let notation = try TrailNotation(trail)
      return (Scene(notation.trail, under: testLaw), notation)
    }
    let stated = try StatedCase(trail, sheet: text(detector, sheet))
    return (stated.scene, stated.notation)
  }

  /// The findings as a person checks them against the trail.
  static func table(_ findings: [Finding], _ notation: TrailNotation) -> String {
    findings.map { finding in
      var lines = ["\(finding.detector) \(finding.kind): \(finding.strength.rawValue)"]
      lines.append("  " + finding.sentence)
      for measure in finding.measures {
        let margin = measure.marginBasisPoints.map { ", margin \($0)" } ?? ""
        lines.append("  \(measure.name): \(measure.value) (\(measure.limit)\(margin))")
      }
      for role in finding.accounts {
        lines.append("  \(role.part): \(notation.accounts[Int(role.account.value)])")
      }
      for caution in finding.cautionsChecked { lines.append("  checked: \(caution)") }
      for caution in finding.cautionsNotChecked { lines.append("  not checked: \(caution)") }
      for entry in finding.entries {
        lines.append("  \(entry.value). \(notation.lines[Int(entry.value) - 1])")
      }
      return lines.joined(separator: "\n") + "\n"
    }.joined(separator: "\n")
  }
}

@Suite("Every detector argues both sides")
struct CaseTests {
  @Test(
    "the guilty trail gives exactly the expected findings",
    arguments: DetectionCatalogue.all.map(\.id))
  func guilty(id: String) throws {
    let detector = try #require(DetectionCatalogue.all.first { $0.id == id })
    let (scene, notation) = try Cases.scene(detector, "guilty.trail")
    let found = detector.findings(in: scene)
    let table = Cases.table(found.findings, notation)
    let expected = Cases.folder(of: detector).appending(path: "expected.txt")
    if ProcessInfo.processInfo.environment["MONEYTRAIL_GOLDEN"] == "rewrite" {
      try table.write(to: expected, atomically: true, encoding: .utf8)
    }
    #expect(try table == String(contentsOf: expected, encoding: .utf8))
    #expect(!found.findings.isEmpty)
    #expect(found.notApplicable == nil)
    for finding in found.findings {
      #expect(finding.innocentExplanations == type(of: detector).innocentExplanations)
      #expect(!finding.parameters.isEmpty && !finding.measures.isEmpty)
    }
  }

  @Test("the innocent trail gives no finding", arguments: DetectionCatalogue.all.map(\.id))
  func innocent(id: String) throws {
    let detector = try #require(DetectionCatalogue.all.first { $0.id == id })
    let (scene, notation) = try Cases.scene(detector, "innocent.trail")
    let found = detector.findings(in: scene)
    #expect(Cases.table(found.findings, notation) == "")
    #expect(found.notApplicable == nil, "an innocent case must be looked at, not skipped")
  }

  @Test("every detector names innocent explanations, and no two share an id")
  func explanations() {
    for detector in DetectionCatalogue.all {
      #expect(!type(of: detector).innocentExplanations.isEmpty, "\(detector.id)")
    }
    #expect(Set(DetectionCatalogue.all.map(\.id)).count == DetectionCatalogue.all.count)
  }

  @Test("a folder of cases belongs to a detector")
  func noStrayCases() throws {
    let names = Set(DetectionCatalogue.all.map { String(describing: type(of: $0)) })
    let folders = try FileManager.default.contentsOfDirectory(atPath: Cases.folder.path)
    #expect(Set(folders.filter { !$0.hasPrefix(".") }) == names)
  }
}
