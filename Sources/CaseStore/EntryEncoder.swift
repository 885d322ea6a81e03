import CaseModel
import Digests
import Postgres

/// Encodes entries straight into the COPY buffer of `copy_incoming.sql`, in its column order.
struct EntryEncoder {
  private let writer: BinaryCopyWriter
  private let accounts: AccountNumbers
  private let fileName: String
  /// The last account looked up: statements name the same one line after line.
  private var last: (key: AccountKey, currency: Currency, number: Int64)?

  init(_ writer: BinaryCopyWriter, _ accounts: AccountNumbers, fileName: String) {
    self.writer = writer
    self.accounts = accounts
    self.fileName = fileName
  }

  mutating func encode(
    _ entry: StatementEntry, of statement: Statement, number: Int64, position: Int32
  ) throws {
    guard !entry.transactionKey.isEmpty else {
      throw StoreError.unusableKey(file: fileName, locator: entry.locator)
    }
    let currency = entry.amount.currency
    let account = try accountNumber(statement.accountKey, currency)
    let other = entry.counterparty.accountKey
    try writer.row(26)
    try writer.uuid(Self.key(of: entry, account: statement.accountKey))
    try writer.int64(account)
    if let other, other != statement.accountKey {
      try writer.int64(try accounts.number(other, currency))
    } else {
      try writer.null()
    }
    try writer.int64(entry.amount.minorUnits)
    try writer.date(entry.bookedOn?.dayNumber)
    try writer.date(entry.valueOn?.dayNumber)
    try writer.int32(entry.timeOfDay)
    try writer.int64(number)
    try writer.int32(position)
    try writer.int64(entry.locator.ordinal)
    try writer.int64(entry.byteOffset)
    try writer.int16(Int16(entry.channel.number))
    try writer.text(entry.kind.rawValue)
    try writer.bool(entry.isReversal)
    try writer.text(storable(entry.locator.text))
    try writer.text(storable(entry.references["servicer"]))
    try encodeTexts(entry)
  }

  private func encodeTexts(_ entry: StatementEntry) throws {
    let party = entry.counterparty
    let hasText =
      !party.isEmpty || entry.purpose != nil || !entry.references.isEmpty
      || entry.originalAmount != nil || entry.balanceAfter != nil || entry.exchangeRate != nil
    try writer.bool(hasText)
    try writer.text(storable(party.name))
    try writer.text(storable(party.accountText))
    try writer.text(storable(party.agent))
    try writer.text(storable(entry.purpose))
    if entry.references.isEmpty {
      try writer.null()
    } else {
      try writer.json(Self.json(entry.references))
    }
    try writer.int64(entry.originalAmount?.minorUnits)
    try writer.text(entry.originalAmount?.currency.code)
    try writer.text(storable(entry.exchangeRate))
    try writer.int64(entry.balanceAfter?.minorUnits)
  }

  private mutating func accountNumber(_ key: AccountKey, _ currency: Currency) throws -> Int64 {
    if let last, last.key == key, last.currency == currency { return last.number }
    let number = try accounts.number(key, currency)
    last = (key, currency, number)
    return number
  }

  /// The head of SHA-256 over account key and transaction key: the same in every store. A record that is
  /// not booked has a key of its own beside the booked one, so that a pending entry stays in the history
  /// when its booking arrives.
  static func key(of entry: StatementEntry, account: AccountKey) -> [UInt8] {
    var hash = SHA256()
    hash.update(account.text)
    hash.update("\n")
    hash.update(entry.transactionKey)
    if entry.kind != .booked { hash.update("\n" + entry.kind.rawValue) }
    return hash.finish()
  }

  /// A flat JSON object, keys in byte order.
  static func json(_ pairs: [String: String]) -> String {
    let sorted = pairs.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
    return "{" + sorted.map { quoted($0.key) + ":" + quoted($0.value) }.joined(separator: ",") + "}"
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in storable(text).unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case _ where scalar.value < 0x20:
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
