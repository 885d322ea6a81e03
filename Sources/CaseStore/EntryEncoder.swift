import CaseModel
import Foundation
import Postgres

/// Encodes entries straight into the COPY buffer of `copy_entries.sql` and `copy_incoming.sql`, in
/// their column order.
struct EntryEncoder {
  private let writer: BinaryCopyWriter
  private let accounts: AccountNumbers

  init(_ writer: BinaryCopyWriter, _ accounts: AccountNumbers) {
    self.writer = writer
    self.accounts = accounts
  }

  /// - Parameter line: where the entry stands, its key and the number it would get.
  func encode(
    _ entry: StatementEntry, of statement: Statement, as line: IncomingEntries.Line
  ) throws {
    let currency = entry.amount.currency
    let other = entry.counterparty.accountKey
    try writer.row(26)
    try writer.int64(line.id)
    try writer.uuid(line.key)
    try writer.int64(line.account)
    if let other, other != statement.accountKey {
      try writer.int64(try accounts.number(other, currency))
    } else {
      try writer.null()
    }
    try writer.int64(entry.amount.minorUnits)
    try writer.date(entry.bookedOn?.dayNumber)
    try writer.date(entry.valueOn?.dayNumber)
    try writer.int32(entry.timeOfDay)
    try writer.int64(line.statement)
    try writer.int32(line.position)
    try writer.int64(entry.locator.ordinal)
    try writer.int64(entry.byteOffset)
    try writer.int16(Int16(entry.channel.number))
    try writer.text(entry.kind.rawValue)
    try writer.bool(entry.isReversal)
    try text(entry.locator.text)
    try text(entry.references.isEmpty ? nil : entry.references["servicer"])
    try encodeTexts(entry)
  }

  private func encodeTexts(_ entry: StatementEntry) throws {
    let party = entry.counterparty
    try text(party.name)
    try text(party.accountText)
    try text(party.agent)
    try text(entry.purpose)
    if entry.references.isEmpty {
      try writer.null()
    } else {
      try writer.json(Self.json(entry.references))
    }
    try writer.int64(entry.originalAmount?.minorUnits)
    try writer.text(entry.originalAmount?.currency.code)
    try text(entry.exchangeRate)
    try writer.int64(entry.balanceAfter?.minorUnits)
  }

  /// A text as `storable` gives it; nearly none holds a NUL, and those that do not are sent as they lie.
  private func text(_ value: String?) throws {
    guard var value else { return try writer.null() }
    let isSent = try value.withUTF8 { bytes -> Bool in
      if let start = bytes.baseAddress, memchr(start, 0, bytes.count) != nil { return false }
      try writer.bytes(UnsafeRawBufferPointer(bytes))
      return true
    }
    if !isSent { try writer.text(storable(value)) }
  }

  /// A flat JSON object, keys in byte order.
  static func json(_ pairs: [String: String]) -> String {
    if pairs.count == 1, let only = pairs.first {
      return "{" + quoted(only.key) + ":" + quoted(only.value) + "}"
    }
    let sorted = pairs.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
    return "{" + sorted.map { quoted($0.key) + ":" + quoted($0.value) }.joined(separator: ",") + "}"
  }

  private static func quoted(_ text: String) -> String {
    let isPlain = text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x22 && $0 != 0x5C }
    if isPlain { return "\"" + text + "\"" }
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
