/// Numbers that look random and are the same on every machine for one seed.
///
/// Algorithm: SplitMix64 (Steele, Lea, Flood, "Fast Splittable Pseudorandom Number Generators",
/// 2014). The draws below are written out, because those of the standard library may change.
struct SplitMix {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// A stream of its own for one part of a scenario, so that a new part moves no other (FNV-1a).
  init(seed: UInt64, stream: String) {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in stream.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    self.init(seed: seed ^ hash)
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// A whole number of the range, each equally likely (rejection, no bias).
  mutating func int(_ range: ClosedRange<Int>) -> Int {
    let size = UInt64(range.upperBound - range.lowerBound) + 1
    let limit = UInt64.max - (UInt64.max % size + 1) % size
    while true {
      let draw = next()
      if draw <= limit { return range.lowerBound + Int(draw % size) }
    }
  }

  mutating func pick<Element>(_ list: [Element]) -> Element { list[int(0...(list.count - 1))] }

  /// True in `percent` of a hundred draws.
  mutating func chance(_ percent: Int) -> Bool { int(1...100) <= percent }

  /// An amount in minor units between two whole amounts: `cents(12...80)` is 12.00 to 80.00.
  mutating func cents(_ range: ClosedRange<Int>) -> Int64 {
    Int64(int((range.lowerBound * 100)...(range.upperBound * 100)))
  }
}
