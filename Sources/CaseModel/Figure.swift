/// An amount in a document together with every line it rests on.
///
/// There is no way to make a figure without a source: what cannot be explained cannot be printed.
public struct Figure: Hashable, Sendable, Codable {
  public let amount: Money
  /// What the amount is, in words: `traced into A-01 under lowest intermediate balance`.
  public let label: String
  /// How it came about: `sum of 12 entries`, `largest-remainder share of entry PX-003 line 214`.
  public let derivation: String
  /// Sorted, without repetition, never empty.
  public let sources: [SourceRef]

  public init(
    _ amount: Money, label: String, derivation: String, from first: SourceRef,
    _ rest: [SourceRef] = []
  ) {
    self.amount = amount
    self.label = label
    self.derivation = derivation
    sources = Set([first] + rest).sorted()
  }

  /// Nil when there is no source.
  public init?(_ amount: Money, label: String, derivation: String, from sources: [SourceRef]) {
    guard let first = sources.first else { return nil }
    self.init(amount, label: label, derivation: derivation, from: first, Array(sources.dropFirst()))
  }
}

extension Sequence where Element == Figure {
  /// The exact sum with the sources of all parts; nil for an empty sequence. One currency only.
  public func total(label: String) -> Figure? {
    let parts = Array(self)
    guard let first = parts.first else { return nil }
    return Figure(
      parts.map(\.amount).sum(in: first.amount.currency), label: label,
      derivation: "sum of \(parts.count) figures", from: parts.flatMap(\.sources))
  }
}
