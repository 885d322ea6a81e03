import CaseModel
import Foundation
import Postgres

/// Brings payment records and stated entities of one file into the store, each once, inside a
/// transaction that its caller holds together with the import lock.
///
/// A record that is there already, from this file or another, gets a further place. Batches may follow
/// each other in one transaction.
struct RecordWriter {
  private let session: Session
  private let file: Int64

  /// - Parameter file: the number of the received file that the places are in.
  init(_ session: Session, file: Int64) {
    self.session = session
    self.file = file
  }

  /// - Throws: `StoreError.unusableKey` for a record without the key that Intake gives;
  ///   `StoreError.currencyMismatch`; `PostgresError`.
  /// - Complexity: O(*n* log *n*) in the records, by binary COPY and set-wise merging.
  func write(_ payments: [PaymentRecord], _ entities: [StatedEntity]) throws -> RecordCounts {
    var counts = RecordCounts()
    if !payments.isEmpty {
      counts.paymentsStored = try write(payments)
      counts.paymentsKnown = payments.count - counts.paymentsStored
    }
    if !entities.isEmpty {
      counts.entitiesStored = try write(entities)
      counts.entitiesKnown = entities.count - counts.entitiesStored
    }
    return counts
  }

  private func write(_ payments: [PaymentRecord]) throws -> Int {
    try CurrencyTable.register(
      Set(payments.flatMap { $0.amounts.map(\.amount.currency) }), session)
    try session.execute(sql("create_incoming_payments"))
    try session.execute(sql("clear_incoming_payments"))
    try session.copyIn(sql("copy_incoming_payments")) { writer in
      for (number, payment) in payments.enumerated() {
        try writer.row(8)
        try writer.int32(Int32(number))
        try writer.bytes(try key(payment.key, payment.locator))
        try writer.json(try Self.json(StoredContent(of: payment)))
        try writer.date(payment.executedOn?.dayNumber)
        try writer.date(payment.valueOn?.dayNumber)
        try writer.int64(payment.locator.ordinal)
        try writer.text(storable(payment.locator.text))
        try writer.int64(payment.byteOffset)
      }
    }
    let stored = try session.execute(sql("insert_payment_records"))
    try session.execute(sql("insert_payment_places"), [.int64(file)])
    return stored
  }

  private func write(_ entities: [StatedEntity]) throws -> Int {
    try session.execute(sql("create_incoming_entities"))
    try session.execute(sql("clear_incoming_entities"))
    try session.copyIn(sql("copy_incoming_entities")) { writer in
      for (number, entity) in entities.enumerated() {
        try writer.row(11)
        try writer.int32(Int32(number))
        try writer.bytes(try key(entity.key, entity.locator))
        try writer.text(storable(entity.schema))
        try writer.text(storable(entity.space))
        try writer.text(storable(entity.id))
        try writer.json(try Self.json(entity.properties))
        try writer.date(entity.validFrom?.dayNumber)
        try writer.date(entity.validUntil?.dayNumber)
        try writer.date(entity.statedOn?.dayNumber)
        try writer.int64(entity.locator.ordinal)
        try writer.text(storable(entity.locator.text))
      }
    }
    let stored = try session.execute(sql("insert_stated_entities"))
    try session.execute(sql("insert_entity_places"), [.int64(file)])
    return stored
  }

  private func key(_ hex: String, _ locator: Locator) throws -> [UInt8] {
    guard let hash = ContentHash(hex: hex) else {
      throw StoreError.unusableKey(file: "record", locator: locator)
    }
    return hash.bytes
  }

  /// JSON with sorted keys, U+0000 as the text `\u{0}`, which `jsonb` can hold.
  static func json(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let bytes = [UInt8](try encoder.encode(value))
    guard bytes.contains(UInt8(ascii: "\\")) else { return String(decoding: bytes, as: UTF8.self) }
    let zero = Array("\\u0000".utf8)
    var shown: [UInt8] = []
    var index = 0
    while index < bytes.count {
      guard bytes[index] == UInt8(ascii: "\\") else {
        shown.append(bytes[index])
        index += 1
        continue
      }
      if bytes[index...].starts(with: zero) {
        shown += Array("\\\\u{0}".utf8)
        index += zero.count
      } else {
        // An escape is at least two bytes; the second may be a backslash of its own.
        shown += bytes[index..<min(index + 2, bytes.count)]
        index += 2
      }
    }
    return String(decoding: shown, as: UTF8.self)
  }
}

/// A payment record as its row keeps it: all but the place and the key, which stand in columns.
struct StoredContent: Codable {
  let kind: EntryKind
  let recordType: String
  let status: String?
  let amounts: [StatedAmount]
  let exchangeRate: String?
  let executedOn: CivilDate?
  let valueOn: CivilDate?
  let timeOfDay: Int32?
  let utcOffsetMinutes: Int16?
  let channel: Channel
  let parties: [PaymentParty]
  let purpose: String?
  let references: [String: String]
  let chargeBearer: String?
  let details: [String: String]

  init(of record: PaymentRecord) {
    kind = record.kind
    recordType = record.recordType
    status = record.status
    amounts = record.amounts
    exchangeRate = record.exchangeRate
    executedOn = record.executedOn
    valueOn = record.valueOn
    timeOfDay = record.timeOfDay
    utcOffsetMinutes = record.utcOffsetMinutes
    channel = record.channel
    parties = record.parties
    purpose = record.purpose
    references = record.references
    chargeBearer = record.chargeBearer
    details = record.details
  }

  func record(at locator: Locator, byteOffset: Int64?, key: String) -> PaymentRecord {
    PaymentRecord(
      locator: locator, byteOffset: byteOffset, kind: kind, recordType: recordType, status: status,
      amounts: amounts, exchangeRate: exchangeRate, executedOn: executedOn, valueOn: valueOn,
      timeOfDay: timeOfDay, utcOffsetMinutes: utcOffsetMinutes, channel: channel, parties: parties,
      purpose: purpose, references: references, chargeBearer: chargeBearer, details: details,
      key: key)
  }
}
