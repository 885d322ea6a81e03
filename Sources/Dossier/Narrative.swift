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
    // Said once: the candour section has them among the gaps.
    let gaps = Set(proposal.candour.gaps.map(\.text))
    if !run.limits.isEmpty {
      if run.limits.allSatisfy(gaps.contains) {
        blocks.append(try paragraph("money.limits-elsewhere"))
      } else {
        blocks.append(try paragraph("money.limits"))
        blocks.append(.bullets(run.limits.map { text($0) }))
      }
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
    let outside = places.filter { if case .abroad = $0 { true } else { false } }
    var groups: [(name: String, places: [Place])] = []
    for place in places where outside.count < 2 || !outside.contains(place) {
      groups.append((shortName(of: place), [place]))
    }
    if outside.count > 1 {
      groups.append((wording.word("flow", "outside") + " (\(outside.count) accounts)", outside))
    }
    let rows = groups.map { name, places in
      Table.Row([
        text(name),
        figures(
          totals(
            tainted.filter { places.contains($0.place) }.map(\.amount),
            label: "tainted value in " + name)),
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
    // Findings of one rule stand together, with what is the same for all of them said once.
    var keys: [String] = []
    var groups: [String: [(number: Int, finding: Finding)]] = [:]
    for (place, finding) in findings.enumerated() {
      let key = "\(finding.detector)\n\(finding.version)\n\(finding.title)"
      if groups[key] == nil { keys.append(key) }
      groups[key, default: []].append((place + 1, finding))
    }
    let parts = try keys.compactMap { groups[$0] }.map(findingGroup)
    return try section("findings", [paragraph("findings.opening")], parts)
  }

  private func findingGroup(_ group: [(number: Int, finding: Finding)]) throws -> Section {
    guard let first = group.first else { return try section("findings", []) }
    let rows = try group.map { number, finding in
      Table.Row([
        text(String(number)),
        try wording.fact(
          "finding.sentence",
          [
            "sentence": text(bare(finding.sentence)), "count": text(String(finding.entries.count)),
            "sources": [.text(" "), .sources(sources(of: finding.entries))],
          ]),
        text(
          finding.measures.map {
            "\($0.name): \($0.value)" + ($0.limit.isEmpty ? "" : " (\($0.limit))")
          }
          .joined(separator: "; ")),
      ])
    }
    let table = Table(
      anchor: "finding-\(first.number)-table",
      caption: "\(first.finding.detector), version \(first.finding.version)",
      columns: [
        .init(try wording.label("column.number"), weight: 1, .right),
        .init(try wording.label("column.seen"), weight: 10),
        .init(try wording.label("column.measures"), weight: 9),
      ], rows: rows)
    var fields: [Document.Field] = []
    for (label, texts) in [
      ("finding.innocent", \Finding.innocentExplanations), ("finding.checked", \.cautionsChecked),
      ("finding.not-checked", \.cautionsNotChecked),
    ] as [(String, KeyPath<Finding, [String]>)] {
      let said = merged(group.map { ($0.number, $0.finding[keyPath: texts]) })
      if !said.isEmpty { fields.append(try field(label, text(said))) }
    }
    let bounds = merged(group.map { ($0.number, $0.finding.truncation.map { [$0] } ?? []) })
    var blocks: [Block] = [.table(table), .fields(fields)]
    if !bounds.isEmpty {
      blocks.append(
        .callout(.warning, try wording.frame("finding.truncated", ["bound": text(bounds)])))
    }
    return Section(
      anchor: "finding-\(first.number)", title: first.finding.title, blocks: blocks)
  }

  private func bare(_ text: String) -> String {
    text.hasSuffix(".") ? String(text.dropLast()) : text
  }

  /// Each text once; one that does not hold for the whole group names the findings it holds for.
  private func merged(_ lists: [(number: Int, texts: [String])]) -> String {
    var order: [String] = []
    for text in lists.flatMap(\.texts) where !order.contains(text) { order.append(text) }
    return order.map { text in
      let holders = lists.filter { $0.texts.contains(text) }.map { String($0.number) }
      return holders.count == lists.count
        ? bare(text) : "\(bare(text)) (no. \(holders.joined(separator: ", ")))"
    }.joined(separator: "; ")
  }
}
