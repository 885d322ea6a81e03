/// The accounts that the peers' scripts ask about, drawn the way they draw them.
///
/// `numpy.random.default_rng(seed).choice(senders, count, replace=False)`: NumPy's SeedSequence, PCG64
/// (O'Neill, HMC-CS-2014-0905, XSL-RR 128/64), Lemire's bounded integers and Floyd's choice, as NumPy 2
/// implements them. Only so do `ego3_vertices` and `reach_100_count` equal the peers' counts.
struct PeerSeeds {
  private var state: UInt128 = 0
  private let increment: UInt128
  private var spare: UInt32?

  init(seed: UInt32) {
    let words = Self.seedSequence(seed)
    increment = (UInt128(words[2]) << 64 | UInt128(words[3])) << 1 | 1
    step()
    state = state &+ (UInt128(words[0]) << 64 | UInt128(words[1]))
    step()
  }

  /// Some of a list, each at most once.
  mutating func choose(_ count: Int, of list: [Int64]) -> [Int64] {
    let count = min(count, list.count)
    guard count > 0 else { return [] }
    return list.count > 10_000 && count > list.count / 50
      ? tailShuffled(list, count) : floyd(count, of: list)
  }

  private mutating func tailShuffled(_ list: [Int64], _ count: Int) -> [Int64] {
    var all = list
    shuffle(&all, downTo: max(all.count - count, 1))
    return Array(all[(all.count - count)...])
  }

  private mutating func floyd(_ count: Int, of list: [Int64]) -> [Int64] {
    var chosen: Set<Int> = []
    var places: [Int] = []
    for last in (list.count - count)..<list.count {
      let place = Int(bounded(UInt32(last)))
      if chosen.insert(place).inserted {
        places.append(place)
      } else {
        chosen.insert(last)
        places.append(last)
      }
    }
    shuffle(&places, downTo: 1)
    return places.map { list[$0] }
  }

  private mutating func shuffle<Element>(_ list: inout [Element], downTo first: Int) {
    guard first < list.count else { return }
    for place in (first..<list.count).reversed() {
      list.swapAt(place, Int(bounded(UInt32(place))))
    }
  }

  /// 0 to `last`, both included.
  private mutating func bounded(_ last: UInt32) -> UInt32 {
    guard last > 0 else { return 0 }
    let width = UInt64(last) + 1
    var product = UInt64(next32()) * width
    if UInt32(truncatingIfNeeded: product) < UInt32(width) {
      let threshold = (UInt32.max - last) % UInt32(width)
      while UInt32(truncatingIfNeeded: product) < threshold { product = UInt64(next32()) * width }
    }
    return UInt32(product >> 32)
  }

  private mutating func next32() -> UInt32 {
    if let half = spare {
      spare = nil
      return half
    }
    step()
    let mixed = UInt64(truncatingIfNeeded: state >> 64) ^ UInt64(truncatingIfNeeded: state)
    let turn = UInt64(truncatingIfNeeded: state >> 122)
    let word = mixed >> turn | mixed << ((64 - turn) & 63)
    spare = UInt32(word >> 32)
    return UInt32(truncatingIfNeeded: word)
  }

  private mutating func step() {
    state = state &* 0x2360_ED05_1FC6_5DA4_4385_DF64_9FCC_F645 &+ increment
  }

  private static func seedSequence(_ seed: UInt32) -> [UInt64] {
    var constant: UInt32 = 0x43B0_D7E5
    func hashed(_ value: UInt32) -> UInt32 {
      var value = value ^ constant
      constant = constant &* 0x931E_8875
      value = value &* constant
      return value ^ value >> 16
    }
    var pool = [hashed(seed), hashed(0), hashed(0), hashed(0)]
    for from in 0..<4 {
      for to in 0..<4 where from != to {
        let mixed = 0xCA01_F9DD &* pool[to] &- 0x4973_F715 &* hashed(pool[from])
        pool[to] = mixed ^ mixed >> 16
      }
    }
    constant = 0x8B51_F9DD
    let words = (0..<8).map { place -> UInt32 in
      var value = pool[place % 4] ^ constant
      constant = constant &* 0x58F3_8DED
      value = value &* constant
      return value ^ value >> 16
    }
    return (0..<4).map { UInt64(words[2 * $0]) | UInt64(words[2 * $0 + 1]) << 32 }
  }
}
