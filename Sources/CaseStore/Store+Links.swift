import CaseModel
import Digests
import Postgres

/// An entry as the matching of links reads it: masked texts, the key of either account.
public struct LinkingEntry: Sendable, Hashable {
  /// The content key: 32 hexadecimal digits.
  public let key: String
  public let kind: EntryKind
  public let account: AccountKey
  public let counterparty: AccountKey?
  public let amount: Money
  public let bookedOn: CivilDate?
  public let valueOn: CivilDate?
  public let isReversal: Bool
  public let channel: Channel
  public let counterpartyName: String?
  public let ownerName: String?
  public let references: [String: String]
  public let original: Money?
  public let exchangeRate: String?
  /// Where the line stands, when files that do not share it have another of its account, day and amount.
  public let places: [LinkingPlace]
}

/// A standing file that shows an entry, and the entry's place among those of the file.
public struct LinkingPlace: Sendable, Hashable {
  public let file: ContentHash
  public let position: Int
}

/// A link as the matching found it, for the store to keep.
public struct LinkToKeep: Sendable, Hashable {
  public struct Member: Sendable, Hashable {
    public let isFrom: Bool
    /// `entry:` or `record:` and the content key.
    public let key: String
    public init(isFrom: Bool, key: String) {
      self.isFrom = isFrom
      self.key = key
    }
  }
  /// Kind and members' keys, the same in every store.
  public let identity: String
  public let kind: String
  public let status: String
  public let evidence: String
  public let members: [Member]
  /// All that the link says, as JSON with sorted keys.
  public let content: String

  public init(
    identity: String, kind: String, status: String, evidence: String, members: [Member],
    content: String
  ) {
    self.identity = identity
    self.kind = kind
    self.status = status
    self.evidence = evidence
    self.members = members
    self.content = content
  }
}

/// What one matching gives to be kept, and what it left out.
public struct LinksToKeep: Sendable {
  public let links: [LinkToKeep]
  /// Entries with more possible partners than are compared: only references match them.
  public let crowded: Int
  /// Decisions about links that the records do not offer.
  public let waiting: Int

  public init(links: [LinkToKeep], crowded: Int, waiting: Int) {
    self.links = links
    self.crowded = crowded
    self.waiting = waiting
  }
}

/// What one matching changed in the store.
public struct LinkReport: Sendable, Hashable, Codable {
  /// Links that are new or say something new.
  public var added: Int
  /// Links that no longer hold, or held otherwise.
  public var withdrawn: Int
  /// Links that stand, by status.
  public var byStatus: [String: Int]
  /// Transfers made and withdrawn because of links.
  public var transfersAdded: Int
  public var transfersWithdrawn: Int
  /// Entries with more possible partners than are compared, and decisions that no record offers a link for.
  public var crowded = 0
  public var waiting = 0
}

extension Store {
  /// Matches everything anew and keeps what changed, in one transaction that no import can come between.
  ///
  /// Links that hold as they stand are left alone, so a second run adds nothing. Links that do not are
  /// withdrawn, each by a record of its own. Matched pairs of legs with one amount become transfers, and
  /// transfers that the links do not hold are withdrawn.
  ///
  /// - Parameter find: the matching; pure. It gets the entries in the order of their keys and the standing
  ///   decisions by identity, and gives each link once.
  /// - Throws: what `find` throws; `StoreError`, `PostgresError`. Then nothing is changed.
  /// - Complexity: O(*n*) in the entries, held in memory.
  public func relink(
    _ find: @escaping @Sendable ([LinkingEntry], [String: String]) throws -> LinksToKeep
  ) async throws -> LinkReport {
    try await pool.withSession { session in
      try session.transaction {
        try session.execute(sql("lock_imports"))
        let (entries, numbers) = try Self.linkingEntries(session)
        let decisions = try session.query(sql("standing_link_decisions")) { row in
          (try row.get(0, as: String.self), try row.get(1, as: String.self))
        }
        let found = try find(entries, Dictionary(uniqueKeysWithValues: decisions))
        var report = try Self.keep(found.links, numbers, session)
        report.transfersWithdrawn = try session.execute(sql("withdraw_link_transfers"))
        report.transfersAdded = try session.execute(sql("insert_link_transfers"))
        report.crowded = found.crowded
        report.waiting = found.waiting
        return report
      }
    }
  }

