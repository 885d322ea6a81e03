import CaseModel
import TrailGraph

/// The payers, or the payees, of one account, told apart as new and known. For fans in and out.
///
/// A partner's payments fall into runs: a run ends when nothing passed for `newAfterDays` days. A payment
/// is by a new partner of a window when its run began in that window.
struct Partners {
  let items: [ComparableAmounts.Item]
  /// The other side of each item.
  let party: [Int32]
  /// Place of the first item of each item's run.
  private let runStart: [Int]
  /// By item: whether its partner has a standing or an earlier dealing that explains it.
  private let isKnown: [Bool]

  /// - Parameters:
  ///   - items: in time order, the other side of each named.
  ///   - newAfterDays: not less than the days of any window asked for.
  ///   - isKnown: whether a partner whose run begins at this edge has a dealing that explains it.
  init(
    _ items: [ComparableAmounts.Item], _ trail: Trail, newAfterDays: Int, party: (Int) -> Int32,
    isKnown: (_ partner: Int32, _ edge: Int) -> Bool
  ) {
    self.items = items
    self.party = items.map { party($0.edge) }
    var latest: [Int32: (day: CivilDate, start: Int)] = [:]
    var starts: [Int] = []
    var known: [Bool] = []
    for (place, item) in items.enumerated() {
      let partner = self.party[place]
      let day = trail.day(item.edge)
      var start = place
      if let last = latest[partner], day - last.day < newAfterDays { start = last.start }
      latest[partner] = (day, start)
      starts.append(start)
      known.append(start == place ? isKnown(partner, item.edge) : known[start])
    }
    runStart = starts
    self.isKnown = known
  }

  /// One window in which enough new partners meet.
  struct Fan {
    let range: Range<Int>
    /// Distinct new partners, those of them that are known, and the sum of the new partners' payments.
    let partners: Int
    let known: Int
    let sum: Int128
  }

  /// Runs of windows with at least `partnersMin` new partners, fewer than half of them known, that
  /// `qualifies`; windows that overlap are joined into one run.
  ///
  /// - Complexity: O(*n*) and the cost of `qualifies`: each item enters and leaves the window once.
  func fans(
    days: Int, partnersMin: Int, _ trail: Trail, qualifies: (Fan) -> Bool
  ) -> [[Fan]] {
    var runs: [[Fan]] = []
    var low = 0
    var runSum = [Int128](repeating: 0, count: items.count)
    var (partners, known, sum) = (0, 0, Int128(0))
    for high in items.indices {
      let start = runStart[high]
      if start >= low {
        let minor = Int128(items[high].minor)
        runSum[start] += minor
        sum += minor
        if start == high {
          partners += 1
          known += isKnown[high] ? 1 : 0
        }
      }
      while trail.day(items[high].edge) - trail.day(items[low].edge) >= days {
        if runStart[low] == low {
          partners -= 1
          known -= isKnown[low] ? 1 : 0
          sum -= runSum[low]
        }
        low += 1
      }
      guard partners >= partnersMin, known * 2 < partners else { continue }
      let fan = Fan(range: low..<(high + 1), partners: partners, known: known, sum: sum)
      guard qualifies(fan) else { continue }
      if let last = runs.last?.last, last.range.upperBound > fan.range.lowerBound {
        runs[runs.count - 1].append(fan)
      } else {
        runs.append([fan])
      }
    }
    return runs
  }

  /// The windows that begin with a payment by a new partner and hold enough new partners, each whole.
  /// - Complexity: O(*n*).
  func openings(days: Int, partnersMin: Int, _ trail: Trail) -> [Fan] {
    var found: [Fan] = []
    var high = 0
    var partners = 0
    for low in items.indices {
      let first = trail.day(items[low].edge)
      while high < items.count, trail.day(items[high].edge) - first < days {
        partners += runStart[high] == high ? 1 : 0
        high += 1
      }
      guard runStart[low] == low else { continue }
      if partners >= partnersMin {
        found.append(Fan(range: low..<high, partners: partners, known: 0, sum: 0))
      }
      partners -= 1
    }
    return found
  }

  /// The new partners' payments in a fan, in time order.
  func payments(in fan: Fan) -> [Int] {
    fan.range.filter { runStart[$0] >= fan.range.lowerBound }
  }

  /// The new partners' payments in any of the joined fans, in time order.
  /// - Complexity: O(*n* log *w*) in the items and the fans: of the fans that begin at or before a run,
  ///   the last reaches furthest.
  func payments(in fans: [Fan]) -> [Int] {
    guard let first = fans.first, let last = fans.last else { return [] }
    return (first.range.lowerBound..<last.range.upperBound).filter { place in
      let after = fans.partitionPoint { $0.range.lowerBound > runStart[place] }
      return after > 0 && fans[after - 1].range.upperBound > place
    }
  }

  /// Most partners, then the earliest.
  static func fullest(_ fans: [Fan]) -> Fan? {
    fans.enumerated().max {
      ($0.element.partners, -$0.offset) < ($1.element.partners, -$1.offset)
    }?.element
  }

  /// Partners in the order of their first payment.
  func distinct(_ places: [Int]) -> [Int32] {
    var seen: Set<Int32> = []
    return places.map { party[$0] }.filter { seen.insert($0).inserted }
  }

  /// Partners among these that a dealing explains.
  func knownPartners(_ places: [Int]) -> Int {
    var seen: Set<Int32> = []
    return places.count { isKnown[$0] && seen.insert(party[$0]).inserted }
  }
}
