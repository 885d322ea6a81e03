import CaseModel
import TrailGraph

/// Amounts made comparable: in the reference currency where the case supplies a rate, else each
/// currency by itself. Nothing is converted without a rate.
struct ComparableAmounts: Sendable {
  private let trail: Trail
  private let rates: [DatedRate]
  private let reference: Currency?
  /// By number of a currency: the lowest number that stands for the same one.
  private let sameCurrency: [UInt16]

  init(_ trail: Trail, _ context: CaseContext?) {
    self.trail = trail
    rates = (context?.rates ?? []).sorted { ($0.date, $0.source) < ($1.date, $1.source) }
    reference = rates.isEmpty ? nil : context?.reportingCurrency
    var first: [Currency: UInt16] = [:]
    sameCurrency = trail.names.currencies.enumerated().map { place, currency in
      let number = first[currency] ?? UInt16(place)
      first[currency] = number
      return number
    }
  }

  /// The amount of an edge in the currency it can be compared in: converted at the latest rate of or
  /// before its day, halves up; its own where there is no such rate.
  func amount(_ edge: Int) -> Money { converted(trail.money(edge), on: trail.day(edge)) }

  /// An amount of a day in the currency it can be compared in; see `amount`.
  func converted(_ own: Money, on day: CivilDate) -> Money {
    guard let reference, own.currency != reference else { return own }
    let rate = rates.last { item in
      item.date <= day
        && ((item.rate.base == own.currency && item.rate.quote == reference)
          || (item.rate.quote == own.currency && item.rate.base == reference))
    }
    return rate?.rate.convert(own, rounding: .halfUp) ?? own
  }

  /// Whether one movement is such a share of another; false when they cannot be compared.
  /// - Parameter basisPoints: both bounds included.
  func share(of part: Int, in whole: Int, _ basisPoints: ClosedRange<Int>) -> Bool {
    guard reference != nil else {
      return number(part) == number(whole)
        && Self.isShare(trail.amountMinor[part], of: trail.amountMinor[whole], basisPoints)
    }
    let (a, b) = (amount(part), amount(whole))
    return a.currency == b.currency && Self.isShare(a.minorUnits, of: b.minorUnits, basisPoints)
  }

  private func number(_ edge: Int) -> UInt16 { sameCurrency[Int(trail.currency[edge])] }

  private static func isShare(
    _ part: Int64, of whole: Int64, _ basisPoints: ClosedRange<Int>
  ) -> Bool {
    guard whole > 0 else { return false }
    let (share, unit) = (Int128(part) * 10_000, Int128(whole))
    return share >= unit * Int128(basisPoints.lowerBound)
      && share <= unit * Int128(basisPoints.upperBound)
  }

  /// Edges grouped by the currency they compare in, groups in code order, edges in the given order.
  /// - Complexity: O(*n* · *c*) in the edges and their currencies, of which an account has few.
  func groups(_ edges: some Sequence<Int>) -> [(currency: Currency, items: [Item])] {
    guard reference == nil else { return convertedGroups(edges) }
    var groups: [(number: UInt16, items: [Item])] = []
    var place = 0
    for edge in edges {
      let number = number(edge)
      if place >= groups.count || groups[place].number != number {
        place = groups.firstIndex { $0.number == number } ?? groups.count
        if place == groups.count { groups.append((number, [])) }
      }
      groups[place].items.append(Item(edge: edge, minor: trail.amountMinor[edge]))
    }
    return groups.map { (trail.names.currencies[Int($0.number)], $0.items) }
      .sorted { $0.0 < $1.0 }
  }

  private func convertedGroups(
    _ edges: some Sequence<Int>
  ) -> [(currency: Currency, items: [Item])] {
    var groups: [Currency: [Item]] = [:]
    for edge in edges {
      let money = amount(edge)
      groups[money.currency, default: []].append(Item(edge: edge, minor: money.minorUnits))
    }
    return groups.keys.sorted().map { (currency: $0, items: groups[$0] ?? []) }
  }

  struct Item: Sendable {
    let edge: Int
    let minor: Int64
  }
}

/// Exact statistics of whole numbers.
enum Statistic {
  /// An amount as text, exact also where the sum leaves 64 bits.
  static func money(_ minor: Int128, _ currency: Currency) -> String {
    guard let units = Int64(exactly: minor) else { return "\(minor) minor units of \(currency)" }
    return Money(minorUnits: units, currency: currency).description
  }

  /// The middle value; of an even count the lower of the two middle ones. Nil of nothing.
  static func lowerMedian(_ values: [Int64]) -> Int64? {
    guard !values.isEmpty else { return nil }
    return values.sorted()[(values.count - 1) / 2]
  }

  /// The square of the coefficient of variation (population), as a fraction:
  /// (n·Σx² − (Σx)²) ÷ (Σx)². No root is taken, so it stays exact.
  static func variationSquared(_ values: [Int64]) -> (numerator: Int128, denominator: Int128)? {
    var sum: Int128 = 0
    var squares: Int128 = 0
    for value in values {
      sum += Int128(value)
      let (square, overflow) = Int128(value).multipliedReportingOverflow(by: Int128(value))
      let (total, overflow2) = squares.addingReportingOverflow(square)
      guard !overflow, !overflow2 else { return nil }
      squares = total
    }
    let (left, overflow) = squares.multipliedReportingOverflow(by: Int128(values.count))
    let (right, overflow2) = sum.multipliedReportingOverflow(by: sum)
    guard !overflow, !overflow2, right > 0 else { return nil }
    return (left - right, right)
  }

  /// A share in basis points, rounded down.
  static func basisPoints(_ part: Int128, of whole: Int128) -> Int {
    whole > 0 ? Int(clamping: Rounding.down.quotient(part * 10_000, by: whole)) : 0
  }

  /// Basis points as a percentage with two decimals, such as `95.00 %`.
  static func percent(_ basisPoints: Int) -> String {
    let rest = basisPoints % 100
    return "\(basisPoints / 100).\(rest < 10 ? "0" : "")\(rest) %"
  }
}

extension RandomAccessCollection where Index == Int {
  /// The first place from which on `holds` is true; it must be false before and true after.
  /// - Complexity: O(log *n*).
  func partitionPoint(where holds: (Element) -> Bool) -> Int {
    var (low, high) = (startIndex, endIndex)
    while low < high {
      let middle = low + (high - low) / 2
      if holds(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

/// Days as a window: `days` calendar days, both ends counted.
enum Window {
  /// Runs of items that lie in qualifying windows, overlapping windows joined into one run.
  ///
  /// Slides a window of so many calendar days over items in time order and asks of each largest window
  /// ending at an item whether it qualifies.
  /// - Complexity: O(*n*) calls of `qualifies`.
  static func joined(
    days: Int, count: Int, day: (Int) -> CivilDate, qualifies: (Range<Int>) -> Bool
  ) -> [(run: Range<Int>, windows: [Range<Int>])] {
    var result: [(run: Range<Int>, windows: [Range<Int>])] = []
    var low = 0
    for high in 0..<count {
      while day(high) - day(low) >= days { low += 1 }
      let window = low..<(high + 1)
      guard qualifies(window) else { continue }
      if let last = result.last, last.run.upperBound > window.lowerBound {
        result[result.count - 1].run = last.run.lowerBound..<window.upperBound
        result[result.count - 1].windows.append(window)
      } else {
        result.append((window, [window]))
      }
    }
    return result
  }
}
