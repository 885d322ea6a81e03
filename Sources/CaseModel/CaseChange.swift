// What a what-if changes about the facts of a case. The case itself is never changed.

/// A question to a case: how would the trace look if some facts were others (experience.md N11)?
public struct WhatIf: Hashable, Sendable, Codable {
  public var title: String
  /// Applied one after the other, in this order.
  public var changes: [CaseChange]

  public init(title: String, changes: [CaseChange]) {
    self.title = title
    self.changes = changes
  }
}

/// One change of one fact.
public struct CaseChange: Hashable, Sendable, Codable {
  /// How much of the receipts of a class counts.
  public enum Portion: String, Hashable, Sendable, Codable, CaseIterable {
    /// At most the amount of each receipt.
    case each
    /// At most the amount of all receipts together, the earliest first.
    case total
  }

  /// What a person has to do with an account.
  public enum Tie: String, Hashable, Sendable, Codable, CaseIterable {
    case holds, controls
  }

  public enum Kind: Hashable, Sendable, Codable {
    /// Of a tainted class only so much counts; what lies beyond becomes a clean class of its own.
    case seed(SourceClassCode, Money, Portion)
    /// A class is tainted, or is not.
    case characterise(SourceClassCode, isTainted: Bool)
    /// The receipts a selector means belong to a class.
    case assign(EntrySelector, SourceClassCode)
    case ownership(PersonCode, Tie, AccountKey, isAdded: Bool)
    /// A file, by its mark or name: what was read from it goes, and facts that cite it.
    case excludeExhibit(String)
    case excludeEntries(EntrySelector)
  }

  public var kind: Kind
  /// Where it is written.
  public var source: SourceRef

  public init(_ kind: Kind, source: SourceRef) {
    self.kind = kind
    self.source = source
  }
}

extension CaseChange: CustomStringConvertible {
  /// In words, without account numbers.
  public var description: String {
    switch kind {
    case .seed(let code, let limit, .each): "of each receipt of \(code) at most \(limit) counts"
    case .seed(let code, let limit, .total):
      "of all receipts of \(code) together at most \(limit) counts"
    case .characterise(let code, let isTainted):
      "\(code) is \(isTainted ? "tainted" : "not tainted")"
    case .assign(_, let code): "chosen receipts belong to \(code)"
    case .ownership(let person, let tie, _, let isAdded):
      isAdded
        ? "\(person) \(tie.rawValue) one more account"
        : "\(person) no longer \(tie.rawValue) an account"
    case .excludeExhibit(let label): "\(label) is left out"
    case .excludeEntries: "chosen entries are left out"
    }
  }
}
