/// Spans of time of one length, numbered.
struct Buckets {
  let first: Int64
  /// 2⁶⁴ ÷ width, rounded down: so a span no longer than the width never reaches past the next bucket.
  let inverse: UInt64

  init(first: Int64, width: UInt64) {
    self.first = first
    inverse = UInt64.max / width
  }

  @inline(__always)
  func number(of time: Int64) -> UInt64 {
    UInt64(bitPattern: time &- first).multipliedFullWidth(by: inverse).high
  }

  @inline(__always)
  func bit(of time: Int64) -> UInt64 { 1 &<< (number(of: time) & 63) }

  /// Whether a word has the bucket, the one before or the one after.
  @inline(__always)
  static func isNear(_ bucket: UInt64, in word: UInt64) -> Bool {
    let before = (bucket &- 1) & 63
    return (word &>> before | word &<< (64 &- before)) & 7 != 0
  }
}
