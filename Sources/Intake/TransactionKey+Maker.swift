import CaseModel
import Digests

/// Makes the keys of one file's entries in two passes: every reference is offered first, so that the
/// second pass knows which are unique. What is hashed is written into one buffer used again and again.
struct KeyMaker: ~Copyable {
  private(set) var repetitions: [TransactionKey.Repetition] = []

  private var hash = ReusedSHA256()
  private var text: [UInt8] = []
  private var account: [UInt8] = []
  /// How often each reference with day and amount was offered.
  private var offers = DigestTable()
  /// How often each content came so far.
  private var contents = DigestTable()
  /// The place in `movements` of a reference without day and amount.
  private var bare = DigestTable()
  private var movements: [(day: Int32, amount: Int64)] = []

  /// The entries that follow belong to this account.
  mutating func begin(_ account: AccountKey) { self.account = Array(account.text.utf8) }

  /// First pass: counts the references.
  mutating func offer(_ entry: borrowing StatementEntry) {
    let references = References(entry)
    for (rank, reference) in references.ranked {
      let digest = referenceDigest(reference, rank: rank, entry)
      _ = offers.increment(digest)
    }
  }

  /// Second pass: the key, in file order.
  mutating func key(of entry: borrowing StatementEntry) -> String {
    let references = References(entry)
    var unique: TransactionKey.Digest?
    for (rank, reference) in references.ranked where unique == nil {
      let digest = referenceDigest(reference, rank: rank, entry)
      if offers[digest] == 1 { unique = digest }
    }
    let content = contentDigest(entry, references)
    let occurrence = contents.increment(content)
    if occurrence > 1 {
      repetitions.append(.init(kind: .identicalContent, locator: entry.locator))
    } else if let reference = references.servicer ?? references.reference {
      note(reference, of: entry)
    }
    if let unique { return unique.hex }
    guard occurrence > 1 else { return content.hex }
    text.removeAll(keepingCapacity: true)
    text.append(contentsOf: "\(content.hex)#\(occurrence)".utf8)
    return digest().hex
  }

  /// The key of the next entry of a file that was surveyed: what the survey says comes once has its key at
  /// once, the rest is counted as in `key(of:)`. Entries come in file order.
  mutating func key(
    of entry: borrowing StatementEntry, account hash: UInt64, by plan: borrowing KeyPlan
  ) -> String {
    let references = References(entry)
    let movement = KeyNotes.movement(
      account: hash, day: Self.day(of: entry), minorUnits: entry.amount.minorUnits,
      currency: KeyNotes.currency(entry.amount.currency))
    var unique: TransactionKey.Digest?
    for (rank, reference) in references.ranked where unique == nil {
      if !plan.isRepeated(reference, rank: rank, movement: movement) {
        unique = referenceDigest(reference, rank: rank, entry)
      }
    }
    let mayRepeat = plan.movements.mayRepeat(movement)
    var occurrence: UInt32 = 1
    var content: TransactionKey.Digest?
    if mayRepeat || unique == nil {
      let digest = contentDigest(entry, references)
      if mayRepeat { occurrence = contents.increment(digest) }
      content = digest
    }
    if occurrence > 1 {
      repetitions.append(.init(kind: .identicalContent, locator: entry.locator))
    } else if let reference = references.servicer ?? references.reference,
      plan.mayRepeat(reference, account: hash)
    {
      note(reference, of: entry)
    }
    if let unique { return unique.hex }
    guard let content else { preconditionFailure("an entry without reference has a content key") }
    guard occurrence > 1 else { return content.hex }
    text.removeAll(keepingCapacity: true)
    text.append(contentsOf: "\(content.hex)#\(occurrence)".utf8)
    return digest().hex
  }

  /// What was found repeated since the last call.
  mutating func takeRepetitions() -> [TransactionKey.Repetition] {
    guard !repetitions.isEmpty else { return [] }
    defer { repetitions = [] }
    return repetitions
  }

  /// The references of an entry that its key may be made of, with their rank.
  static func ranked(_ entry: borrowing StatementEntry) -> [(rank: Int, text: String)] {
    References(entry).ranked
  }

  /// The reference that should not stand with two movements.
  static func bare(_ entry: borrowing StatementEntry) -> String? {
    let references = References(entry)
    return references.servicer ?? references.reference
  }

