import CaseModel
import Digests
import Yams

extension RecordProfile {
  /// True when a text is a profile that says `record:`.
  static func isOne(_ text: String) -> Bool {
    guard text.contains("record"), let root = try? Yams.compose(yaml: text) else { return false }
    return root.mapping?["record"]?.string != nil
  }

  /// Reads a profile from YAML or JSON.
  init(text: String) throws(ProfileFault) {
    let root: Node?
    do { root = try Yams.compose(yaml: text) } catch {
      throw ProfileFault(reason: "the profile is neither YAML nor JSON")
    }
    guard let mapping = root?.mapping else {
      throw ProfileFault(reason: "the profile is no list of settings")
    }
    self.init()
    hash = ContentHash(of: text)
    for (key, value) in mapping {
      guard let key = key.string else { throw ProfileFault(reason: "a setting without a name") }
      if try setLayout(key, value) { continue }
      if try setRecord(key, value) { continue }
      throw ProfileFault(reason: "the setting '\(Issue.escaped(key))' is not known")
    }
    if isPayment, amounts.isEmpty { throw ProfileFault(reason: "'amounts' names no amount") }
    if !isPayment, entities.isEmpty { throw ProfileFault(reason: "'entities' names no entity") }
  }

  private mutating func setLayout(_ key: String, _ value: Node) throws(ProfileFault) -> Bool {
    switch key {
    case "record":
      let word = try Self.text(value, key)
      guard word == "payment" || word == "entity" else {
        throw ProfileFault(reason: "'record' is payment or entity")
      }
      isPayment = word == "payment"
    case "name": name = try Self.text(value, key)
    case "describes", "source": _ = try Self.text(value, key)
    case "version": version = value.int ?? 1
    case "institution": institution = try Self.text(value, key)
    case "encoding":
      guard let found = TextEncoding(named: try Self.text(value, key)) else {
        throw ProfileFault(reason: "the encoding is not known")
      }
      encoding = found
    case "delimiter":
      let text = try Self.text(value, key)
      guard let byte = text == "tab" ? 9 : text.utf8.first, text == "tab" || text.utf8.count == 1
      else { throw ProfileFault(reason: "'delimiter' is not one ASCII character") }
      delimiter = byte
    case "skip": skip = max(0, value.int ?? 0)
    case "header-row": headerRow = try Self.texts(value, key)
    case "decimal":
      guard let found = try Self.text(value, key).unicodeScalars.first, found == "." || found == ","
      else { throw ProfileFault(reason: "'decimal' is neither a point nor a comma") }
      decimal = found
    case "date-format": try setDates(value)
    case "calendar": hasOtherCalendar = try Self.text(value, key) != "gregorian"
    case "utc-offset":
      guard let minutes = value.int.flatMap(Int16.init(exactly:)) else {
        throw ProfileFault(reason: "'utc-offset' is no number of minutes")
      }
      offsetMinutes = minutes
    case "pivot-year": pivotYear = value.int
    default: return false
    }
    return true
  }

  private mutating func setDates(_ value: Node) throws(ProfileFault) {
    for pattern in try Self.texts(value, "date-format") {
      if pattern == "epoch-ms" {
        isEpochMilliseconds = true
      } else if let form = DateForm(pattern) {
        dates.append(form)
      } else {
        throw ProfileFault(reason: "the date form '\(Issue.escaped(pattern))' is not known")
      }
    }
  }

  private mutating func setRecord(_ key: String, _ value: Node) throws(ProfileFault) -> Bool {
    switch key {
    case "kind":
      guard let found = EntryKind(rawValue: try Self.text(value, key)), found != .booked else {
        throw ProfileFault(reason: "'kind' is declared, report, instruction or info")
      }
      kind = found
    case "record-type":
      if let column = value["column"] {
        recordType = try Self.source(column, key)
        recordTypePrefix = value["prefix"]?.string ?? ""
      } else {
        recordType = Source(items: [.constant(try Self.text(value, key))])
      }
    case "status":
      guard let column = value["column"] else {
        throw ProfileFault(reason: "'status' needs column")
      }
      status = try Self.source(column, key)
      for (code, word) in value["codes"]?.mapping ?? Node.Mapping([]) {
        statusWords[try Self.text(code, key)] = try Self.text(word, key)
      }
    case "channel":
      guard let found = Channel(rawValue: try Self.text(value, key)) else {
        throw ProfileFault(reason: "the channel is not known")
      }
      channel = found
    case "executed": executed = try Self.source(value, key)
    case "value": self.value = try Self.source(value, key)
    case "time": time = try Self.source(value, key)
    case "rate": rate = try Self.source(value, key)
    case "purpose":
      purpose = []
      for text in try Self.texts(value, key) { purpose.append(Source(items: [Self.item(text)])) }
    case "references": references = try Self.sources(value, key)
    case "key":
      for text in try Self.texts(value, key) { self.key.append(Source(items: [Self.item(text)])) }
    case "amounts": for item in try Self.list(value, key) { amounts.append(try Self.amount(item)) }
    case "parties": for item in try Self.list(value, key) { parties.append(try Self.party(item)) }
    case "entities":
      for item in try Self.list(value, key) { entities.append(try Self.entity(item)) }
    default: return false
    }
    return true
  }

