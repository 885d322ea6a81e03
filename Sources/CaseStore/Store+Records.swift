import CaseModel
import Foundation
import Postgres

/// A payment record as the store shows it: identities of protected persons replaced.
public struct StoredPayment: Hashable, Sendable, Codable {
  /// The store's number: a handle of this store that no document cites.
  public let id: Number<PaymentRecord>
  /// Its locator and byte offset are those of the first place.
  public let record: PaymentRecord
  /// Every place it was read at, by label, never empty.
  public let places: [SourceRef]
}

/// A stated entity as the store shows it: identities of protected persons replaced.
public struct StoredEntity: Hashable, Sendable, Codable {
  public let id: Number<StatedEntity>
  public let entity: StatedEntity
  public let places: [SourceRef]
}

/// An account that some record states and of which no statement was received.
public struct UnseenAccount: Hashable, Sendable, Codable {
  /// The key, or the token of a protected person's account.
  public let key: AccountKey
  /// How many records state it, and where.
  public let records: Int
  public let places: [SourceRef]
}

/// What payment records to read. Everything that is nil admits all.
public struct PaymentSearch: Hashable, Sendable {
  public var kinds: [EntryKind]?
  public var recordTypes: [String]?
  /// Any amount of the record, of whatever role, in minor units of one currency, ends included.
  public var amount: (currency: Currency, range: ClosedRange<Int64>)?
  /// First and last day of execution, else of value.
  public var from: CivilDate?
  public var through: CivilDate?
  /// A reference as stated, by name (`uetr`, `end-to-end`, `sender` …) or of any name.
  public var reference: (name: String?, value: String)?
  /// An account that takes part, by key or token.
  public var account: AccountKey?

  public init() {}

  public static func == (a: Self, b: Self) -> Bool {
    a.kinds == b.kinds && a.recordTypes == b.recordTypes
      && a.amount?.currency == b.amount?.currency && a.amount?.range == b.amount?.range
      && a.from == b.from && a.through == b.through && a.reference?.name == b.reference?.name
      && a.reference?.value == b.reference?.value && a.account == b.account
  }
  public func hash(into hasher: inout Hasher) {
    hasher.combine(kinds)
    hasher.combine(from)
    hasher.combine(through)
    hasher.combine(account)
  }
}

extension Store {
  /// A page of the payment records that a search admits, by key: the same order in every store.
  ///
  /// - Parameters:
  ///   - after: the last record of the page before; nil for the first page.
  ///   - limit: rows of the page, at least 1.
  /// - Complexity: by index for references, accounts and amounts; otherwise O(*n*) in the records.
  public func paymentRecords(
    matching search: PaymentSearch = PaymentSearch(), after last: StoredPayment? = nil,
    limit: Int = 10_000
  ) async throws -> [StoredPayment] {
    precondition(limit > 0, "a page holds at least one record")
    return try await pool.withSession { session in
      try session.query(sql("list_payment_records"), search.values(last, limit)) {
        try Self.payment($0)
      }
    }
  }

  /// Every payment record that a search admits, by key, a page in memory at a time.
  public func forEachPaymentRecord(
    matching search: PaymentSearch = PaymentSearch(), pageSize: Int = 10_000,
    _ body: (StoredPayment) async throws -> Void
  ) async throws {
    var last: StoredPayment?
    while true {
      let page = try await paymentRecords(matching: search, after: last, limit: pageSize)
      for record in page { try await body(record) }
      guard page.count == pageSize else { return }
      last = page.last
    }
  }

  /// A page of the stated entities, by key: the same order in every store.
  ///
  /// - Parameters:
  ///   - schemas: nil for all.
  ///   - space, id: the record's own name, as shown.
  ///   - after: the last entity of the page before.
  /// - Complexity: O(*n*) in the entities of the schemas.
  public func statedEntities(
    schemas: [String]? = nil, space: String? = nil, id: String? = nil,
    after last: StoredEntity? = nil, limit: Int = 10_000
  ) async throws -> [StoredEntity] {
    precondition(limit > 0, "a page holds at least one entity")
    let key = last.flatMap { ContentHash(hex: $0.entity.key) }?.bytes
    return try await pool.withSession { session in
      try session.query(
        sql("list_stated_entities"),
        [
          schemas.map(SQLValue.texts) ?? .null, .optional(space), .optional(id),
          key.map(SQLValue.bytes) ?? .null, .int64(Int64(limit)),
        ]
      ) { try Self.entity($0) }
    }
  }

  /// Accounts that are known from a register, a report or a production set, and of which no statement
  /// was received (formats.md §6, last row), by key.
  public func accountsWithoutStatements() async throws -> [UnseenAccount] {
    try await pool.withSession { session in
      try session.query(sql("list_unstated_accounts")) { row in
        UnseenAccount(
          key: AccountKey(try row.get(0)), records: Int(try row.get(1, as: Int64.self)),
          places: try places(row.get(2)).sorted())
      }
    }
  }

  // MARK: Rows

  private static func payment(_ row: Row) throws -> StoredPayment {
    let places = try places(row.get(4))
    var content = try JSONDecoder().decode(
      StoredContent.self, from: Data(try row.get(2, as: String.self).utf8)
    ).record(
      at: places.first?.locator ?? .line(1), byteOffset: try row.getIfPresent(5),
      key: try row.hash(1).hex)
    if let protected = try row.getIfPresent(3, as: String.self) {
      // Position from 1: token and what the account is called.
      let tokens = try JSONDecoder().decode([Int: [String]].self, from: Data(protected.utf8))
      for (position, words) in tokens where content.parties.indices.contains(position - 1) {
        content.parties[position - 1].accountKey = words.first.map { AccountKey($0) }
        content.parties[position - 1].accountText = words.last
      }
    }
    return StoredPayment(id: try row.id(0), record: content, places: places)
  }

  private static func entity(_ row: Row) throws -> StoredEntity {
    let places = try places(row.get(9))
    let properties: String = try row.get(5)
    return StoredEntity(
      id: try row.id(0),
      entity: StatedEntity(
        locator: places.first?.locator ?? .line(1), schema: try row.get(2), space: try row.get(3),
        id: try row.get(4),
        properties: try JSONDecoder().decode(
          [String: [String]].self, from: Data(properties.utf8)),
        validFrom: try row.day(6), validUntil: try row.day(7), statedOn: try row.day(8),
        key: try row.hash(1).hex),
      places: places)
  }
}

/// Places as the queries give them: a JSON list of `SourceRef`s.
private func places(_ text: String) throws -> [SourceRef] {
  try JSONDecoder().decode([SourceRef].self, from: Data(text.utf8))
}

extension PaymentSearch {
  fileprivate func values(_ last: StoredPayment?, _ limit: Int) -> [SQLValue] {
    let key = last.flatMap { ContentHash(hex: $0.record.key) }?.bytes
    return [
      kinds.map { .texts($0.map(\.rawValue)) } ?? .null,
      recordTypes.map(SQLValue.texts) ?? .null, .optional(amount?.currency.code),
      .optional(amount?.range.lowerBound), .optional(amount?.range.upperBound),
      .optional(day: from?.dayNumber), .optional(day: through?.dayNumber),
      .optional(reference?.name), .optional(reference?.value), .optional(account?.text),
      key.map(SQLValue.bytes) ?? .null, .int64(Int64(limit)),
    ]
  }
}
