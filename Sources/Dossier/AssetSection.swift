// Section 7: each asset with everything confiscation.md §2.1 asks for it.

import CaseModel

extension Drafting {
  func assets() throws -> Section {
    guard !proposal.assets.isEmpty else { return try section("assets", [nothing("assets.none")]) }
    var rows = proposal.assets.map { asset in
      Table.Row([
        text(String(asset.number)), text(asset.item.code.text + " " + asset.item.description),
        text(bases(of: asset)), figure(asset.netValue), figure(asset.claimed),
        text(wording.word("confidence", asset.confidence.rawValue)),
      ])
    }
    for sum in proposal.claimedPerCurrency {
      rows.append(
        Table.Row(
          [[], text(try wording.label("claimed-total")), [], [], figure(sum), []], style: .total))
    }
    let table = Table(
      anchor: "assets-table", caption: try wording.title("assets-table"),
      columns: [
        .init(try wording.label("column.number"), weight: 1, .right),
        .init(try wording.label("column.item"), weight: 6),
        .init(try wording.label("column.bases"), weight: 4),
        .init(try wording.label("column.net-value"), weight: 4, .right),
        .init(try wording.label("column.claimed"), weight: 4, .right),
        .init(try wording.label("column.confidence"), weight: 3),
      ], rows: rows)
    return try section(
      "assets", [paragraph("assets.opening.\(track.rawValue)"), .table(table)],
      proposal.assets.map { try assetSection($0) })
  }

  func bases(of asset: ScheduledAsset) -> String {
    var seen: [AssetBasis] = []
    for slice in asset.slices where !seen.contains(slice.basis) { seen.append(slice.basis) }
    return seen.map { wording.word("basis", $0.rawValue) }.joined(separator: "; ")
  }

  private func assetSection(_ asset: ScheduledAsset) throws -> Section {
    let item = asset.item
    var blocks: [Block] = [.fields(try assetFields(asset))]
    blocks.append(.table(try slicesTable(asset)))
    blocks += try trace(of: asset)
    return Section(
      anchor: "asset-" + item.code.text,
      title: "\(item.code.text)  \(item.description)", blocks: blocks)
  }

  func valuation(_ value: PropertyItem.Valuation) -> [Inline] {
    [
      .figure(
        Figure(
          value.amount, label: "value on \(value.date), \(value.method)",
          derivation: "stated in the record", from: value.source)),
      .text(", \(value.date), \(value.method)"),
    ]
  }

  func encumbrance(_ one: PropertyItem.Encumbrance) -> [Inline] {
    [
      .text(one.holder + ", "),
      .figure(
        Figure(
          one.amount, label: "encumbrance of \(one.holder)", derivation: "stated in the record",
          from: one.source)),
      .text(
        ", \(wording.word("encumbrance", "rank")) \(one.rank), "
          + wording.word("good-faith", one.inGoodFaith.map { $0 ? "yes" : "no" } ?? "unknown")),
    ]
  }

  private func assetFields(_ asset: ScheduledAsset) throws -> [Document.Field] {
    let item = asset.item
    let source = Inline.sources([item.source])
    func list(_ parts: [[Inline]]) -> [Inline] { Array(parts.joined(separator: [.text("; ")])) }
    return try [
      field(
        "identity",
        text(
          "\(wording.word("kind", item.kind)): \(item.description)"
            + (item.identifiers.map { ", " + $0 } ?? "")) + [.text(" "), source]),
      field(
        "location",
        text([item.locationState, item.location].filter { !$0.isEmpty }.joined(separator: ", "))),
      field("holder", text(name(of: item.legalOwner))),
      field("controller", text(name(of: item.controller))),
      field("acquired", acquisition(item)),
      field(
        "basis-extent",
        text(bases(of: asset)) + [.text("; ")] + figure(asset.claimed) + [
          .text(" " + (try wording.label("claimed-word")))
        ]),
      field("value", figure(asset.grossValue) + [.text(valuedOn(item))]),
    ]
      + (item.valuations.count > 1
        ? [
          field(
            "all-values",
            list(
              item.valuations.sorted { ($0.date, $0.method) < ($1.date, $1.method) }.map(valuation))
          )
        ] : [])
      + [
        field(
          "encumbrances",
          item.encumbrances.isEmpty
            ? text(try wording.label("none")) : list(item.encumbrances.map(encumbrance))),
        field("net-value", figure(asset.netValue)),
        field(
          "reporting-value",
          figure(asset.inReportingCurrency) + (asset.rateNote.map { [.text(", " + $0)] } ?? [])),
        field(
          "known-claims",
          item.interests.isEmpty
            ? text(try wording.label("none"))
            : list(
              item.interests.map {
                [.text($0.person + ": " + $0.claim + " "), .sources([$0.source])]
              })),
        field("preservation", preservation(asset.order)),
        field("custody", text(item.custody)),
        field(
          "confidence",
          text(
            wording.word("confidence", asset.confidence.rawValue) + ": " + asset.confidenceReason)),
        field("unknown", Array(unknowns(of: asset).joined(separator: [.text(" ")]))),
      ]
  }

