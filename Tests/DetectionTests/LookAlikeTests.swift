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

  @Test("are not found by any detector", arguments: LookAlikes.all.indices)
  func notFound(index: Int) throws {
    let found = try findings(LookAlikes.all[index].lines)
    #expect(
      found.map { "\($0.detector) \($0.sentence)" } == [], "\(LookAlikes.all[index].name)")
  }

  @Test("are not found either when all twelve live in one town and their months overlap")
  func town() throws {
    let lines = LookAlikes.all.enumerated().flatMap { place, life in
      // Each life's people are its own, but for the grocer and the remitter, whom all know.
      life.lines.map { line in
        let words = line.split(separator: " ").map(String.init)
        let arrow = words.firstIndex(of: "->") ?? 0
        return words.enumerated().map { index, word in
          guard index == arrow - 1 || index == arrow + 1 else { return word }
          return ["cash", "grocer", "remitter"].contains(word) ? word : "\(word)_\(place)"
        }.joined(separator: " ")
      }
    }
    #expect(try findings(lines).map { "\($0.detector) \($0.sentence)" } == [])
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
    let found = try findings(LookAlikes.wedding(guests: 30))
    #expect(found.map(\.detector) == ["ST-05"])
    #expect(found.first?.innocentExplanations.first?.contains("wedding") == true)
    #expect(found.first?.cautionsNotChecked.first?.contains("collection") == true)
  }

  @Test("FP-01 where four fifths of the pay goes to one remitter has the shape of a sweep; said so")
  func remitterSweep() throws {
    let found = try findings(LookAlikes.garmentWorkers(share: 90, months: 4))
    #expect(found.map(\.detector) == ["FL-01"])
    #expect(
      found.first?.cautionsNotChecked.contains("whether the party is a licensed remitter") == true)
  }

  @Test("FP-02 in its first month, before anything recurs: a fan-out, recorded as payroll; said so")
  func firstPayroll() throws {
    let found = try findings(
      ["2024-01-30 client -> agent 240000.00 EUR"]
        + (0..<120).map { "2024-01-31 agent -> w\($0) 2000.00 EUR payroll" })
    #expect(found.map(\.detector) == ["ST-06"])
    #expect(
      found.first?.cautionsChecked.contains("120 of 120 payments are recorded as payroll") == true)
    #expect(found.first?.innocentExplanations.first?.contains("payroll") == true)
    #expect(
      found.first?.cautionsNotChecked.contains(
        "whether these dealings recur monthly: the account's records span 1 days") == true)
  }

  @Test("families who pay a journey in three stages within six weeks are found as new payers")
  func journeyStages() throws {
    let lines = (0..<12).flatMap { family in
      [
        "2024-06-\(28 + family % 3) k\(family) -> recruiter 760.00 EUR",
        "2024-07-\(19 + family % 3) k\(family) -> recruiter 470.00 EUR",
        "2024-08-\(10 + family % 3) k\(family) -> recruiter 450.00 EUR",
      ]
    }
    let found = try findings(lines)
    #expect(found.map(\.detector) == ["ST-05"])
    #expect(found.first?.cautionsChecked.first == "0 of 12 payers pay regularly")
  }
}
