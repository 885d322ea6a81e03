// The asset schedule: one row an item, each unit of value once, rows that sum to the totals.
// Source: confiscation.md §7.

import CaseModel
import Legislation

/// Rows and totals of one track.
struct Schedule {
  var assets: [ScheduledAsset] = []
  var claimedPerCurrency: [Figure] = []
  /// In the reporting currency, of what could be converted.
  var claimedTotal: Figure?
  /// The part of `claimedTotal` that is traced; the rest was taken as instrumentalities.
  var tracedTotal: Figure?
  /// Claimed amounts that no rate converts.
  var unconverted: [Candour.Point] = []
}

extension SlicingRules {
  /// A row with what it adds to the totals in the reporting currency.
  private struct Row {
    var asset: ScheduledAsset
    var claimedConverted: Figure?
    var tracedConverted: Figure?
  }

  /// Builds the schedule of a track.
  /// - Throws: `ConfiscationError.scheduleDoesNotAdd` when parts and whole differ: then nothing is
  ///   printed.
  func schedule(run: TracingRun, sensitivity: SensitivityTable) throws -> Schedule {
    var rows: [Row] = []
    var seenAccounts: Set<AccountKey> = []
    for item in index.matter.property.sorted(by: { $0.code < $1.code }) {
      let isRepeated = item.account.map { !seenAccounts.insert($0).inserted } ?? false
      rows.append(
        try row(for: item, isRepeated: isRepeated, run: run, sensitivity: sensitivity))
    }
    rows.sort { Self.precedes($0.asset, $1.asset) }
    for number in rows.indices { rows[number].asset.number = number + 1 }
    var schedule = Schedule(assets: rows.map(\.asset))
    try total(rows, into: &schedule)
    try checkInvariants(of: schedule)
    return schedule
  }

  private func row(
    for item: PropertyItem, isRepeated: Bool, run: TracingRun, sensitivity: SensitivityTable
  ) throws -> Row {
    let value = try ItemValue(of: item, in: index, rates: rates)
    let traced = try TracedMoney(
      in: item, run: run, index: index, currency: value.net?.amount.currency, reaches: reaches)
    var sliced = try slices(of: item, value: value, traced: traced)
    if isRepeated, let net = value.net {
      sliced = SlicedItem(
        slices: net.amount.minorUnits > 0
          ? [
            AssetSlice(
              basis: .notReached, amount: net, provisions: [],
              reason: "Counted under the first item that names this account.")
          ] : [],
        remarks: ["The account is listed under another item; its value counts there, once."])
    }
    let reached = sliced.slices.filter { $0.basis != .notReached }.map(\.amount)
    let claimed = value.net.flatMap { net in
      reached.total(label: "claimed of \(item.code)")
        ?? Figure(
          .zero(net.amount.currency), label: "claimed of \(item.code)",
          derivation: "no part is reached", from: net.sources)
    }
    let converted = value.net.flatMap { inReporting($0, on: value.date) }
    let order = latestOrder(for: item)
    let (confidence, reason) = confidence(
      in: item, value: value, traced: traced, sliced: sliced, run: run, sensitivity: sensitivity)
    var listed = item
    (listed.legalOwner, listed.controller) = index.hands(of: item)
    let asset = ScheduledAsset(
      number: 0, item: listed, slices: sliced.slices, grossValue: value.gross,
      encumbered: value.encumbered, netValue: value.net, inReportingCurrency: converted?.figure,
      rateNote: converted?.note, claimed: claimed, claims: traced.claims, order: order,
      confidence: confidence, confidenceReason: reason,
      remarks: handsRemarks(item) + interestRemarks(item)
        + methodRemarks(item, traced, run: run, sensitivity) + gapRemarks(item, run)
        + value.remarks + sliced.remarks + orderRemarks(order))
    let taken: Set<AssetBasis> = [.notReached, .instrumentalityUsed, .instrumentalityIntended]
    let tracedPart = sliced.slices.filter { !taken.contains($0.basis) }.map(\.amount)
      .total(label: "traced in \(item.code)")
    return Row(
      asset: asset, claimedConverted: claimed.flatMap { inReporting($0, on: value.date)?.figure },
      tracedConverted: tracedPart.flatMap { inReporting($0, on: value.date)?.figure })
  }

  // MARK: Order of rows

  /// Sort order (a) of confiscation.md §7: owner, kind, value falling, item code.
  static func precedes(_ a: ScheduledAsset, _ b: ScheduledAsset) -> Bool {
    let (owner, other) = (a.item.legalOwner, b.item.legalOwner)
    if owner != other {
      guard let owner else { return false }
      guard let other else { return true }
      return owner < other
    }
    if a.item.kind != b.item.kind {
      return a.item.kind.utf8.lexicographicallyPrecedes(b.item.kind.utf8)
    }
    let (value, second) = (a.inReportingCurrency?.amount, b.inReportingCurrency?.amount)
    if (value == nil) != (second == nil) { return value != nil }
    if let value, let second, value.minorUnits != second.minorUnits {
      return value.minorUnits > second.minorUnits
    }
    return a.item.code < b.item.code
  }

  // MARK: Reporting currency

