import CaseModel
import Detection
import TestSupport
import Testing
import TrailGraph

/// True-positive fixtures of typologies.md §6: at 0.99 × the limit a detector is silent; at 1.0, 1.3
/// and 2.5 × its finding is at the threshold, clear and strong.
@Suite("Strength follows the binding measure")
struct StrengthTests {
  static let ladder: [(percent: Int, strength: Finding.Strength?)] = [
    (99, nil), (100, .atThreshold), (130, .clear), (250, .strong),
  ]

  @Test("structuring by the sum of the deposits", arguments: ladder)
  func structuring(percent: Int, expected: Finding.Strength?) throws {
    // 8 deposits are 2.67 × the least count, so the sum binds. The limit of the sum is raised so that
    // eight equal deposits of 8 000.00 are exactly the wanted share of it.
    var detector = Structuring()
    detector.sumShareBasisPoints = 64_000 * 100 / percent + (percent == 99 ? 1 : 0)
    let lines = (0..<8).map { "2024-03-0\(1 + $0 / 2) cash -> a 8000.00 EUR cash_deposit" }
    #expect(try strength(detector, lines.joined(separator: "\n")) == expected)
  }

  @Test("structuring by the number of deposits: two are silent, three, four and eight are not")
  func structuringByCount() throws {
    func deposits(_ count: Int) -> String {
      (0..<count).map { "2024-03-0\(1 + $0 % 7) cash -> a 9900.00 EUR cash_deposit" }.joined(
        separator: "\n")
    }
    #expect(try strength(Structuring(), deposits(2)) == nil)
    #expect(try strength(Structuring(), deposits(3)) == .atThreshold)
    #expect(try strength(Structuring(), deposits(4)) == .clear)
    #expect(try strength(Structuring(), deposits(8)) == .strong)
  }

  @Test("structuring: a deposit a cent below the band, or at the threshold, is no part of it")
  func structuringBand() throws {
    func trail(_ third: String) -> String {
      "2024-03-01 cash -> a 9000.00 EUR cash_deposit\n2024-03-02 cash -> a 9000.00 EUR cash_deposit\n"
        + "2024-03-03 cash -> a \(third) EUR cash_deposit"
    }
    #expect(try strength(Structuring(), trail("6999.99")) == nil)
    #expect(try strength(Structuring(), trail("7000.00")) == .atThreshold)
    #expect(try strength(Structuring(), trail("9999.99")) == .atThreshold)
    #expect(try strength(Structuring(), trail("10000.00")) == nil)
  }

  @Test("fan-in by the sum against the usual", arguments: ladder)
  func fanIn(percent: Int, expected: Finding.Strength?) throws {
    // Usual: 100.00 in each of the twelve weeks before; the limit is 300.00. 25 payers share the sum.
    let each = 30_000 * percent / 100 / 25
    var lines = (0..<12).map { "\(day("2024-01-08", $0 * 7)) employer -> a 100.00 EUR" }
    lines += (0..<25).map { "2024-04-01 p\($0) -> a \(text(each)) EUR" }
    #expect(try strength(FanIn(), lines.joined(separator: "\n")) == expected)
  }

  @Test(
    "fan-in by the number of new payers",
    arguments: [(9, nil), (10, .atThreshold), (13, .clear), (25, .strong)]
      as [(Int, Finding.Strength?)])
  func fanInByCount(payers: Int, expected: Finding.Strength?) throws {
    let lines = (0..<payers).map { "2024-04-01 p\($0) -> a 50.00 EUR" }
    #expect(try strength(FanIn(), lines.joined(separator: "\n")) == expected)
  }

  @Test("pass-through by the sum against the usual", arguments: ladder)
  func passThrough(percent: Int, expected: Finding.Strength?) throws {
    // Usual: 1 000.00 in each of the three spans of thirty days before; the limit is 5 000.00.
    let each = 500_000 * percent / 100 / 15
    var lines = (1...3).map { "\(day("2024-06-01", -30 * $0)) employer -> a 1000.00 EUR" }
    for place in 0..<15 {
      lines.append("\(day("2024-06-01", place)) p\(place) -> a \(text(each + 1)) EUR")
      lines.append("\(day("2024-06-01", place)) a -> boss \(text(each)) EUR")
    }
    #expect(try strength(PassThrough(), lines.joined(separator: "\n")) == expected)
  }

  @Test(
    "cycle by its hops",
    arguments: [(2, nil), (3, .atThreshold), (4, .clear), (6, .clear)] as [(Int, Finding.Strength?)]
  )
  func cycle(hops: Int, expected: Finding.Strength?) throws {
    let lines = (0..<hops).map { "2024-05-0\($0 + 1) a\($0) -> a\(($0 + 1) % hops) 500.00 EUR" }
    #expect(try strength(TemporalCycle(), lines.joined(separator: "\n")) == expected)
  }

  @Test("cycle: a hop of 69.3 % of the one before is none, of 70 % is one")
  func cycleShare() throws {
    func trail(_ last: String) -> String {
      "2024-05-01 a -> b 1000.00 EUR\n2024-05-02 b -> c 1000.00 EUR\n2024-05-03 c -> a \(last) EUR"
    }
    #expect(try strength(TemporalCycle(), trail("693.00")) == nil)
    #expect(try strength(TemporalCycle(), trail("700.00")) == .atThreshold)
    #expect(try strength(TemporalCycle(), trail("1050.00")) == .atThreshold)
    #expect(try strength(TemporalCycle(), trail("1050.01")) == nil)
  }

  @Test(
    "wage sweep by workers and paydays",
    arguments: [
      (2, 8, nil), (8, 2, nil), (3, 8, .atThreshold), (4, 4, .clear), (8, 8, .strong),
    ] as [(Int, Int, Finding.Strength?)])
  func wageSweep(workers: Int, paydays: Int, expected: Finding.Strength?) throws {
    #expect(try strength(WageSweep(), wages(workers, paydays, swept: "800.00")) == expected)
  }

  @Test("wage sweep: 79.2 % of the pay is none, 80 % is one; two days later is none")
  func wageSweepShare() throws {
    #expect(try strength(WageSweep(), wages(4, 4, swept: "792.00")) == nil)
    #expect(try strength(WageSweep(), wages(4, 4, swept: "800.00")) == .clear)
    #expect(try strength(WageSweep(), wages(4, 4, swept: "800.00", later: 2)) == nil)
  }

  private func wages(_ workers: Int, _ paydays: Int, swept: String, later: Int = 1) -> String {
    (0..<workers).flatMap { worker in
      (0..<paydays).flatMap { payday in
        [
          "\(day("2023-01-31", payday * 30)) firm -> w\(worker) 1000.00 EUR payroll",
          "\(day("2023-01-31", payday * 30 + later)) w\(worker) -> man \(swept) EUR",
        ]
      }
    }.joined(separator: "\n")
  }
}
