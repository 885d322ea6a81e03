import Foundation

/// Data to standard output, messages to standard error, never mixed (experience.md C2, C3).
enum Terminal {
  static func out(_ text: String) { write(text + "\n", to: FileHandle.standardOutput) }
  static func message(_ text: String) { write(text + "\n", to: FileHandle.standardError) }

  /// Prints a value as JSON with sorted keys: stable, one document on standard output.
  static func json(_ value: some Encodable) throws {
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
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
    show(phase, done: done, of: total) { String($0) }
  }

  /// The same for work that is measured in bytes.
  func report(_ phase: String, bytes done: Int, of total: Int) {
    show(phase, done: done, of: total, ByteText.of)
  }

  private func show(_ phase: String, done: Int, of total: Int?, _ text: (Int) -> String) {
    guard Terminal.messagesAreSeen else { return }
    lock.lock()
    defer { lock.unlock() }
    let now = clock.now
    guard now - start > .seconds(1), now - last > .milliseconds(200) else { return }
    last = now
    shown = true
    let line = Self.line(
      phase, done: done, of: total, seconds: Int((now - start).components.seconds), text)
    try? FileHandle.standardError.write(contentsOf: Data(("\r\u{1B}[K" + line).utf8))
  }

  /// `storing march.csv: 12.0 MiB of 40.0 MiB, 4.0 MiB a second, about 7 s left`.
  static func line(
    _ phase: String, done: Int, of total: Int?, seconds: Int, _ text: (Int) -> String
  ) -> String {
    let seconds = max(1, seconds)
    var line = "\(phase): \(text(done))"
    if let total { line += " of \(text(total))" }
    line += ", \(text(done / seconds)) a second"
    if let total, done > 0, total > done {
      line += ", about \((total - done) * seconds / done) s left"
    }
    return line
  }

  func finish() {
    guard shown else { return }
    try? FileHandle.standardError.write(contentsOf: Data("\r\u{1B}[K".utf8))
  }
}

/// Sizes for people, in tenths of the largest unit that fits; rounded down.
enum ByteText {
  static func of(_ bytes: Int) -> String {
    for (unit, name) in [(1 << 30, "GiB"), (1 << 20, "MiB"), (1 << 10, "KiB")] where bytes >= unit {
      return "\(bytes / unit).\(bytes % unit * 10 / unit) \(name)"
    }
    return "\(bytes) bytes"
  }
}
