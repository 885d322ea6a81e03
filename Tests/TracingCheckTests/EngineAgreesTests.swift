// The engine against the checker, on random ledgers.

import Foundation
import Testing

@Suite("Engine and checker agree")
struct EngineAgreesTests {
  /// `MONEYTRAIL_LEDGERS=100000` runs the full count; without it, what takes a few seconds
  /// without optimisation.
  static let count =
    ProcessInfo.processInfo.environment["MONEYTRAIL_LEDGERS"].flatMap { UInt64($0) } ?? 400

  @Test("every method gives the checker's rows on every random ledger, or both refuse")
  func everyMethodAgrees() throws {
    var comparing = Comparing()
    for seed in 1...Self.count {
      try comparing.compare(seed: seed)
      if comparing.disagreements.count > 10 { break }
    }
    #expect(comparing.disagreements.isEmpty, "\(comparing.disagreements.joined(separator: "\n"))")
    // A fair part of the runs must be traced, or little would be compared.
    #expect(comparing.refusals * 5 < comparing.runs * 4)
    #expect(comparing.rows > comparing.ledgers * 20)
  }

  /// Money of one class that lay there as several lots was converted otherwise than the same money as
  /// one lot, so that the figures of a case could differ from those of its sensitivity table.
  @Test(
    "how money of one class is cut into lots changes no figure",
    arguments: [28118, 58329, 86834, 89766])
  func cuttingChangesNothing(seed: UInt64) throws {
    var comparing = Comparing()
    try comparing.compare(seed: seed)
    #expect(comparing.disagreements == [])
    #expect(comparing.rows > 0)
  }
}
