import CaseModel

/// Entries by what they are looked up with, and by their booking and value days.
///
/// - Complexity: O(log *n*) for a look-up, and at most `choicesMax` results.
struct DayIndex<Place: Hashable> {
  private var places: [Place: [(day: Int32, number: Int)]] = [:]

  /// Files an entry under its place on each of its days.
  mutating func add(_ number: Int, at place: Place, _ leg: Leg) {
    for day in Set([leg.bookedOn, leg.valueOn].compactMap { $0?.dayNumber }) {
      places[place, default: []].append((day, number))
    }
  }

  /// To be called once, when all entries are filed.
  mutating func sort() {
    for (place, members) in places where members.count > 1 {
      places[place] = members.sorted { ($0.day, $0.number) < ($1.day, $1.number) }
    }
  }

  /// The entries of a place that have a day within `window` of one of the days; without days, all of them.
  /// - Returns: sorted; nil when there are more than `limit`.
  func near(_ days: [CivilDate], _ window: Int, at place: Place, limit: Int) -> [Int]? {
    guard let members = places[place] else { return [] }
    var found: Set<Int> = []
    let ranges =
      days.isEmpty
      ? [0..<members.count]
      : days.map { day in
        let low = members.partitioningIndex { $0.day >= day.dayNumber - Int32(window) }
        return low..<max(low, members.partitioningIndex { $0.day > day.dayNumber + Int32(window) })
      }
    for range in ranges {
      // An entry stands here at most twice, once for each of its days.
      guard range.count <= 2 * limit else { return nil }
      for member in members[range] { found.insert(member.number) }
    }
    return found.count <= limit ? found.sorted() : nil
  }
}