  private static func linkingEntries(_ session: Session) throws
    -> ([LinkingEntry], [String: Int64])
  {
    let currencies = try CurrencyTable(session)
    var numbers: [String: Int64] = [:]
    let places = try repeatedPlaces(session)
    let entries = try session.query(sql("list_linking_entries")) { row in
      let key = hexadecimal(try row.get(1, as: [UInt8].self))
      let number = try row.get(0, as: Int64.self)
      numbers[key] = number
      let kind: String = try row.get(2)
      let channel = try row.get(10, as: Int64.self)
      let originalCode = try row.getIfPresent(16, as: String.self)
      let original = try row.getIfPresent(15, as: Int64.self)
      var references = try row.getIfPresent(13, as: String.self).map(JSONPairs.read) ?? [:]
      references["servicer"] =
        try references["servicer"] ?? row.getIfPresent(14, as: String.self)
      return LinkingEntry(
        key: key, kind: EntryKind(rawValue: kind) ?? .info,
        account: AccountKey(try row.get(3)),
        counterparty: try row.getIfPresent(4, as: String.self).map { AccountKey($0) },
        amount: Money(
          minorUnits: try row.get(5), currency: try currencies.currency(try row.get(6))),
        bookedOn: try row.day(7), valueOn: try row.day(8), isReversal: try row.get(9),
        channel: Channel(number: UInt8(clamping: channel)),
        counterpartyName: try row.getIfPresent(11), ownerName: try row.getIfPresent(12),
        references: references,
        original: original.flatMap { minor in
          originalCode.flatMap { Currency(iso: $0) ?? currencies.byCode[$0] }
            .map { Money(minorUnits: minor, currency: $0) }
        }, exchangeRate: try row.getIfPresent(17), places: places[number] ?? [])
    }
    return (entries, numbers)
  }

  /// By entry, where it stands; of entries that another may repeat.
  private static func repeatedPlaces(_ session: Session) throws -> [Int64: [LinkingPlace]] {
    var places: [Int64: [LinkingPlace]] = [:]
    for (entry, place) in try session.query(
      sql("list_repeated_places"),
      row: { row in
        (
          try row.get(0, as: Int64.self),
          LinkingPlace(file: try row.hash(1), position: Int(try row.get(2, as: Int64.self)))
        )
      })
    {
      places[entry, default: []].append(place)
    }
    return places
  }

  /// Withdraws what no longer holds, adds what is new.
  private static func keep(
    _ links: [LinkToKeep], _ numbers: [String: Int64], _ session: Session
  ) throws -> LinkReport {
    let given = links.map { link in
      (link: link, key: ContentHash(of: link.identity), content: ContentHash(of: link.content))
    }
    let wanted = Dictionary(given.map { ($0.key, $0.content) }, uniquingKeysWith: { a, _ in a })
    precondition(wanted.count == given.count, "a link was given twice")
    var standing: Set<ContentHash> = []
    var stale: [Int64] = []
    for (id, key, content) in try session.query(
      sql("list_active_links"),
      row: { (try $0.get(0, as: Int64.self), try $0.hash(1), try $0.hash(2)) })
    {
      if wanted[key] == content { standing.insert(key) } else { stale.append(id) }
    }
    if !stale.isEmpty {
      try session.execute(
        sql("withdraw_links"), [.int64s(stale), .text("the records now say otherwise")])
    }
    let fresh = given.filter { !standing.contains($0.key) }
    for start in stride(from: 0, to: fresh.count, by: batchSize) {
      try add(fresh[start..<min(start + batchSize, fresh.count)], numbers, session)
    }
    return LinkReport(
      added: fresh.count, withdrawn: stale.count,
      byStatus: Dictionary(grouping: links, by: \.status).mapValues(\.count), transfersAdded: 0,
      transfersWithdrawn: 0)
  }

  /// Links sent with one statement: bounds the memory of the parameters.
  private static let batchSize = 5_000

  private static func add(
    _ links: ArraySlice<(link: LinkToKeep, key: ContentHash, content: ContentHash)>,
    _ numbers: [String: Int64], _ session: Session
  ) throws {
    try session.execute(
      sql("insert_links"),
      [
        .texts(links.map(\.link.identity)), .byteStrings(links.map(\.key.bytes)),
        .texts(links.map(\.link.kind)), .texts(links.map(\.link.status)),
        .texts(links.map(\.link.evidence)), .texts(links.map { storable($0.link.content) }),
        .byteStrings(links.map(\.content.bytes)),
      ])
    var keys: [[UInt8]] = []
    var (sides, positions): ([Int32], [Int32]) = ([], [])
    var members: [String] = []
    var entries: [Int64] = []
    for one in links {
      for (position, member) in one.link.members.enumerated() {
        keys.append(one.key.bytes)
        sides.append(member.isFrom ? 1 : 0)
        positions.append(Int32(position))
        members.append(member.key)
        var entry: Int64 = 0
        if member.key.hasPrefix("entry:") {
          guard let number = numbers[String(member.key.dropFirst(6))] else {
            throw StoreError.unknownSource("link \(one.key.hex.prefix(12))")
          }
          entry = number
        }
        entries.append(entry)
      }
    }
    try session.execute(
      sql("insert_link_members"),
      [
        .byteStrings(keys), .int32s(sides), .int32s(positions), .texts(members), .int64s(entries),
      ])
  }
}
