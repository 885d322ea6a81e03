/// What the first bytes of a file say about JSON in it.
enum JSONHead {
  /// The text begins with an object or a list; SWIFT's `{1:` does not.
  static func beginsLikeJSON(_ head: ArraySlice<UInt8>) -> Bool {
    let text = head.drop { [0x20, 9, 10, 13].contains($0) }
    guard let first = text.first else { return false }
    if first == UInt8(ascii: "[") { return true }
    guard first == UInt8(ascii: "{") else { return false }
    let second = text.dropFirst().first { ![0x20, 9, 10, 13].contains($0) }
    return second == 0x22 || second == UInt8(ascii: "}")
  }

  /// The bytes of `text` occur in the head.
  /// - Complexity: O(*n*) for texts whose first byte is rare.
  static func holds(_ text: StaticString, _ head: ArraySlice<UInt8>) -> Bool {
    let wanted = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
    return head.withUnsafeBufferPointer { bytes in
      guard wanted.count <= bytes.count else { return false }
      return (0...(bytes.count - wanted.count)).contains { start in
        wanted.indices.allSatisfy { bytes[start + $0] == wanted[$0] }
      }
    }
  }
}
