// The asset schedule: 25 columns in the order of confiscation.md §7, totals, method.

import CaseModel

/// How the rows of a schedule are ordered (confiscation.md §7). Ties end at the item's code.
public enum ScheduleOrder: String, Hashable, Sendable, Codable, CaseIterable {
  case owner, location, basis, orderEnd = "order-end", claimed
}

/// Draws up the asset schedule as a document: the 25 columns, the totals, the method.
///
/// The number of a row is the proposal's own and does not change with the order.
///
/// - Throws: `DossierError.totals` when the rows do not add up to the totals of the proposal, and
///   what `confiscationFile` throws.
public func assetSchedule(
  track: Track, caseFile: CaseFile, proposal: Proposal, run: TracingRun, manifest: Manifest,
  orderedBy order: ScheduleOrder = .owner
) throws -> Document {
  guard track == proposal.track else {
    throw DossierError.track(asked: track.rawValue, proposed: proposal.track.rawValue)
  }
  let drafting = Drafting(
    track: track, caseFile: caseFile, proposal: proposal, run: run, findings: [],
    manifest: manifest, wording: try Wording(language: "en"))
  try drafting.checkTotals()
  let document = Document(
    kind: "asset-schedule", title: try drafting.wording.title("document.schedule"),
    subtitle: caseFile.matter.title, matter: caseFile.matter.code,
    language: try drafting.wording.label("language"),
    watermark: try drafting.wording.label("watermark"),
    audience: try drafting.wording.label("audience"), cover: try drafting.coverFields(),
    sections: try [
      drafting.scheduleSection(order), drafting.totalsSection(), drafting.scheduleMethod(),
    ],
    manifest: manifest)
  try BarredWords(language: "en").check(document)
  return document
}

extension Drafting {
  fileprivate func scheduleSection(_ order: ScheduleOrder) throws -> Section {
    guard !proposal.assets.isEmpty else { return try section("schedule", [nothing("assets.none")]) }
    let assets = sorted(proposal.assets, by: order)
    var rows: [Table.Row] = []
    var group: String?
    for asset in assets {
      let heading = groupName(asset, order)
      if let heading, heading != group {
        rows.append(Table.Row([[.strong(heading)]], style: .group))
        group = heading
      }
      rows.append(Table.Row(try scheduleCells(asset)))
    }
    for sum in proposal.claimedPerCurrency {
      var cells = [[Inline]](repeating: [], count: 25)
      cells[2] = text(try wording.label("claimed-total") + " " + sum.amount.currency.code)
      cells[16] = figure(sum)
      rows.append(Table.Row(cells, style: .total))
    }
    let columns = try (1...25).map { number in
      Table.Column(
        "\(number) " + (try wording.label("schedule.\(number)")), weight: Self.weights[number - 1],
        [1, 12, 15, 16, 17].contains(number) ? .right : .left)
    }
    return try section(
      "schedule",
      [
        .table(
          Table(
            anchor: "schedule", caption: wording.title("schedule-table"), columns: columns,
            rows: rows, note: wording.frame("note.schedule"), isLandscape: true))
      ])
  }

  private static let weights = [
    2, 4, 8, 6, 5, 5, 4, 6, 5, 6, 5, 5, 6, 6, 5, 6, 5, 6, 5, 6, 5, 4, 6, 6, 8,
  ]

  private func groupName(_ asset: ScheduledAsset, _ order: ScheduleOrder) -> String? {
    switch order {
    case .owner: name(of: asset.item.legalOwner) ?? wording.word("owner", "unknown")
    case .location: asset.item.locationState
    case .basis: asset.slices.first.map { wording.word("basis", $0.basis.rawValue) } ?? "—"
    case .orderEnd, .claimed: nil
    }
  }

  private func sorted(_ assets: [ScheduledAsset], by order: ScheduleOrder) -> [ScheduledAsset] {
    func owner(_ asset: ScheduledAsset) -> String { asset.item.legalOwner?.text ?? "\u{10FFFF}" }
    func value(_ figure: Figure?) -> Int64 { figure?.amount.minorUnits ?? -1 }
    func text(_ asset: ScheduledAsset) -> [String] {
      switch order {
      case .owner: [owner(asset), asset.item.kind]
      case .location: [asset.item.locationState]
      case .basis:
        [
          asset.slices.first.flatMap { AssetBasis.allCases.firstIndex(of: $0.basis) }
            .map { $0 < 10 ? "0\($0)" : "\($0)" } ?? "99"
        ]
      case .orderEnd: [asset.order?.ends?.description ?? "9999-99-99"]
      case .claimed: []
      }
    }
    return assets.sorted { a, b in
      for (left, right) in zip(text(a), text(b)) where left != right {
        return left.utf8.lexicographicallyPrecedes(right.utf8)
      }
      let (left, right) =
        order == .claimed
        ? (value(a.claimed), value(b.claimed))
        : order == .owner
          ? (value(a.inReportingCurrency ?? a.netValue), value(b.inReportingCurrency ?? b.netValue))
          : (0, 0)
      return left != right ? left > right : a.item.code < b.item.code
    }
  }

