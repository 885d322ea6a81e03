// The trace of one asset in steps, for section 7.

import CaseModel

extension Drafting {
  /// The trace in steps, each with its line, then why the largest payments are what they are said to be.
  func trace(of asset: ScheduledAsset) throws -> [Block] {
    let claims = asset.claims.filter(\.isTainted)
    guard claims.contains(where: { !$0.steps.isEmpty }) else {
      return [try nothing("asset.no-trace")]
    }
    var rows: [Table.Row] = []
    for claim in claims where !claim.steps.isEmpty {
      rows.append(
        Table.Row(
          [
            [.strong(className(claim.sourceClass) + ": "), .figure(claim.amount)]
          ], style: .group))
      rows += stepRows(claim, of: asset)
    }
    let table = Table(
      anchor: "trace-" + asset.item.code.text, caption: try wording.title("trace-table"),
      columns: [
        .init(try wording.label("column.step"), weight: 1, .right),
        .init(try wording.label("column.date"), weight: 3),
        .init(try wording.label("column.from"), weight: 5),
        .init(try wording.label("column.to"), weight: 5),
        .init(try wording.label("column.part"), weight: 4, .right),
        .init(try wording.label("column.moved"), weight: 4, .right),
      ], rows: rows, note: try wording.frame("note.steps"))
    return [.table(table)] + (try proof(of: asset))
  }

  /// More steps than this are added up, one row for each pair of places; Annex A keeps all lines.
  private static let stepsMax = 10

  private func stepRows(_ claim: Claim, of asset: ScheduledAsset) -> [Table.Row] {
    let name = className(claim.sourceClass)
    guard claim.steps.count > Self.stepsMax else {
      return claim.steps.enumerated().map { place, step in
        row(
          place, [step], date: step.date.description,
          label: "step \(place + 1) towards \(asset.item.code.text), \(name)")
      }
    }
    var groups: [[ClaimStep]] = []
    for step in claim.steps {
      let place = groups.firstIndex {
        $0[0].from == step.from && $0[0].to == step.to
          && $0[0].amount.currency == step.amount.currency
          && $0[0].arrived?.currency == step.arrived?.currency
      }
      if let place { groups[place].append(step) } else { groups.append([step]) }
    }
    return groups.enumerated().map { place, steps in
      let dates = steps.map(\.date).sorted()
      return row(
        place, steps,
        date: steps.count == 1
          ? dates[0].description : "\(dates[0]) – \(dates[dates.count - 1]), \(steps.count) ×",
        label:
          "steps from \(steps[0].from) to \(steps[0].to) towards \(asset.item.code.text), \(name)")
    }
  }

  /// One or more steps between the same two places: the part that is in the claim, beside all that moved.
  private func row(
    _ place: Int, _ steps: [ClaimStep], date: String, label: String
  ) -> Table.Row {
    let names = shortNames()
    let first = steps[0]
    let rest = steps.dropFirst().map(\.source)
    let part = Figure(
      steps.map(\.amount).sum(in: first.amount.currency), label: label,
      derivation: steps.count == 1
        ? "the part of the line that is in the sum traced"
        : "sum of the parts of \(steps.count) lines that are in the sum traced",
      from: first.source, rest)
    let moved = Figure(
      steps.map(\.moved).sum(in: first.moved.currency),
      label: "all that moved from \(first.from) to \(first.to), \(date)",
      derivation: steps.count == 1
        ? "the whole movement of the line" : "sum of the whole movements of \(steps.count) lines",
      from: first.source, rest)
    var amount: [Inline] = [.figure(part)]
    let arrived = steps.compactMap(\.arrived)
    if let currency = arrived.first?.currency {
      amount += [
        .text(" → "),
        .figure(
          Figure(
            arrived.sum(in: currency), label: label + ", as it arrived",
            derivation: "what the part became where it arrived", from: first.source, rest)),
      ]
    }
    return Table.Row([
      text(String(place + 1)), text(date), text(names[first.from] ?? first.from),
      text(names[first.to] ?? first.to), amount, [.figure(moved)],
    ])
  }
}
