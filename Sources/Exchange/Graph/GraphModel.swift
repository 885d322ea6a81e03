import CaseModel

/// The case as a graph: places and persons, and what runs between them.
struct GraphModel: Sendable {
  enum ValueType: String, Sendable { case string, long, boolean }

  /// What nodes or edges can say, in a fixed order.
  struct Attribute: Sendable {
    let name: String
    let type: ValueType
  }

  struct Node: Sendable {
    let id: StableID
    let label: String
    let kind: String
    let values: [String: String]
  }

  struct Edge: Sendable {
    let id: StableID
    let from: StableID
    let to: StableID
    let label: String
    let kind: String
    let first: CivilDate?
    let last: CivilDate?
    let values: [String: String]
  }

  private(set) var nodes: [Node]
  private(set) var edges: [Edge]

  static let nodeAttributes: [Attribute] = [
    .init(name: "label", type: .string), .init(name: "kind", type: .string),
    .init(name: "account_key", type: .string), .init(name: "currency", type: .string),
    .init(name: "institution", type: .string), .init(name: "holder", type: .string),
    .init(name: "has_statements", type: .boolean), .init(name: "roles", type: .string),
    .init(name: "sources", type: .string),
  ]
  static let edgeAttributes: [Attribute] = [
    .init(name: "label", type: .string), .init(name: "kind", type: .string),
    .init(name: "amount", type: .string), .init(name: "amount_minor", type: .long),
    .init(name: "currency", type: .string), .init(name: "count", type: .long),
    .init(name: "first_day", type: .string), .init(name: "last_day", type: .string),
    .init(name: "value_day", type: .string), .init(name: "channel", type: .string),
    .init(name: "reversal", type: .boolean), .init(name: "purpose", type: .string),
    .init(name: "entries", type: .string), .init(name: "sources", type: .string),
  ]

  /// Which edges a graph has. Never both: the sums would count the movements again.
  enum Edges: Sendable { case movements, flows }

  /// - Throws: `ExportError.sumTooLarge`.
  init(_ index: RecordIndex, _ wanted: Edges) throws {
    let movements = index.movements()
    nodes = index.listedPersons.map { Self.node($0, index) }
    nodes += index.listedAccounts.map { Self.node($0, index) }
    edges = index.listedAccounts.flatMap { Self.links(of: $0, index) }
    switch wanted {
    case .movements:
      for movement in movements {
        for end in [movement.from, movement.to] {
          if case .stated(let entry) = end, let entry = index.entry(entry) {
            nodes.append(Self.node(entry, index))
          }
        }
      }
      edges += movements.compactMap { Self.edge($0, index) }
    case .flows:
      edges += try index.flows(of: movements).compactMap { Self.edge($0, index) }
    }
    precondition(
      Set(nodes.map(\.id)).count == nodes.count && Set(edges.map(\.id)).count == edges.count,
      "two nodes or two edges have one name")
  }
}

extension GraphModel {
  private static func node(_ person: Person, _ index: RecordIndex) -> Node {
    Node(
      id: index.id(person.code), label: index.redaction.name(person.code),
      kind: person.isLegalPerson ? "legal-person" : "person",
      values: [
        "roles": person.roles.map(\.role.rawValue).joined(separator: "; "),
        "sources": index.place(person.source),
      ])
  }

  private static func node(_ account: Account, _ index: RecordIndex) -> Node {
    var values = [
      "account_key": index.redaction.key(account).text, "currency": account.currency.code,
      "has_statements": Cells.truth(account.hasStatements),
    ]
    values["institution"] = index.redaction.clean(account.institution)
    values["holder"] = index.person(account.holder)?.code.text
    return Node(
      id: index.id(account), label: index.name(account), kind: "account", values: values)
  }

  /// The other side of one line: a node a line, never joined by a name.
  private static func node(_ entry: Entry, _ index: RecordIndex) -> Node {
    Node(
      id: index.statedParty(of: entry), label: index.counterparty(entry) ?? "not stated",
      kind: "stated-party", values: ["sources": index.place(entry.source)])
  }

  private static func links(of account: Account, _ index: RecordIndex) -> [Edge] {
    func edge(_ person: Person, _ kind: String) -> Edge {
      Edge(
        id: StableID(index.matter.code, kind, person.code.text, index.id(account).text),
        from: index.id(person.code), to: index.id(account), label: kind, kind: kind, first: nil,
        last: nil, values: ["sources": index.place(person.source)])
    }
    var all: [Edge] = []
    if let holder = index.person(account.holder) { all.append(edge(holder, "holds")) }
    if let controller = index.person(account.controller), controller.code != account.holder {
      all.append(edge(controller, "controls"))
    }
    return all
  }

  private static func edge(_ movement: Movement, _ index: RecordIndex) -> Edge? {
    guard let from = index.id(movement.from), let to = index.id(movement.to) else { return nil }
    var values = money(movement.amount)
    values["count"] = String(movement.entries.count)
    values["first_day"] = movement.bookedOn.description
    values["last_day"] = movement.bookedOn.description
    values["value_day"] = movement.valueOn?.description
    values["channel"] = movement.channel.rawValue
    values["reversal"] = Cells.truth(movement.isReversal)
    values["purpose"] = movement.purpose
    values["entries"] = movement.entries.map(\.key).joined(separator: "; ")
    values["sources"] = movement.sources.map { index.place($0) }.joined(separator: "; ")
    return Edge(
      id: movement.id, from: from, to: to, label: movement.amount.description, kind: "movement",
      first: movement.bookedOn, last: movement.bookedOn, values: values)
  }

  private static func edge(_ flow: Flow, _ index: RecordIndex) -> Edge? {
    guard let from = index.id(flow.from), let to = index.id(flow.to) else { return nil }
    let entries = flow.movements.flatMap(\.entries)
    var values = money(flow.amount)
    values["count"] = String(flow.movements.count)
    values["first_day"] = flow.first?.description
    values["last_day"] = flow.last?.description
    values["entries"] = entries.map(\.key).joined(separator: "; ")
    values["sources"] = entries.map { index.place($0.source) }.joined(separator: "; ")
    return Edge(
      id: flow.id, from: from, to: to,
      label: "\(flow.amount) in \(flow.movements.count)", kind: "flow", first: flow.first,
      last: flow.last, values: values)
  }

  private static func money(_ amount: Money) -> [String: String] {
    [
      "amount": amount.decimalText, "amount_minor": String(amount.minorUnits),
      "currency": amount.currency.code,
    ]
  }
}
