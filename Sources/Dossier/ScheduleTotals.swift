// The totals of a schedule: each unit of value once, per currency, basis, owner and State.

import CaseModel

extension Drafting {
  /// Totals are sums of column 17. Each claimed amount stands under the first basis of its item;
  /// what other bases of the same item would reach is shown in brackets and not added.
  func totalsSection() throws -> Section {
    var rows: [Table.Row] = []
    let assets = proposal.assets
    func group(_ label: String, by key: (ScheduledAsset) -> String) throws {
      rows.append(Table.Row([[.strong(try wording.label(label))]], style: .group))
      for name in Set(assets.filter { $0.claimed != nil }.map(key)).sorted() {
        let sums = totals(
          assets.filter { key($0) == name }.compactMap(\.claimed), label: "claimed, \(name)")
        for sum in sums { rows.append(Table.Row([text(name), [.figure(sum)], []])) }
      }
    }
    rows.append(Table.Row([[.strong(try wording.label("totals.currency"))]], style: .group))
    for sum in proposal.claimedPerCurrency {
      rows.append(Table.Row([text(sum.amount.currency.code), [.figure(sum)], []]))
    }
    rows.append(Table.Row([[.strong(try wording.label("totals.basis"))]], style: .group))
    rows += basisRows()
    try group("totals.owner") {
      self.name(of: $0.item.legalOwner) ?? self.wording.word("owner", "unknown")
    }
    try group("totals.state") {
      $0.item.locationState.isEmpty ? self.wording.word("state", "unknown") : $0.item.locationState
    }
    let last = Table.Row(
      [text(try wording.label("claimed-total")), figure(proposal.claimedTotal), []], style: .total)
    return try section(
      "totals",
      [
        .table(
          Table(
            anchor: "totals", caption: wording.title("totals-table"),
            columns: [
              .init(wording.label("column.what"), weight: 6),
              .init(wording.label("column.claimed"), weight: 4, .right),
              .init(wording.label("column.second-basis"), weight: 4, .right),
            ], rows: rows + [last], note: wording.frame("note.totals")))
      ])
  }

  private func basisRows() -> [Table.Row] {
    let reached = proposal.assets.map { asset in
      (asset, asset.slices.filter { $0.basis != .notReached })
    }
    return AssetBasis.allCases.flatMap { basis -> [Table.Row] in
      guard basis != .notReached else { return [] }
      let name = wording.word("basis", basis.rawValue)
      let first = totals(
        reached.filter { $0.1.first?.basis == basis }.compactMap(\.0.claimed),
        label: "claimed, first basis \(name)")
      let second = totals(
        reached.flatMap { $0.1.dropFirst() }.filter { $0.basis == basis }.map(\.amount),
        label: "also reached as \(name), counted under the first basis")
      let currencies = Set((first + second).map(\.amount.currency)).sorted()
      return currencies.map { currency in
        let counted = first.first { $0.amount.currency == currency }
        let bracketed = second.first { $0.amount.currency == currency }
        return Table.Row([
          text(name), figure(counted),
          bracketed.map { [.text("("), .figure($0), .text(")")] } ?? [],
        ])
      }
    }
  }

  func scheduleMethod() throws -> Section {
    var blocks: [Block] = [
      .fields(
        try [
          field("method", text("\(run.methodTitle) (\(run.method))")),
          field("authorities", authorities()),
          field("same-day-order", text(wording.word("same-day", run.sameDayOrder.rawValue))),
          field("backward", text(wording.word("backward", run.backwardTracing ? "on" : "off"))),
          field("ledger", text(run.ledgerHash.hex)),
          field(
            "standard",
            text(proposal.standard.text) + [.text(" "), .citation(proposal.standard.citation)]),
          field(
            "burden",
            text(proposal.burden.text) + [.text(" "), .citation(proposal.burden.citation)]),
        ])
    ]
    if !run.limits.isEmpty {
      blocks.append(try paragraph("money.limits"))
      blocks.append(.bullets(run.limits.map { text($0) }))
    }
    blocks += try sensitivity()
    return try section("schedule-method", blocks)
  }
}
