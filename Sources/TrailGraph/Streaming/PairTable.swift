/// The latest transfer of each pair of accounts in a sliding trail, by open addressing.
///
/// Linear probing at a load of at most one half; what is removed leaves no mark, because the cells after it
/// close up (Knuth, TAOCP 3, 6.4, algorithm R). The order of cells is never seen by a result.
struct PairTable: Sendable {
  private static let empty = UInt64.max
  private var keys: [UInt64]
  private var values: [UInt32]
  private(set) var count = 0
  private var shift: UInt64

  init() {
    keys = Array(repeating: Self.empty, count: 64)
    values = Array(repeating: 0, count: 64)
    shift = 64 - 6
  }

  /// Never the empty key, because neither account is the outside.
  @inline(__always)
  static func key(_ source: Int32, _ destination: Int32) -> UInt64 {
    UInt64(UInt32(bitPattern: source)) << 32 | UInt64(UInt32(bitPattern: destination))
  }

  var stateBytes: Int { keys.capacity * 8 + values.capacity * 4 }

  @inline(__always)
  private func home(_ key: UInt64) -> Int {
    // Fibonacci hashing: 2^64 ÷ the golden ratio, the high bits.
    Int(truncatingIfNeeded: ((key ^ (key >> 32)) &* 0x9E37_79B9_7F4A_7C15) >> shift)
  }

  /// Where a key is, or the empty cell where it would be.
  @inline(__always)
  private func place(of key: UInt64) -> Int {
    let mask = keys.count - 1
    var place = home(key)
    while keys[place] != key, keys[place] != Self.empty { place = (place + 1) & mask }
    return place
  }

  @inline(__always)
  func value(of key: UInt64) -> UInt32? {
    let place = place(of: key)
    return keys[place] == key ? values[place] : nil
  }

  /// Reads the first cells where a key may be, for the reading's sake.
  @inline(__always)
  func glance(at key: UInt64) -> UInt32 {
    let home = home(key)
    return UInt32(truncatingIfNeeded: keys[home]) &+ values[home]
  }

  /// Sets a key's value and gives the one it had.
  @inline(__always)
  mutating func replace(_ key: UInt64, with value: UInt32) -> UInt32? {
    let place = place(of: key)
    if keys[place] == key {
      let old = values[place]
      values[place] = value
      return old
    }
    keys[place] = key
    values[place] = value
    count += 1
    if count * 2 > keys.count { resize(to: keys.count * 2) }
    return nil
  }

  mutating func remove(_ key: UInt64) {
    var hole = place(of: key)
    guard keys[hole] == key else { return }
    let mask = keys.count - 1
    var next = (hole + 1) & mask
    while keys[next] != Self.empty {
      // A cell may move into the hole when its home does not lie between the two.
      if (next - home(keys[next])) & mask >= (next - hole) & mask {
        keys[hole] = keys[next]
        values[hole] = values[next]
        hole = next
      }
      next = (next + 1) & mask
    }
    keys[hole] = Self.empty
    count -= 1
  }

  /// Gives room back after a burst.
  mutating func shrink() {
    if keys.count > 64, count * 8 < keys.count { resize(to: keys.count / 2) }
  }

  private mutating func resize(to size: Int) {
    let (oldKeys, oldValues) = (keys, values)
    keys = Array(repeating: Self.empty, count: size)
    values = Array(repeating: 0, count: size)
    shift = 64 - UInt64(size.trailingZeroBitCount)
    for (old, key) in oldKeys.enumerated() where key != Self.empty {
      let place = place(of: key)
      keys[place] = key
      values[place] = oldValues[old]
    }
  }
}