  /// The 25 cells of one row. A cell that is one figure and nothing else is a number in the workbook.
  private func scheduleCells(_ asset: ScheduledAsset) throws -> [[Inline]] {
    let item = asset.item
    func list(_ parts: [[Inline]]) -> [Inline] {
      parts.isEmpty ? [.text("—")] : Array(parts.joined(separator: [.text("; ")]))
    }
    let exhibits = Set(([item.source] + asset.claims.flatMap(\.amount.sources)).map(\.label))
      .sorted()
    let isNegative = asset.netValue.map(\.amount.isNegative) ?? false
    var remarks = asset.remarks.map { text($0) }
    if isNegative { remarks.append(try wording.frame("schedule.negative")) }
    let notes = try unknowns(of: asset).filter { !asset.remarks.map { text($0) }.contains($0) }
    return [
      text(String(asset.number)),
      text(wording.word("kind", item.kind)),
      text(item.code.text + " " + item.description + (item.identifiers.map { ", " + $0 } ?? ""))
        + [.text(" "), .sources([item.source])],
      text([item.locationState, item.location].filter { !$0.isEmpty }.joined(separator: ", ")),
      text(name(of: item.legalOwner)),
      text(name(of: item.controller)),
      day(item.acquiredOn),
      priceAndFunding(asset),
      text(bases(of: asset)),
      extent(asset),
      text(
        "\(matter.method(of: item.code, besides: run.method)), \(wording.word("same-day", run.sameDayOrder.rawValue)), ledger \(run.ledgerHash.hex.prefix(12))"
      ),
      figure(asset.grossValue),
      text(String(valuedOn(item).drop { $0 == "," || $0 == " " })),
      list(item.encumbrances.map(encumbrance)),
      figure(asset.netValue),
      asset.rateNote == nil
        ? figure(asset.inReportingCurrency)
        : figure(asset.inReportingCurrency) + [.text(", " + (asset.rateNote ?? ""))],
      figure(asset.claimed),
      preservation(asset.order),
      text(item.custody),
      list(
        item.interests.map { [.text($0.person + ": " + $0.claim + " "), .sources([$0.source])] }),
      try wording.frame("schedule.not-recorded"),
      try wording.frame(
        item.locationState == homeState ? "schedule.home" : "schedule.not-recorded"),
      text(exhibits.joined(separator: ", ")),
      text(wording.word("confidence", asset.confidence.rawValue) + ": " + asset.confidenceReason),
      Array((remarks + notes).joined(separator: [.text(" ")])),
    ]
  }

  private func priceAndFunding(_ asset: ScheduledAsset) -> [Inline] {
    var result: [Inline] = []
    if let price = asset.item.price {
      result = [
        .figure(
          Figure(
            price, label: "price of \(asset.item.code.text)", derivation: "stated in the record",
            from: asset.item.source)), .text("; "),
      ]
    }
    let claims = asset.claims
    guard !claims.isEmpty else { return result + [.text("—")] }
    for (place, claim) in claims.enumerated() {
      if place > 0 { result.append(.text("; ")) }
      result += [.text(claim.sourceClass.text + " "), .figure(claim.amount)]
    }
    return result
  }

  /// Whole, or the amounts basis by basis; the part that is not reached is named too.
  private func extent(_ asset: ScheduledAsset) -> [Inline] {
    let reached = asset.slices.filter { $0.basis != .notReached && !$0.amount.amount.isZero }
    if reached.count == 1, let net = asset.netValue, reached[0].amount.amount == net.amount {
      return [.text(wording.word("extent", "whole"))]
    }
    return Array(
      asset.slices.map { slice -> [Inline] in
        [.text(wording.word("basis", slice.basis.rawValue) + " "), .figure(slice.amount)]
      }.joined(separator: [.text("; ")]))
  }
}
