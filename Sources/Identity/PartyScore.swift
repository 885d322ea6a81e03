/// How much speaks for two mentions being one party, and why.
///
/// Points, not a probability: they order a person's work and decide nothing. The weights are our own
/// (2026-11-22), set so that no single fact but a shared strong identifier reaches `proposed`.
public struct PartyScore: Hashable, Sendable {
  /// One fact that was compared, in words a person reads, and its points.
  public struct Reason: Hashable, Sendable {
    public let points: Int
    public let text: String
    public init(points: Int, text: String) {
      self.points = points
      self.text = text
    }
  }

  /// In the order compared: identifiers, name, birth, contact, address, seat.
  public let reasons: [Reason]
  /// The sum, between −1000 and 1000.
  public let points: Int
  /// True when both state the same valid strong identifier.
  public let sharesStrongIdentifier: Bool
  /// True when something stated excludes that both are one: another number of the same strong scheme, a
  /// different birth date, a different kind.
  public let isContradicted: Bool

  /// From here on a pair is shown to a person.
  public static let proposed = 550

  init(
    _ reasons: [Reason], sharesStrongIdentifier: Bool, isContradicted: Bool
  ) {
    self.reasons = reasons
    points = min(1000, max(-1000, reasons.reduce(0) { $0 + $1.points }))
    self.sharesStrongIdentifier = sharesStrongIdentifier
    self.isContradicted = isContradicted
  }
}

/// A mention with its keys made once.
struct KeyedMention {
  let mention: PartyMention
  let keys: [NameKey]
  let phones: Set<String>
  let emails: Set<String>
  let addresses: [Set<String>]

  init(_ mention: PartyMention) {
    self.mention = mention
    let isOrganisation = mention.kind == .organisation
    keys = mention.names.map { NameKey($0, isOrganisation: isOrganisation) }
      .filter { !$0.words.isEmpty }
    phones = Set(mention.phones.compactMap(Self.phone))
    emails = Set(mention.emails.map { $0.lowercased().filter { !$0.isWhitespace } })
    addresses = mention.addresses.map { Set(NameKey.tokens($0)) }.filter { $0.count >= 3 }
  }

  /// Digits only, the last nine: national and international writing of one number agree in them. Shorter
  /// numbers identify nobody.
  static func phone(_ text: String) -> String? {
    let digits = text.unicodeScalars.filter { ("0"..."9").contains($0) }
    return digits.count >= 7 ? String(String.UnicodeScalarView(digits.suffix(9))) : nil
  }
}

/// How often each word of a name comes among all mentions: a rare word tells more than a common one.
struct WordRarity {
  private let counts: [String: Int]
  private let total: Int

  init(_ mentions: [KeyedMention]) {
    var counts: [String: Int] = [:]
    for mention in mentions {
      for word in Set(mention.keys.flatMap(\.words)) { counts[word, default: 0] += 1 }
    }
    self.counts = counts
    total = mentions.count
  }

  /// Bits of information of a word, rounded down, as if 1,023 further mentions without it were known: a
  /// small set must not make every name rare.
  func bits(_ word: String) -> Int {
    let often = max(1, counts[word] ?? 1)
    let ratio = (total + 1023) / often
    return max(1, Int.bitWidth - 1 - ratio.leadingZeroBitCount)
  }

  func count(_ word: String) -> Int { counts[word] ?? 0 }
}
