/// Numbers by two stretches of bytes and a tag, for the accounts and codes a file repeats: one look-up a
/// row, no string. Exact: the bytes themselves are kept and compared.
///
/// Grows with the number of different keys, never with the file.
struct SpanTable {
  private struct Slot {
    var hash: UInt64 = 0
    var start = 0
    var firstCount: Int32 = -1
    var secondCount: Int32 = 0
    var tag: Int32 = 0
    var value: Int32 = 0
  }

  private var slots: [Slot] = []
  private var bytes: [UInt8] = []
  private(set) var count = 0

  /// The value kept for a key.
  @inline(__always) func value(
    _ first: UnsafeBufferPointer<UInt8>, _ second: UnsafeBufferPointer<UInt8>, tag: Int32
  ) -> Int32? {
    guard count > 0 else { return nil }
    let found = place(first, second, tag, Self.hash(first, second, tag))
    return slots[found].firstCount < 0 ? nil : slots[found].value
  }

  /// Keeps a value for a key that has none yet.
  mutating func insert(
    _ first: UnsafeBufferPointer<UInt8>, _ second: UnsafeBufferPointer<UInt8>, tag: Int32,
    value: Int32
  ) {
    if (count + 1) * 2 > slots.count { grow() }
    let hash = Self.hash(first, second, tag)
    let found = place(first, second, tag, hash)
    guard slots[found].firstCount < 0 else { return }
    slots[found] = Slot(
      hash: hash, start: bytes.count, firstCount: Int32(first.count),
      secondCount: Int32(second.count), tag: tag, value: value)
    bytes.append(contentsOf: first)
    bytes.append(contentsOf: second)
    count += 1
  }

  @inline(__always) private static func hash(
    _ first: UnsafeBufferPointer<UInt8>, _ second: UnsafeBufferPointer<UInt8>, _ tag: Int32
  ) -> UInt64 {
    let hash = QuickHash.of(first, seed: UInt64(truncatingIfNeeded: Int(tag)))
    return second.isEmpty ? hash : QuickHash.of(second, seed: hash)
  }

  /// The key's slot, or the empty one where it belongs. Never more than half full, so the walk ends.
  @inline(__always) private func place(
    _ first: UnsafeBufferPointer<UInt8>, _ second: UnsafeBufferPointer<UInt8>, _ tag: Int32,
    _ hash: UInt64
  ) -> Int {
    slots.withUnsafeBufferPointer { slots in
      bytes.withUnsafeBufferPointer { bytes in
        let mask = slots.count - 1
        var place = Int(truncatingIfNeeded: hash) & mask
        while slots[place].firstCount >= 0 {
          let slot = slots[place]
          if slot.hash == hash, slot.tag == tag, Int(slot.firstCount) == first.count,
            Int(slot.secondCount) == second.count,
            Self.equal(bytes, slot.start, first),
            Self.equal(bytes, slot.start + first.count, second)
          {
            return place
          }
          place = (place + 1) & mask
        }
        return place
      }
    }
  }

  @inline(__always) private static func equal(
    _ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ other: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    var index = 0
    while index < other.count {
      if bytes[start + index] != other[index] { return false }
      index += 1
    }
    return true
  }

  private mutating func grow() {
    let old = slots
    slots = [Slot](repeating: Slot(), count: max(64, old.count * 2))
    let mask = slots.count - 1
    for slot in old where slot.firstCount >= 0 {
      var place = Int(truncatingIfNeeded: slot.hash) & mask
      while slots[place].firstCount >= 0 { place = (place + 1) & mask }
      slots[place] = slot
    }
  }
}