  /// Reports a reference that stood before with another day or amount.
  private mutating func note(_ reference: String, of entry: borrowing StatementEntry) {
    text.removeAll(keepingCapacity: true)
    text.append(contentsOf: account)
    separate()
    text.append(contentsOf: reference.utf8)
    let digest = digest()
    let here = (day: Self.day(of: entry), amount: entry.amount.minorUnits)
    let place = Int(bare[digest])
    if place > 0 {
      if movements[place - 1] != here {
        repetitions.append(.init(kind: .sameReference, locator: entry.locator))
      }
      movements[place - 1] = here
    } else {
      movements.append(here)
      bare[digest] = UInt32(movements.count)
    }
  }

  // MARK: What is hashed

  /// Between the parts of what is hashed: ASCII unit separator, which no field holds.
  private mutating func separate() { text.append(0x1F) }

  private mutating func digest() -> TransactionKey.Digest {
    let words = hash.words(of: text)
    return TransactionKey.Digest(a: words.0, b: words.1, c: words.2, d: words.3)
  }

  private mutating func referenceDigest(
    _ reference: String, rank: Int, _ entry: borrowing StatementEntry
  ) -> TransactionKey.Digest {
    text.removeAll(keepingCapacity: true)
    text.append(rank == 0 ? 0x53 : 0x45)
    separate()
    text.append(contentsOf: account)
    separate()
    text.append(contentsOf: reference.utf8)
    addMovement(entry)
    return digest()
  }

  private mutating func contentDigest(
    _ entry: borrowing StatementEntry, _ references: References
  ) -> TransactionKey.Digest {
    text.removeAll(keepingCapacity: true)
    text.append(0x43)
    separate()
    text.append(contentsOf: account)
    addMovement(entry)
    separate()
    if let key = entry.counterparty.accountKey?.text ?? entry.counterparty.accountText {
      TransactionKey.appendNormalised(key, to: &text)
    } else if let name = entry.counterparty.name {
      TransactionKey.appendNormalised(name, to: &text)
    }
    separate()
    if let purpose = entry.purpose { TransactionKey.appendNormalised(purpose, to: &text) }
    separate()
    if !entry.references.isEmpty {
      if let code = references.bankCode { text.append(contentsOf: code.utf8) }
      separate()
      if let reference = references.reference { text.append(contentsOf: reference.utf8) }
    }
    return digest()
  }

  /// Day, signed amount and currency.
  private mutating func addMovement(_ entry: borrowing StatementEntry) {
    separate()
    addNumber(Int64(Self.day(of: entry)))
    separate()
    addNumber(entry.amount.minorUnits)
    separate()
    text.append(contentsOf: entry.amount.currency.code.utf8)
  }

  /// Decimal digits.
  private mutating func addNumber(_ number: Int64) {
    if number < 0 { text.append(0x2D) }
    let start = text.count
    var rest = number.magnitude
    repeat {
      text.append(0x30 + UInt8(truncatingIfNeeded: rest % 10))
      rest /= 10
    } while rest > 0
    text[start...].reverse()
  }

  static func day(of entry: borrowing StatementEntry) -> Int32 {
    (entry.bookedOn ?? entry.valueOn)?.dayNumber ?? .min
  }

  /// The references that keys are made of, without those that say that there is none.
  private struct References {
    var servicer: String?
    var uetr: String?
    var endToEnd: String?
    var reference: String?
    var bankCode: String?

    /// Reads each named reference once; the order of the dictionary does not matter.
    init(_ entry: borrowing StatementEntry) {
      for (name, text) in entry.references {
        switch name {
        case "servicer": servicer = TransactionKey.usable(text)
        case "uetr": uetr = TransactionKey.usable(text)
        case "end-to-end": endToEnd = TransactionKey.usable(text)
        case "reference": reference = TransactionKey.usable(text)
        case "bank-code": bankCode = text
        default: break
        }
      }
    }

    /// In order of preference: 0 for the servicer's own, 1 for those of the payment.
    var ranked: [(rank: Int, text: String)] {
      var list: [(rank: Int, text: String)] = []
      if let servicer { list.append((0, servicer)) }
      if let uetr { list.append((1, uetr)) }
      if let endToEnd { list.append((1, endToEnd)) }
      return list
    }
  }
}
