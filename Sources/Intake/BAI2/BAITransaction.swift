import CaseModel

/// One transaction (16) as an entry.
struct BAITransaction {
  let entry: StatementEntry
  /// The amount as the control total counts it.
  let unsigned: Int128

  /// Nil for type 890, which moves no money.
  init?(
    _ record: BAIRecord, _ currency: Currency, _ group: BAIReader.Group?, _ pivot: CenturyPivot
  ) throws {
    let (fields, text) = Self.fieldsAndText(record)
    var cursor = BAICursor(fields)
    let type = cursor.next()
    let amount = try BAIField.minor(cursor.next())
    guard let sign = BAIField.sign(ofType: type) else {
      throw BAIFault(
        code: "E-TYPE", found: "the type code '\(type)', which gives no direction",
        expected: "100 to 399 for a credit, 400 to 699 for a debit")
    }
    guard sign != 0 else { return nil }
    guard let amount else {
      throw BAIFault(code: "E-AMOUNT", found: "no amount", expected: "digits")
    }
    guard let day = group?.day else {
      throw BAIFault(
        code: "E-DATE", found: "no as-of day in the group", expected: "a day in record 02")
    }
    let funds = cursor.funds()
    unsigned = Int128(amount)
    var entry = StatementEntry(
      locator: record.locator, byteOffset: record.byteOffset,
      amount: Money(minorUnits: sign * amount, currency: currency), bookedOn: day,
      valueOn: funds.valueDay.flatMap { (try? BAIField.day($0, pivot)) ?? nil },
      kind: group?.isInterim == true ? .pending : .booked,
      channel: BAIField.channel(ofType: type))
    entry.references["bank-code"] = type
    let bank = cursor.next()
    let customer = cursor.next()
    if !bank.isEmpty { entry.references["servicer"] = bank }
    if !customer.isEmpty { entry.references["customer"] = customer }
    if let text = funds.text { entry.references["funds"] = text }
    Self.read(text, into: &entry)
    self.entry = entry
  }

  /// The fields before the text, and the lines of the text. Text may hold commas, so it begins where
  /// the fixed fields end, and every line behind is text whatever it looks like.
  private static func fieldsAndText(_ record: BAIRecord) -> ([String], [String]) {
    var fields: [String] = []
    for (index, line) in record.lines.enumerated() {
      var rest = line[...]
      while true {
        if let needed = count(fields), fields.count >= needed {
          // Behind the last fixed field the line may still hold the text.
          let text = String(rest).trimmed
          return (fields, (text.isEmpty ? [] : [text]) + record.lines[(index + 1)...])
        }
        guard let comma = rest.firstIndex(of: ",") else {
          fields.append(String(rest).trimmed)
          break
        }
        fields.append(String(rest[..<comma]).trimmed)
        rest = rest[rest.index(after: comma)...]
      }
    }
    return (fields, [])
  }

  /// How many fixed fields the record has, once its funds type says so.
  private static func count(_ fields: [String]) -> Int? {
    guard fields.count >= 3 else { return nil }
    switch fields[2].uppercased() {
    case "V": return 7
    case "S": return 8
    case "D":
      guard fields.count >= 4 else { return nil }
      return 6 + 2 * min(Int(fields[3]) ?? 0, 1024)
    default: return 5
    }
  }

  /// Text as the purpose. Some banks put a key before a line; only EREF, the end-to-end reference, says
  /// the same for payments and returns, so names and accounts stay text.
  private static func read(_ lines: [String], into entry: inout StatementEntry) {
    let lines = lines.map(\.trimmed).filter { !$0.isEmpty }
    guard !lines.isEmpty else { return }
    entry.purpose = lines.joined(separator: " ")
    for line in lines where line.hasPrefix("EREF:") {
      let value = String(line.dropFirst(5)).trimmed
      if !value.isEmpty { entry.references["end-to-end"] = value }
    }
  }
}
