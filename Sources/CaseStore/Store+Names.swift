public import CaseModel
import Foundation
import Postgres

/// What a person decided, as the store keeps it. The latest about a subject holds; none is ever removed.
public struct Decision: Hashable, Sendable, Codable {
  /// What was decided about, such as `party:` and two references.
  public let subject: String
  public let verdict: String
  public let reason: String
  public let author: String
  /// When it was written down, UTC, as the server knew it.
  public let decidedAt: String
}

/// A name that statements or entries give to an account, or give alone.
public struct NamedParty: Hashable, Sendable {
  /// The account it stands at; nil when the records name none.
  public let account: AccountKey?
  /// As the case team may see it.
  public let name: String
  /// True when a statement names the holder so, false when entries of others alone do.
  public let isHolder: Bool
  /// The first place as holder and the first as other side.
  public let places: [SourceRef]
}

extension Store {
  /// Every name at every account, by account, then name; those without an account last.
  ///
  /// - Parameter limit: at most so many rows.
  /// - Complexity: O(*n* log *n*) in the places of entries, on the server.
  public func namedParties(limit: Int) async throws -> [NamedParty] {
    try await pool.withSession { session in
      try session.query(sql("list_named_parties"), [.int64(Int64(limit))]) { row in
        NamedParty(
          account: try row.getIfPresent(0, as: String.self).map { AccountKey($0) },
          name: try row.get(1), isHolder: try row.get(2),
          places: try JSONDecoder().decode(
            [SourceRef].self, from: Data(try row.get(3, as: String.self).utf8)
          ).sorted())
      }
    }
  }

  /// The latest decision about each subject that begins with a prefix, by subject.
  public func decisions(about prefix: String) async throws -> [Decision] {
    try await pool.withSession { session in
      try session.query(sql("list_decisions"), [.text(prefix)]) { row in
        Decision(
          subject: try row.get(0), verdict: try row.get(1), reason: try row.get(2),
          author: try row.get(3), decidedAt: try row.get(4))
      }
    }
  }

  /// The greatest number of names that are compared by their letters in one go. Our own bound: each name
  /// asks the index once, and a store of more names must be searched by name instead.
  public static let alikeNamesMax = 50_000

  /// Pairs of places in `keys` whose texts share at least six tenths of their letter groups, ascending.
  /// Equal texts are not listed: they are found without letters.
  ///
  /// PostgreSQL's `pg_trgm`; 0.6 is its figure for names of people, our own choice (stack.md §10).
  /// - Complexity: one question to a trigram index a name.
  public func alikeNames(_ keys: [String]) async throws -> [(Int, Int)] {
    guard keys.count > 1 else { return [] }
    return try await pool.withSession { session in
      try session.transaction {
        try session.execute(sql("create_party_names"))
        try session.copyIn(sql("copy_party_names")) { writer in
          for (place, key) in keys.enumerated() {
            try writer.row(2)
            try writer.int32(Int32(place))
            try writer.text(storable(key))
          }
        }
        try session.execute(sql("index_party_names"))
        _ = try session.query(sql("set_letter_threshold"), [.text("0.6")]) { _ in () }
        return try session.query(sql("list_alike_names")) {
          (Int(try $0.get(0, as: Int32.self)), Int(try $0.get(1, as: Int32.self)))
        }
      }
    }
  }
}
