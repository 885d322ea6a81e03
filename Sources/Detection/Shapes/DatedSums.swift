import CaseModel
import TrailGraph

/// Movements on one side of an account, with running totals: what moved between two moments or days.
struct DatedSums {
  private let days: [CivilDate]
  private let times: [Int64]
  private let totals: [Int128]

  /// - Parameter items: in time order.
  init(_ items: [ComparableAmounts.Item], _ trail: Trail) {
    days = items.map { trail.day($0.edge) }
    times = items.map { trail.time[$0.edge] }
    var sum: Int128 = 0
    totals =
      [0]
      + items.map {
        sum += Int128($0.minor)
        return sum
      }
  }

  /// Of the items at these places.
  /// - Complexity: O(1).
  func sum(of places: Range<Int>) -> Int128 { between(places.lowerBound, places.upperBound) }

  /// - Complexity: O(log *n*), as the others.
  func sum(fromDay day: CivilDate, beforeTime time: Int64) -> Int128 {
    between(
      days.partitionPoint { !($0 < day) }, times.partitionPoint { $0 >= time })
  }

  func sum(fromDay first: CivilDate, beforeDay end: CivilDate) -> Int128 {
    between(days.partitionPoint { !($0 < first) }, days.partitionPoint { !($0 < end) })
  }

  func sum(afterTime time: Int64, throughDay last: CivilDate) -> Int128 {
    between(times.partitionPoint { $0 > time }, days.partitionPoint { last < $0 })
  }

  private func between(_ low: Int, _ high: Int) -> Int128 {
    high > low ? totals[high] - totals[low] : 0
  }
}
