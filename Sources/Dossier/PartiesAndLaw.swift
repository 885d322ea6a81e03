// Sections 2 to 4: who is concerned, under which law, for what conduct.

import CaseModel

extension Drafting {
  /// Section 2. Victims and witnesses are no parties and stand in their own section.
  func parties() throws -> Section {
    let outside: Set<Role> = [.victim, .witness]
    let listed = matter.persons.filter { !$0.roles.allSatisfy { outside.contains($0.role) } }
      .sorted { $0.code < $1.code }
    var blocks: [Block] = []
    if track == .nonConvictionBased {
      blocks.append(try paragraph("parties.in-rem"))
      let items = proposal.assets.map { asset in
        text(propertyName(asset.item.code)) + [.text(" "), .sources([asset.item.source])]
      }
      blocks.append(items.isEmpty ? try nothing("parties.no-property") : .bullets(items))
    }
    if listed.isEmpty {
      blocks.append(try nothing("parties.none"))
    } else {
      let rows = listed.map { person in
        Table.Row([
          text(name(person)),
          text(wording.word("person", person.isLegalPerson ? "legal" : "natural")),
          text(person.roles.map(roleText).joined(separator: "; ")),
          text(person.holds.compactMap(name(ofKey:)).joined(separator: "; ")),
          text(
            person.controls.filter { !person.holds.contains($0) }.compactMap(name(ofKey:))
              .joined(separator: "; ")),
          [.sources([person.source])],
        ])
      }
      blocks.append(
        .table(
          Table(
            anchor: "parties-table", caption: try wording.title("parties-table"),
            columns: [
              .init(try wording.label("column.person"), weight: 4),
              .init(try wording.label("column.nature"), weight: 2),
              .init(try wording.label("column.roles"), weight: 5),
              .init(try wording.label("column.holds"), weight: 5),
              .init(try wording.label("column.controls"), weight: 5),
              .init(try wording.label("column.source"), weight: 3),
            ], rows: rows, note: try wording.frame("note.pseudonyms"))))
    }
    let ownerless = proposal.assets.filter { $0.item.legalOwner == nil }
    if !ownerless.isEmpty {
      blocks.append(
        try fact(
          "parties.unknown",
          [
            "items": text(ownerless.map(\.item.code.text).joined(separator: ", ")),
            "sources": [.sources(Set(ownerless.map(\.item.source)).sorted())],
          ]))
    }
    return try section("parties", blocks)
  }

  private func roleText(_ role: RoleAssignment) -> String {
    let word = wording.word("role", role.role.rawValue)
    switch (role.from, role.until) {
    case (nil, nil): return word
    case (let from?, nil): return "\(word), \(wording.word("date", "from")) \(from)"
    case (nil, let until?): return "\(word), \(wording.word("date", "until")) \(until)"
    case (let from?, let until?): return "\(word), \(from) – \(until)"
    }
  }

  /// Section 3.
  func legalBasis() throws -> Section {
    var blocks: [Block] = []
    for provision in proposal.legalBasis {
      blocks.append(
        try fact(
          "basis.provision",
          ["text": text(provision.text), "citation": [.citation(provision.citation)]]))
    }
    if proposal.legalBasis.isEmpty { blocks.append(try nothing("basis.none")) }
    blocks.append(
      try fact(
        "basis.standard",
        [
          "text": text(proposal.standard.text),
          "citation": [.citation(proposal.standard.citation)],
        ]))
    blocks.append(
      try fact(
        "basis.burden",
        ["text": text(proposal.burden.text), "citation": [.citation(proposal.burden.citation)]]))
    switch track {
    case .convictionBased:
      let convicted = matter.counts.filter { $0.state == .convicted }
      if convicted.isEmpty {
        blocks.append(.callout(.warning, try wording.frame("basis.no-conviction")))
      } else {
        blocks.append(
          try fact(
            "basis.convictions",
            [
              "counts": text(convicted.map { String($0.number) }.joined(separator: ", ")),
              "sources": [.sources(Set(convicted.map(\.source)).sorted())],
            ]))
      }
    case .nonConvictionBased:
      if let ground = matter.nonConvictionGround {
        let facts = ground.facts.compactMap(fact(_:))
        blocks.append(
          try fact(
            "basis.ground",
            [
              "ground": text(wording.word("ground", ground.code)),
              "sources": [.sources([ground.source])],
            ]))
        for fact in facts { blocks.append(try recorded(fact)) }
        if facts.isEmpty { blocks.append(try nothing("basis.ground-without-fact")) }
      } else {
        blocks.append(try nothing("basis.no-ground"))
      }
      blocks.append(try paragraph("basis.acquittal"))
    }
    blocks.append(try nothing("basis.forum"))
    return try section("basis", blocks)
  }

