import CaseModel
import Digests
import Foundation
import Postgres

extension Store {
  /// Keeps a matter and the case sheet it was read from.
  ///
  /// Accounts that victims hold are sealed at once: from then on their keys and numbers are shown as
  /// tokens, in the matter as in the entries. The same sheet again changes nothing; a new version of it
  /// becomes the one that stands.
  public func saveMatter(_ matter: Matter, sheet: ReceivedFile, bytes: [UInt8], program: String)
    async throws
  {
    let accounts = ProtectedAccount.all(in: matter)
    var document = try Self.encoded(matter)
    for account in accounts {
      // A whole JSON string is replaced, never a part of one.
      document = document.replacingOccurrences(
        of: try Self.encoded(account.key), with: try Self.encoded(account.token))
    }
    let masked = document
    let input = ImportInput(
      file: sheet, bytes: bytes, program: program, recordsRead: 0)
    guard ContentHash(of: bytes) == sheet.sha256 else {
      throw StoreError.fileMismatch(name: sheet.name)
    }
    try await pool.withSession { session in
      try session.transaction {
        var writer = ImportWriter(session, input)
        let file = try writer.write().file
        try Self.seal(session, matter.code, accounts.map(\.identity))
        try Self.protect(session, matter.code, accounts)
        let id = try session.first(
          sql("insert_matter"),
          [.text(matter.code.text), .int64(file.value), .json(storable(masked))]
        ) { try $0.get(0, as: Int64.self) }
        guard let id else { return }
        try Self.insertParts(session, matter, id)
      }
    }
  }

  /// Seals identities, and the sheet that lists them. They can be used for masking, and not be read.
  public func saveSealed(
    _ identities: [SealedIdentity], matter: MatterCode, sheetName: String, bytes: [UInt8]
  ) async throws {
    try await saveSealed(
      identities, accounts: [], matter: matter, sheetName: sheetName, bytes: bytes)
  }

  func saveSealed(
    _ identities: [SealedIdentity], accounts: [ProtectedAccount], matter: MatterCode,
    sheetName: String, bytes: [UInt8]
  ) async throws {
    try await pool.withSession { session in
      try session.transaction {
        try Self.seal(session, matter, identities)
        try Self.protect(session, matter, accounts)
        try session.execute(
          sql("add_sealed_sheet"), [.text(matter.text), .text(sheetName), .bytes(bytes)])
      }
    }
  }

  /// The matter as its last sheet states it.
  /// - Throws: `StoreError.matterMissing`.
  public func matter(_ code: MatterCode) async throws -> Matter {
    try await pool.withSession { try Self.readMatter($0, code) }
  }

  /// The codes of all matters, in byte order.
  public func matters() async throws -> [MatterCode] {
    try await pool.withSession { session in
      try session.query(sql("list_matters")) { MatterCode(try $0.get(0)) }
    }
  }

  /// A text as it may be shown: sealed identities replaced.
  public func masked(_ text: String) async throws -> String {
    try await pool.withSession { session in
      try session.first(sql("mask_text"), [.text(storable(text))]) { try $0.get(0) } ?? ""
    }
  }

  // MARK: Parts

  private static func protect(
    _ session: Session, _ matter: MatterCode, _ accounts: [ProtectedAccount]
  ) throws {
    guard !accounts.isEmpty else { return }
    try session.execute(
      sql("protect_accounts"),
      [
        .text(matter.text), .texts(accounts.map(\.person.text)),
        .byteStrings(accounts.map { ContentHash(of: $0.key.text).bytes }),
        .texts(accounts.map(\.token.text)), .texts(accounts.map(\.display)),
      ])
  }

  private static func seal(
    _ session: Session, _ matter: MatterCode, _ identities: [SealedIdentity]
  ) throws {
    for identity in identities where !identity.hasPlainReplacement {
      throw StoreError.unusableReplacement(person: identity.person)
    }
    guard !identities.isEmpty else { return }
    try session.execute(
      sql("add_identities"),
      [
        .text(matter.text), .texts(identities.map(\.person.text)),
        .texts(identities.map(\.kind.rawValue)), .texts(identities.map { storable($0.value) }),
        .texts(identities.map { storable($0.pattern) }),
        .texts(identities.map { storable($0.parts.joined(separator: "\n")) }),
        .texts(identities.map(\.replacement)),
      ])
  }

  private static func insertParts(_ session: Session, _ matter: Matter, _ id: Int64) throws {
    for person in matter.persons {
      try session.execute(
        sql("insert_matter_person"),
        [
          .int64(id), .text(person.code.text), .text(storable(person.displayName)),
          .bool(person.isLegalPerson), .texts(person.roles.map(\.role.rawValue)),
        ])
    }
    for item in matter.property {
      try session.execute(
        sql("insert_matter_property"),
        [
          .int64(id), .text(item.code.text), .text(item.kind),
          .text(storable(item.description)),
        ])
    }
    for event in matter.events {
      try session.execute(
        sql("insert_matter_event"),
        [
          .int64(id), .text(event.code.text), .text(event.kind),
          .date(event.period.first.dayNumber), .date(event.period.last.dayNumber),
        ])
    }
  }

  static func readMatter(_ session: Session, _ code: MatterCode) throws -> Matter {
    let document = try session.first(sql("find_matter"), [.text(code.text)]) {
      try $0.get(0, as: String.self)
    }
    guard let document else { throw StoreError.matterMissing(code) }
    return try JSONDecoder().decode(Matter.self, from: Data(document.utf8))
  }

  /// JSON with sorted keys: the same value gives the same bytes.
  static func encoded(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }
}
