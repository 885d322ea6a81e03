import Foundation

/// Data to standard output, messages to standard error, never mixed (experience.md C2, C3).
enum Terminal {
  static func out(_ text: String) { write(text + "\n", to: FileHandle.standardOutput) }
  static func message(_ text: String) { write(text + "\n", to: FileHandle.standardError) }

  /// Prints a value as JSON with sorted keys: stable, one document on standard output.
  static func json(_ value: some Encodable) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    out(String(decoding: try encoder.encode(value), as: UTF8.self))
  }

  static var messagesAreSeen: Bool { isatty(2) == 1 }

  private static func write(_ text: String, to handle: FileHandle) {
    try? handle.write(contentsOf: Data(text.utf8))
  }
}

/// A table for a terminal or a pipe: columns padded with spaces, numbers to the right.
struct TextTable {
  private var rows: [[String]]
  private let rightAligned: Set<Int>

  init(_ titles: [String], right: Set<Int> = []) {
    rows = [titles]
    rightAligned = right
  }

  mutating func add(_ cells: [String]) { rows.append(cells) }
  var isEmpty: Bool { rows.count == 1 }

  /// The lines, with a rule of dashes below the titles.
  var text: String {
    let count = rows.map(\.count).max() ?? 0
    let widths = (0..<count).map { column in
      rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
    }
    var lines: [String] = []
    for (index, row) in rows.enumerated() {
      let cells = row.enumerated().map { column, cell in
        let padding = String(repeating: " ", count: widths[column] - cell.count)
        return rightAligned.contains(column) ? padding + cell : cell + padding
      }
      lines.append(cells.joined(separator: "  ").trimmingTrailingSpaces)
      if index == 0 {
        lines.append(widths.map { String(repeating: "-", count: $0) }.joined(separator: "  "))
      }
    }
    return lines.joined(separator: "\n")
  }
}

extension String {
  fileprivate var trimmingTrailingSpaces: String {
    var end = endIndex
    while end > startIndex, self[index(before: end)] == " " { end = index(before: end) }
    return String(self[..<end])
  }
}

/// Progress of long work on standard error: only on a terminal, only after a second.
final class Progress: @unchecked Sendable {
  private let clock = ContinuousClock()
  private let start: ContinuousClock.Instant
  private var last: ContinuousClock.Instant
  private var shown = false
  private let lock = NSLock()

  init() {
    start = clock.now
    last = start
  }

  /// Called as work goes on; prints at most five times a second.
  func report(_ phase: String, done: Int, of total: Int?) {
    guard Terminal.messagesAreSeen else { return }
    lock.lock()
    defer { lock.unlock() }
    let now = clock.now
    guard now - start > .seconds(1), now - last > .milliseconds(200) else { return }
    last = now
    shown = true
    let seconds = max(1, Int((now - start).components.seconds))
    var line = "\(phase): \(done)"
    if let total { line += " of \(total)" }
    line += ", \(done / seconds) a second"
    if let total, done > 0 { line += ", about \((total - done) * seconds / done) s left" }
    try? FileHandle.standardError.write(contentsOf: Data(("\r\u{1B}[K" + line).utf8))
  }

  func finish() {
    guard shown else { return }
    try? FileHandle.standardError.write(contentsOf: Data("\r\u{1B}[K".utf8))
  }
}
