import CaseModel
import Detection
import TestSupport
import Testing
import TrailGraph

/// Scatter-gather, two-party returns and layers against definitions that try everything.
@Suite("Paths and layers equal their slow definition")
struct PathOracleTests {
  typealias Transfer = SlowTrail.Transfer

  /// All sets of intermediaries, the largest first: the first whose share holds.
  private func largestSet(_ middles: [(sent: Int, through: Int)]) -> Int {
    var largest = 0
    for set in 0..<(1 << middles.count) {
      let chosen = middles.indices.filter { set >> $0 & 1 == 1 }
      let sent = chosen.reduce(0) { $0 + middles[$1].sent }
      let through = chosen.reduce(0) { $0 + middles[$1].through }
      if through * 10 >= sent * 7 { largest = max(largest, chosen.count) }
    }
    return largest
  }

  private func follows(_ next: Transfer, _ sent: Transfer) -> Bool {
    next.time > sent.time && next.day - sent.day <= 7
  }

  /// The days on which the source pays one that pays the target afterwards, habits left out.
  private func lastDays(
    _ slow: SlowTrail, _ source: Int, _ target: Int, _ rule: Regularity
  ) -> Set<Int> {
    Set(
      slow.transfers.filter { sent in
        sent.from == source && sent.to != source && sent.to != target
          && !SlowTrail.isRegular(slow.days(from: source, to: sent.to), rule)
          && slow.transfers.contains {
            $0.from == sent.to && $0.to == target && follows($0, sent)
          }
      }.map(\.day))
  }

  private func scatterGather(_ slow: SlowTrail, _ rule: Regularity) -> [[Int]: Int] {
    var result: [[Int]: Int] = [:]
    for source in 0..<slow.accounts {
      for target in 0..<slow.accounts where target != source {
        for end in lastDays(slow, source, target, rule) {
          var middles: [(sent: Int, through: Int)] = []
          for middle in 0..<slow.accounts where middle != source && middle != target {
            let all = slow.transfers.filter { $0.from == source && $0.to == middle }
            if SlowTrail.isRegular(all.map(\.day), rule) { continue }
            let onward = slow.transfers.filter { $0.from == middle && $0.to == target }
            let sent = all.filter { sent in
              sent.day <= end && end - sent.day < 3 && onward.contains { follows($0, sent) }
            }
            let passed = onward.filter { next in sent.contains { follows(next, $0) } }
            guard !sent.isEmpty else { continue }
            let sum = sent.reduce(0) { $0 + $1.minor }
            middles.append((sum, min(sum, passed.reduce(0) { $0 + $1.minor })))
          }
          let count = largestSet(middles)
          if count >= 2 { result[[source, target]] = max(result[[source, target]] ?? 0, count) }
        }
      }
    }
    return result
  }

  @Test("scatter-gather, on two thousand random trails")
  func scatterGather() {
    var detector = ScatterGather()
    (detector.middlesMin, detector.regular) = (2, FanOracleTests.habit())
    var found = 0
    for seed in 30_000..<32_000 as Range<UInt64> {
      let slow = SlowTrail(
        seed: seed, accounts: 6, transfers: 25 + Int(seed % 25), days: 12 + Int(seed % 20),
        amounts: [600, 700, 1_000])
      let got = SlowTrail.largest(slow.findings(detector), 0, pairs: true)
      #expect(got == scatterGather(slow, detector.regular), "seed \(seed)")
      found += got.count
    }
    #expect(found > 300)
  }

  /// The number of returns of the best window, reading the exchange from `start`; and its beginning.
  private func returns(
    _ slow: SlowTrail, _ start: Int, _ other: Int
  ) -> (backDays: [Int], first: Int?) {
    var used: Set<Int> = []
    var pairs: [(sent: Int, back: Int)] = []
    for back in slow.transfers.indices {
      let item = slow.transfers[back]
      guard item.from == other, item.to == start else { continue }
      let fit = (0..<back).first { place in
        let sent = slow.transfers[place]
        return sent.from == start && sent.to == other && !used.contains(place)
          && sent.time < item.time && item.day - sent.day <= 14
          && item.minor * 10 >= sent.minor * 9 && item.minor * 10 <= sent.minor * 11
      }
      guard let fit else { continue }
      used.insert(fit)
      pairs.append((fit, back))
    }
    return (pairs.map { slow.transfers[$0.back].day }, pairs.first?.sent)
  }

