/// Which pairs are looked at: those that share something that is not common, so that a million mentions
/// do not make half a billion comparisons (formats.md §7.3).
struct PartyBlocks {
  /// A key that more mentions share than this is too common to be looked into. Our own bound.
  static let mentionsMax = 200

  /// Pairs of indexes, ascending, each once.
  let pairs: [Pair]
  /// The keys that were passed over, with how many mentions share them: not explored, and said so.
  let passedOver: [String: Int]

  struct Pair: Hashable, Comparable {
    let first: Int
    let second: Int
    static func < (a: Self, b: Self) -> Bool {
      a.first != b.first ? a.first < b.first : a.second < b.second
    }
  }

  /// - Complexity: O(*n* · `mentionsMax`) pairs at most a key.
  init(_ mentions: [KeyedMention], rarity: WordRarity) {
    var blocks: [String: [Int]] = [:]
    for (index, mention) in mentions.enumerated() {
      for key in Self.keys(of: mention, rarity) { blocks[key, default: []].append(index) }
    }
    var pairs: Set<Pair> = []
    var passedOver: [String: Int] = [:]
    for (key, members) in blocks where members.count > 1 {
      guard members.count <= Self.mentionsMax else {
        passedOver[key] = members.count
        continue
      }
      for (place, first) in members.enumerated() {
        for second in members[(place + 1)...] { pairs.insert(Pair(first: first, second: second)) }
      }
    }
    self.pairs = pairs.sorted()
    self.passedOver = passedOver
  }

  /// What a mention is found by: its identifiers, contact data, and pairs of its name's words; the rarest
  /// word also alone, and with the birth year.
  private static func keys(of mention: KeyedMention, _ rarity: WordRarity) -> Set<String> {
    var keys: Set<String> = []
    for identifier in mention.mention.identifiers where identifier.value.count >= 5 {
      keys.insert("number \(identifier.scheme) \(identifier.value)")
    }
    for phone in mention.phones { keys.insert("phone \(phone)") }
    for email in mention.emails { keys.insert("email \(email)") }
    for name in mention.keys {
      let plain = Set(name.words.map { String(decoding: WordDistance.plain($0), as: UTF8.self) })
        .filter { $0.utf8.count > 1 }.sorted()
      for (place, word) in plain.enumerated() {
        for other in plain[(place + 1)...].prefix(5) { keys.insert("words \(word) \(other)") }
        if let birth = mention.mention.birth { keys.insert("born \(birth.year) \(word)") }
      }
      if plain.count == 1 || mention.mention.kind == .organisation {
        for word in plain { keys.insert("word \(word)") }
      }
    }
    return keys
  }
}
