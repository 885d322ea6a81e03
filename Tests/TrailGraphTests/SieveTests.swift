import TestSupport
import Testing

@testable import TrailGraph

@Suite("A sieve leaves out only what cannot count")
struct SieveTests {
  /// Long enough that buckets come round more than once, and places in a word are shared.
  private static let times: [ClosedRange<Int64>] = [0...20, -400...900, 0...9_000]

  @Test("every transfer of a cycle stays, and most of what is in none goes")
  func cycles() {
    var (inCycles, all, stayed) = (0, 0, 0)
    for seed in RandomTrail.seeds(300) {
      for (times, window) in zip(Self.times, [Int64(4), 9, 60]) {
        let sample = RandomTrail(seed: seed, accounts: 2...9, edges: 0...60, times: times)
        let trail = sample.trail
        guard let first = trail.time.min() else { continue }
        let kept = Set(CycleSieve(trail, first: first, window: window).edges)
        let search = Trail.CycleSearch(lengths: 2...6, window: window)
        _ = trail.forEachTemporalCycle(search, continues: { _, _ in true }) { cycle in
          for edge in cycle {
            inCycles += 1
            #expect(kept.contains(Int32(edge)), "seed \(seed)")
          }
        }
        #expect(kept.allSatisfy { trail.source[Int($0)] != trail.destination[Int($0)] })
        if window == 60 {
          all += sample.joining.count
          stayed += kept.count
        }
      }
    }
    #expect(inCycles > 100, "too few to tell")
    #expect(stayed * 2 < all, "\(stayed) of \(all) stayed, so nothing was won")
  }

  @Test("an account that was paid often enough stays, and most others go")
  func arrivals() {
    var (often, seldom, denied) = (0, 0, 0)
    for seed in RandomTrail.seeds(300) {
      for (times, window) in zip(Self.times, [Int64(1), 9, 60]) {
        let sample = RandomTrail(seed: seed, accounts: 2...9, edges: 0...90, times: times)
        let trail = sample.trail
        guard let first = trail.time.min() else { continue }
        for enough in [1, 3, 5, 20] {
          let sieve = ArrivalSieve(trail, first: first, window: window, enough: enough)
          for account in 0..<Int32(sample.accounts) {
            let moments = sample.edges.filter { $0.to == account }.map(\.time).sorted()
            let holds = moments.indices.contains {
              $0 + enough <= moments.count && moments[$0 + enough - 1] - moments[$0] < window
            }
            if holds {
              often += 1
              #expect(sieve.mayHold(account), "seed \(seed)")
            } else {
              seldom += 1
              if !sieve.mayHold(account) { denied += 1 }
            }
          }
        }
      }
    }
    #expect(often > 1_000 && seldom > 1_000, "too few to tell")
    #expect(denied * 2 > seldom, "\(denied) of \(seldom) went, so nothing was won")
  }

  @Test("the ends of the calendar are no trouble")
  func far() {
    for seed in RandomTrail.seeds(20) {
      let sample = RandomTrail(seed: seed, accounts: 2...4, edges: 10...20, times: -40...40)
      let trail = sample.stretched(by: 1 << 50)
      guard let first = trail.time.min() else { continue }
      let few = CycleSieve(trail, first: first, window: 0).edges.count
      #expect(few <= CycleSieve(trail, first: first, window: .max).edges.count)
      let counts = { (trail: Trail, window: Int64) in
        trail.answer(CycleCount(.init(lengths: 2...6, window: window))).counts
      }
      #expect(counts(trail, .max) == counts(sample.trail, 1_000))
      #expect(counts(trail, 0) == counts(sample.trail, 0))
    }
  }
}
