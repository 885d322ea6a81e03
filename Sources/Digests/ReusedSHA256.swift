import CCrypto

/// SHA-256 of many short texts one after the other, over one context of OpenSSL's libcrypto
/// (FIPS 180-4): making a context anew for each costs more than hashing a line of a statement.
public struct ReusedSHA256: ~Copyable {
  private let context: OpaquePointer

  public init() {
    guard let context = EVP_MD_CTX_new(), EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1 else {
      preconditionFailure("libcrypto offers no SHA-256")
    }
    self.context = context
  }

  deinit { EVP_MD_CTX_free(context) }

  /// The digest of some bytes as four words, the first byte highest.
  public mutating func words(of bytes: [UInt8]) -> (UInt64, UInt64, UInt64, UInt64) {
    var digest: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
    let isDone = withUnsafeMutableBytes(of: &digest) { out in
      bytes.withUnsafeBytes { text in
        EVP_DigestInit_ex(context, nil, nil) == 1
          && EVP_DigestUpdate(context, text.baseAddress, text.count) == 1
          && EVP_DigestFinal_ex(context, out.bindMemory(to: UInt8.self).baseAddress, nil) == 1
      }
    }
    guard isDone else { preconditionFailure("libcrypto did not finish") }
    return (
      digest.0.bigEndian, digest.1.bigEndian, digest.2.bigEndian, digest.3.bigEndian
    )
  }
}
