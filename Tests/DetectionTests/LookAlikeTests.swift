import CaseModel
import Detection
import Foundation
import TestSupport
import Testing
import TrailGraph

/// The lawful look-alikes of typologies.md §6 before every detector of the catalogue.
@Suite("Lawful look-alikes")
struct LookAlikeTests {
  private func findings(_ lines: [String]) throws -> [Finding] {
    let trail = try Trail(notation: lines.joined(separator: "\n"))
    return detect(in: trail, under: testLaw, context: nil).flatMap(\.findings)
  }

  private static func garmentWorkers(share: Int, months: Int) -> [String] {
    (0..<40).flatMap { worker in
      [
        "repeat \(months) every 30 days: 2024-01-31 mill -> w\(worker) 900.00 EUR payroll",
        "repeat \(months) every 30 days: 2024-02-01 w\(worker) -> remitter \(9 * share).00 EUR "
          + "remittance_send",
      ]
    }
  }

  static let silent: [(name: String, lines: [String])] = [
    ("FP-01 forty garment workers send half their pay home", garmentWorkers(share: 50, months: 4)),
    (
      "FP-02 a payroll agent pays out what came the day before",
      ["repeat 3 every 30 days: 2024-01-30 client -> agent 240000.00 EUR"]
        + (0..<120).map {
          "repeat 3 every 30 days: 2024-01-31 agent -> w\($0) 2000.00 EUR payroll"
        }
    ),
    (
      "FP-04 eight tenants pay one, who pays the rent",
      (0..<8).map { "repeat 6 every 30 days: 2024-01-01 t\($0) -> tenant 400.00 EUR" }
        + ["repeat 6 every 30 days: 2024-01-05 tenant -> landlord 3600.00 EUR"]
    ),
    (
      "FP-07 a savings club of ten, one turn a month",
      (0..<10).flatMap { turn in
        (0..<10).filter { $0 != turn }.map {
          "2024-\(turn < 9 ? "0" : "")\(turn + 1)-15 m\($0) -> m\(turn) 100.00 EUR"
        }
      }
    ),
  ]

  @Test("are not found", arguments: silent.indices)
  func notFound(index: Int) throws {
    let found = try findings(Self.silent[index].lines)
    #expect(found.map(\.sentence) == [], "\(Self.silent[index].name)")
  }

  @Test(
    "a savings club is not reported by screening either, though each member pays each other once")
  func clubScreened() throws {
    var bench = Bench()
    for turn in 0..<10 {
      for member in 0..<10 where member != turn {
        bench.pay("m\(member)", "m\(turn)", at: Int64(turn * 720 + member), 10_000)
      }
    }
    #expect(try screen(transfersCSV: bench.csv(), law: testLaw).findings.filter(\.reported).isEmpty)
  }

  @Test("FP-11 a wedding month has the shape of a fan-in; the finding says what was not checked")
  func wedding() throws {
    let gifts = (0..<30).map { "2024-06-0\(1 + $0 % 7) guest\($0) -> couple 150.00 EUR" }
    let found = try findings(
      (0..<3).map { "2024-0\(3 + $0)-25 work -> couple 2500.00 EUR payroll" } + gifts
        + ["2024-06-28 couple -> hall 4800.00 EUR"])
    #expect(found.map(\.detector) == ["ST-05"])
    #expect(found.first?.innocentExplanations.first?.contains("wedding") == true)
    #expect(found.first?.cautionsNotChecked.first?.contains("collection") == true)
  }

  @Test("FP-01 where four fifths of the pay goes to one remitter has the shape of a sweep; said so")
  func remitterSweep() throws {
    let found = try findings(Self.garmentWorkers(share: 90, months: 4))
    #expect(found.map(\.detector) == ["FL-01"])
    #expect(
      found.first?.cautionsNotChecked.contains("whether the party is a licensed remitter") == true)
  }
}