  private static func amount(_ node: Node) throws(ProfileFault) -> Amount {
    guard let role = node["role"]?.string.flatMap(StatedAmount.Role.init(rawValue:)),
      let amount = node["amount"], let currency = node["currency"]
    else { throw ProfileFault(reason: "an amount needs role, amount and currency") }
    let negative = node["negative"]?.string
    let signed = negative.flatMap(StatedAmount.Role.init(rawValue:))
    guard negative == nil || signed != nil else {
      throw ProfileFault(reason: "the role of negative amounts is not known")
    }
    return Amount(
      role: role, amount: try source(amount, "amount"), currency: try source(currency, "currency"),
      signedRole: signed)
  }

  private static func party(_ node: Node) throws(ProfileFault) -> Party {
    guard let role = node["role"]?.string.flatMap(PaymentParty.Role.init(rawValue:)) else {
      throw ProfileFault(reason: "a party's role is not known")
    }
    var party = Party(role: role)
    for (key, value) in node.mapping ?? Node.Mapping([]) {
      switch key.string {
      case "role": continue
      case "name": party.name = try source(value, "name")
      case "account": party.account = try source(value, "account")
      case "wallet": party.wallet = try source(value, "wallet")
      case "network": party.network = try source(value, "network")
      case "card": party.card = try source(value, "card")
      case "institution": party.institution = try source(value, "institution")
      case "country": party.country = try source(value, "country")
      case "address": party.address = try source(value, "address")
      case "identifiers": party.identifiers = try sources(value, "identifiers")
      default:
        throw ProfileFault(reason: "a party has no '\(Issue.escaped(key.string ?? "?"))'")
      }
    }
    return party
  }

  private static func entity(_ node: Node) throws(ProfileFault) -> Entity {
    guard let schema = node["schema"]?.string, let properties = node["properties"]?.mapping else {
      throw ProfileFault(reason: "an entity needs schema and properties")
    }
    var entity = Entity(schema: schema, id: [], properties: [:])
    if let id = node["id"] {
      for text in try texts(id, "id") { entity.id.append(Source(items: [item(text)])) }
    }
    for (name, value) in properties {
      entity.properties[try text(name, "properties"), default: []].append(
        try source(value, "properties"))
    }
    if let date = node["date"] { entity.date = try source(date, "date") }
    if let needs = node["needs"] { entity.needs = try source(needs, "needs") }
    return entity
  }

  // MARK: Nodes

  private static func item(_ text: String) -> Source.Item {
    text.hasPrefix("=") ? .constant(String(text.dropFirst())) : .column(text)
  }

  private static func source(_ node: Node, _ key: String) throws(ProfileFault) -> Source {
    Source(items: try texts(node, key).map(item))
  }

  private static func sources(_ node: Node, _ key: String) throws(ProfileFault) -> [String: Source]
  {
    var result: [String: Source] = [:]
    for (name, value) in node.mapping ?? Node.Mapping([]) {
      result[try text(name, key)] = try source(value, key)
    }
    return result
  }

  private static func list(_ node: Node, _ key: String) throws(ProfileFault) -> [Node] {
    guard let items = node.sequence else { throw ProfileFault(reason: "'\(key)' is no list") }
    return Array(items)
  }

  private static func text(_ node: Node, _ key: String) throws(ProfileFault) -> String {
    guard let text = node.scalar?.string else { throw ProfileFault(reason: "'\(key)' is no text") }
    return text
  }

  private static func texts(_ node: Node, _ key: String) throws(ProfileFault) -> [String] {
    guard let items = node.sequence else { return [try text(node, key)] }
    var result: [String] = []
    for item in items { result.append(try text(item, key)) }
    return result
  }
}
