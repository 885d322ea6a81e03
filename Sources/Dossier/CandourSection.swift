// Section 13: what may help the other side, and what the file does not know (confiscation.md §8).

import CaseModel

extension Drafting {
  /// Refuses a file whose candour section would leave something out.
  func checkCandour() throws {
    let candour = proposal.candour
    let shown = Set(candour.exculpatory.flatMap(\.sources))
    for fact in courtFacts where fact.helpsRespondent && !shown.contains(fact.source) {
      throw DossierError.candour(
        part: "exculpatory facts",
        missing: "\(fact.code) helps the respondent and is not among the exculpatory facts")
    }
    if candour.otherExplanations.isEmpty, !proposal.assets.isEmpty || !findings.isEmpty {
      throw DossierError.candour(
        part: "other explanations",
        missing: "none is stated, not even that none was found after search")
    }
    for finding in findings where finding.innocentExplanations.isEmpty {
      throw DossierError.candour(
        part: "other explanations",
        missing: "finding \(finding.detector) has no innocent explanation")
    }
  }

  func candour() throws -> Section {
    let candour = proposal.candour
    let parts: [(String, [Candour.Point])] = [
      ("exculpatory", candour.exculpatory), ("explanations", candour.otherExplanations),
      ("gaps", candour.gaps),
    ]
    var sections = try parts.map { key, points in try candourPart(key, points) }
    sections[2] = try gapsPart()
    sections.append(try methodPart())
    sections.append(try candourPart("assumptions", candour.assumptions))
    sections.append(try confidencePart())
    sections.append(try lawPart())
    sections += try [
      ("affected", candour.thirdParties), ("hardship", candour.hardship),
      ("proceedings", candour.priorProceedings),
    ].map { key, points in try candourPart(key, points) }
    sections.append(
      try section("candour-notice", [paragraph("candour.notice.\(track.rawValue)")]))
    sections.append(try automationPart())
    return try section("candour", [paragraph("candour.opening")], sections)
  }

  func candourPoint(_ point: Candour.Point) throws -> Block {
    try fact(
      "candour.point",
      [
        "text": text(point.text),
        "sources": [
          .sources(point.sources.isEmpty ? [matter.source] : Set(point.sources).sorted())
        ],
      ])
  }

  /// Points with lines of their own are numbered paragraphs. Points that rest on the case as a whole
  /// stand under one sentence that says so, with one source.
  private func candourBlocks(_ points: [Candour.Point]) throws -> [Block] {
    let whole = points.filter(\.sources.isEmpty)
    guard whole.count > 1 else { return try points.map(candourPoint) }
    return try points.filter { !$0.sources.isEmpty }.map(candourPoint) + [
      fact("candour.whole", ["sources": [.sources([matter.source])]]),
      .bullets(whole.map { text($0.text) }),
    ]
  }

  private func candourPart(_ key: String, _ points: [Candour.Point]) throws -> Section {
    let blocks = try points.isEmpty ? [nothing("candour.none.\(key)")] : candourBlocks(points)
    return try section("candour-" + key, blocks)
  }

  private func gapsPart() throws -> Section {
    var blocks = try candourBlocks(proposal.candour.gaps)
    var rows = caseFile.gaps.map { gap in
      Table.Row([
        text(name(of: gap.account)),
        text(gap.missing.map(period) ?? wording.word("gap", "no-days")),
        gap.jump.flatMap {
          Figure(
            $0, label: "jump of the balance over a gap",
            derivation: "opening after less closing before",
            from: gap.sources)
        }.map { [.figure($0)] } ?? text("—"),
        [.sources(gap.sources)],
      ])
    }
    rows += caseFile.statements.filter { $0.status == .unreconciled || $0.status == .incomplete }
      .map {
        statement in
        Table.Row([
          text(name(of: statement.account)),
          text(
            (statement.period.map(period) ?? "—") + ", "
              + wording.word("statement", statement.status.rawValue)),
          statement.difference.map {
            [
              .figure(
                Figure(
                  $0, label: "difference of a statement that does not balance",
                  derivation: "closing less opening and entries", from: statement.source))
            ]
          } ?? text("—"),
          [.sources([statement.source])],
        ])
      }
    if !rows.isEmpty {
      blocks.append(
        .table(
          Table(
            anchor: "gaps-table", caption: try wording.title("gaps-table"),
            columns: [
              .init(try wording.label("column.account"), weight: 5),
              .init(try wording.label("column.missing"), weight: 6),
              .init(try wording.label("column.difference"), weight: 4, .right),
              .init(try wording.label("column.source"), weight: 4),
            ], rows: rows)))
    }
    if blocks.isEmpty { blocks = [try nothing("candour.none.gaps")] }
    return try section("candour-gaps", blocks)
  }

  /// Why this method, and the figures under the others.
  func methodPart() throws -> Section {
    var blocks: [Block] = [
      try fact(
        "candour.method",
        [
          "method": text(run.methodTitle), "authorities": authorities(),
          "backward": text(wording.word("backward", run.backwardTracing ? "on" : "off")),
          "sources": [.sources([matter.source])],
        ])
    ]
    blocks += try candourBlocks(proposal.candour.methodChoice)
    blocks += try sensitivity() + envelopeTable() + boundsTable()
    return try section("candour-method", blocks)
  }

  private func confidencePart() throws -> Section {
    guard !proposal.assets.isEmpty else {
      return try section("candour-confidence", [nothing("assets.none")])
    }
    let items = try proposal.assets.map { asset in
      try wording.fact(
        "candour.confidence",
        [
          "item": text(propertyName(asset.item.code)),
          "confidence": [.strong(wording.word("confidence", asset.confidence.rawValue))],
          "reason": text(asset.confidenceReason),
          "sources": [.sources([asset.item.source])],
        ])
    }
    return try section("candour-confidence", [.bullets(items)])
  }

  private func lawPart() throws -> Section {
    var blocks: [Block] = [
      try paragraph(
        "candour.profile",
        [
          "profile": text(manifest.profile), "version": text(manifest.profileVersion),
          "hash": text(String(manifest.profileHash.hex.prefix(12))),
        ])
    ]
    var seen: Set<String> = []
    let unverified = proposal.candour.unverifiedLaw.filter { seen.insert($0.text).inserted }
    if unverified.isEmpty {
      blocks.append(try paragraph("candour.law-none"))
    } else {
      blocks.append(try paragraph("candour.law-unverified"))
      blocks.append(
        .bullets(
          try unverified.map {
            try wording.fact(
              "candour.law-item",
              [
                "citation": [.citation($0)],
                "grade": text(wording.word("grade", $0.confidence.rawValue)),
              ])
          }))
    }
    return try section("candour-law", blocks)
  }

  private func automationPart() throws -> Section {
    var blocks: [Block] = [
      try paragraph(
        "candour.automation",
        [
          "program": text(manifest.program), "version": text(manifest.version),
          "run": text(String(manifest.runHash.hex.prefix(12))),
        ])
    ]
    blocks += try candourBlocks(proposal.candour.automation)
    return try section("candour-automation", blocks)
  }
}
