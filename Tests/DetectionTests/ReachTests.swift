import CaseModel
import Detection
import TestSupport
import Testing
import TrailGraph

/// What a detector says of an account is the same when it is asked for alone, and when nothing is known but
/// the movements within its reach: so an import changes no finding that it does not touch.
@Suite("Reach is kept")
struct ReachTests {
  /// The shapes with limits low enough for small random trails.
  static let detectors: [any Detector] = {
    var gather = GatherScatter()
    (gather.gather, gather.scatter) = (FanOracleTests.gather(), FanOracleTests.scatter())
    (gather.outMinBasisPoints, gather.outMaxBasisPoints) = (5_000, 15_000)
    var scatter = ScatterGather()
    scatter.middlesMin = 2
    var back = TwoPartyReturn()
    back.returnsMin = 2
    var layers = BipartiteLayering()
    layers.newAfterDays = 20
    var head = ControllerRank()
    (head.membersMin, head.collectedFromMin, head.handedUpBasisPoints) = (2, 2, 2_000)
    (head.handingDaysMin, head.fromMembersBasisPoints) = (1, 1_000)
    var wake = DormantWake()
    (wake.quietDays, wake.entriesMin, wake.timesMonthlyMean) = (8, 5, 1)
    return [
      FanOracleTests.gather(), FanOracleTests.scatter(), gather, scatter, back, layers, head, wake,
    ]
  }()

  @Test("an account asked for alone, with its surroundings only", arguments: detectors.indices)
  func alone(index: Int) throws {
    let detector = Self.detectors[index]
    guard case .transfers(let hops) = detector.reach else {
      Issue.record("\(detector.id) has no reach")
      return
    }
    var found = 0
    for seed in 60_000..<60_250 as Range<UInt64> {
      let slow = SlowTrail(
        seed: seed, accounts: 9, transfers: 40 + Int(seed % 40), days: 14 + Int(seed % 30),
        amounts: [600, 700, 1_000])
      let all = slow.findings(detector)
      for account in 0..<Int32(slow.accounts) {
        let expected = all.filter { $0.accounts[0].account.value == Int64(account) }
        let near = slow.trail(within: hops, of: account)
        for trail in [slow.trail, near] {
          let scene = Scene(trail, under: testLaw, anchors: [account])
          #expect(
            detector.findings(in: scene).findings == expected, "seed \(seed), account \(account)")
        }
        found += expected.count
      }
    }
    #expect(found > 15, "\(detector.id) was found \(found) times")
  }
}

extension SlowTrail {
  /// The movements of accounts at most so many transfers from one, in either direction.
  func trail(within hops: Int, of account: Int32) -> Trail {
    var near: Set<Int> = [Int(account)]
    for _ in 0..<hops {
      let touching = transfers.filter { near.contains($0.from) || near.contains($0.to) }
      near.formUnion(touching.flatMap { [$0.from, $0.to] }.filter { $0 >= 0 })
    }
    var columns = TransferColumns()
    for (place, item) in transfers.enumerated()
    where near.contains(item.from) || near.contains(item.to) {
      columns.append(
        source: Int32(item.from), destination: Int32(item.to), time: item.time,
        amountMinor: Int64(item.minor), currency: 0, channel: Channel.unknown.number,
        entry: Int64(place))
    }
    return Trail(
      columns: columns, names: Trail.Names(accountCount: accounts, currencies: [euro]))
  }
}
