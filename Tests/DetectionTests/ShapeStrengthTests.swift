import CaseModel
import Detection
import Foundation
import TestSupport
import Testing
import TrailGraph

/// True-positive fixtures of typologies.md §6 for the shapes: below the limit of the binding measure a
/// detector is silent; at 1.0, 1.3 and 2.5 × its finding is at the threshold, clear and strong.
///
/// A count has no 0.99: one fewer stands for it, and the next whole number at or above 1.3 and 2.5 ×.
@Suite("Strength of the shapes")
struct ShapeStrengthTests {
  @Test(
    "smurfing by depositors",
    arguments: [(3, nil), (4, .atThreshold), (6, .clear), (10, .strong)]
      as [(Int, Finding.Strength?)])
  func smurfing(depositors: Int, expected: Finding.Strength?) throws {
    let lines = (0..<depositors).map { "2024-03-04 d\($0) -> a 9900.00 EUR cash_deposit" }
    #expect(try strength(Smurfing(), lines) == expected)
  }

  @Test("smurfing by the sum", arguments: StrengthTests.ladder)
  func smurfingSum(percent: Int, expected: Finding.Strength?) throws {
    // Fifteen thousand is the limit; ten depositors share the sum.
    let lines = (0..<10).map {
      "2024-03-04 d\($0) -> a \(text(15_000 * percent / 10)) EUR cash_deposit"
    }
    #expect(try strength(Smurfing(), lines) == expected)
  }

  @Test(
    "fan-out by payees",
    arguments: [(9, nil), (10, .atThreshold), (13, .clear), (25, .strong)]
      as [(Int, Finding.Strength?)])
  func fanOut(payees: Int, expected: Finding.Strength?) throws {
    let lines =
      ["2024-04-01 s -> a 100.00 EUR"] + (0..<payees).map { "2024-04-02 a -> p\($0) 50.00 EUR" }
    #expect(try strength(FanOut(), lines) == expected)
  }

  @Test("fan-out by the share of the receipts", arguments: StrengthTests.ladder)
  func fanOutSum(percent: Int, expected: Finding.Strength?) throws {
    let lines =
      ["2024-04-01 s -> a 10000.00 EUR"]
      + (0..<25).map { "2024-04-02 a -> p\($0) \(text(700_000 * percent / 100 / 25)) EUR" }
    #expect(try strength(FanOut(), lines) == expected)
  }

  @Test("fan-out: eight days after the receipt it is none; without a receipt it is none")
  func fanOutDays() throws {
    let paid = (0..<12).map { "2024-04-10 a -> p\($0) 800.00 EUR" }
    #expect(try strength(FanOut(), ["2024-04-03 s -> a 10000.00 EUR"] + paid) == .clear)
    #expect(try strength(FanOut(), ["2024-04-02 s -> a 10000.00 EUR"] + paid) == nil)
  }

  @Test(
    "gather-scatter by the smaller fan",
    arguments: [
      (9, 25, nil), (25, 9, nil), (10, 25, .atThreshold), (13, 13, .clear), (25, 25, .strong),
    ] as [(Int, Int, Finding.Strength?)])
  func gatherScatter(payers: Int, payees: Int, expected: Finding.Strength?) throws {
    let lines =
      (0..<payers).map { "2024-04-01 s\($0) -> a \(text(1_000_000 / payers)) EUR" }
      + (0..<payees).map { "2024-04-03 a -> p\($0) \(text(950_000 / payees)) EUR" }
    #expect(try strength(GatherScatter(), lines) == expected)
  }

  @Test("gather-scatter: 79.2 % out of in is none, 80 % and 102 % are, 102.1 % is none")
  func gatherScatterShare() throws {
    func lines(_ each: Int, pause: Int = 1) -> [String] {
      (0..<10).map { "2024-04-01 s\($0) -> a 1000.00 EUR" }
        + (0..<10).map { "\(day("2024-04-01", pause)) a -> p\($0) \(text(each)) EUR" }
    }
    #expect(try strength(GatherScatter(), lines(79_200)) == nil)
    #expect(try strength(GatherScatter(), lines(80_000)) == .atThreshold)
    #expect(try strength(GatherScatter(), lines(102_000)) == .atThreshold)
    #expect(try strength(GatherScatter(), lines(102_100)) == nil)
    #expect(try strength(GatherScatter(), lines(90_000, pause: 7)) == .atThreshold)
    #expect(try strength(GatherScatter(), lines(90_000, pause: 8)) == nil)
  }

