import CaseModel

/// Between which amounts the traced value lies, as lines: the run's own method, over every order of a
/// day and over missing records.
struct BoundsText {
  private static let rowsMax = 20
  let name: (Place) -> String

  /// Empty when every place is known to the minor unit.
  func text(_ run: TracingRun) -> String {
    let open = run.bounds.filter { isOpen($0.overOrders) || isOpen($0.overRecords) }
      .sorted { $0.place.sortKey.utf8.lexicographicallyPrecedes($1.place.sortKey.utf8) }
    guard !open.isEmpty else { return "" }
    var reasons: [String] = []
    var table = TextTable(
      ["place", "traced", "over orders", "", "over missing records", ""], right: [1])
    for one in open.prefix(Self.rowsMax) {
      let orders = cells(one.overOrders, &reasons)
      let records = cells(one.overRecords, &reasons)
      table.add([name(one.place), one.traced.description] + orders + records)
    }
    var lines = [
      "The value by \(run.method) lies, over every order of a day and over missing records, within:",
      table.text,
    ]
    if open.count > Self.rowsMax {
      lines.append("and \(open.count - Self.rowsMax) more: --json has all")
    }
    lines += reasons.enumerated().map { "(\($0.offset + 1)) \($0.element)".folded(indent: 4) }
    return lines.joined(separator: "\n")
  }

  /// `2–6, 9`
  private static func ranges(_ numbers: [Int]) -> String {
    var runs: [(first: Int, last: Int)] = []
    for number in numbers.sorted() {
      if let last = runs.last, last.last + 1 == number {
        runs[runs.count - 1].last = number
      } else {
        runs.append((number, number))
      }
    }
    return runs.map { $0.first == $0.last ? "\($0.first)" : "\($0.first)–\($0.last)" }
      .joined(separator: ", ")
  }

  private func isOpen(_ interval: TracedInterval?) -> Bool { interval.map { !$0.isPoint } ?? false }

  /// The range, then whether it is exact and the numbers of its reasons.
  private func cells(_ interval: TracedInterval?, _ reasons: inout [String]) -> [String] {
    guard let interval else { return ["—", ""] }
    guard !interval.isPoint else { return ["same", ""] }
    let range =
      interval.highest.map { "\(interval.lowest.decimalText)–\($0.decimalText)" }
      ?? "at least \(interval.lowest.decimalText)"
    let numbers = interval.reasons.map { reason in
      if let known = reasons.firstIndex(of: reason) { return known + 1 }
      reasons.append(reason)
      return reasons.count
    }
    return [
      range,
      (interval.isExact ? "exact" : "outer limits")
        + (numbers.isEmpty ? "" : " (\(Self.ranges(numbers)))"),
    ]
  }
}