  func valuedOn(_ item: PropertyItem) -> String {
    guard let latest = item.valuations.max(by: { ($0.date, $0.method) < ($1.date, $1.method) })
    else {
      return ""
    }
    return ", \(latest.date), \(latest.method)"
  }

  func acquisition(_ item: PropertyItem) -> [Inline] {
    var result = day(item.acquiredOn)
    if let price = item.price {
      result += [
        .text(", " + wording.word("asset", "price") + " "),
        .figure(
          Figure(
            price, label: "price of \(item.code.text)", derivation: "stated in the record",
            from: item.source)),
      ]
    }
    return result
  }

  func preservation(_ order: PreservationOrder?) -> [Inline] {
    guard let order else { return text(wording.word("order", "none")) }
    let end = order.ends?.description ?? wording.word("order", "no-end")
    return [
      .text(
        "\(wording.word("order", order.kind)) \(order.number), \(order.issuer), \(order.date), "
          + "\(wording.word("order", "ends")) \(end) "),
      .sources([order.source]),
    ]
  }

  private func slicesTable(_ asset: ScheduledAsset) throws -> Table {
    var rows = asset.slices.map { slice in
      Table.Row([
        text(wording.word("basis", slice.basis.rawValue)), figure(slice.amount), text(slice.reason),
        Array(slice.provisions.map { [Inline.citation($0)] }.joined(separator: [.text("; ")])),
      ])
    }
    if rows.isEmpty {
      rows = [
        Table.Row([text(try wording.label("none")), [], try wording.frame("asset.no-slices"), []])
      ]
    }
    for sum in totals(asset.slices.map(\.amount), label: "slices of \(asset.item.code.text)") {
      rows.append(
        Table.Row([text(try wording.label("total")), figure(sum), [], []], style: .total))
    }
    return Table(
      anchor: "slices-" + asset.item.code.text, caption: try wording.title("slices-table"),
      columns: [
        .init(try wording.label("column.basis"), weight: 4),
        .init(try wording.label("column.amount"), weight: 3, .right),
        .init(try wording.label("column.why"), weight: 6),
        .init(try wording.label("column.provision"), weight: 5),
      ], rows: rows)
  }

  /// What the file does not know of an asset; never empty.
  func unknowns(of asset: ScheduledAsset) throws -> [[Inline]] {
    let item = asset.item
    var missing: [String] = []
    if item.legalOwner == nil { missing.append("unknown.owner") }
    if item.controller == nil { missing.append("unknown.controller") }
    if item.acquiredOn == nil { missing.append("unknown.acquired") }
    if item.price == nil { missing.append("unknown.price") }
    if item.identifiers == nil { missing.append("unknown.identifiers") }
    if asset.grossValue == nil { missing.append("unknown.value") }
    if asset.inReportingCurrency == nil { missing.append("unknown.rate") }
    if item.encumbrances.isEmpty { missing.append("unknown.encumbrances") }
    if item.encumbrances.contains(where: { $0.inGoodFaith == nil }) {
      missing.append("unknown.good-faith")
    }
    if item.custody == nil { missing.append("unknown.custody") }
    if asset.order == nil { missing.append("unknown.order") }
    var result = try missing.map { try wording.frame($0) }
    result += asset.remarks.map { text($0) }
    if result.isEmpty { result = [try wording.frame("unknown.nothing")] }
    return result
  }
}
