import CaseModel

/// Numbers of workbooks as decimal text, without ever being a binary number here.
///
/// A workbook stores the nearest binary number and writes its digits out, so a sum of cents may come as
/// `0.30000000000000004`. Only such noise, below 10^-9 and at the end of 15 or more digits, is cut off
/// (formats.md §4.1).
enum StoredNumber {
  /// The stored digits without exponent: `1.5E3` → `1500`; nil for a text that is no number.
  static func plain(_ text: String) -> String? {
    var digits: [UInt8] = []
    var scale = 0
    var exponent = 0
    var isNegative = false
    var seenPoint = false
    var bytes = Array(text.utf8)[...]
    if let first = bytes.first, first == 0x2D || first == 0x2B {
      isNegative = first == 0x2D
      bytes.removeFirst()
    }
    while let byte = bytes.popFirst() {
      switch byte {
      case 0x30...0x39:
        digits.append(byte)
        if seenPoint { scale += 1 }
      case 0x2E where !seenPoint: seenPoint = true
      case 0x45, 0x65:
        guard let power = Int(String(decoding: bytes, as: UTF8.self)), abs(power) < 400,
          !digits.isEmpty
        else { return nil }
        exponent = power
        bytes = []
      default: return nil
      }
    }
    guard !digits.isEmpty, digits.count < 400 else { return nil }
    scale -= exponent
    if scale < 0 {
      digits += [UInt8](repeating: 0x30, count: -scale)
      scale = 0
    }
    if digits.count <= scale {
      digits = [UInt8](repeating: 0x30, count: scale + 1 - digits.count) + digits
    }
    return join(digits, scale: scale, isNegative: isNegative)
  }

  /// Whether a whole number is longer than the 15 digits that a workbook keeps exactly: the digits behind
  /// them are whatever the nearest binary number has, whoever wrote the file.
  static func isBeyondExact(_ plain: String) -> Bool {
    let whole = plain.utf8.drop { $0 == 0x2D }.prefix { $0 != 0x2E }
    return whole.drop { $0 == 0x30 }.count > 15
  }

  /// The number without binary noise, and whether there was any. Half of a step rounds away from zero;
  /// the step is 10^-9.
  static func withoutNoise(_ plain: String) -> (text: String, isRounded: Bool) {
    let isNegative = plain.hasPrefix("-")
    let parts = plain.drop { $0 == "-" }.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[1].utf8.count > 9 else { return (plain, false) }
    let significant = (parts[0] + parts[1]).drop { $0 == "0" }.count
    guard significant >= 15 else { return (plain, false) }
    var digits = Array(parts[0].utf8) + Array(parts[1].utf8.prefix(9))
    if let next = parts[1].utf8.dropFirst(9).first, next >= 0x35 {
      var index = digits.count - 1
      while index >= 0, digits[index] == 0x39 {
        digits[index] = 0x30
        index -= 1
      }
      if index >= 0 { digits[index] += 1 } else { digits.insert(0x31, at: 0) }
    }
    let rounded = join(digits, scale: 9, isNegative: isNegative)
    // Noise leaves a short number behind; a long one was meant.
    let decimals = rounded.split(separator: ".").dropFirst().first?.count ?? 0
    guard decimals <= 6, rounded != join(digits: parts, isNegative) else { return (plain, false) }
    return (rounded, true)
  }

  private static func join(digits parts: [Substring], _ isNegative: Bool) -> String {
    join(Array(parts.joined().utf8), scale: parts[1].utf8.count, isNegative: isNegative)
  }

  /// Digits with a point before the last `scale`, without zeros that say nothing.
  private static func join(_ digits: [UInt8], scale: Int, isNegative: Bool) -> String {
    var whole = digits.dropLast(scale).drop { $0 == 0x30 }
    var fraction = digits.suffix(scale)
    while fraction.last == 0x30 { fraction.removeLast() }
    if whole.isEmpty { whole = [0x30] }
    var text = String(decoding: whole, as: UTF8.self)
    if !fraction.isEmpty { text += "." + String(decoding: fraction, as: UTF8.self) }
    return isNegative && text != "0" ? "-" + text : text
  }
}
