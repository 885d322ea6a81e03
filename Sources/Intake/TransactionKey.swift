import CaseModel

/// Gives each entry the key that tells it from every other of its account (formats.md §3.6).
///
/// First available: (1) the servicer's unique reference with booking day and signed amount;
/// (2) UETR or end-to-end id with amount, day and direction; (3) the content with its occurrence
/// number on that day in file order. A reference that comes twice in the file with the same day and
/// amount is not unique and gives way to the next rule. Departure from the letter of (1): a reference
/// that comes twice with *different* day or amount stays usable, because both are part of the key;
/// so a file cut in two gives the same keys as the whole.
///
/// References are read from `StatementEntry.references`: `servicer`, `uetr`, `end-to-end`.
public enum TransactionKey {
  /// References that say that there is none.
  static let empties: Set<String> = ["NONREF", "NOTPROVIDED", "NOT PROVIDED", "NOREF", "-", "."]

  /// Sets `transactionKey` in every entry of the statements of one file, account by account, in the
  /// order given: file order.
  /// - Returns: What the analyst should look at: identical rows and repeated references.
  /// - Complexity: O(*n*) expected.
  @discardableResult
  public static func assign(to statements: inout [Statement]) -> [Repetition] {
    var maker = KeyMaker()
    for statement in statements {
      maker.begin(statement.accountKey)
      statement.entries.withUnsafeBufferPointer { entries in
        for index in entries.indices where !entries[index].references.isEmpty {
          maker.offer(entries[index])
        }
      }
    }
    for s in statements.indices {
      maker.begin(statements[s].accountKey)
      statements[s].entries.withUnsafeMutableBufferPointer { entries in
        for index in entries.indices {
          entries[index].transactionKey = maker.key(of: entries[index])
        }
      }
    }
    return maker.repetitions
  }

  /// Something that comes more than once in a file.
  public struct Repetition: Hashable, Sendable {
    public enum Kind: Sendable {
      /// The same content again on the same day: another transaction, to be looked at.
      case identicalContent
      /// The same reference on another day or with another amount.
      case sameReference
    }
    public let kind: Kind
    public let locator: Locator
  }

  /// The reference, unless it says that there is none.
  static func usable(_ reference: String) -> String? {
    // The longest of the empties has 12 bytes: others need no look-up.
    let length = reference.utf8.count
    return length == 0 || (length <= 12 && empties.contains(reference.uppercased()))
      ? nil : reference
  }

  /// Lower case, runs of white space as one space, so that a second export of the same line, wrapped
  /// or padded otherwise, gives the same key.
  static func normalised(_ text: String) -> String {
    var out: [UInt8] = []
    appendNormalised(text, to: &out)
    return String(decoding: out, as: UTF8.self)
  }

  /// The same, appended as bytes.
  static func appendNormalised(_ text: String, to out: inout [UInt8]) {
    var text = text
    let start = out.count
    let isASCII = text.withUTF8 { bytes -> Bool in
      for byte in bytes {
        if byte >= 0x80 { return false }
        if byte == 0x20 || (9...13).contains(byte) {
          if out.count > start, out[out.count - 1] != 0x20 { out.append(0x20) }
        } else {
          out.append((0x41...0x5A).contains(byte) ? byte + 0x20 : byte)
        }
      }
      if out.count > start, out[out.count - 1] == 0x20 { out.removeLast() }
      return true
    }
    if isASCII { return }
    out.removeSubrange(start...)
    let plain = text.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
    out.append(contentsOf: plain.utf8)
  }

  /// 32 bytes as four words.
  struct Digest: Hashable {
    let a: UInt64
    let b: UInt64
    let c: UInt64
    let d: UInt64

    var hex: String {
      let digits: StaticString = "0123456789abcdef"
      return String(unsafeUninitializedCapacity: 64) { buffer in
        var index = 0
        for word in [a, b, c, d] {
          var shift = 60
          while shift >= 0 {
            buffer[index] = digits.utf8Start[Int(truncatingIfNeeded: word >> UInt64(shift)) & 15]
            index += 1
            shift -= 4
          }
        }
        return 64
      }
    }
  }
}
