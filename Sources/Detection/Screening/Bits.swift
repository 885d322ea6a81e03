/// How surprising something is, as a whole number of 1/1024 of a bit: ten bits = one chance in 1,024.
///
/// Chances multiply over the members of a shape, so their logarithms add. Whole numbers and one table
/// keep the sums equal on every machine.
enum Bits {
  static let one = 1024
  /// log2(e), rounded to the nearest 1/1024.
  private static let perNat = 1477

  /// log2(1 + i/1024) for i in 0..<1024, each rounded down: the square of the mantissa gives one binary
  /// digit of the logarithm after the other.
  private static let table: [Int] = (0..<1024).map { index in
    var mantissa = UInt64(1024 + index) << 20  // 2^30 stands for one
    var result = 0
    for _ in 0..<10 {
      mantissa = (mantissa * mantissa) >> 30
      result <<= 1
      if mantissa >= 1 << 31 {
        mantissa >>= 1
        result |= 1
      }
    }
    return result
  }

  /// log2 of a whole number, rounded down to 1/512 of a bit at worst; of nothing and of one it is zero.
  static func log2(_ value: Int) -> Int {
    guard value > 1 else { return 0 }
    let exponent = Int.bitWidth - 1 - value.leadingZeroBitCount
    let rest =
      exponent >= 10 ? (value >> (exponent - 10)) & 1023 : (value << (10 - exponent)) & 1023
    return exponent * one + table[rest]
  }

  private static let factorials: [Int] = {
    var sums = [0]
    for number in 1...4096 { sums.append((sums.last ?? 0) + log2(number)) }
    return sums
  }()

  /// log2 of n!; beyond 4,096 by n·log2(n/e), which is less by at most 8 bits.
  static func log2Factorial(_ number: Int) -> Int {
    number < factorials.count
      ? factorials[max(0, number)] : number * (log2(number) - perNat)
  }

  /// How surprising `count` or more arrivals are where `expected` ÷ `per` come on average, each by itself
  /// (Poisson). Zero when no more came than expected.
  ///
  /// The tail P(X ≥ n) is at most P(X = n) · (n + 1) ÷ (n + 1 − λ) for n ≥ λ.
  static func surprise(of count: Int, expected: Int, per: Int) -> Int {
    guard count > 0, count * per > expected else { return 0 }
    let expected = max(1, expected)
    let point =
      log2Factorial(count) + count * (log2(per) - log2(expected)) + perNat * expected / per
    let tail = log2((count + 1) * per) - log2((count + 1) * per - expected)
    return max(0, point - tail)
  }

  /// Bits with one decimal, rounded down, such as `31.4`.
  static func text(_ bits: Int) -> String {
    let tenths = max(0, bits) * 10 / one
    return "\(tenths / 10).\(tenths % 10)"
  }
}
