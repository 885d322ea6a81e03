import CaseModel
import Detection
import TestSupport
import Testing
import TrailGraph

/// Fans in and out against a definition that looks at every window and every payment anew.
@Suite("Fans equal their slow definition")
struct FanOracleTests {
  typealias Transfer = SlowTrail.Transfer

  struct SlowFan {
    let first: Transfer
    let last: Transfer
    let partners: Int
    let sum: Int
  }

  static func habit() -> Regularity {
    var rule = Regularity()
    (rule.times, rule.gapDays, rule.spanDays) = (3, 5, 12)
    return rule
  }

  static func gather() -> FanIn {
    var detector = FanIn()
    (detector.sourcesMin, detector.newAfterDays, detector.regular) = (3, 20, habit())
    return detector
  }

  static func scatter() -> FanOut {
    var detector = FanOut()
    (detector.payeesMin, detector.newAfterDays, detector.regular) = (3, 20, habit())
    return detector
  }

  /// Every largest window that ends with one of these payments and holds enough new, unknown partners.
  private func windows(
    _ payments: [Transfer], days: Int, least: Int, newAfter: Int, partner: (Transfer) -> Int,
    isKnown: (Int, Transfer) -> Bool
  ) -> [SlowFan] {
    payments.indices.compactMap { last in
      let range = (0...last).filter { payments[last].day - payments[$0].day < days }
      var begun: [Int: Int] = [:]
      var sum = 0
      for place in range {
        // The beginning of the run of payments this one belongs to.
        var start = place
        while let before = (0..<start).last(where: {
          partner(payments[$0]) == partner(payments[place])
        }), payments[start].day - payments[before].day < newAfter {
          start = before
        }
        guard start >= range[0] else { continue }
        begun[partner(payments[place])] = start
        sum += payments[place].minor
      }
      let known = begun.count { isKnown($0.key, payments[$0.value]) }
      guard begun.count >= least, known * 2 < begun.count else { return nil }
      return SlowFan(
        first: payments[range[0]], last: payments[last], partners: begun.count, sum: sum)
    }
  }

  private func fansIn(_ slow: SlowTrail, _ account: Int) -> [SlowFan] {
    let receipts = slow.transfers.filter {
      $0.to == account && $0.from >= 0 && $0.from != account
    }
    let found = windows(
      receipts, days: 7, least: 3, newAfter: 20, partner: { $0.from },
      isKnown: { payer, _ in
        SlowTrail.isRegular(receipts.filter { $0.from == payer }.map(\.day), Self.habit())
      })
    return found.filter { fan in
      let totals = (1...12).map { week in
        receipts.filter {
          $0.day >= fan.first.day - 7 * week && $0.day < fan.first.day - 7 * (week - 1)
        }.reduce(0) { $0 + $1.minor }
      }.sorted()
      return fan.sum >= 3 * totals[5]
    }
  }

  private func fansOut(_ slow: SlowTrail, _ account: Int) -> [SlowFan] {
    let payments = slow.transfers.filter { $0.from == account && $0.to != account }
    let receipts = slow.transfers.filter { $0.to == account && $0.from != account }
    let found = windows(
      payments, days: 3, least: 3, newAfter: 20, partner: { $0.to },
      isKnown: { payee, begin in
        SlowTrail.isRegular(payments.filter { $0.to == payee }.map(\.day), Self.habit())
          || receipts.contains { $0.from == payee && $0.time < begin.time }
      })
    return found.filter { fan in
      let inflow = receipts.filter { $0.day >= fan.first.day - 7 && $0.time < fan.last.time }
        .reduce(0) { $0 + $1.minor }
      return inflow > 0 && fan.sum * 10 >= inflow * 7
    }
  }

  private func trail(_ seed: UInt64, days: Int = 30) -> SlowTrail {
    SlowTrail(
      seed: seed, accounts: 7, transfers: 20 + Int(seed % 40), days: days + Int(seed % 25),
      amounts: [1_000, 2_000, 5_000])
  }

  @Test("fan-in, on three thousand random trails")
  func fanIn() {
    var found = 0
    for seed in 0..<3_000 as Range<UInt64> {
      let slow = trail(seed)
      var expected: [[Int]: Int] = [:]
      for account in 0..<slow.accounts {
        expected[[account]] = fansIn(slow, account).map(\.partners).max()
      }
      let got = SlowTrail.largest(slow.findings(Self.gather()), 0)
      #expect(got == expected, "seed \(seed)")
      found += got.count
    }
    #expect(found > 300, "the trails must hold the shape, or nothing is compared")
  }

  @Test("fan-out, on three thousand random trails")
  func fanOut() {
    var found = 0
    for seed in 10_000..<13_000 as Range<UInt64> {
      let slow = trail(seed)
      var expected: [[Int]: Int] = [:]
      for account in 0..<slow.accounts {
        expected[[account]] = fansOut(slow, account).map(\.partners).max()
      }
      let got = SlowTrail.largest(slow.findings(Self.scatter()), 0)
      #expect(got == expected, "seed \(seed)")
      found += got.count
    }
    #expect(found > 200)
  }

  @Test("gather-scatter, on three thousand random trails")
  func gatherScatter() {
    var detector = GatherScatter()
    (detector.gather, detector.scatter) = (Self.gather(), Self.scatter())
    // A wider share, or random amounts would hardly ever meet it.
    (detector.outMinBasisPoints, detector.outMaxBasisPoints) = (5_000, 15_000)
    var found = 0
    for seed in 20_000..<23_000 as Range<UInt64> {
      let slow = trail(seed, days: 10)
      var expected: [[Int]: Int] = [:]
      for account in 0..<slow.accounts {
        let gathered = fansIn(slow, account)
        for out in fansOut(slow, account) {
          let fits = gathered.filter {
            $0.first.time < out.first.time && $0.last.time < out.last.time
              && out.first.day - $0.last.day <= 7 && out.sum * 10 >= $0.sum * 5
              && out.sum * 10 <= $0.sum * 15
          }
          guard let smaller = fits.map({ min($0.partners, out.partners) }).max() else { continue }
          expected[[account]] = max(expected[[account]] ?? 0, smaller)
        }
      }
      let findings = slow.findings(detector)
      let smaller = SlowTrail.largest(findings, 0).merging(SlowTrail.largest(findings, 1)) {
        min($0, $1)
      }
      #expect(Set(smaller.keys) == Set(expected.keys), "seed \(seed)")
      if findings.count == smaller.count { #expect(smaller == expected, "seed \(seed)") }
      found += findings.count
    }
    #expect(found > 50)
  }
}
