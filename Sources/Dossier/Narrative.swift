// Section 5: the conduct and the way of the money. Exhibits only: facts below the status a court
// may see are not there at all.

import CaseModel

extension Drafting {
  func narrative() throws -> Section {
    var blocks: [Block] = [try paragraph("narrative.opening")]
    let conduct = courtFacts.filter { $0.topic == "conduct" }
    for fact in conduct { blocks.append(try recorded(fact)) }
    if conduct.isEmpty { blocks.append(try nothing("narrative.no-conduct")) }
    return try section(
      "narrative", blocks,
      [eventsSection(), moneySection(), findingsSection()])
  }

  private func eventsSection() throws -> Section {
    let events = matter.events.sorted { ($0.period.first, $0.code) < ($1.period.first, $1.code) }
    guard !events.isEmpty else { return try section("events", [nothing("events.none")]) }
    let rows = events.map { event in
      Table.Row([
        text(period(event.period)), text(wording.word("event", event.kind)), text(event.title),
        text(event.place), text(event.persons.compactMap { name(of: $0) }.joined(separator: "; ")),
        [.sources([event.source])],
      ])
    }
    return try section(
      "events",
      [
        .table(
          Table(
            anchor: "events-table", caption: wording.title("events-table"),
            columns: [
              .init(wording.label("column.dates"), weight: 3),
              .init(wording.label("column.kind"), weight: 3),
              .init(wording.label("column.what"), weight: 6),
              .init(wording.label("column.place"), weight: 3),
              .init(wording.label("column.persons"), weight: 3),
              .init(wording.label("column.source"), weight: 3),
            ], rows: rows))
      ])
  }

  private func moneySection() throws -> Section {
    var blocks: [Block] = [
      .paragraph(
        try wording.fact(
          "money.method",
          [
            "method": text(run.methodTitle),
            "order": text(wording.word("same-day", run.sameDayOrder.rawValue)),
            "authorities": authorities(), "sources": [.sources([matter.source])],
          ]))
    ]
    let classes = matter.sourceClasses.sorted { $0.code < $1.code }
    var rows: [Table.Row] = []
    for isTainted in [true, false] {
      let group = classes.filter { $0.isTainted == isTainted }
      guard !group.isEmpty else { continue }
      rows.append(
        Table.Row(
          [[.strong(try wording.label(isTainted ? "tainted" : "clean"))]], style: .group))
      for sourceClass in group {
        let found = totals(
          run.claims.filter { $0.sourceClass == sourceClass.code }.map(\.amount),
          label: "traced from " + className(sourceClass.code))
        rows.append(
          Table.Row([
            text(className(sourceClass.code)),
            text(wording.word("nature", sourceClass.nature.rawValue)), text(sourceClass.reason),
            figures(found), [.sources([sourceClass.source])],
          ]))
      }
    }
    if rows.isEmpty {
      blocks.append(try nothing("money.no-classes"))
    } else {
      blocks.append(
        .table(
          Table(
            anchor: "classes-table", caption: try wording.title("classes-table"),
            columns: [
              .init(try wording.label("column.class"), weight: 5),
              .init(try wording.label("column.nature"), weight: 3),
              .init(try wording.label("column.reason"), weight: 6),
              .init(try wording.label("column.traced"), weight: 4, .right),
              .init(try wording.label("column.source"), weight: 3),
            ], rows: rows)))
    }
    blocks += try placesTable()
    let flow = MoneyFlow(self)
    if let chart = try flow.chart() {
      blocks.append(.flow(chart))
      blocks.append(
        .callout(
          .note,
          try wording.frame(
            flow.mergedCount == 0 ? "flow.complete" : "flow.merged",
            flow.mergedCount == 0 ? [:] : ["count": text(String(flow.mergedCount))])))
    } else {
      blocks.append(try nothing("flow.none"))
    }
    if !run.limits.isEmpty {
      blocks.append(try paragraph("money.limits"))
      blocks.append(.bullets(run.limits.map { text($0) }))
    }
    return try section("money", blocks)
  }

  /// Where the tainted value lies or how it ended, place by place.
  private func placesTable() throws -> [Block] {
    let tainted = run.claims.filter(\.isTainted)
    guard !tainted.isEmpty else { return [try nothing("money.no-claims")] }
    let places = Set(tainted.map(\.place)).sorted {
      $0.sortKey.utf8.lexicographicallyPrecedes($1.sortKey.utf8)
    }
    let named = places.map { (place: $0, name: name(of: $0)) }
    let rows = named.map { place, name in
      Table.Row([
        text(name),
        figures(
          totals(
            tainted.filter { $0.place == place }.map(\.amount), label: "tainted value in " + name)),
      ])
    }
    let sum = totals(tainted.map(\.amount), label: "tainted value traced, all places")
    return [
      .table(
        Table(
          anchor: "places-table", caption: try wording.title("places-table"),
          columns: [
            .init(try wording.label("column.where"), weight: 7),
            .init(try wording.label("column.tainted"), weight: 5, .right),
          ],
          rows: rows
            + (try sum.map {
              Table.Row([text(try wording.label("total")), [.figure($0)]], style: .total)
            })))
    ]
  }

  func authorities() -> [Inline] {
    guard !run.authorities.isEmpty else { return [.text("—")] }
    return Array(run.authorities.map { [Inline.citation($0)] }.joined(separator: [.text("; ")]))
  }

  /// Patterns seen, each with its limits and its innocent explanations. No scores, no bands.
  private func findingsSection() throws -> Section {
    guard !findings.isEmpty else { return try section("findings", [nothing("findings.none")]) }
    let parts = try findings.enumerated().map { place, finding in
      try findingSection(finding, number: place + 1)
    }
    return try section("findings", [paragraph("findings.opening")], parts)
  }

  private func findingSection(_ finding: Finding, number: Int) throws -> Section {
    let lines = sources(of: finding.entries)
    var blocks: [Block] = [
      try fact(
        "finding.sentence",
        [
          "detector": text("\(finding.detector), version \(finding.version)"),
          "sentence": text(finding.sentence), "count": text(String(finding.entries.count)),
          "sources": [.sources(lines)],
        ])
    ]
    let measures = finding.measures.map { measure in
      Table.Row([text(measure.name), text(measure.value), text(measure.limit)])
    }
    if !measures.isEmpty {
      blocks.append(
        .table(
          Table(
            anchor: "finding-\(number)-measures", caption: try wording.title("measures-table"),
            columns: [
              .init(try wording.label("column.measure"), weight: 6),
              .init(try wording.label("column.found"), weight: 4),
              .init(try wording.label("column.limit"), weight: 4),
            ], rows: measures)))
    }
    blocks.append(try paragraph("finding.innocent"))
    blocks.append(.bullets(finding.innocentExplanations.map { text($0) }))
    if !finding.cautionsChecked.isEmpty {
      blocks.append(try paragraph("finding.checked"))
      blocks.append(.bullets(finding.cautionsChecked.map { text($0) }))
    }
    if !finding.cautionsNotChecked.isEmpty {
      blocks.append(try paragraph("finding.not-checked"))
      blocks.append(.bullets(finding.cautionsNotChecked.map { text($0) }))
    }
    if let truncation = finding.truncation {
      blocks.append(
        .callout(.warning, try wording.frame("finding.truncated", ["bound": text(truncation)])))
    }
    return Section(anchor: "finding-\(number)", title: finding.title, blocks: blocks)
  }
}
