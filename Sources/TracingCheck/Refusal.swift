// Why something could not be checked.

/// What is wrong, where, and what to do.
public struct Refusal: Error, Equatable, Sendable, CustomStringConvertible {
  public enum Reason: Equatable, Sendable {
    case malformed(String)
    case missing(String)
    case unknown(kind: String, name: String)
    case negative(String)
    case overflow
    case beforeOpening(String)
    case exceedsOriginal
    case emptyAsset(String)
    case mixedCurrencies(String)
    case noRate
  }
  public let reason: Reason
  public let place: String
  public let remedy: String

  public init(_ reason: Reason, at place: String, remedy: String) {
    self.reason = reason
    self.place = place
    self.remedy = remedy
  }

  /// The same refusal with the surrounding place named first.
  public func within(_ outer: String) -> Refusal {
    Refusal(reason, at: "\(outer), \(place)", remedy: remedy)
  }

  /// An example that states nothing to compare would pass whatever is computed.
  static func noFigure(remedy: String) -> Refusal {
    Refusal(
      .malformed("no figure is stated, so nothing would be compared"), at: "'expected'",
      remedy: remedy)
  }

  public var description: String { "\(place): \(what) — \(remedy)" }

  private var what: String {
    switch reason {
    case .malformed(let text): text
    case .missing(let name): "'\(name)' is missing"
    case .unknown(let kind, let name): "no \(kind) is called '\(name)'"
    case .negative(let name): "\(name) is negative"
    case .overflow: "an amount leaves 64 bits of minor units"
    case .beforeOpening(let day): "the step lies before the account's opening on \(day)"
    case .exceedsOriginal: "more is reversed than was paid"
    case .emptyAsset(let name): "asset '\(name)' holds nothing"
    case .mixedCurrencies(let name): "asset '\(name)' was paid for in more than one currency"
    case .noRate: "two currencies and no credited amount"
    }
  }
}
