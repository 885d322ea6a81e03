/// A provision of law or another authority, with its dated text and how sure we are of it.
public struct Citation: Hashable, Sendable, Codable {
  /// Grade of confiscation.md: H seen in a stored text, M well known, L weak. M and L print as
  /// unverified until a named lawyer signs the profile.
  public enum Confidence: String, Sendable, Codable { case high = "H", medium = "M", low = "L" }

  /// Such as `Proceeds of Crime Act 2002, s. 76(4)`.
  public let text: String
  public let confidence: Confidence
  /// The first day the cited text applied, when the profile states it.
  public let validFrom: CivilDate?

  public init(_ text: String, confidence: Confidence, validFrom: CivilDate? = nil) {
    self.text = text
    self.confidence = confidence
    self.validFrom = validFrom
  }

  public var isUnverified: Bool { confidence != .high }
}
