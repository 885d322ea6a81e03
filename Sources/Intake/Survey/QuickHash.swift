/// Short, fast hashes for look-ups inside one run. They decide nothing by themselves: equal texts have
/// equal hashes, and where two texts might share one, an exact comparison or SHA-256 follows.
enum QuickHash {
  /// Odd constants of Weyl sequences; the same in every run, so that nothing depends on a seed.
  static let first: UInt64 = 0x9E37_79B9_7F4A_7C15
  static let second: UInt64 = 0xC2B2_AE3D_27D4_EB4F

  /// Folds a word into a hash: the two halves of a 128-bit product.
  @inline(__always) static func mix(_ hash: UInt64, _ word: UInt64) -> UInt64 {
    let product = (hash ^ word).multipliedFullWidth(by: first)
    return product.high ^ product.low ^ (word &* second)
  }

  @inline(__always) static func of(
    _ bytes: UnsafeBufferPointer<UInt8>, seed: UInt64 = second
  ) -> UInt64 {
    var hash = mix(seed, UInt64(truncatingIfNeeded: bytes.count))
    guard let base = bytes.baseAddress else { return hash }
    let raw = UnsafeRawPointer(base)
    var index = 0
    while index + 8 <= bytes.count {
      hash = mix(hash, raw.loadUnaligned(fromByteOffset: index, as: UInt64.self))
      index += 8
    }
    return index < bytes.count ? mix(hash, tail(bytes, from: index)) : hash
  }

  static func of(_ text: String, seed: UInt64 = second) -> UInt64 {
    var text = text
    return text.withUTF8 { of($0, seed: seed) }
  }

  /// Up to eight bytes as one number, the first byte lowest.
  @inline(__always) static func tail(
    _ bytes: UnsafeBufferPointer<UInt8>, from start: Int
  ) -> UInt64 {
    var word: UInt64 = 0
    var shift: UInt64 = 0
    var index = start
    while index < bytes.count {
      word |= UInt64(bytes[index]) << shift
      shift += 8
      index += 1
    }
    return word
  }
}
