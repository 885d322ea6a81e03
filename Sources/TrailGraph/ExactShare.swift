/// A part of a whole as an exact fraction in lowest terms, not negative.
public struct ExactShare: Hashable, Sendable, Comparable, CustomStringConvertible {
  public let numerator: Int128
  public let denominator: Int128

  public static let none = ExactShare(reduced: 0, 1)
  public static let whole = ExactShare(reduced: 1, 1)

  /// Nil unless the numerator is not negative and the denominator above 0.
  public init?(_ numerator: Int64, of denominator: Int64) {
    guard numerator >= 0, denominator > 0 else { return nil }
    let divisor = Self.divisor(Int128(numerator), Int128(denominator))
    self.init(reduced: Int128(numerator) / divisor, Int128(denominator) / divisor)
  }

  /// Nil when negative. 10_000 is the whole.
  public init?(basisPoints: Int64) { self.init(basisPoints, of: 10_000) }

  private init(reduced numerator: Int128, _ denominator: Int128) {
    self.numerator = numerator
    self.denominator = denominator
  }

  /// `1/4`.
  public var description: String { "\(numerator)/\(denominator)" }

  /// The product, exactly; nil when it does not fit 128 bits.
  public func times(_ other: ExactShare) -> ExactShare? {
    // Reduced crosswise first, so that what is multiplied is as small as it can be.
    let first = Self.divisor(numerator, other.denominator)
    let second = Self.divisor(other.numerator, denominator)
    let (above, overflow) = (numerator / first).multipliedReportingOverflow(
      by: other.numerator / second)
    let (below, overflow2) = (denominator / second).multipliedReportingOverflow(
      by: other.denominator / first)
    return overflow || overflow2 ? nil : ExactShare(reduced: above, below)
  }

  /// The sum, exactly; nil when it does not fit 128 bits.
  public func plus(_ other: ExactShare) -> ExactShare? {
    let divisor = Self.divisor(denominator, other.denominator)
    let (left, overflow) = numerator.multipliedReportingOverflow(by: other.denominator / divisor)
    let (right, overflow2) = other.numerator.multipliedReportingOverflow(by: denominator / divisor)
    let (sum, overflow3) = left.addingReportingOverflow(right)
    let (below, overflow4) = (denominator / divisor).multipliedReportingOverflow(
      by: other.denominator)
    guard !overflow, !overflow2, !overflow3, !overflow4 else { return nil }
    let common = Self.divisor(sum, below)
    return ExactShare(reduced: sum / common, below / common)
  }

  public static func < (a: ExactShare, b: ExactShare) -> Bool {
    // a/b < c/d by whole parts and remainders, which cannot overflow (Euclid's continued fractions).
    var (a, b) = (a, b)
    var isTurned = false
    while true {
      let (x, restX) = a.numerator.quotientAndRemainder(dividingBy: a.denominator)
      let (y, restY) = b.numerator.quotientAndRemainder(dividingBy: b.denominator)
      if x != y { return (x < y) != isTurned }
      if restX == 0 || restY == 0 { return restX == restY ? false : (restX == 0) != isTurned }
      a = ExactShare(reduced: a.denominator, restX)
      b = ExactShare(reduced: b.denominator, restY)
      isTurned.toggle()
    }
  }

  /// The greatest common divisor; at least 1.
  private static func divisor(_ a: Int128, _ b: Int128) -> Int128 {
    var (a, b) = (a, b)
    while b != 0 { (a, b) = (b, a % b) }
    return max(a, 1)
  }
}
