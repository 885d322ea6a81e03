/// Which hashes came more than once, in a few bits each: for the first of two passes over a file.
///
/// Two bits a slot: seen, seen again. A hash that came once may be taken for a repeated one (another
/// hash had its slot), never the other way round; what is said to be repeated is counted exactly in the
/// second pass. Memory is set by the expected number and never grows.
struct RepeatFilter {
  private static let most = 28
  private var words: [UInt64]
  private let shift: UInt64

  /// - Parameter expected: hashes to come, roughly. Sixteen slots each, at most 2^28 slots (64 MiB).
  init(expected: Int) {
    var bits = 12
    while bits < Self.most, 1 << bits < expected * 16 { bits += 1 }
    words = [UInt64](repeating: 0, count: 1 << (bits - 5))
    shift = UInt64(64 - bits)
  }

  @inline(__always) mutating func insert(_ hash: UInt64) {
    let slot = hash &>> shift
    let place = Int(truncatingIfNeeded: slot &>> 5)
    let bit = (slot & 31) * 2
    let word = words[place]
    words[place] = word | (word &>> bit & 1) &<< (bit + 1) | 1 &<< bit
  }

  /// False: it came at most once.
  @inline(__always) func mayRepeat(_ hash: UInt64) -> Bool {
    let slot = hash &>> shift
    return words[Int(truncatingIfNeeded: slot &>> 5)] >> ((slot & 31) * 2 + 1) & 1 != 0
  }
}

/// Which 128-bit hashes came more than once, exactly: 16 bytes each until `close`, then only the repeated.
struct RepeatLog {
  private var all: [SIMD2<UInt64>] = []
  private var repeated: Set<SIMD2<UInt64>> = []

  mutating func insert(_ hash: SIMD2<UInt64>) { all.append(hash) }
  mutating func insert(contentsOf other: [SIMD2<UInt64>]) { all.append(contentsOf: other) }

  /// Ends the collecting.
  /// - Complexity: O(*n* log *n*), in place.
  mutating func close() {
    all.sort { ($0.x, $0.y) < ($1.x, $1.y) }
    var index = 1
    while index < all.count {
      if all[index] == all[index - 1] { repeated.insert(all[index]) }
      index += 1
    }
    all = []
  }

  func isRepeated(_ hash: SIMD2<UInt64>) -> Bool {
    !repeated.isEmpty && repeated.contains(hash)
  }
}
