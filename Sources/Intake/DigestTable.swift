/// Numbers by digest, for millions of them: open addressing over the first 128 bits of a SHA-256, which
/// are spread evenly already. 20 bytes a slot, no allocation an item.
///
/// Two different texts share 128 bits with a chance of about 2^-88 among a million of them.
struct DigestTable {
  private var heads: [UInt64] = []
  private var tails: [UInt64] = []
  /// 0 marks an empty slot.
  private var values: [UInt32] = []
  private var count = 0

  /// The number kept for a digest, 0 for a new one; stays in place when set to 0.
  subscript(digest: TransactionKey.Digest) -> UInt32 {
    get { values.isEmpty ? 0 : values[slot(digest.a, digest.b)] }
    set {
      if (count + 1) * 4 > values.count * 3 { grow() }
      let place = slot(digest.a, digest.b)
      if values[place] == 0, newValue != 0 { count += 1 }
      heads[place] = digest.a
      tails[place] = digest.b
      values[place] = newValue
    }
  }

  /// Adds one to the number of a digest, and gives it.
  mutating func increment(_ digest: TransactionKey.Digest) -> UInt32 {
    if (count + 1) * 4 > values.count * 3 { grow() }
    let place = slot(digest.a, digest.b)
    if values[place] == 0 {
      count += 1
      heads[place] = digest.a
      tails[place] = digest.b
    }
    values[place] += 1
    return values[place]
  }

  /// The digest's slot, or the empty one where it belongs. Never full, so the walk ends.
  private func slot(_ head: UInt64, _ tail: UInt64) -> Int {
    let mask = values.count - 1
    var place = Int(truncatingIfNeeded: head) & mask
    while values[place] != 0, heads[place] != head || tails[place] != tail {
      place = (place + 1) & mask
    }
    return place
  }

  private mutating func grow() {
    let old = self
    let size = max(1024, old.values.count * 2)
    heads = [UInt64](repeating: 0, count: size)
    tails = heads
    values = [UInt32](repeating: 0, count: size)
    for index in old.values.indices where old.values[index] != 0 {
      let place = slot(old.heads[index], old.tails[index])
      heads[place] = old.heads[index]
      tails[place] = old.tails[index]
      values[place] = old.values[index]
    }
  }
}
