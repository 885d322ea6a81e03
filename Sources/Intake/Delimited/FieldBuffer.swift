/// A field of the current row, as a range of the text.
struct FieldSpan {
  var start: Int
  var end: Int
  /// Holds doubled quotes, or text after a closing quote: needs unescaping.
  var hasQuotes: Bool
  var isEmpty: Bool { start == end }
}

/// Room for the fields of one row, made once a text: a row costs no allocation.
final class FieldBuffer {
  let room: UnsafeMutablePointer<FieldSpan>
  let capacity: Int

  /// - Parameter columnsMax: the most fields a row may have; there is room for one more, so that a
  ///   row beyond the limit can be told.
  init(columnsMax: Int) {
    capacity = max(0, columnsMax) + 2
    room = .allocate(capacity: capacity)
    room.initialize(repeating: FieldSpan(start: 0, end: 0, hasQuotes: false), count: capacity)
  }
  deinit { room.deallocate() }
}