  @Test("two-party return, on three thousand random trails")
  func twoPartyReturn() {
    var detector = TwoPartyReturn()
    (detector.returnsMin, detector.windowDays) = (2, 12)
    var found = 0
    for seed in 40_000..<43_000 as Range<UInt64> {
      let slow = SlowTrail(
        seed: seed, accounts: 3, transfers: 12 + Int(seed % 20), days: 20 + Int(seed % 30),
        amounts: [900, 1_000, 1_100, 1_300])
      var expected: [[Int]: Int] = [:]
      for one in 0..<3 {
        for two in 0..<3 where two != one {
          let (own, rival) = (returns(slow, one, two), returns(slow, two, one))
          guard let first = own.first else { continue }
          let isBetter =
            own.backDays.count != rival.backDays.count
            ? own.backDays.count > rival.backDays.count : first < rival.first ?? .max
          let best = own.backDays.map { last in
            own.backDays.count { $0 <= last && last - $0 < 12 }
          }.max()
          if isBetter, let best, best >= 2 { expected[[one, two]] = best }
        }
      }
      let got = SlowTrail.largest(slow.findings(detector), 0, pairs: true)
      #expect(got == expected, "seed \(seed)")
      found += got.count
    }
    #expect(found > 300)
  }

  struct SlowGroup: Hashable {
    let reader: Int
    let sources: Int
    let destinations: Int
  }

  /// Every group that satisfies the definition, from every reader and every beginning.
  private func groups(_ slow: SlowTrail, newAfter: Int, rule: Regularity) -> Set<SlowGroup> {
    var result: Set<SlowGroup> = []
    for reader in 0..<slow.accounts {
      let own = slow.transfers.filter { $0.from == reader && $0.to != reader }
      func begins(_ place: Int) -> Bool {
        !own[..<place].contains {
          $0.to == own[place].to && own[place].day - $0.day < newAfter
        }
      }
      for low in own.indices where begins(low) {
        let days = own[low].day..<(own[low].day + 14)
        let read = Set(
          (low..<own.count).filter { days.contains(own[$0].day) && begins($0) }.map { own[$0].to })
        func tied(_ a: Int, _ b: Int) -> Bool {
          (slow.days(from: a, to: b) + slow.days(from: b, to: a)).contains {
            $0 < days.lowerBound && $0 >= days.lowerBound - newAfter
          }
        }
        func paidBy(_ source: Int) -> Set<Int> {
          read.filter { payee in
            slow.days(from: source, to: payee).contains(where: days.contains)
              && !tied(source, payee)
          }
        }
        let paid = (0..<slow.accounts).map { paidBy($0) }
        let others = (0..<slow.accounts).filter {
          $0 != reader && !read.contains($0) && paid[$0].count >= 3
        }
        for set in 0..<(1 << others.count) {
          let chosen = others.indices.filter { set >> $0 & 1 == 1 }.map { others[$0] }
          let shared = paid[reader].filter { payee in chosen.contains { paid[$0].contains(payee) } }
          let sources = [reader] + chosen
          let pairs = sources.flatMap { s in paid[s].intersection(shared).map { (s, $0) } }
          guard sources.count >= 3, shared.count >= 3,
            sources.allSatisfy({ paid[$0].intersection(shared).count >= 3 }),
            pairs.count * 10 >= sources.count * shared.count * 6
          else { continue }
          let standing = pairs.count { pair in
            SlowTrail.isRegular(slow.days(from: pair.0, to: pair.1), rule)
          }
          guard standing * 2 < pairs.count else { continue }
          result.insert(
            SlowGroup(reader: reader, sources: sources.count, destinations: shared.count))
        }
      }
    }
    return result
  }

  @Test(
    "bipartite layering, on two thousand random trails: one is found where there is one, and each is one"
  )
  func bipartite() {
    var detector = BipartiteLayering()
    (detector.newAfterDays, detector.regular) = (20, FanOracleTests.habit())
    var found = 0
    for seed in 50_000..<52_000 as Range<UInt64> {
      let slow = SlowTrail(
        seed: seed, accounts: 8, transfers: 45 + Int(seed % 40), days: 14 + Int(seed % 30),
        amounts: [1_000])
      let all = groups(slow, newAfter: 20, rule: detector.regular)
      let got = slow.findings(detector)
      #expect(got.isEmpty == all.isEmpty, "seed \(seed)")
      for finding in got {
        let sources = finding.accounts.filter { $0.part == "source" }
        let group = SlowGroup(
          reader: Int(sources[0].account.value), sources: sources.count,
          destinations: finding.accounts.count { $0.part == "destination" })
        #expect(all.contains(group), "seed \(seed): no such group")
      }
      found += got.count
    }
    #expect(found > 200)
  }
}
