import CaseModel

/// Reads the days of a form whose parts have fixed widths (`%d.%m.%Y`, `%Y-%m-%d`, `%Y%m%d`) straight from
/// bytes. Whatever it does not read is left to `DateForm`; what it reads, `DateForm` reads alike (tested).
struct DateBytes {
  private var year = -1
  private var month = -1
  private var day = -1
  private var length = 0
  /// What stands between the parts: places and bytes, at most two.
  private var firstMark: (place: Int, byte: UInt8) = (-1, 0)
  private var secondMark: (place: Int, byte: UInt8) = (-1, 0)

  /// Nil when the form has parts of other kinds, or more marks than two.
  init?(_ form: DateForm) {
    for part in form.parts {
      switch part {
      case .year4:
        year = length
        length += 4
      case .month:
        month = length
        length += 2
      case .day:
        day = length
        length += 2
      case .literal(let byte):
        if firstMark.place < 0 {
          firstMark = (length, byte)
        } else if secondMark.place < 0 {
          secondMark = (length, byte)
        } else {
          return nil
        }
        length += 1
      default: return nil
      }
    }
    guard year >= 0, month >= 0, day >= 0, form.parts.count <= 5 else { return nil }
  }

  /// The day, as days since 1970-01-01; nil when `DateForm` has to read it.
  @inline(__always) func read(_ bytes: UnsafeBufferPointer<UInt8>) -> Int32? {
    guard bytes.count == length else { return nil }
    if firstMark.place >= 0, bytes[firstMark.place] != firstMark.byte { return nil }
    if secondMark.place >= 0, bytes[secondMark.place] != secondMark.byte { return nil }
    guard let y1 = two(bytes, year), let y2 = two(bytes, year + 2), let m = two(bytes, month),
      let d = two(bytes, day)
    else { return nil }
    return CivilDate(year: y1 * 100 + y2, month: m, day: d)?.dayNumber
  }

  @inline(__always) private func two(_ bytes: UnsafeBufferPointer<UInt8>, _ place: Int) -> Int? {
    let (a, b) = (bytes[place] &- 0x30, bytes[place + 1] &- 0x30)
    return a <= 9 && b <= 9 ? Int(a) * 10 + Int(b) : nil
  }
}
