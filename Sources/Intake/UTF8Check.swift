import CRowScan

/// Strict UTF-8 (RFC 3629): no overlong forms, no surrogates, nothing above U+10FFFF.
enum UTF8Check {
  /// Offset of the first byte that is not part of a sound sequence; nil when all are.
  /// - Parameter passed: told now and then how far the text is read.
  static func firstInvalid(
    _ bytes: UnsafeBufferPointer<UInt8>, passed: (Int) -> Void = { _ in }
  ) -> Int? {
    guard let base = bytes.baseAddress else { return nil }
    var index = 0
    var told = 0
    while index < bytes.count {
      index += crowscan_ascii(base + index, min(bytes.count - index, 4 << 20))
      while index < bytes.count, bytes[index] >= 0x80 {
        let length = length(bytes, index)
        if length == 0 { return index }
        index += length
      }
      if index - told >= 16 << 20 {
        told = index
        passed(index)
      }
    }
    return nil
  }

  static func hasMultibyte(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var index = 0
    while index < bytes.count {
      if bytes[index] >= 0x80, length(bytes, index) > 1 { return true }
      index += 1
    }
    return false
  }

  /// Length of the sound sequence that starts here, 0 when there is none.
  static func length(_ b: UnsafeBufferPointer<UInt8>, _ i: Int) -> Int {
    let first = b[i]
    if first < 0x80 { return 1 }
    func tail(_ offset: Int) -> Bool { i + offset < b.count && b[i + offset] & 0xC0 == 0x80 }
    switch first {
    case 0xC2...0xDF: return tail(1) ? 2 : 0
    case 0xE0...0xEF:
      guard tail(1), tail(2) else { return 0 }
      if first == 0xE0, b[i + 1] < 0xA0 { return 0 }
      if first == 0xED, b[i + 1] >= 0xA0 { return 0 }
      return 3
    case 0xF0...0xF4:
      guard tail(1), tail(2), tail(3) else { return 0 }
      if first == 0xF0, b[i + 1] < 0x90 { return 0 }
      if first == 0xF4, b[i + 1] >= 0x90 { return 0 }
      return 4
    default: return 0
    }
  }
}
