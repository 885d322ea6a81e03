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
    // No product exceeds whole × total: where that fits 64 bits, the same arithmetic in 64 bits is
    // several times faster.
    if let narrow = Int64(exactly: total), !whole.multipliedReportingOverflow(by: narrow).overflow {
      return parts(of: whole, over: weights, total: narrow)
    }
    return parts(of: Int128(whole), over: weights, total: total)
  }

  /// The rule in integers that hold `whole` × `total`.
  private static func parts<Wide: FixedWidthInteger>(
    of whole: Wide, over weights: [Int64], total: Wide
  ) -> [Int64] {
    var parts = weights
    var left = whole
    withUnsafeTemporaryAllocation(of: (remainder: Wide, index: Int).self, capacity: weights.count) {
      room in
      var count = 0
      for (index, weight) in weights.enumerated() {
        let (quotient, remainder) = (whole * Wide(weight)).quotientAndRemainder(dividingBy: total)
        parts[index] = Int64(quotient)
        left -= quotient
        if remainder > 0 {
          room.initializeElement(at: count, to: (remainder, index))
          count += 1
        }
      }
      guard left > 0 else { return }
      var remainders = UnsafeMutableBufferPointer(rebasing: room[..<count])
      remainders.sort {
        $0.remainder != $1.remainder ? $0.remainder > $1.remainder : $0.index < $1.index
      }
      for place in 0..<Int(left) { parts[remainders[place].index] += 1 }
    }
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
