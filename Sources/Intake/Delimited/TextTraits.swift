import CRowScan

/// What kinds of bytes a text has, so that checks run only where they can find something.
struct TextTraits {
  var hasNUL = false
  var hasControl = false
  var hasNonASCII = false

  init(_ bytes: UnsafeBufferPointer<UInt8>, passed: (Int) -> Void = { _ in }) {
    guard let base = bytes.baseAddress else { return }
    var offset = 0
    while offset < bytes.count {
      let count = min(16 << 20, bytes.count - offset)
      let kinds = crowscan_kinds(base + offset, count, 0)
      if kinds.has_nul != 0 { hasNUL = true }
      if kinds.has_control != 0 { hasControl = true }
      if kinds.has_high != 0 { hasNonASCII = true }
      offset += count
      passed(offset)
    }
  }

  /// Line ends in some bytes: LF, CRLF and CR each end a line. `next` is the byte behind them.
  static func lineEnds(_ bytes: UnsafeBufferPointer<UInt8>, next: UInt8) -> Int {
    guard let base = bytes.baseAddress else { return 0 }
    return Int(crowscan_kinds(base, bytes.count, next).line_ends)
  }

  static func isControl(_ byte: UInt8) -> Bool {
    (byte < 0x20 && byte != 9 && byte != 10 && byte != 13 && byte != 0) || byte == 0x7F
  }

  /// `= + - @`, TAB and CR at the beginning make spreadsheets evaluate a cell.
  static func startsFormula(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x3D, 0x2B, 0x2D, 0x40, 0x09, 0x0D: true
    default: false
    }
  }

  static func isDirection(_ scalar: Unicode.Scalar) -> Bool {
    (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
      || scalar.value == 0x200E || scalar.value == 0x200F
  }

  /// True when one word has Latin letters beside Cyrillic or Greek ones.
  static func mixesScripts(_ text: String) -> Bool {
    var latin = false
    var other = false
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x41...0x5A, 0x61...0x7A, 0xC0...0x24F: latin = true
      case 0x370...0x3FF, 0x400...0x52F: other = true
      default:
        latin = false
        other = false
      }
      if latin, other { return true }
    }
    return false
  }
}
