import CaseModel
import Digests

extension SetProfile {
  /// Reads a profile of kind `record: set`.
  init(text: String) throws(ProfileFault) {
    let root = try ProfileNode.root(text)
    _ = try root.settings(
      TableLayout.settings.union([
        "record", "name", "version", "describes", "source", "files", "header", "tables", "hashes",
        "lines",
        "parts",
      ]))
    guard try root.required("record").text() == "set" else {
      throw ProfileFault(reason: "the profile is not for a set of tables")
    }
    hash = ContentHash(of: text)
    name = try root.required("name").text()
    version = try root["version"]?.count() ?? 1
    layout = try TableLayout(root)
    guard layout.currency != nil else { throw ProfileFault(reason: "a set without 'currency'") }
    let files = try root.required("files")
    separator = try files.required("separator").text()
    fileExtension = try files.required("extension").text()
    hasHeader = try root["header"]?.flag() ?? false
    hashTable = try root["hashes"]?.text()
    var tables: [Table] = []
    for (name, node) in try root.required("tables").pairs() {
      tables.append(try Table(name: name, node))
    }
    self.tables = tables
    lines = try Lines(try root.required("lines"))
    if let node = root["parts"] { parts = try Parts(node) } else { parts = nil }
    try check()
  }

  /// Every table that is named is described.
  private func check() throws(ProfileFault) {
    var named = tables.flatMap { $0.references.map(\.table) } + [lines.table]
    named += [parts?.table, lines.owner?.table, lines.expected?.table].compactMap { $0 }
    for name in named where table(name) == nil {
      throw ProfileFault(reason: "the table '\(name)' is not described")
    }
    // A reference looks back; only a part looks forward, to its line.
    for (index, table) in tables.enumerated() where table.name != parts?.table {
      for reference in table.references
      where !tables[..<index].contains(where: { $0.name == reference.table }) {
        throw ProfileFault(
          reason: "the table '\(table.name)' refers to '\(reference.table)', which comes after it")
      }
    }
    for table in tables where table.columns.count != table.header.count {
      throw ProfileFault(reason: "the table '\(table.name)' has not one header name a column")
    }
  }
}

extension SetProfile.Table {
  init(name: String, _ node: ProfileNode) throws(ProfileFault) {
    _ = try node.settings(["columns", "header", "key", "references", "entities"])
    let columns = try node.required("columns").texts()
    self.init(
      name: name, columns: columns, header: try node["header"]?.texts() ?? columns,
      key: try node["key"]?.texts() ?? [])
    for item in try node["references"]?.items() ?? [] {
      _ = try item.settings(["columns", "table", "required"])
      references.append(
        SetProfile.Reference(
          columns: try item.required("columns").texts(), table: try item.required("table").text(),
          isRequired: try item["required"]?.flag() ?? false))
    }
    for item in try node["entities"]?.items() ?? [] { entities.append(try EntityRule(item)) }
  }
}

extension SetProfile.Direction {
  init(_ node: ProfileNode) throws(ProfileFault) {
    var signs: [String: Int] = [:]
    for (code, word) in try node.required("codes").codes() {
      guard word == "in" || word == "out" else {
        throw ProfileFault(reason: "a direction is 'in' or 'out', not '\(word)'")
      }
      signs[code] = word == "in" ? 1 : -1
    }
    self.init(column: try node.required("column").text(), signs: signs)
  }
}

extension SetProfile.Lines {
  init(_ node: ProfileNode) throws(ProfileFault) {
    _ = try node.settings([
      "table", "key", "account", "institution", "date", "value-date", "amount", "direction",
      "balance", "balance-direction", "purpose", "counterparty-name", "counterparty-account",
      "references", "owner", "expected",
    ])
    self.init(
      table: try node.required("table").text(), key: try node.required("key").text(),
      account: try AccountRule(try node.required("account")),
      institution: try node["institution"]?.texts() ?? [],
      date: try node.required("date").text(), valueDate: try node["value-date"]?.text(),
      amount: try node.required("amount").text(), balance: try node["balance"]?.text(),
      purpose: try node["purpose"]?.texts() ?? [],
      counterpartyName: try node["counterparty-name"]?.text())
    if let item = node["direction"] { direction = try SetProfile.Direction(item) }
    if let item = node["balance-direction"] { balanceDirection = try SetProfile.Direction(item) }
    if let item = node["counterparty-account"] { counterpartyAccount = try AccountRule(item) }
    for (name, column) in try node["references"]?.pairs() ?? [] {
      references.append((name, try column.text()))
    }
    if let item = node["owner"] {
      _ = try item.settings(["table", "account", "name", "when"])
      owner = SetProfile.Owner(
        table: try item.required("table").text(),
        account: try AccountRule(try item.required("account")),
        name: try item.required("name").text())
      if let when = item["when"] { owner?.condition = try EntityRule.Condition(when) }
    }
    if let item = node["expected"] {
      expected = SetProfile.Expected(
        table: try item.required("table").text(),
        account: try AccountRule(try item.required("account")),
        condition: try EntityRule.Condition(try item.required("when")))
    }
  }
}

extension SetProfile.Parts {
  init(_ node: ProfileNode) throws(ProfileFault) {
    _ = try node.settings([
      "table", "key", "line", "amount", "name", "names-for-nobody", "account", "institution",
      "identified-by", "identifiers", "party", "unknown",
    ])
    self.init(
      table: try node.required("table").text(), key: try node.required("key").text(),
      line: try node.required("line").text(), amount: try node.required("amount").text(),
      name: try node.required("name").text(),
      namesForNobody: Set(try node["names-for-nobody"]?.texts() ?? []),
      account: try AccountRule(try node.required("account")),
      institution: try node["institution"]?.texts() ?? [],
      identifiedBy: try node.required("identified-by").texts(),
      party: try EntityRule.Identity(try node.required("party")),
      unknown: try EntityRule.Identity(try node.required("unknown")))
    for (name, column) in try node["identifiers"]?.pairs() ?? [] {
      identifiers.append((name, try column.text()))
    }
  }
}
