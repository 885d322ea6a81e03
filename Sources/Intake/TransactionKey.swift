import CaseModel
import Digests

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
    var seenReferences: [Digest: Int] = [:]
    var offered: [Digest] = []
    var offeredEnds: [Int] = []
    var text: [UInt8] = []
    for statement in statements {
      for entry in statement.entries {
        addReferenceDigests(entry, account: statement.accountKey, to: &offered, using: &text)
        for digest in offered[(offeredEnds.last ?? 0)...] {
          seenReferences[digest, default: 0] += 1
        }
        offeredEnds.append(offered.count)
      }
    }
    var position = 0
    var occurrences: [Digest: Int] = [:]
    var bare: [Digest: (day: Int32, amount: Int64)] = [:]
    var repetitions: [Repetition] = []
    for s in statements.indices {
      let account = statements[s].accountKey
      for e in statements[s].entries.indices {
        let entry = statements[s].entries[e]
        let references = (position == 0 ? 0 : offeredEnds[position - 1])..<offeredEnds[position]
        position += 1
        let unique = offered[references].first { seenReferences[$0] == 1 }
        let content = contentDigest(entry, account: account, using: &text)
        let occurrence = (occurrences[content] ?? 0) + 1
        occurrences[content] = occurrence
        if occurrence > 1 {
          repetitions.append(Repetition(kind: .identicalContent, locator: entry.locator))
        } else if let reference = reference(of: entry) {
          text.removeAll(keepingCapacity: true)
          text.append(contentsOf: account.text.utf8)
          text.append(separator)
          text.append(contentsOf: reference.utf8)
          let digest = Digest(of: text)
          let here = (day: day(of: entry), amount: entry.amount.minorUnits)
          if let before = bare[digest], before != here {
            repetitions.append(Repetition(kind: .sameReference, locator: entry.locator))
          }
          bare[digest] = here
        }
        statements[s].entries[e].transactionKey = (unique ?? content.numbered(occurrence)).hex
      }
    }
    return repetitions
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

  private static func reference(of entry: StatementEntry) -> String? {
    guard !entry.references.isEmpty else { return nil }
    return usable(entry.references["servicer"]) ?? usable(entry.references["reference"])
  }

  private static func usable(_ reference: String?) -> String? {
    guard let reference, !reference.isEmpty, !empties.contains(reference.uppercased()) else {
      return nil
    }
    return reference
  }

  private static func day(of entry: StatementEntry) -> Int32 {
    (entry.bookedOn ?? entry.valueOn)?.dayNumber ?? .min
  }

  /// Between the parts of what is hashed: ASCII unit separator, which no field holds.
  private static let separator: UInt8 = 0x1F

  /// Adds the digests of the references an entry offers, in order of preference.
  private static func addReferenceDigests(
    _ entry: StatementEntry, account: AccountKey, to digests: inout [Digest],
    using text: inout [UInt8]
  ) {
    guard !entry.references.isEmpty else { return }
    for (rank, name) in ["servicer", "uetr", "end-to-end"].enumerated() {
      guard let reference = usable(entry.references[name]) else { continue }
      text.removeAll(keepingCapacity: true)
      text.append(rank == 0 ? 0x53 : 0x45)
      text.append(separator)
      text.append(contentsOf: account.text.utf8)
      text.append(separator)
      text.append(contentsOf: reference.utf8)
      addMovement(entry, to: &text)
      digests.append(Digest(of: text))
    }
  }

  /// Day, signed amount and currency.
  private static func addMovement(_ entry: StatementEntry, to text: inout [UInt8]) {
    text.append(separator)
    text.append(contentsOf: String(day(of: entry)).utf8)
    text.append(separator)
    text.append(contentsOf: String(entry.amount.minorUnits).utf8)
    text.append(separator)
    text.append(contentsOf: entry.amount.currency.code.utf8)
  }

  private static func contentDigest(
    _ entry: StatementEntry, account: AccountKey, using text: inout [UInt8]
  ) -> Digest {
    text.removeAll(keepingCapacity: true)
    text.append(0x43)
    text.append(separator)
    text.append(contentsOf: account.text.utf8)
    addMovement(entry, to: &text)
    text.append(separator)
    if let key = entry.counterparty.accountKey?.text ?? entry.counterparty.accountText {
      text.append(contentsOf: normalised(key).utf8)
    } else if let name = entry.counterparty.name {
      text.append(contentsOf: normalised(name).utf8)
    }
    text.append(separator)
    if let purpose = entry.purpose { text.append(contentsOf: normalised(purpose).utf8) }
    text.append(separator)
    if !entry.references.isEmpty {
      text.append(contentsOf: (entry.references["bank-code"] ?? "").utf8)
      text.append(separator)
      text.append(contentsOf: (usable(entry.references["reference"]) ?? "").utf8)
    }
    return Digest(of: text)
  }

  /// Lower case, runs of white space as one space, so that a second export of the same line, wrapped
  /// or padded otherwise, gives the same key.
  static func normalised(_ text: String) -> String {
    var text = text
    let ascii = text.withUTF8 { bytes -> String? in
      var out: [UInt8] = []
      out.reserveCapacity(bytes.count)
      for byte in bytes {
        if byte >= 0x80 { return nil }
        if byte == 0x20 || (9...13).contains(byte) {
          if let last = out.last, last != 0x20 { out.append(0x20) }
        } else {
          out.append((0x41...0x5A).contains(byte) ? byte + 0x20 : byte)
        }
      }
      if out.last == 0x20 { out.removeLast() }
      return String(decoding: out, as: UTF8.self)
    }
    if let ascii { return ascii }
    return text.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  /// 32 bytes as four words: a dictionary key without an allocation.
  struct Digest: Hashable {
    let a: UInt64
    let b: UInt64
    let c: UInt64
    let d: UInt64

    init(of text: [UInt8]) {
      var hash = SHA256()
      hash.update(text)
      self.init(hash.finish())
    }

    /// A digest is evenly spread already: one word of it is hash enough.
    func hash(into hasher: inout Hasher) { hasher.combine(a) }

    private init(_ bytes: [UInt8]) {
      func word(_ start: Int) -> UInt64 {
        bytes[start..<(start + 8)].reduce(0) { $0 << 8 | UInt64($1) }
      }
      (a, b, c, d) = (word(0), word(8), word(16), word(24))
    }

    /// The digest itself for the first occurrence, a digest of it and the number for the others.
    func numbered(_ occurrence: Int) -> Digest {
      occurrence == 1 ? self : Digest(of: Array("\(hex)#\(occurrence)".utf8))
    }

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
