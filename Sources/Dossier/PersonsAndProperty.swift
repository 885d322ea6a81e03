// Sections 8 to 12: instrumentalities, third parties, preservation, victims, property abroad.

import CaseModel

extension Drafting {
  /// Section 8.
  func instrumentalities() throws -> Section {
    var blocks: [Block] = []
    for asset in proposal.assets where !asset.item.instrumentalityFacts.isEmpty {
      let facts = asset.item.instrumentalityFacts.compactMap(fact(_:))
      if facts.isEmpty {
        blocks.append(
          .callout(
            .warning,
            try wording.fact(
              "instrument.no-fact",
              [
                "item": text(propertyName(asset.item.code)),
                "sources": [.sources([asset.item.source])],
              ])))
      }
      for fact in facts {
        blocks.append(
          try self.fact(
            "instrument.fact",
            [
              "item": text(propertyName(asset.item.code)), "statement": text(fact.statement),
              "sources": [.sources([fact.source])],
            ]))
      }
    }
    if blocks.isEmpty { blocks.append(try nothing("instrument.none")) }
    let hardship = proposal.candour.hardship
    for point in hardship { blocks.append(try candourPoint(point)) }
    blocks.append(
      try hardship.isEmpty
        ? nothing("instrument.no-proportionality") : paragraph("instrument.proportionality"))
    return try section("instrumentalities", blocks)
  }

  /// Section 9.
  func thirdParties() throws -> Section {
    var blocks: [Block] = []
    var rows: [Table.Row] = []
    for asset in proposal.assets {
      for interest in asset.item.interests {
        rows.append(
          Table.Row([
            text(propertyName(asset.item.code)), text(interest.person), text(interest.claim),
            [.sources([interest.source])],
          ]))
      }
      for one in asset.item.encumbrances {
        rows.append(
          Table.Row([
            text(propertyName(asset.item.code)), text(one.holder), encumbrance(one),
            [.sources([one.source])],
          ]))
      }
    }
    if rows.isEmpty {
      blocks.append(try nothing("third.none"))
    } else {
      blocks.append(
        .table(
          Table(
            anchor: "interests-table", caption: try wording.title("interests-table"),
            columns: [
              .init(try wording.label("column.item"), weight: 5),
              .init(try wording.label("column.person"), weight: 4),
              .init(try wording.label("column.interest"), weight: 6),
              .init(try wording.label("column.source"), weight: 3),
            ], rows: rows)))
    }
    let roles: [Role] = [
      .thirdParty, .bonaFidePurchaser, .securedCreditor, .family, .nominee, .legalPerson,
    ]
    let notified = matter.persons.filter { person in
      !person.isVictim && roles.contains { person.has($0) }
    }.sorted { $0.code < $1.code }
    blocks.append(try paragraph("third.notices"))
    if notified.isEmpty {
      blocks.append(try nothing("third.no-notices"))
    } else {
      blocks.append(
        .bullets(
          try notified.map {
            try wording.fact(
              "third.notice",
              [
                "person": text(name($0)),
                "roles": text(
                  $0.roles.map { wording.word("role", $0.role.rawValue) }.joined(separator: ", ")),
                "sources": [.sources([$0.source])],
              ])
          }))
    }
    for point in proposal.candour.thirdParties { blocks.append(try candourPoint(point)) }
    if track == .nonConvictionBased { blocks.append(try paragraph("third.publication")) }
    return try section("third-parties", blocks)
  }

  /// Section 10. Property without an order is named, because nothing holds it.
  func preservation() throws -> Section {
    var blocks: [Block] = []
    let orders = matter.orders.sorted {
      ($0.property, $0.date, $0.number) < ($1.property, $1.date, $1.number)
    }
    if orders.isEmpty {
      blocks.append(try nothing("preservation.none"))
    } else {
      blocks.append(
        .table(
          Table(
            anchor: "orders-table", caption: try wording.title("orders-table"),
            columns: [
              .init(try wording.label("column.item"), weight: 5),
              .init(try wording.label("column.order"), weight: 4),
              .init(try wording.label("column.issuer"), weight: 4),
              .init(try wording.label("column.date"), weight: 3),
              .init(try wording.label("column.ends"), weight: 3),
              .init(try wording.label("column.source"), weight: 3),
            ],
            rows: orders.map { order in
              let past = order.ends.map { $0 < matter.asOf } ?? false
              return Table.Row([
                text(propertyName(order.property)),
                text(wording.word("order", order.kind) + " " + order.number), text(order.issuer),
                day(order.date),
                past
                  ? [
                    .strong(order.ends?.description ?? "—"),
                    .text(" " + wording.word("order", "past")),
                  ]
                  : text(order.ends?.description ?? wording.word("order", "no-end")),
                [.sources([order.source])],
              ])
            })))
    }
    let open = proposal.assets.filter { $0.order == nil }
    if !open.isEmpty {
      blocks.append(
        .callout(
          .warning,
          try wording.fact(
            "preservation.open",
            [
              "items": text(open.map(\.item.code.text).joined(separator: ", ")),
              "sources": [.sources(Set(open.map(\.item.source)).sorted())],
            ])))
    }
    let held = proposal.assets.filter { $0.item.custody != nil }
    for asset in held {
      blocks.append(
        try fact(
          "preservation.custody",
          [
            "item": text(propertyName(asset.item.code)), "custody": text(asset.item.custody),
            "sources": [.sources([asset.item.source])],
          ]))
    }
    return try section("preservation", blocks)
  }

  /// Section 11. Pseudonyms only; nothing by which a person could be known.
  func victims() throws -> Section {
    let victims = matter.persons.filter(\.isVictim).sorted { $0.code < $1.code }
    guard !victims.isEmpty else { return try section("victims", [nothing("victims.none")]) }
    var blocks: [Block] = [
      try fact(
        "victims.count",
        [
          "count": text(String(victims.count)),
          "codes": text(victims.map(\.code.text).joined(separator: ", ")),
          "sources": [.sources(Set(victims.map(\.source)).sorted())],
        ]),
      try paragraph("victims.first"),
    ]
    let facts = courtFacts.filter { $0.topic == "victim" }
    for fact in facts { blocks.append(try recorded(fact)) }
    if facts.isEmpty { blocks.append(try nothing("victims.no-facts")) }
    blocks.append(try nothing("victims.no-awards"))
    return try section("victims", blocks)
  }

  /// Section 12.
  func foreignProperty() throws -> Section {
    let states = Set(proposal.assets.map(\.item.locationState)).sorted()
    let foreign = proposal.assets.filter { $0.item.locationState != homeState }
    guard !foreign.isEmpty else { return try section("foreign", [nothing("foreign.none")]) }
    var rows: [Table.Row] = []
    for state in states where state != homeState {
      rows.append(
        Table.Row(
          [[.strong(state.isEmpty ? wording.word("state", "unknown") : state)]], style: .group))
      for asset in foreign where asset.item.locationState == state {
        rows.append(
          Table.Row([
            text(propertyName(asset.item.code)), text(asset.item.location), figure(asset.claimed),
            [.sources([asset.item.source])],
          ]))
      }
    }
    return try section(
      "foreign",
      [
        .table(
          Table(
            anchor: "foreign-table", caption: wording.title("foreign-table"),
            columns: [
              .init(wording.label("column.item"), weight: 6),
              .init(wording.label("column.place"), weight: 5),
              .init(wording.label("column.claimed"), weight: 4, .right),
              .init(wording.label("column.source"), weight: 3),
            ], rows: rows)),
        nothing("foreign.no-requests.\(track.rawValue)"),
      ])
  }
}