  /// A recorded fact as its own paragraph, with exhibit and place.
  func recorded(_ fact: CaseFact) throws -> Block {
    if let exhibit = fact.exhibit {
      return try self.fact(
        "fact.with-exhibit",
        [
          "statement": text(fact.statement), "exhibit": text(exhibit),
          "sources": [.sources([fact.source])],
        ])
    }
    return try self.fact(
      "fact.recorded",
      ["statement": text(fact.statement), "sources": [.sources([fact.source])]])
  }

  /// Section 4: counts for a file on conviction, kinds of unlawful conduct without one.
  func offence() throws -> Section {
    let counts = matter.counts.sorted { $0.number < $1.number }
    guard !counts.isEmpty else {
      return try section("offence", title: "offence.\(track.rawValue)", [nothing("offence.none")])
    }
    var rows: [Table.Row] = []
    for count in counts {
      var cells = [text(String(count.number)), text(wording.word("offence", count.offence))]
      if track == .convictionBased { cells.append(text(name(of: count.person))) }
      cells += [
        text(period(count.conduct)), text(count.place),
        text(wording.word("count-state", count.state.rawValue)), [.sources([count.source])],
      ]
      rows.append(Table.Row(cells))
    }
    var columns: [Table.Column] = [
      .init(try wording.label("column.count"), weight: 1, .right),
      .init(try wording.label("column.offence"), weight: 5),
    ]
    if track == .convictionBased {
      columns.append(.init(try wording.label("column.person"), weight: 4))
    }
    columns += [
      .init(try wording.label("column.dates"), weight: 4),
      .init(try wording.label("column.place"), weight: 3),
      .init(try wording.label("column.state"), weight: 2),
      .init(try wording.label("column.source"), weight: 3),
    ]
    var blocks: [Block] = [
      try paragraph("offence.\(track.rawValue)"),
      .table(
        Table(
          anchor: "counts-table", caption: try wording.title("counts-table"), columns: columns,
          rows: rows,
          note: track == .nonConvictionBased ? try wording.frame("note.no-offender") : [])
      ),
    ]
    blocks.append(.table(try elements(of: counts)))
    return try section("offence", title: "offence.\(track.rawValue)", blocks)
  }

  private func elements(of counts: [Count]) throws -> Table {
    var rows: [Table.Row] = []
    for count in counts {
      let head = "\(try wording.label("column.count")) \(count.number): "
      rows.append(
        Table.Row([[.strong(head + wording.word("offence", count.offence))]], style: .group))
      for element in count.elements {
        let facts = element.facts.compactMap(fact(_:))
        var cell: [Inline] = []
        for fact in facts {
          if !cell.isEmpty { cell.append(.text(" ")) }
          cell += [.text(fact.statement + " "), .sources([fact.source])]
        }
        if facts.isEmpty { cell = try wording.frame("offence.element-open") }
        rows.append(Table.Row([text(wording.word("element", element.name)), cell]))
      }
      if count.elements.isEmpty {
        rows.append(Table.Row([text("—"), try wording.frame("offence.no-elements")]))
      }
    }
    return Table(
      anchor: "elements-table", caption: try wording.title("elements-table"),
      columns: [
        .init(try wording.label("column.element"), weight: 3),
        .init(try wording.label("column.facts"), weight: 9),
      ], rows: rows)
  }
}
