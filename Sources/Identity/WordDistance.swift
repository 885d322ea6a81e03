/// How alike two words are, in thousandths, rounded down: 1000 − 1000 · edits / longer length.
///
/// An edit is an insertion, a removal, a change of a letter, or an exchange of two neighbours (optimal
/// string alignment; Damerau 1964). Spellings that transliterations exchange (ts/tz/c, kh/h, ou/u, sch/sh,
/// ph/f, w/v, y/j/i, x/ks) cost nothing.
enum WordDistance {
  /// - Complexity: O(*n* · *m*) time and memory in the letters.
  static func similarity(_ a: String, _ b: String) -> Int {
    if a == b { return 1000 }
    let x = plain(a)
    let y = plain(b)
    if x == y { return 980 }
    guard !x.isEmpty, !y.isEmpty else { return 0 }
    // An initial stands for any word that begins with it, and says little.
    if x.count == 1 || y.count == 1 { return x[0] == y[0] ? 700 : 0 }
    let longer = max(x.count, y.count)
    let edits = edits(x, y)
    return edits >= longer ? 0 : 1000 - (1000 * edits + longer - 1) / longer
  }

  /// The word with exchangeable spellings reduced to one and doubled letters made single.
  static func plain(_ word: String) -> [UInt8] {
    var text = Array(word.utf8)[...]
    var out: [UInt8] = []
    func append(_ byte: UInt8) { if out.last != byte { out.append(byte) } }
    while let byte = text.first {
      if let (from, to) = pairs.first(where: { text.starts(with: $0.from) }) {
        for byte in to { append(byte) }
        text = text.dropFirst(from.count)
        continue
      }
      append(letters[byte] ?? byte)
      text = text.dropFirst()
    }
    return out
  }

  private static let pairs: [(from: [UInt8], to: [UInt8])] = [
    ("shch", "s"), ("sch", "s"), ("tsch", "c"), ("tch", "c"), ("sh", "s"), ("zh", "z"), ("kh", "h"),
    ("ch", "c"), ("ts", "c"), ("tz", "c"), ("cz", "c"), ("ph", "f"), ("th", "t"), ("ou", "u"),
    ("oe", "o"), ("ae", "a"), ("ue", "u"), ("ks", "x"), ("ck", "k"),
  ].map { (Array($0.0.utf8), Array($0.1.utf8)) }

  private static let letters: [UInt8: UInt8] = [
    UInt8(ascii: "w"): UInt8(ascii: "v"), UInt8(ascii: "y"): UInt8(ascii: "i"),
    UInt8(ascii: "j"): UInt8(ascii: "i"), UInt8(ascii: "q"): UInt8(ascii: "k"),
  ]

  private static func edits(_ x: [UInt8], _ y: [UInt8]) -> Int {
    var before: [Int] = []
    var last = Array(0...y.count)
    for i in 1...x.count {
      var row = [i] + Array(repeating: 0, count: y.count)
      for j in 1...y.count {
        let same = x[i - 1] == y[j - 1]
        var best = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0 : 1))
        if i > 1, j > 1, x[i - 1] == y[j - 2], x[i - 2] == y[j - 1] {
          best = min(best, before[j - 2] + 1)
        }
        row[j] = best
      }
      before = last
      last = row
    }
    return last[y.count]
  }
}