  @Test(
    "scatter-gather by intermediaries",
    arguments: [(2, nil), (3, .atThreshold), (4, .clear), (8, .strong)]
      as [(Int, Finding.Strength?)])
  func scatterGather(middles: Int, expected: Finding.Strength?) throws {
    let lines = (0..<middles).flatMap {
      ["2024-05-0\(1 + $0 % 3) s -> m\($0) 100.00 EUR", "2024-05-08 m\($0) -> t 90.00 EUR"]
    }
    #expect(try strength(ScatterGather(), lines) == expected)
  }

  @Test("scatter-gather: 69.3 % through them is none, 70 % is one; a day too late is none")
  func scatterGatherShare() throws {
    func lines(_ passed: String, on days: Int = 7) -> [String] {
      (0..<3).flatMap {
        [
          "2024-05-01 s -> m\($0) 100.00 EUR",
          "\(day("2024-05-01", days)) m\($0) -> t \(passed) EUR",
        ]
      }
    }
    #expect(try strength(ScatterGather(), lines("69.30")) == nil)
    #expect(try strength(ScatterGather(), lines("70.00")) == .atThreshold)
    #expect(try strength(ScatterGather(), lines("70.00", on: 8)) == nil)
  }

  @Test(
    "two-party return by returns",
    arguments: [(2, nil), (3, .atThreshold), (4, .clear), (8, .strong)]
      as [(Int, Finding.Strength?)])
  func twoPartyReturn(returns: Int, expected: Finding.Strength?) throws {
    let lines = (0..<returns).flatMap {
      [
        "\(day("2024-01-01", 10 * $0)) a -> b 100.00 EUR",
        "\(day("2024-01-05", 10 * $0)) b -> a 99.00 EUR",
      ]
    }
    #expect(try strength(TwoPartyReturn(), lines) == expected)
  }

  @Test("two-party return: 89.1 % is none, 90 % and 110 % are; fifteen days are none")
  func twoPartyReturnShare() throws {
    func lines(_ back: String, after days: Int = 14) -> [String] {
      (0..<3).flatMap {
        [
          "\(day("2024-01-01", 20 * $0)) a -> b 100.00 EUR",
          "\(day("2024-01-01", 20 * $0 + days)) b -> a \(back) EUR",
        ]
      }
    }
    #expect(try strength(TwoPartyReturn(), lines("89.10")) == nil)
    #expect(try strength(TwoPartyReturn(), lines("90.00")) == .atThreshold)
    #expect(try strength(TwoPartyReturn(), lines("110.00")) == .atThreshold)
    #expect(try strength(TwoPartyReturn(), lines("110.01")) == nil)
    #expect(try strength(TwoPartyReturn(), lines("100.00", after: 15)) == nil)
  }

  @Test(
    "bipartite layering by its smaller side",
    arguments: [
      (2, 8, nil), (8, 2, nil), (3, 8, .atThreshold), (4, 4, .clear), (8, 8, .strong),
    ] as [(Int, Int, Finding.Strength?)])
  func bipartite(sources: Int, destinations: Int, expected: Finding.Strength?) throws {
    let lines = (0..<sources).flatMap { s in
      (0..<destinations).map { "2024-04-0\(1 + $0 % 9) s\(s) -> d\($0) 50.00 EUR" }
    }
    #expect(try strength(BipartiteLayering(), lines) == expected)
  }

  @Test("bipartite layering: of a group too loose those that pay the fewest are left out")
  func bipartiteDensity() throws {
    // One source pays all ten, two pay half of them each, the last some of both halves.
    func sources(_ last: [Int]) throws -> [Int] {
      let lines = [Array(0..<10), Array(0..<5), Array(5..<10), last].enumerated().flatMap {
        source, paid in paid.map { "2024-04-02 s\(source) -> d\($0) 50.00 EUR" }
      }
      let trail = try Trail(notation: lines.joined(separator: "\n"))
      let found = BipartiteLayering().findings(in: Scene(trail, under: testLaw)).findings
      return found.map { $0.accounts.count { $0.part == "source" } }
    }
    #expect(try sources([0, 1, 5, 6]) == [4], "24 of 40 pairs are 60 %")
    #expect(try sources([0, 5, 6]) == [3], "23 of 40 are not; 20 of 30 are")
  }
}
