import CaseModel
import Digests

/// Addresses of public chains: their form, their checksum where one can be computed here, and their key.
///
/// Base58Check (Bitcoin and its relatives) by double SHA-256; Bech32 and Bech32m by their polymod (BIP-173,
/// BIP-350); Ethereum's forty hexadecimal digits by structure only, because the checksum of EIP-55 needs
/// Keccak-256, which no library here has.
struct CryptoAddress: Hashable {
  enum Check: Hashable { case sound, structureOnly, wrong, unknown }

  let text: String
  let check: Check
  /// `btc`, `ltc`, `evm` …: as the ledger names it, else as the form shows it.
  let chain: String?

  init(_ text: String, network: String?) {
    let named = network.map(Self.chain)
    if text.hasPrefix("0x") || text.hasPrefix("0X") {
      let digits = text.dropFirst(2)
      let isHex = digits.utf8.count == 40 && digits.allSatisfy(\.isHexDigit)
      self.text = isHex ? text.lowercased() : text
      check = isHex ? .structureOnly : .wrong
      chain = named ?? "evm"
    } else if let (prefix, isSound) = Self.bech32(text) {
      self.text = text.lowercased()
      check = isSound ? .sound : .wrong
      chain = named ?? ["bc": "btc", "tb": "btc-testnet", "ltc": "ltc"][prefix]
    } else if let version = Self.base58Version(text) {
      self.text = text
      check = .sound
      chain = named ?? [0: "btc", 5: "btc", 48: "ltc", 50: "ltc", 30: "doge", 65: "trx"][version]
    } else {
      self.text = text
      chain = named
      // A name of a chain that writes its addresses so makes a failed check a fault.
      check =
        ["btc", "ltc", "doge", "trx", "bch"].contains(named ?? "") && named != "bch"
        ? .wrong : .unknown
    }
  }

  /// Chain and address; nil when the address is wrong or its chain is not known.
  var key: AccountKey? {
    guard check != .wrong, let chain else { return nil }
    return AccountKey("crypto:\(chain)/\(text)")
  }

  /// Names under which ledgers write the same chain.
  static func chain(_ network: String) -> String {
    let name = network.lowercased().trimmed
    switch name {
    case "bitcoin", "xbt": return "btc"
    case "litecoin": return "ltc"
    case "dogecoin": return "doge"
    case "tron", "trc20": return "trx"
    case "ethereum", "erc20", "eth", "eip155:1": return "evm"
    default: return name
    }
  }

  // MARK: Base58Check

  private static let alphabet = Array(
    "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz".utf8)

  /// The version byte of 25 bytes whose last four are the double SHA-256 of the others; nil otherwise.
  static func base58Version(_ text: String) -> Int? {
    guard (25...36).contains(text.utf8.count) else { return nil }
    var bytes = [UInt8](repeating: 0, count: 25)
    for character in text.utf8 {
      guard let digit = alphabet.firstIndex(of: character) else { return nil }
      var carry = digit
      for index in bytes.indices.reversed() {
        carry += Int(bytes[index]) * 58
        bytes[index] = UInt8(carry & 0xFF)
        carry >>= 8
      }
      guard carry == 0 else { return nil }
    }
    // As many leading ones as leading zero bytes: one address has one spelling.
    let zeros = bytes.prefix { $0 == 0 }.count
    guard text.utf8.prefix(while: { $0 == 0x31 }).count == zeros else { return nil }
    let digest = SHA256.digest(SHA256.digest(Array(bytes[..<21])))
    return Array(digest.prefix(4)) == Array(bytes[21...]) ? Int(bytes[0]) : nil
  }

  // MARK: Bech32

  /// The human-readable part, and whether the checksum of either variant holds; nil for other forms.
  static func bech32(_ text: String) -> (prefix: String, isSound: Bool)? {
    let lower = text.lowercased()
    guard lower == text || text.uppercased() == text, (14...90).contains(text.utf8.count),
      let one = lower.lastIndex(of: "1")
    else { return nil }
    let prefix = String(lower[..<one])
    guard ["bc", "tb", "ltc"].contains(prefix) else { return nil }
    let letters = Array("qpzry9x8gf2tvdw0s3jn54khce6mua7l".utf8)
    var values: [UInt32] = prefix.utf8.map { UInt32($0 >> 5) } + [0]
    values += prefix.utf8.map { UInt32($0 & 31) }
    var data: [UInt32] = []
    for byte in lower[lower.index(after: one)...].utf8 {
      guard let value = letters.firstIndex(of: byte) else { return (prefix, false) }
      data.append(UInt32(value))
    }
    guard data.count > 6 else { return (prefix, false) }
    // Version 0 has the constant of BIP-173, later ones that of BIP-350.
    return (prefix, polymod(values + data) == (data[0] == 0 ? 1 : 0x2BC8_30A3))
  }

  private static func polymod(_ values: [UInt32]) -> UInt32 {
    let generator: [UInt32] = [0x3B6A_57B2, 0x2650_8E6D, 0x1EA1_19FA, 0x3D42_33DD, 0x2A14_62B3]
    var check: UInt32 = 1
    for value in values {
      let top = check >> 25
      check = (check & 0x1FF_FFFF) << 5 ^ value
      for (index, part) in generator.enumerated() where (top >> UInt32(index)) & 1 == 1 {
        check ^= part
      }
    }
    return check
  }
}
