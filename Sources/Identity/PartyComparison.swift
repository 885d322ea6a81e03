/// Compares two mentions fact by fact.
struct PartyComparison {
  let rarity: WordRarity

  /// - Complexity: O(*n* · *m*) in the words of the names, each pair O(letters²).
  func score(_ a: KeyedMention, _ b: KeyedMention) -> PartyScore {
    var reasons: [PartyScore.Reason] = []
    func add(_ points: Int, _ text: String) { reasons.append(.init(points: points, text: text)) }
    var isContradicted = false
    if a.mention.kind != b.mention.kind, a.mention.kind != .unknown, b.mention.kind != .unknown {
      isContradicted = true
      add(-600, "one is a person, the other a body")
    }
    let identifiers = identifiers(a.mention, b.mention, add)
    isContradicted = isContradicted || identifiers.contradict
    name(a, b, add)
    if !birth(a.mention, b.mention, add) { isContradicted = true }
    if let shared = a.phones.intersection(b.phones).min() {
      add(200, "the same telephone number ending \(shared.suffix(4))")
    }
    if !a.emails.isDisjoint(with: b.emails) { add(250, "the same e-mail address") }
    address(a, b, add)
    if let seat = a.mention.jurisdiction?.uppercased(),
      let other = b.mention.jurisdiction?.uppercased()
    {
      seat == other
        ? add(50, "both registered in \(seat)") : add(-200, "registered in \(seat) and in \(other)")
    }
    return PartyScore(
      reasons, sharesStrongIdentifier: identifiers.shared, isContradicted: isContradicted)
  }

  private typealias Add = (Int, String) -> Void

  private func identifiers(_ a: PartyMention, _ b: PartyMention, _ add: Add) -> (
    shared: Bool, contradict: Bool
  ) {
    let shared = Set(a.identifiers).intersection(b.identifiers).sorted()
    for identifier in shared {
      add(
        identifier.isStrong ? 800 : identifier.scheme == "number" ? 200 : 350,
        identifier.isStrong
          ? "the same valid \(identifier.scheme) number"
          : "the same number (\(identifier.scheme)), which does not identify alone")
    }
    let schemes = Set(shared.map(\.scheme))
    var contradict = false
    for scheme in Set(a.identifiers.filter(\.isStrong).map(\.scheme)).sorted()
    where !schemes.contains(scheme)
      && b.identifiers.contains(where: { $0.isStrong && $0.scheme == scheme })
    {
      contradict = true
      add(-500, "different \(scheme) numbers")
    }
    return (shared.contains(where: \.isStrong), contradict)
  }

  /// The best pair of names: how alike the words are, weighed by how rare they are.
  private func name(_ a: KeyedMention, _ b: KeyedMention, _ add: Add) {
    var best: (points: Int, alike: Int, first: NameKey, second: NameKey)?
    for x in a.keys {
      for y in b.keys {
        let (alike, bits) = alike(x.words, y.words)
        // Sixteen bits of shared words make the full 500 points; rounded down.
        let points = alike < 700 ? (alike - 700) / 2 : alike * min(bits, 16) / 32
        if best.map({ points > $0.points }) ?? true { best = (points, alike, x, y) }
      }
    }
    guard let best else { return }
    if best.first == best.second || best.first.words == best.second.words {
      add(best.points, "the same name words: \(best.first.text)")
    } else {
      add(best.points, "names \(best.alike / 10) % alike: \(best.first.text) / \(best.second.text)")
    }
    if let form = best.first.legalForm, let other = best.second.legalForm, form != other,
      form != "company", other != "company"
    {
      add(-250, "different legal forms: \(form) and \(other)")
    }
    if !best.first.flags.isEmpty || !best.second.flags.isEmpty {
      add(0, (best.first.flags + best.second.flags)[0].rawValue + " in a name")
    }
  }

  /// Thousandths of likeness, weighed by rarity, and the bits of the words found on both sides.
  ///
  /// Each word takes its best partner, the rarest first; what is left alone counts against. Rounded down.
  func alike(_ x: [String], _ y: [String]) -> (alike: Int, bits: Int) {
    let order = x.sorted {
      rarity.bits($0) != rarity.bits($1) ? rarity.bits($0) > rarity.bits($1) : $0 < $1
    }
    var left = y
    var shared = 0
    var sharedBits = 0
    for word in order {
      var best: (index: Int, similarity: Int)?
      for (index, other) in left.enumerated() {
        let similarity = WordDistance.similarity(word, other)
        if similarity >= 600, similarity > best?.similarity ?? 0 { best = (index, similarity) }
      }
      guard let best else { continue }
      let bits = min(rarity.bits(word), rarity.bits(left[best.index]))
      shared += (rarity.bits(word) + rarity.bits(left[best.index])) * best.similarity
      sharedBits += word.utf8.count > 1 ? bits : 1
      left.remove(at: best.index)
    }
    let all = (x + y).reduce(0) { $0 + rarity.bits($1) }
    return (all == 0 ? 0 : shared / all, sharedBits)
  }

  /// False when the dates exclude one person.
  private func birth(_ a: PartyMention, _ b: PartyMention, _ add: Add) -> Bool {
    guard let x = a.birth, let y = b.birth else { return true }
    guard x.year == y.year else {
      add(-400, "born in \(x.year) and in \(y.year)")
      return false
    }
    guard let month = x.month, let other = y.month else {
      add(80, "both born in \(x.year)")
      return true
    }
    guard let day = x.day, let second = y.day else {
      if month == other {
        add(150, "both born in \(x)")
      } else {
        add(-300, "born in different months of \(x.year)")
      }
      return month == other
    }
    if month == other, day == second {
      add(250, "both born on \(x)")
    } else if month == second, day == other {
      add(100, "birth dates \(x) and \(y) with day and month exchanged")
    } else {
      add(-400, "born on \(x) and on \(y)")
      return false
    }
    return true
  }

  private func address(_ a: KeyedMention, _ b: KeyedMention, _ add: Add) {
    var best = 0
    for x in a.addresses {
      for y in b.addresses {
        let common = x.intersection(y)
        // A shared country or town alone is no shared address: a number must be among the shared words.
        guard common.contains(where: { $0.contains(where: \.isNumber) }) else { continue }
        best = max(best, 200 * common.count / (x.count + y.count))
      }
    }
    if best == 100 {
      add(100, "the same address")
    } else if best >= 60 {
      add(best, "addresses \(best) % alike")
    }
  }
}
