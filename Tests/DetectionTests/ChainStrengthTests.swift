import CaseModel
import Detection
import Foundation
import TestSupport
import Testing
import TrailGraph

/// The same ladder for chains, ramps, sleepers and heads.
@Suite("Strength of chains and accounts")
struct ChainStrengthTests {
  @Test(
    "stack by the accounts of its chain",
    arguments: [(4, nil), (5, .atThreshold), (7, .clear), (13, .strong)]
      as [(Int, Finding.Strength?)])
  func stack(accounts: Int, expected: Finding.Strength?) throws {
    let lines = (0...accounts).map { "\(day("2024-05-01", $0)) a\($0) -> a\($0 + 1) 500.00 EUR" }
    #expect(try strength(Stack(), lines) == expected)
  }

  @Test("stack: a stop that passes on 89.1 % breaks the chain, 90 % and 102 % do not")
  func stackShare() throws {
    func lines(_ third: String, wait: Int = 1) -> [String] {
      [
        "2024-05-01 a -> b 1000.00 EUR", "2024-05-02 b -> c 1000.00 EUR",
        "\(day("2024-05-02", wait)) c -> d \(third) EUR",
        "\(day("2024-05-03", wait)) d -> e \(third) EUR",
        "\(day("2024-05-04", wait)) e -> f \(third) EUR",
        "\(day("2024-05-05", wait)) f -> g \(third) EUR",
      ]
    }
    #expect(try strength(Stack(), lines("891.00")) == nil)
    #expect(try strength(Stack(), lines("900.00")) == .atThreshold)
    #expect(try strength(Stack(), lines("1020.00")) == .atThreshold)
    #expect(try strength(Stack(), lines("1020.01")) == nil)
    #expect(try strength(Stack(), lines("1000.00", wait: 2)) == .atThreshold)
    #expect(try strength(Stack(), lines("1000.00", wait: 3)) == nil)
  }

  @Test(
    "stack by its layers",
    arguments: [(3, nil), (4, .atThreshold), (6, .clear), (9, .strong)]
      as [(Int, Finding.Strength?)])
  func layers(layers: Int, expected: Finding.Strength?) throws {
    // Amounts rise from layer to layer, so that no single receipt is passed on.
    let lines = (0..<layers).flatMap { layer in
      (0..<3).flatMap { s in
        (0..<3).map {
          "\(day("2024-05-01", 2 * layer)) l\(layer)_\(s) -> l\(layer + 1)_\($0) \(100 + 50 * layer).00 EUR"
        }
      }
    }
    #expect(try strength(Stack(), lines) == expected)
  }

  @Test(
    "peel chain by transfers",
    arguments: [(4, nil), (5, .atThreshold), (7, .clear), (13, .strong)]
      as [(Int, Finding.Strength?)])
  func peelChain(transfers: Int, expected: Finding.Strength?) throws {
    let lines = (0..<transfers).flatMap { hop in
      [
        "\(day("2024-05-01", 2 * hop)) a\(hop) -> a\(hop + 1) \(5000 - 100 * hop).00 EUR",
        "\(day("2024-05-02", 2 * hop)) a\(hop + 1) -> cash 100.00 EUR atm_withdrawal",
      ]
    }
    #expect(try strength(PeelChain(), lines) == expected)
  }

  @Test("peel chain: the exit must take half of the rest, and not more than one and a half of it")
  func peelExit() throws {
    func lines(_ exit: String) -> [String] {
      (0..<5).flatMap { hop in
        [
          "\(day("2024-05-01", 2 * hop)) a\(hop) -> a\(hop + 1) \(5000 - 100 * hop).00 EUR",
          "\(day("2024-05-02", 2 * hop)) a\(hop + 1) -> cash \(exit) EUR atm_withdrawal",
        ]
      }
    }
    #expect(try strength(PeelChain(), lines("49.99")) == nil)
    #expect(try strength(PeelChain(), lines("50.00")) == .atThreshold)
    #expect(try strength(PeelChain(), lines("150.00")) == .atThreshold)
    #expect(try strength(PeelChain(), lines("150.01")) == nil)
  }

  @Test(
    "crypto ramp by payments",
    arguments: [(2, nil), (3, .atThreshold), (4, .clear), (8, .strong)]
      as [(Int, Finding.Strength?)])
  func cryptoRamp(passages: Int, expected: Finding.Strength?) throws {
    let lines = (0..<passages).flatMap {
      [
        "\(day("2024-05-01", 3 * $0)) s -> a 100.00 EUR",
        "\(day("2024-05-02", 3 * $0)) a -> exchange 60.00 EUR crypto_out",
      ]
    }
    #expect(try strength(CryptoRamp(), lines) == expected)
    let less = lines.map { $0.replacingOccurrences(of: "60.00", with: "59.40") }
    #expect(try strength(CryptoRamp(), less) == nil, "59.4 % of the receipts")
  }

