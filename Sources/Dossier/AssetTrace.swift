// The trace of one asset in steps, for section 7.

import CaseModel

extension Drafting {
  /// The trace in steps, each with its line; identical steps of several claims stand once.
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
    return [
      .table(
        Table(
          anchor: "trace-" + asset.item.code.text, caption: try wording.title("trace-table"),
          columns: [
            .init(try wording.label("column.step"), weight: 1, .right),
            .init(try wording.label("column.date"), weight: 3),
            .init(try wording.label("column.from"), weight: 6),
            .init(try wording.label("column.to"), weight: 6),
            .init(try wording.label("column.amount"), weight: 4, .right),
          ], rows: rows, note: try wording.frame("note.steps")))
    ]
  }

  /// More steps than this are added up, one row for each pair of places; Annex A keeps all lines.
  private static let stepsMax = 10

  private func stepRows(_ claim: Claim, of asset: ScheduledAsset) -> [Table.Row] {
    let name = className(claim.sourceClass)
    let names = shortNames()
    guard claim.steps.count > Self.stepsMax else {
      return claim.steps.enumerated().map { place, step in
        Table.Row([
          text(String(place + 1)), day(step.date), text(names[step.from] ?? step.from),
          text(names[step.to] ?? step.to),
          [
            .figure(
              Figure(
                step.amount, label: "step \(place + 1) towards \(asset.item.code.text), \(name)",
                derivation: "what moved of the source in the line", from: step.source))
          ],
        ])
      }
    }
    var groups: [[ClaimStep]] = []
    for step in claim.steps {
      let place = groups.firstIndex {
        $0[0].from == step.from && $0[0].to == step.to
          && $0[0].amount.currency == step.amount.currency
      }
      if let place { groups[place].append(step) } else { groups.append([step]) }
    }
    return groups.enumerated().map { place, steps in
      let dates = steps.map(\.date).sorted()
      let sum = Figure(
        steps.map(\.amount).sum(in: steps[0].amount.currency),
        label:
          "steps from \(steps[0].from) to \(steps[0].to) towards \(asset.item.code.text), \(name)",
        derivation: "sum of what moved of the source in \(steps.count) lines",
        from: steps[0].source,
        steps.dropFirst().map(\.source))
      return Table.Row([
        text(String(place + 1)),
        text(
          steps.count == 1
            ? dates[0].description
            : "\(dates[0]) – \(dates[dates.count - 1]), \(steps.count) ×"),
        text(names[steps[0].from] ?? steps[0].from), text(names[steps[0].to] ?? steps[0].to),
        [.figure(sum)],
      ])
    }
  }
}
