// What the runs of a comparison say of some places together: lowest, highest, whether all agree.

/// The lowest and the highest tainted sum over every run of a sensitivity table (N2).
public struct MethodEnvelope: Hashable, Sendable, Codable {
  public let lowest: Money
  public let highest: Money

  public init(lowest: Money, highest: Money) {
    precondition(lowest <= highest, "an envelope ends before it begins")
    self.lowest = lowest
    self.highest = highest
  }

  /// True iff every run gives the same sum.
  public var agrees: Bool { lowest == highest }
}

extension SensitivityTable {
  /// The envelope of some places, added up run by run; a place without traced value counts nothing.
  ///
  /// Source: confiscation.md §4.1; experience.md N2.
  /// - Returns: nil when the table has no row for the places, or their rows are of several
  ///   currencies and none is asked for.
  /// - Complexity: O(rows × columns).
  public func envelope(at places: Set<Place>, in wanted: Currency? = nil) -> MethodEnvelope? {
    let rows = rows.filter { row in
      places.contains(row.place)
        && (wanted == nil || row.tainted.contains { $0?.currency == wanted })
    }
    let currencies = Set(rows.flatMap { $0.tainted.compactMap { $0?.currency } })
    guard let currency = currencies.first, currencies.count == 1, !columns.isEmpty else {
      return nil
    }
    let sums = columns.indices.map { column in
      rows.compactMap { column < $0.tainted.count ? $0.tainted[column] : nil }.sum(in: currency)
    }
    guard let lowest = sums.min(), let highest = sums.max() else { return nil }
    return MethodEnvelope(lowest: lowest, highest: highest)
  }
}

extension TracingRun {
  /// The intervals of some places, in the order of the run; of one currency when one is asked for.
  public func bounds(at places: Set<Place>, in currency: Currency? = nil) -> [PlaceBounds] {
    bounds.filter { one in
      places.contains(one.place) && (currency == nil || one.traced.currency == currency)
    }
  }

  /// What is tainted at some places in one currency.
  public func tainted(at places: Set<Place>, in currency: Currency) -> Money {
    claims.filter {
      $0.isTainted && places.contains($0.place) && $0.amount.amount.currency == currency
    }.map(\.amount.amount).sum(in: currency)
  }
}

extension TracedInterval {
  /// `between 0.00 GBP and 500.00 GBP`, `at least 10.00 GBP`, `500.00 GBP`.
  public var text: String {
    guard let highest else { return "at least \(lowest.text)" }
    return highest == lowest ? lowest.text : "between \(lowest.text) and \(highest.text)"
  }
}

extension CaseFile {
  /// Where the value of an item lies in a tracing run: the item itself, and its accounts.
  public func places(of item: PropertyItem) -> Set<Place> {
    var places: Set<Place> = [.asset(item.code)]
    guard let key = item.account else { return places }
    for account in accounts where account.key == key { places.insert(.account(account.id)) }
    return places
  }
}
