// Sections 14 and 15: the draft order with its blanks, and the exhibits with their custody.

import CaseModel

extension Drafting {
  /// Section 14. Court, judge, date and signature stay blank.
  func draftOrder() throws -> Section {
    var blocks: [Block] = [
      .callout(.note, try wording.frame("order.blank")),
      .fields(
        try [
          field("court", wording.frame("blank")), field("judge", wording.frame("blank")),
          field("order-date", wording.frame("blank")),
          field("order-number", wording.frame("blank")),
        ]),
    ]
    let claimed = proposal.assets.filter { $0.claimed.map { !$0.amount.isZero } ?? false }
    if claimed.isEmpty { blocks.append(try nothing("order.nothing-claimed")) }
    for asset in claimed {
      guard let amount = asset.claimed else { continue }
      let isWhole = asset.netValue.map { $0.amount == amount.amount } ?? false
      blocks.append(
        try fact(
          "order.item.\(track.rawValue).\(isWhole ? "whole" : "part")",
          ["item": text(propertyName(asset.item.code)), "figure": [.figure(amount)]]))
    }
    if track == .convictionBased {
      if let order = proposal.valueOrder {
        blocks.append(try fact("order.value", ["figure": [.figure(order)]]))
        blocks.append(try paragraph("order.default-term"))
      } else {
        blocks.append(try nothing("order.no-value"))
      }
    } else {
      blocks.append(try paragraph("order.vesting"))
      blocks.append(try paragraph("order.reservation"))
    }
    blocks.append(try paragraph("order.third-parties"))
    if matter.persons.contains(where: \.isVictim) { blocks.append(try paragraph("order.victims")) }
    blocks.append(.fields(try [field("signature", wording.frame("blank"))]))
    return try section("order", blocks)
  }

  /// Section 15.
  func exhibits() throws -> Section {
    guard !caseFile.files.isEmpty else {
      return try section("exhibits", [nothing("exhibits.none")])
    }
    let files = caseFile.files.sorted { ($0.label, $0.sha256.hex) < ($1.label, $1.sha256.hex) }
    let rows = files.map { file in
      Table.Row(
        [
          text(file.exhibit ?? wording.word("exhibit", "unmarked")), text(file.name),
          text(file.format), text(file.receivedOn?.description), text(file.custodian),
          text(file.authority), text(String(file.byteCount)), text(file.sha256.hex),
        ].map { $0 })
    }
    let files15 = Table(
      anchor: "exhibits-table", caption: try wording.title("exhibits-table"),
      columns: [
        .init(try wording.label("column.exhibit"), weight: 3),
        .init(try wording.label("column.file"), weight: 6),
        .init(try wording.label("column.format"), weight: 3),
        .init(try wording.label("column.received"), weight: 3),
        .init(try wording.label("column.custodian"), weight: 4),
        .init(try wording.label("column.authority"), weight: 4),
        .init(try wording.label("column.bytes"), weight: 2, .right),
        .init(try wording.label("column.sha256"), weight: 8),
      ], rows: rows, isLandscape: true)
    var blocks: [Block] = [try paragraph("exhibits.opening"), .table(files15)]
    if let table = try statementsTable() { blocks.append(.table(table)) }
    let unmarked = files.filter { $0.exhibit == nil }
    if !unmarked.isEmpty {
      blocks.append(
        .callout(
          .warning, try wording.frame("exhibits.unmarked", ["count": text(String(unmarked.count))]))
      )
    }
    blocks.append(try nothing("exhibits.no-certificates"))
    return try section("exhibits", blocks)
  }

  private func statementsTable() throws -> Table? {
    guard !caseFile.statements.isEmpty else { return nil }
    let rows = caseFile.accounts.compactMap { account -> Table.Row? in
      let own = caseFile.statements.filter { $0.account == account.id }
      guard !own.isEmpty else { return nil }
      let days = own.compactMap(\.period)
      let span = days.map(\.first).min().flatMap { first in
        days.map(\.last).max().map { "\(first) – \($0)" }
      }
      let balanced = own.filter { $0.status == .reconciled }.count
      let holes = caseFile.gaps.filter { $0.account == account.id }.count
      let complete = caseFile.completeness(of: account.id)
      return Table.Row([
        text(name(account)), text(account.institution), text(account.currency.code), text(span),
        text(complete.map { "\($0.reconciledDays) / \($0.days)" }),
        text(String(own.count)), text(String(balanced)), text(String(holes)),
        text(String(own.map(\.entryCount).reduce(0, +))),
        [.sources(Set(own.map(\.source)).sorted())],
      ])
    }
    guard !rows.isEmpty else { return nil }
    return Table(
      anchor: "statements-table", caption: try wording.title("statements-table"),
      columns: [
        .init(try wording.label("column.account"), weight: 6),
        .init(try wording.label("column.institution"), weight: 5),
        .init(try wording.label("column.currency"), weight: 2),
        .init(try wording.label("column.dates"), weight: 5),
        .init(try wording.label("column.reconciled-days"), weight: 3, .right),
        .init(try wording.label("column.statements"), weight: 3, .right),
        .init(try wording.label("column.balanced"), weight: 3, .right),
        .init(try wording.label("column.gaps"), weight: 2, .right),
        .init(try wording.label("column.entries"), weight: 2, .right),
        .init(try wording.label("column.source"), weight: 4),
      ], rows: rows, isLandscape: true)
  }
}
