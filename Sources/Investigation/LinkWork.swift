public import CaseModel
public import CaseStore
import Foundation
public import Linking

/// Joins the two ends of the matching: the store's entries and decisions, and the links it keeps.
public struct LinkWork: Sendable {
  let store: Store

  public init(_ store: Store) { self.store = store }

  /// Matches everything anew and keeps what changed. A second run changes nothing.
  ///
  /// - Complexity: near-linear in entries and payment records, all of which are held in memory.
  @discardableResult
  public func find(policy: LinkPolicy = LinkPolicy()) async throws -> LinkReport {
    var records: [PaymentRecord] = []
    try await store.forEachPaymentRecord { records.append($0.record) }
    return try await find(records: records, policy: policy)
  }

  /// The same with the payment records given.
  @discardableResult
  public func find(
    records: [PaymentRecord], policy: LinkPolicy = LinkPolicy()
  ) async throws -> LinkReport {
    try await store.relink { entries, decisions in
      var verdicts: [LinkIdentity: LinkVerdict] = [:]
      for (identity, word) in decisions {
        verdicts[LinkIdentity(text: identity)] = LinkVerdict(rawValue: word)
      }
      let result = findLinks(
        in: LinkInput(
          legs: entries.map(Self.leg), records: records, decisions: verdicts, policy: policy))
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      return LinksToKeep(
        links: try result.links.map { try Self.kept($0, encoder) },
        crowded: result.crowded.count, waiting: result.waiting.count)
    }
  }

  /// What a kept link says.
  public static func read(_ kept: KeptLink) throws -> Link {
    try JSONDecoder().decode(Link.self, from: Data(kept.content.utf8))
  }

  private static func leg(_ entry: LinkingEntry) -> Leg {
    Leg(
      key: entry.key, kind: entry.kind, account: entry.account, counterparty: entry.counterparty,
      counterpartyName: entry.counterpartyName, ownerName: entry.ownerName, amount: entry.amount,
      original: entry.original, exchangeRate: entry.exchangeRate, bookedOn: entry.bookedOn,
      valueOn: entry.valueOn, isReversal: entry.isReversal, isFee: entry.channel == .fee,
      references: entry.references,
      places: entry.places.map { LinePlace(file: $0.file.hex, position: $0.position) })
  }

  private static func kept(_ link: Link, _ encoder: JSONEncoder) throws -> LinkToKeep {
    LinkToKeep(
      identity: link.identity.text, kind: link.kind.rawValue, status: link.status.rawValue,
      evidence: link.evidence.name,
      members: link.from.map { LinkToKeep.Member(isFrom: true, key: $0.key.text) }
        + link.to.map { LinkToKeep.Member(isFrom: false, key: $0.key.text) },
      content: String(decoding: try encoder.encode(link), as: UTF8.self))
  }
}
