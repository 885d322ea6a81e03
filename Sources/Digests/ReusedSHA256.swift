import CCrypto

/// SHA-256 of many short texts one after the other, by OpenSSL's libcrypto (FIPS 180-4), without looking
/// the algorithm up for each: that costs more than hashing a line of a statement.
public struct ReusedSHA256: ~Copyable {
  public init() {}

  /// The digest of some bytes as four words, the first byte highest.
  public mutating func words(of bytes: [UInt8]) -> (UInt64, UInt64, UInt64, UInt64) {
    var digest: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
    let isDone = withUnsafeMutableBytes(of: &digest) { out in
      bytes.withUnsafeBytes { text in
        ccrypto_sha256(
          text.baseAddress, text.count, out.bindMemory(to: UInt8.self).baseAddress) == 1
      }
    }
    guard isDone else { preconditionFailure("libcrypto did not finish") }
    return (
      digest.0.bigEndian, digest.1.bigEndian, digest.2.bigEndian, digest.3.bigEndian
    )
  }
}