  @Test(
    "prepaid ladder by loads and sellers",
    arguments: [
      (4, 4, nil), (13, 2, nil), (5, 5, .atThreshold), (7, 4, .clear), (13, 8, .strong),
    ] as [(Int, Int, Finding.Strength?)])
  func prepaid(loads: Int, sellers: Int, expected: Finding.Strength?) throws {
    let lines = (0..<loads).map {
      "\(day("2024-05-01", $0)) a -> kiosk\($0 % sellers) 2499.99 EUR prepaid_load"
    }
    #expect(try strength(PrepaidLadder(), lines) == expected)
    let large = lines.map { $0.replacingOccurrences(of: "2499.99", with: "2500.00") }
    #expect(try strength(PrepaidLadder(), large) == nil, "a load of a quarter is not below it")
  }

  private func wake(_ entries: Int, of minor: Int, quiet: Int = 2, days: Int = 180) -> [String] {
    ["2023-01-01 work -> a 10.00 EUR"]
      + (0..<quiet).map { "\(day("2024-05-01", 0 - days + $0)) a -> shop 1.00 EUR" }
      + (0..<entries).map { "2024-05-01 s\($0) -> a \(text(minor)) EUR" }
  }

  @Test(
    "dormant wake-up by entries",
    arguments: [(9, nil), (10, .atThreshold), (13, .clear), (25, .strong)]
      as [(Int, Finding.Strength?)])
  func dormant(entries: Int, expected: Finding.Strength?) throws {
    #expect(try strength(DormantWake(), wake(entries, of: 3_000_000)) == expected)
  }

  @Test("dormant wake-up by throughput", arguments: StrengthTests.ladder)
  func dormantThroughput(percent: Int, expected: Finding.Strength?) throws {
    // The mean must not bind, so twenty times it is more than ten thresholds: 6 000.00 a month.
    let earlier = (0..<8).map { "\(day("2023-01-01", 30 * $0)) work -> a 12000.00 EUR" }
    let lines =
      earlier + ["2024-01-10 a -> shop 1.00 EUR"]
      + (0..<25).map { "2024-05-01 s\($0) -> a \(text(10_000_000 * percent / 100 / 25)) EUR" }
    #expect(try strength(DormantWake(), lines) == expected)
  }

  @Test("dormant wake-up: three entries in the half year before are no sleep, nor is a new account")
  func dormantQuiet() throws {
    #expect(try strength(DormantWake(), wake(12, of: 3_000_000, quiet: 3)) == nil)
    #expect(try strength(DormantWake(), wake(12, of: 3_000_000, quiet: 1, days: 181)) == .clear)
    let young = (0..<12).map { "2024-05-01 s\($0) -> a 30000.00 EUR" }
    #expect(try strength(DormantWake(), young + ["2024-12-01 a -> b 1.00 EUR"]) == nil)
  }

  @Test(
    "controller by members and by what they collect from",
    arguments: [
      (2, 8, nil), (8, 2, nil), (3, 8, .atThreshold), (4, 4, .clear), (8, 8, .strong),
    ] as [(Int, Int, Finding.Strength?)])
  func controller(members: Int, payers: Int, expected: Finding.Strength?) throws {
    let lines = (0..<members).flatMap { member in
      (0..<payers).map { "2024-04-02 p\(member)_\($0) -> m\(member) 100.00 EUR" }
        + (5...6).map { "2024-04-0\($0) m\(member) -> head \(25 * payers).00 EUR" }
    }
    #expect(try strength(ControllerRank(), lines) == expected)
    let less = lines.map {
      $0.replacingOccurrences(of: "head \(25 * payers).00", with: "head \(25 * payers - 1).00")
    }
    #expect(try strength(ControllerRank(), less) == nil, "less than half")
    let once = lines.map { $0.replacingOccurrences(of: "2024-04-06", with: "2024-04-05") }
    #expect(try strength(ControllerRank(), once) == nil, "all on one day")
    let later = lines.map { $0.replacingOccurrences(of: "2024-04-02", with: "2024-04-20") }
    #expect(try strength(ControllerRank(), later) == nil, "handed up before anything was collected")
  }
}