  /// A figure in the reporting currency at the rate of the valuation day, else of the matter's day.
  func inReporting(_ figure: Figure, on day: CivilDate?) -> (figure: Figure, note: String?)? {
    if figure.amount.currency == rates.target { return (figure, nil) }
    let days = [day, index.matter.asOf].compactMap { $0 }
    for day in days {
      guard let conversion = rates.convert(figure.amount, on: day),
        let result = Figure(
          conversion.amount, label: figure.label + ", in \(rates.target)",
          derivation: "\(figure.amount.text) at \(conversion.note), rounded half up",
          from: figure.sources + [conversion.rate.source])
      else { continue }
      return (result, conversion.note)
    }
    return nil
  }

  // MARK: Totals

  private func total(
    _ rows: [Row], into schedule: inout Schedule
  ) throws {
    let claimed = rows.compactMap(\.asset.claimed)
    for currency in Set(claimed.map(\.amount.currency)).sorted() {
      let figures = claimed.filter { $0.amount.currency == currency }
      try refuseOverflow(figures.map(\.amount), at: "claimed in \(currency)")
      if let total = figures.total(label: "claimed in \(currency)") {
        schedule.claimedPerCurrency.append(total)
      }
    }
    for row in rows where row.claimedConverted == nil {
      guard let claimed = row.asset.claimed, !claimed.amount.isZero else { continue }
      schedule.unconverted.append(
        Candour.Point(
          text: "\(claimed.amount.text) claimed of \(row.asset.item.code) has no rate into "
            + "\(rates.target) and stands outside the total.", sources: claimed.sources))
    }
    let converted = rows.compactMap(\.claimedConverted)
    try refuseOverflow(converted.map(\.amount), at: "claimed")
    schedule.claimedTotal = converted.total(
      label: schedule.unconverted.isEmpty
        ? "claimed in \(rates.target)" : "claimed in \(rates.target), of what could be converted")
    schedule.tracedTotal = rows.compactMap(\.tracedConverted)
      .total(label: "traced and claimed in kind, in \(rates.target)")
  }

  /// Slices sum to the net value, reached slices to the claimed amount, rows to the totals.
  private func checkInvariants(of schedule: Schedule) throws {
    for asset in schedule.assets {
      guard let net = asset.netValue?.amount, let claimed = asset.claimed?.amount else { continue }
      let whole = max(net, .zero(net.currency))
      let sum = asset.slices.map(\.amount.amount).sum(in: net.currency)
      guard sum == whole else {
        throw ConfiscationError.scheduleDoesNotAdd(
          place: asset.item.code.text, parts: sum, whole: whole)
      }
      let reached = asset.slices.filter { $0.basis != .notReached }.map(\.amount.amount)
        .sum(in: net.currency)
      guard reached == claimed, claimed <= whole else {
        throw ConfiscationError.scheduleDoesNotAdd(
          place: asset.item.code.text, parts: reached, whole: claimed)
      }
    }
    for total in schedule.claimedPerCurrency {
      let rows = schedule.assets.compactMap(\.claimed?.amount)
        .filter { $0.currency == total.amount.currency }.sum(in: total.amount.currency)
      guard rows == total.amount else {
        throw ConfiscationError.scheduleDoesNotAdd(
          place: total.label, parts: rows, whole: total.amount)
      }
    }
  }

  // MARK: Orders and hands

  private func latestOrder(for item: PropertyItem) -> PreservationOrder? {
    index.matter.orders.filter { $0.property == item.code && $0.date <= index.matter.asOf }
      .max { $0.date != $1.date ? $0.date < $1.date : $1.source < $0.source }
  }

  /// An expired order may not be described as being in force (S-094).
  private func orderRemarks(_ order: PreservationOrder?) -> [String] {
    guard let order, let ends = order.ends, ends < index.matter.asOf else { return [] }
    return ["Order \(order.number) ended on \(ends); the item is not preserved by it now."]
  }

  /// A share that another person claims is no deduction until it is decided, and never silent.
  private func interestRemarks(_ item: PropertyItem) -> [String] {
    item.interests.map {
      "\($0.person) claims an interest in it, which is not decided and not deducted."
    }
  }

  /// Traced money behind a gap in an account's records is not claimed, and never silent.
  private func gapRemarks(_ item: PropertyItem, _ run: TracingRun) -> [String] {
    let ids = Set((item.account.map(index.accounts) ?? []).map(\.id))
    let behind = run.claims.filter { claim in
      if case .untraced(let id) = claim.place { return claim.isTainted && ids.contains(id) }
      return false
    }
    return behind.map {
      "\($0.amount.amount.text) of \($0.sourceClass) lies behind a gap in the records of the "
        + "account and is not claimed."
    }
  }

  /// Property in a victim's name is held in that name by whoever controls it; it is never called
  /// the victim's proceeds (S-170).
  private func handsRemarks(_ item: PropertyItem) -> [String] {
    let (owner, controller) = index.hands(of: item)
    guard let owner, index.persons[owner]?.isVictim == true, let controller, controller != owner
    else { return [] }
    return ["Held in the name of \(owner), a victim; controlled by \(controller)."]
  }
}
