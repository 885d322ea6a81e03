// Traced sums beside claims, and the intervals of what is not known.

import CaseModel

extension Drafting {
  /// A row an item: what this file traces, the lowest and highest of all methods compared, and what is
  /// claimed with the rule that leads there. Where the file takes the highest figure the row says so
  /// (confiscation.md §4.1); where all methods agree it says that (N2).
  func envelopeTable() throws -> [Block] {
    let table = proposal.candour.sensitivity
    let rows = try proposal.assets.sorted(by: { $0.item.code < $1.item.code }).compactMap {
      try envelopeRow($0, table)
    }
    guard !rows.isEmpty else { return [] }
    return [
      .table(
        Table(
          anchor: "envelope", caption: try wording.title("envelope"),
          columns: [
            .init(try wording.label("column.item"), weight: 5),
            .init(try wording.label("column.traced-here"), weight: 4, .right),
            .init(try wording.label("column.lowest"), weight: 4, .right),
            .init(try wording.label("column.highest"), weight: 4, .right),
            .init(try wording.label("column.methods"), weight: 5),
            .init(try wording.label("column.claimed"), weight: 4, .right),
            .init(try wording.label("column.claim-rule"), weight: 8),
          ], rows: rows, note: try wording.frame("note.envelope"), isLandscape: true))
    ]
  }

  private func envelopeRow(
    _ asset: ScheduledAsset, _ table: SensitivityTable
  ) throws -> Table.Row? {
    let places = caseFile.places(of: asset.item)
    let tainted = asset.claims.filter(\.isTainted)
    let currency = tainted.first?.amount.amount.currency
    guard let range = table.envelope(at: places, in: currency) else { return nil }
    let sources = run.claims.filter { $0.isTainted && places.contains($0.place) }
      .flatMap(\.amount.sources)
    func sum(_ amount: Money, _ label: String, _ derivation: String) -> Figure {
      let label = "\(label) in \(asset.item.code)"
      return Figure(amount, label: label, derivation: derivation, from: sources)
        ?? Figure(amount, label: label, derivation: derivation, from: matter.source)
    }
    let own = run.tainted(at: places, in: range.highest.currency)
    let method = matter.method(of: asset.item.code, besides: run.method)
    let key = range.agrees ? "agree" : own == range.highest ? "is-highest" : "differ"
    let reached = asset.slices.filter { $0.basis != .notReached }
    let rules = reached.map { slice in
      wording.word("basis", slice.basis.rawValue) + ": " + slice.amount.derivation
    }
    return Table.Row([
      text(shortName(asset.item)),
      figure(sum(own, "traced", "by \(method), as this file traces it")),
      figure(sum(range.lowest, "lowest of the methods compared", "same ledger, every method")),
      figure(sum(range.highest, "highest of the methods compared", "same ledger, every method")),
      [
        .text(wording.word("method", method) + "; "), .strong(try wording.label("envelope." + key)),
      ],
      figure(asset.claimed),
      rules.isEmpty ? text(try wording.label("none")) : text(rules.joined(separator: "; ")),
    ])
  }

  /// Where the traced sum depends on the order of a day or on missing records: between which amounts
  /// it lies, and why. Places where it depends on neither are counted.
  func boundsTable() throws -> [Block] {
    guard !run.bounds.isEmpty else {
      return run.claims.contains(where: \.isTainted) ? [try nothing("candour.none.bounds")] : []
    }
    let open = run.bounds.filter {
      !($0.overOrders?.isPoint ?? true) || !($0.overRecords?.isPoint ?? true)
    }
    let points = run.bounds.count - open.count
    guard !open.isEmpty else {
      return [
        try fact(
          "candour.bounds-points",
          ["count": text(String(points)), "sources": [.sources([matter.source])]])
      ]
    }
    let items = open.filter { isScheduled($0.place) }
    let others = open.count - items.count
    var numbers: [String: Int] = [:]
    var sentences: [String] = []
    for reason in items.flatMap(reasons) where numbers[reason] == nil {
      sentences.append(reason)
      numbers[reason] = sentences.count
    }
    let rows = items.map { one in
      Table.Row([
        text(itemName(at: one.place)),
        figure(bound(one, one.traced, "traced")),
        interval(one, one.overOrders), interval(one, one.overRecords),
        text(Self.ranges(reasons(one).compactMap { numbers[$0] })),
      ])
    }
    let note = try wording.frame(
      "note.bounds", ["count": text(String(points)), "others": text(String(others))])
    guard !rows.isEmpty else { return [.callout(.note, note)] }
    return [
      .table(
        Table(
          anchor: "bounds", caption: try wording.title("bounds"),
          columns: [
            .init(try wording.label("column.place"), weight: 6),
            .init(try wording.label("column.traced-here"), weight: 4, .right),
            .init(try wording.label("column.over-orders"), weight: 6, .right),
            .init(try wording.label("column.over-records"), weight: 6, .right),
            .init(try wording.label("column.reasons"), weight: 3),
          ], rows: rows, note: note)),
      .table(
        Table(
          anchor: "bounds-reasons", caption: try wording.title("bounds-reasons"),
          columns: [
            .init(try wording.label("column.number"), weight: 1, .right),
            .init(try wording.label("column.not-known"), weight: 20),
          ], rows: sentences.enumerated().map { Table.Row([text(String($0 + 1)), text($1)]) })),
    ]
  }

  private func isScheduled(_ place: Place) -> Bool { scheduled(at: place) != nil }

  private func scheduled(at place: Place) -> ScheduledAsset? {
    proposal.assets.first { caseFile.places(of: $0.item).contains(place) }
  }

  private func itemName(at place: Place) -> String {
    scheduled(at: place).map { shortName($0.item) } ?? name(of: place)
  }

  /// `1–3, 7`.
  private static func ranges(_ numbers: [Int]) -> String {
    var parts: [ClosedRange<Int>] = []
    for number in numbers.sorted() {
      if let last = parts.last, last.upperBound + 1 == number {
        parts[parts.count - 1] = last.lowerBound...number
      } else {
        parts.append(number...number)
      }
    }
    return parts.map {
      $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)–\($0.upperBound)"
    }.joined(separator: ", ")
  }

  private func interval(_ one: PlaceBounds, _ interval: TracedInterval?) -> [Inline] {
    guard let interval else { return text("—") }
    guard !interval.isPoint else { return text(wording.word("bounds", "none")) }
    let lowest = Inline.figure(bound(one, interval.lowest, "lowest"))
    let outer = interval.isExact ? [] : [Inline.text(" " + wording.word("bounds", "outer"))]
    guard let highest = interval.highest else {
      return [.text(wording.word("bounds", "at-least") + " "), lowest] + outer
    }
    return [lowest, .text(" – "), .figure(bound(one, highest, "highest"))] + outer
  }

  private func bound(_ one: PlaceBounds, _ amount: Money, _ label: String) -> Figure {
    let label = "\(label) at \(name(of: one.place))"
    let derivation = "by \(run.method), what is not known taken every way"
    let sources = run.claims.filter { $0.isTainted && $0.place == one.place }
      .flatMap(\.amount.sources)
    return Figure(amount, label: label, derivation: derivation, from: sources)
      ?? Figure(amount, label: label, derivation: derivation, from: matter.source)
  }

  private func reasons(_ one: PlaceBounds) -> [String] {
    var seen: Set<String> = []
    return ((one.overOrders?.reasons ?? []) + (one.overRecords?.reasons ?? []))
      .filter { seen.insert($0).inserted }
  }
}
