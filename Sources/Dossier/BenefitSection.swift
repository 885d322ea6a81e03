// Section 6: the benefit.

import CaseModel

extension Drafting {
  func benefit() throws -> Section {
    guard let benefit = proposal.benefit else {
      return try section("benefit", [nothing("benefit.none.\(track.rawValue)")])
    }
    var blocks: [Block] = [
      try fact(
        "benefit.rule",
        [
          "persons": text(benefit.offenderSet.compactMap { name(of: $0) }.joined(separator: ", ")),
          "sources": [.sources([matter.source])],
        ])
    ]
    var rows = benefit.lines.map { line in
      Table.Row([
        text(line.sourceClass.text + " " + line.title), figure(line.amount), text(line.rateNote),
        figure(line.converted),
      ])
    }
    if rows.isEmpty { blocks.append(try nothing("benefit.no-lines")) }
    for sum in benefit.perCurrency {
      rows.append(
        Table.Row(
          [
            text(try wording.label("total") + " " + sum.amount.currency.code), figure(sum), [], [],
          ], style: .total))
    }
    if let total = benefit.total {
      rows.append(
        Table.Row(
          [text(try wording.label("total-converted")), [], [], figure(total)], style: .total))
    }
    if !rows.isEmpty {
      blocks.append(
        .table(
          Table(
            anchor: "benefit-table", caption: try wording.title("benefit-table"),
            columns: [
              .init(try wording.label("column.obtaining"), weight: 6),
              .init(try wording.label("column.amount"), weight: 4, .right),
              .init(try wording.label("column.rate"), weight: 5),
              .init(
                try wording.label("column.converted") + " (" + matter.reportingCurrency.code + ")",
                weight: 4, .right),
            ], rows: rows)))
    }
    if !benefit.naiveInflows.isEmpty {
      blocks.append(try fact("benefit.naive", ["figures": figures(benefit.naiveInflows)]))
    }
    if !benefit.unconverted.isEmpty {
      blocks.append(try paragraph("benefit.unconverted"))
      blocks.append(.bullets(benefit.unconverted.map { text($0) }))
    }
    if let order = proposal.valueOrder, track == .convictionBased {
      blocks.append(try fact("benefit.value-order", ["figure": [.figure(order)]]))
      if let asInstrument = claimedAsInstrument(benefit, order) {
        blocks.append(
          try fact(
            "benefit.instruments",
            [
              "claimed": figure(proposal.claimedTotal), "figure": [.figure(asInstrument)],
              "benefit": figure(benefit.total), "order": [.figure(order)],
            ]))
      }
    }
    return try section("benefit", blocks)
  }

  /// What is claimed for its use and not as traced benefit: the part of the claimed total that the
  /// value order does not take off. Nil when there is none, or the order stands at its floor.
  private func claimedAsInstrument(_ benefit: Benefit, _ order: Figure) -> Figure? {
    guard let total = benefit.total, let claimed = proposal.claimedTotal,
      !order.amount.isZero, total.amount.currency == claimed.amount.currency,
      order.amount.currency == claimed.amount.currency
    else { return nil }
    let rest = claimed.amount - (total.amount - order.amount)
    guard rest.minorUnits > 0 else { return nil }
    let items = proposal.assets.filter { asset in
      asset.slices.contains {
        $0.basis == .instrumentalityUsed || $0.basis == .instrumentalityIntended
      }
    }
    return Figure(
      rest, label: "claimed as instruments, not as benefit",
      derivation: "claimed in all less what is traced and claimed in kind",
      from: items.compactMap(\.claimed).flatMap(\.sources))
  }
}
