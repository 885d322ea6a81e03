import CCrypto
import CaseModel

/// SHA-256 over bytes handed in pieces, by OpenSSL's libcrypto (FIPS 180-4).
public struct SHA256: ~Copyable {
  private let context: OpaquePointer

  public init() {
    guard let context = EVP_MD_CTX_new(), EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1 else {
      preconditionFailure("libcrypto offers no SHA-256")
    }
    self.context = context
  }

  deinit { EVP_MD_CTX_free(context) }

  public mutating func update(_ bytes: UnsafeRawBufferPointer) {
    guard EVP_DigestUpdate(context, bytes.baseAddress, bytes.count) == 1 else {
      preconditionFailure("libcrypto refused bytes")
    }
  }

  public mutating func update(_ bytes: [UInt8]) { bytes.withUnsafeBytes { update($0) } }

  public mutating func update(_ text: String) {
    var text = text
    text.withUTF8 { update(UnsafeRawBufferPointer($0)) }
  }

  /// Ends the hash. The 32 bytes.
  public consuming func finish() -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: 32)
    guard EVP_DigestFinal_ex(context, &digest, nil) == 1 else {
      preconditionFailure("libcrypto did not finish")
    }
    return digest
  }

  public static func digest(_ bytes: [UInt8]) -> [UInt8] {
    var hash = SHA256()
    hash.update(bytes)
    return hash.finish()
  }
}

extension ContentHash {
  /// The hash of some bytes.
  public init(of bytes: [UInt8]) { self.init(digest: SHA256.digest(bytes)) }
  /// The hash of a text's UTF-8.
  public init(of text: String) { self.init(of: Array(text.utf8)) }

  public init(digest: [UInt8]) {
    precondition(digest.count == 32)
    let digits = Array("0123456789abcdef".utf8)
    var hex: [UInt8] = []
    hex.reserveCapacity(64)
    for byte in digest {
      hex.append(digits[Int(byte >> 4)])
      hex.append(digits[Int(byte & 15)])
    }
    guard let hash = ContentHash(hex: String(decoding: hex, as: UTF8.self)) else {
      preconditionFailure("a digest is 64 digits")
    }
    self = hash
  }
}
