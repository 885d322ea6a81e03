import CaseModel

/// Checks a statement against its own figures (formats.md §3.5). Nothing is corrected: what does not
/// agree is shown.
public enum Reconciler {
  /// What comparing opening, entries and closing gives.
  public struct Result: Hashable, Sendable {
    public let status: ReconciliationStatus
    /// opening + Σ booked entries − closing; nil without both balances in one currency.
    public let difference: Money?
    /// Booked entries in a currency other than the balances'; they cannot enter the sum.
    public let foreignEntries: Int
  }

  /// Compares `opening + Σ booked entries` with `closing`, in one currency, through 128 bits.
  /// - Parameters:
  ///   - expectsBalances: the format has balances, so that a missing one means `incomplete`.
  /// - Complexity: O(*n*) in the entries.
  public static func compare(
    opening: StatedBalance?, closing: StatedBalance?, entries: some Sequence<StatementEntry>,
    expectsBalances: Bool = true
  ) -> Result {
    var booked: Int128 = 0
    var foreign = 0
    if let currency = opening?.amount.currency {
      for entry in entries where entry.kind == .booked {
        if entry.amount.currency == currency {
          booked += Int128(entry.amount.minorUnits)
        } else {
          foreign += 1
        }
      }
    }
    return compare(
      opening: opening, closing: closing, booked: booked, foreignEntries: foreign,
      expectsBalances: expectsBalances)
  }

  /// The same by the sum of the booked entries in the opening balance's currency.
  private static func compare(
    opening: StatedBalance?, closing: StatedBalance?, booked: Int128, foreignEntries: Int,
    expectsBalances: Bool
  ) -> Result {
    guard let opening, let closing else {
      let isCut = expectsBalances && (opening != nil || closing != nil)
      return Result(
        status: isCut ? .incomplete : .noBalances, difference: nil, foreignEntries: 0)
    }
    let currency = opening.amount.currency
    guard closing.amount.currency == currency else {
      return Result(status: .unreconciled, difference: nil, foreignEntries: 0)
    }
    let sum =
      Int128(opening.amount.minorUnits) + booked - Int128(closing.amount.minorUnits)
    let difference = Int64(exactly: sum).map { Money(minorUnits: $0, currency: currency) }
    return Result(
      status: sum == 0 ? .reconciled : .unreconciled, difference: difference,
      foreignEntries: foreignEntries)
  }

  /// Sets `difference` and `status`. A status that the format already found to be `incomplete` or
  /// `not-applicable` stays; the difference is still shown when both balances are there.
  /// - Parameter expectsBalances: as in `compare`.
  public static func settle(_ statement: inout Statement, expectsBalances: Bool = true) {
    settle(
      &statement,
      compare(
        opening: statement.opening, closing: statement.closing, entries: statement.entries,
        expectsBalances: expectsBalances))
  }

  /// The same for a statement whose entries were only added up.
  public static func settle(
    _ statement: inout Statement, _ summary: EntrySummary, expectsBalances: Bool = true
  ) {
    let currency = statement.opening?.amount.currency
    let booked = summary.totals.first { $0.currency == currency }?.bookedSum ?? 0
    settle(
      &statement,
      compare(
        opening: statement.opening, closing: statement.closing, booked: booked, foreignEntries: 0,
        expectsBalances: expectsBalances))
  }

  private static func settle(_ statement: inout Statement, _ result: Result) {
    statement.difference = statement.status == .notApplicable ? nil : result.difference
    if statement.status != .incomplete, statement.status != .notApplicable {
      statement.status = result.status
    }
  }

  /// How a running balance column runs through the file.
  public enum Direction: String, Sendable, Codable { case ascending, descending }

  /// The result of checking the running balances row by row.
  public struct RunningCheck: Hashable, Sendable {
    /// File order: oldest first or newest first. Both occur.
    public let direction: Direction
    /// Indexes of entries whose balance does not follow from their neighbour's.
    public let breaks: [Int]
    /// Neighbouring pairs that could be compared.
    public let compared: Int
  }

  /// Checks each stated balance against its neighbour's, in the direction that breaks less often;
  /// a tie is decided by the booking days, then taken as ascending. Nil when no entry states one.
  /// - Complexity: O(*n*).
  public static func runningBalances(_ entries: [StatementEntry]) -> RunningCheck? {
    var up: [Int] = []
    var down: [Int] = []
    var compared = 0
    for index in entries.indices.dropFirst() {
      guard let before = entries[index - 1].balanceAfter, let here = entries[index].balanceAfter,
        before.currency == here.currency
      else { continue }
      compared += 1
      let step = Int128(here.minorUnits) - Int128(before.minorUnits)
      if step != Int128(entries[index].amount.minorUnits) { up.append(index) }
      if -step != Int128(entries[index - 1].amount.minorUnits) { down.append(index - 1) }
    }
    guard compared > 0 || entries.contains(where: { $0.balanceAfter != nil }) else { return nil }
    let isDescending: Bool
    if up.count != down.count {
      isDescending = down.count < up.count
    } else {
      let days = entries.compactMap(\.bookedOn)
      isDescending =
        (days.first ?? CivilDate(dayNumber: 0)) > (days.last ?? CivilDate(dayNumber: 0))
    }
    return RunningCheck(
      direction: isDescending ? .descending : .ascending, breaks: isDescending ? down : up,
      compared: compared)
  }
}
