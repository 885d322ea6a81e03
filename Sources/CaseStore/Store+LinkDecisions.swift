import CaseModel
import Digests
import Postgres

/// `L-` and twelve digits of the hash of a link's identity.
public typealias LinkCode = Code<LinkToKeep>

extension Code where Kind == LinkToKeep {
  public init(of hash: ContentHash) { self.init("L-" + hash.hex.prefix(12)) }
}

/// A link as the store keeps it.
public struct KeptLink: Sendable, Hashable, Codable {
  public let code: LinkCode
  public let identity: String
  public let kind: String
  public let status: String
  public let evidence: String
  /// All that the link says, as JSON.
  public let content: String
  /// The word of a person that stands about it: `accept` or `refuse`.
  public let verdict: String?
}

/// What a person decided about a link. The author's and reason's words are masked.
public struct LinkDecision: Sendable, Hashable, Codable {
  public enum Verdict: String, Sendable, Codable, CaseIterable {
    case accept, refuse
    /// Takes the decision that stands back.
    case undo
  }
  public let link: LinkCode
  public let identity: String
  public let verdict: Verdict
  public let author: String
  public let reason: String
  /// As the server wrote it down.
  public let decidedAt: String
}

extension Store {
  /// The links that stand, by the first day of their members and their keys.
  public func links(kind: String? = nil, status: String? = nil) async throws -> [KeptLink] {
    try await pool.withSession { session in
      try session.query(
        sql("list_links"), [.optional(kind), .optional(status), .null], row: Self.keptLink)
    }
  }

  /// The link with a code, or with the first digits of its hash.
  /// - Throws: `StoreError.unknownLink` when none has it, or more than one has.
  public func link(_ code: String) async throws -> KeptLink {
    let digits = code.hasPrefix("L-") ? String(code.dropFirst(2)) : code
    guard (6...64).contains(digits.utf8.count),
      digits.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) })
    else { throw StoreError.unknownLink(code) }
    let found = try await pool.withSession { session in
      try session.query(sql("list_links"), [.null, .null, .text(digits)], row: Self.keptLink)
    }
    guard let first = found.first, found.count == 1 else { throw StoreError.unknownLink(code) }
    return first
  }

  private static func keptLink(_ row: Row) throws -> KeptLink {
    KeptLink(
      code: LinkCode(of: try row.hash(0)), identity: try row.get(1), kind: try row.get(2),
      status: try row.get(3), evidence: try row.get(4), content: try row.get(5),
      verdict: try row.getIfPresent(6))
  }

  /// Keeps a decision about a link under its content, whether the store holds the link or not. It takes
  /// effect with the next `relink`; the last word about a link counts.
  public func decide(
    link identity: String, _ verdict: LinkDecision.Verdict, author: String, reason: String
  ) async throws {
    let hash = ContentHash(of: identity)
    _ = try await pool.withSession { session in
      try session.execute(
        sql("insert_link_decision"),
        [
          .text(identity), .bytes(hash.bytes), .text(verdict.rawValue), .text(storable(author)),
          .text(storable(reason)),
        ])
    }
  }

  /// What people decided about one link, or about all, in the order they did.
  public func linkDecisions(about identity: String? = nil) async throws -> [LinkDecision] {
    let hash = identity.map { ContentHash(of: $0).bytes }
    return try await pool.withSession { session in
      try session.query(
        sql("list_link_decisions"), [hash.map { SQLValue.bytes($0) } ?? .null]
      ) { row in
        let verdict: String = try row.get(2)
        return LinkDecision(
          link: LinkCode(of: try row.hash(0)), identity: try row.get(1),
          verdict: LinkDecision.Verdict(rawValue: verdict) ?? .undo, author: try row.get(3),
          reason: try row.get(4), decidedAt: try row.get(5))
      }
    }
  }
}
