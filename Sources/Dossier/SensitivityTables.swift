// The same ledger under the other methods: scheduled items by name, all other places summed.

import CaseModel

extension Drafting {
  /// A column of the printed table: the rows of the full table that it shows or adds up.
  private struct Shown {
    var title: String
    var rows: [SensitivityTable.Row]
  }

  /// Traced sums only: a row a method; same-day orders stand apart only where they change a figure.
  /// Items of the schedule have columns of their own; the other places are summed in three, per
  /// currency. What is claimed stands in the table that follows, with the rule that leads to it.
  func sensitivity() throws -> [Block] {
    let table = proposal.candour.sensitivity
    guard !table.columns.isEmpty, !table.rows.isEmpty else {
      return [try nothing("candour.none.sensitivity")]
    }
    let (items, sums) = try shownColumns(table)
    let itemsMax = 8
    let starts = Array(stride(from: 0, to: max(1, items.count), by: itemsMax))
    return try starts.map { start in
      var shown = Array(items[start..<min(start + itemsMax, items.count)])
      if start == starts.last { shown += sums }
      return .table(
        Table(
          anchor: start == 0 ? "sensitivity" : "sensitivity-\(start / itemsMax + 1)",
          caption: try wording.title("sensitivity"),
          columns: [.init(try wording.label("column.rule"), weight: 5)]
            + shown.map { .init($0.title, weight: 4, .right) },
          rows: sensitivityRows(table, shown),
          note: try wording.frame(
            "note.sensitivity", ["places": text(String(sums.map(\.rows.count).reduce(0, +)))]),
          isLandscape: shown.count > 6))
    }
  }

  private func shownColumns(_ table: SensitivityTable) throws -> (items: [Shown], sums: [Shown]) {
    var left = table.rows
    var items: [Shown] = []
    for asset in proposal.assets.sorted(by: { $0.item.code < $1.item.code }) {
      let places = caseFile.places(of: asset.item)
      func isOwn(_ row: SensitivityTable.Row) -> Bool { places.contains(row.place) }
      let own = left.filter(isOwn)
      left.removeAll(where: isOwn)
      guard !own.isEmpty else { continue }
      items.append(Shown(title: shortName(asset.item), rows: own))
    }
    var others: [SensitivityTable.Row] = []
    var outside: [SensitivityTable.Row] = []
    var spent: [SensitivityTable.Row] = []
    for row in left {
      switch row.place {
      case .asset, .account: others.append(row)
      case .abroad, .untraced, .cash: outside.append(row)
      case .dissipated, .debtDischarge: spent.append(row)
      }
    }
    let sums = try [("others", others), ("outside", outside), ("spent", spent)].compactMap {
      key, rows -> Shown? in
      guard !rows.isEmpty else { return nil }
      let title = try wording.label("sensitivity." + key)
      let places = Set(rows.map(\.place)).count
      return Shown(title: key == "spent" ? title : "\(title) (\(places))", rows: rows)
    }
    return (items, sums)
  }

  private func sensitivityRows(_ table: SensitivityTable, _ shown: [Shown]) -> [Table.Row] {
    var rules: [String] = []
    for column in table.columns where !rules.contains(column.rule) { rules.append(column.rule) }
    return rules.flatMap { one -> [Table.Row] in
      let places = table.columns.indices.filter { table.columns[$0].rule == one }
      guard let column = places.first.map({ table.columns[$0] }) else { return [] }
      let method = column.method
      // Orders of the day that give the same amounts everywhere share a row.
      var groups: [(amounts: [[Money]], places: [Int])] = []
      for place in places {
        let amounts = shown.map { sums($0.rows, place) }
        if let known = groups.firstIndex(where: { $0.amounts == amounts }) {
          groups[known].places.append(place)
        } else {
          groups.append((amounts, [place]))
        }
      }
      return groups.map { group in
        let orders = group.places.map { table.columns[$0].sameDayOrder }
        let isOwn =
          method == run.method && column.backwardTracing == run.backwardTracing
          && orders.contains(run.sameDayOrder)
        let name =
          wording.word("method", method)
          + (column.backwardTracing ? ", " + wording.word("sensitivity", "through-debts") : "")
          + ", "
          + (orders.count == places.count && orders.count > 1
            ? wording.word("sensitivity", "all-orders")
            : orders.map { wording.word("same-day", $0.rawValue) }.joined(separator: "; "))
        let rule = one + ", " + orders.map(\.rawValue).joined(separator: ", ")
        return Table.Row(
          [isOwn ? [.strong(name + " " + wording.word("sensitivity", "own"))] : text(name)]
            + shown.indices.map { place in
              let amounts = group.amounts[place]
              // The first row of a method has every amount; the others only what they change.
              if let first = groups.first, first.places != group.places,
                first.amounts[place] == amounts
              {
                return text(wording.word("sensitivity", "same"))
              }
              return figures(
                amounts.map { sensitivityFigure($0, shown[place], rule) }, separator: " ")
            })
      }
    }
  }

  /// The amounts of some rows in one run, a sum for each currency that has any.
  private func sums(_ rows: [SensitivityTable.Row], _ place: Int) -> [Money] {
    let amounts = rows.compactMap { $0.tainted.indices.contains(place) ? $0.tainted[place] : nil }
    return Set(amounts.map(\.currency)).sorted().map { currency in
      amounts.filter { $0.currency == currency }.sum(in: currency)
    }
  }

  private func sensitivityFigure(_ amount: Money, _ column: Shown, _ rule: String) -> Figure {
    let label = "tainted in \(column.title) under \(rule)"
    let derivation =
      column.rows.count == 1
      ? "same ledger, this rule" : "same ledger, this rule; sum over \(column.rows.count) places"
    let places = Set(column.rows.map(\.place))
    let sources = run.claims.filter { $0.isTainted && places.contains($0.place) }
      .flatMap(\.amount.sources)
    return Figure(amount, label: label, derivation: derivation, from: sources)
      ?? Figure(amount, label: label, derivation: derivation, from: matter.source)
  }
}
