import Dispatch

/// Reads the rows of a text in parts, several at a time.
struct PartedReading {
  /// Rows from here to there are one part; the line is that of the first.
  private struct Part {
    let start: Int
    let end: Int
    let line: Int
  }

  /// A worker's turn: what it read, or why it stopped.
  private final class Turn {
    var reader: RowReader
    var sink = PartSink()
    var failure: (any Error)?
    init(_ reader: RowReader) { self.reader = reader }
  }

  private static let accountsMost = 20_000

  let threads: Int
  let partBytes: Int

  /// Reads all rows into `whole`.
  /// - Parameter passed: told how far everything is read.
  func read(_ whole: inout RowReader, passed: (Int) -> Void) throws {
    let text = whole.scanner.text
    // The first rows alone: they show the accounts and habits that the parts then know.
    try whole.rows(until: min(whole.scanner.offset + partBytes / 16, text.count), dataRows: nil)
    try whole.handNotes()
    nonisolated(unsafe) var turns = (0..<threads).map { _ in Turn(whole.worker()) }
    while whole.scanner.offset < text.count {
      // Each reader keeps what it knows of every account: with many, one reader alone is as fast.
      guard whole.open.count <= Self.accountsMost else {
        turns = []
        try whole.rows(until: whole.scanner.offset + partBytes, dataRows: nil)
        try whole.handNotes()
        passed(whole.scanner.offset)
        continue
      }
      let parts = self.parts(of: text, from: whole.scanner.offset, line: whole.scanner.line)
      let doubted = whole.doubtful
      DispatchQueue.concurrentPerform(iterations: parts.count) { place in
        let turn = turns[place]
        turn.sink = PartSink()
        turn.failure = nil
        turn.reader.begin(
          at: parts[place].start, line: parts[place].line, doubted: doubted, turn.sink)
        do { try turn.reader.rows(until: parts[place].end, dataRows: nil) } catch {
          turn.failure = error
        }
      }
      for (place, part) in parts.enumerated() {
        let turn = turns[place]
        let follows = whole.scanner.offset == part.start && whole.scanner.line == part.line
        if follows, turn.failure == nil, !whole.contradicts(turn.reader) {
          try whole.append(&turn.reader, turn.sink)
        } else {
          // Not where a row begins, or not as these rows have to be read: again, from the right place.
          if whole.scanner.offset < part.end {
            try whole.rows(until: part.end, dataRows: nil)
            try whole.handNotes()
          }
          turns[place] = Turn(whole.worker())
        }
      }
      passed(whole.scanner.offset)
    }
  }

  /// The next parts, each from the start of a line to the start of another.
  private func parts(
    of text: UnsafeBufferPointer<UInt8>, from offset: Int, line: Int
  ) -> [Part] {
    var parts: [Part] = []
    var start = offset
    var line = line
    while parts.count < threads, start < text.count {
      var end = min(start + partBytes, text.count)
      while end < text.count, !Self.isLineStart(text, end) { end += 1 }
      parts.append(Part(start: start, end: end, line: line))
      if parts.count < threads, end < text.count {
        line += TextTraits.lineEnds(
          UnsafeBufferPointer(rebasing: text[start..<end]), next: text[end])
      }
      start = end
    }
    return parts
  }

  private static func isLineStart(_ text: UnsafeBufferPointer<UInt8>, _ place: Int) -> Bool {
    text[place - 1] == 10 || (text[place - 1] == 13 && text[place] != 10)
  }
}
