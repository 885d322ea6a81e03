import CaseModel

extension DatedSums {
  /// What the account usually receives in so many days: the median of the totals of the whole windows
  /// that fit into the baseline before `day`, of an even count the lower of the two middle ones. Nil when
  /// it received nothing in them.
  /// - Complexity: O(*b* log *n*), *b* the windows of the baseline.
  func usual(before day: CivilDate, windowDays: Int, baselineDays: Int) -> Int64? {
    let sums = (1...max(1, baselineDays / windowDays)).map { span in
      sum(
        fromDay: day.adding(days: 0 - span * windowDays),
        beforeDay: day.adding(days: 0 - (span - 1) * windowDays))
    }
    guard sums.contains(where: { $0 > 0 }) else { return nil }
    return Statistic.lowerMedian(sums.map { Int64(clamping: $0) })
  }
}
