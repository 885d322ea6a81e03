/// Exact division of whole units among weights: the parts always sum to the whole.
public enum Split {
  /// Splits `whole` minor units in proportion to `weights` by largest remainder.
  ///
  /// Each part is first rounded down; the units left over go one each to the largest remainders,
  /// ties to the earlier weight. Source: confiscation.md §4.2, TR-03 (rounding at class level).
  ///
  /// - Parameters:
  ///   - whole: minor units to share out, not negative.
  ///   - weights: not negative; their sum must be positive unless `whole` is zero.
  /// - Returns: one part a weight, in the same order, summing to `whole`. When `whole` does not
  ///   exceed the sum of the weights, no part exceeds its weight.
  /// - Complexity: O(*n* log *n*) in the number of weights.
  public static func largestRemainder(_ whole: Int64, over weights: [Int64]) -> [Int64] {
    precondition(whole >= 0, "a negative amount has no parts")
    precondition(weights.allSatisfy { $0 >= 0 }, "a weight is negative")
    guard whole > 0 else { return weights.map { _ in 0 } }
    var total: Int128 = 0
    for weight in weights { total += Int128(weight) }
    precondition(total > 0, "nothing to split by")
    var parts: [Int64] = []
    parts.reserveCapacity(weights.count)
    var remainders: [(remainder: Int128, index: Int)] = []
    var left = whole
    for (index, weight) in weights.enumerated() {
      let (quotient, remainder) = (Int128(whole) * Int128(weight)).quotientAndRemainder(
        dividingBy: total)
      parts.append(Int64(quotient))
      left -= Int64(quotient)
      if remainder > 0 { remainders.append((remainder, index)) }
    }
    if left > 0 {
      remainders.sort {
        $0.remainder != $1.remainder ? $0.remainder > $1.remainder : $0.index < $1.index
      }
      for (_, index) in remainders.prefix(Int(left)) { parts[index] += 1 }
    }
    assert(parts.reduce(Int128(0)) { $0 + Int128($1) } == Int128(whole))
    return parts
  }
}

/// How a division that does not come out even is settled. Every division in the program names one.
public enum Rounding: String, Sendable, Codable {
  /// To the nearest unit, halves away from zero.
  case halfUp
  /// Towards zero.
  case down

  /// `numerator / denominator` under this rounding. The denominator must be positive.
  public func quotient(_ numerator: Int128, by denominator: Int128) -> Int128 {
    precondition(denominator > 0, "the denominator must be positive")
    let (quotient, remainder) = numerator.quotientAndRemainder(dividingBy: denominator)
    switch self {
    case .down: return quotient
    case .halfUp:
      let doubled = remainder.magnitude * 2
      guard doubled >= denominator.magnitude else { return quotient }
      return numerator < 0 ? quotient - 1 : quotient + 1
    }
  }
}
