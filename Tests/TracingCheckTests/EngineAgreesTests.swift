// The engine against the checker, on random ledgers.

import Foundation
import Testing

@Suite("Engine and checker agree")
struct EngineAgreesTests {
  /// `MONEYTRAIL_LEDGERS=100000` runs the full count; without it, what takes a few seconds
  /// without optimisation.
  static let count =
    ProcessInfo.processInfo.environment["MONEYTRAIL_LEDGERS"].flatMap { UInt64($0) } ?? 60

  @Test("every method gives the checker's rows on every random ledger, or both refuse")
  func everyMethodAgrees() throws {
    var comparing = Comparing()
    for seed in 1...Self.count {
      try comparing.compare(seed: seed)
      if comparing.disagreements.count > 10 { break }
    }
    #expect(comparing.disagreements.isEmpty, "\(comparing.disagreements.joined(separator: "\n"))")
    // Most runs must be traced, or nothing would be compared.
    #expect(comparing.refusals * 4 < comparing.runs * 3)
    #expect(comparing.rows > comparing.ledgers * 20)
  }
}
