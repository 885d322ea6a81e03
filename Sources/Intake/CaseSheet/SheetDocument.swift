import CaseModel
import Yams

// Turns the bytes of a sheet into a tree of nodes, within limits that hold before anything is built:
// size, nesting, number of nodes, no anchors (so no aliases that multiply), no tags.

/// Limits of the sheets that a person writes. Each breach is an error that states the limit.
enum SheetLimits {
  static let bytes = 4 << 20
  /// Levels of lists and mappings; the format itself needs six.
  static let depth = 12
  static let nodes = 200_000
  static let textBytes = 16_384
  /// Issues listed before the reader stops adding; the count of the rest is stated.
  static let issues = 500
}

/// What a reading of one sheet found wrong.
final class SheetReport {
  let file: InputFile
  /// False for sealed sheets: their values never appear in a message.
  let mayQuote: Bool
  private(set) var issues: [Issue] = []
  private var left = 0
  /// Codes that the sheet defines, also those of items that had other mistakes, so that one mistake
  /// does not make every mention of its item a second one.
  private var declared: Set<String> = []

  init(_ file: InputFile, mayQuote: Bool) {
    self.file = file
    self.mayQuote = mayQuote
  }

  func error(_ code: String, line: Int, _ found: String, _ expected: String) {
    guard issues.count < SheetLimits.issues else {
      left += 1
      return
    }
    issues.append(
      Issue(
        .error, code, file: file.name, at: .line(line), found: Issue.escaped(found),
        expected: expected))
  }

  func declare(_ kind: String, _ code: String) { declared.insert("\(kind) \(code)") }
  func declares(_ kind: String, _ code: String) -> Bool { declared.contains("\(kind) \(code)") }

  func source(line: Int) -> SourceRef {
    SourceRef(file: file.sha256, label: file.name, locator: .line(line))
  }

  /// The refusal with every issue in the order of lines; nil when there is none.
  var refusal: FileRefusal? {
    guard !issues.isEmpty else { return nil }
    var all = issues.enumerated()
      .sorted { ($0.element.locator.ordinal, $0.offset) < ($1.element.locator.ordinal, $1.offset) }
      .map(\.element)
    if left > 0 {
      all.append(
        Issue(
          .error, "E-LIMIT", file: file.name, at: .line(1), found: "\(left) more issues",
          expected: "correct the \(SheetLimits.issues) above and read the file again"))
    }
    return FileRefusal(all)
  }

  func throwIfRefused() throws {
    if let refusal { throw refusal }
  }
}

enum SheetDocument {
  /// The root mapping of a sheet whose first key says `moneytrail: <kind>`.
  /// - Throws: `FileRefusal` when the bytes are no such sheet.
  static func root(_ report: SheetReport, kind: String) throws -> Node.Mapping {
    let text = try text(report)
    refuseAnchorsAndTags(text, report)
    try report.throwIfRefused()
    let node: Node?
    do {
      // The encoding is named because the default one asks the environment.
      node = try Parser(yaml: text, encoding: .utf8).singleRoot()
    } catch let error as YamlError {
      throw unreadable(error, report)
    }
    guard case .mapping(let root)? = node else {
      report.error(
        "E-HEADER", line: 1, "no mapping at the top", "a sheet that begins `moneytrail: \(kind)`")
      throw report.refusal ?? FileRefusal([])
    }
    var count = 0
    measure(.mapping(root), depth: 1, count: &count, report)
    let header = root.first { $0.key.scalar?.string == "moneytrail" }
    if header?.value.scalar?.string != kind {
      report.error(
        "E-HEADER", line: header?.key.mark?.line ?? 1,
        header == nil ? "no key `moneytrail`" : "another kind of file",
        "`moneytrail: \(kind)` on the first line")
    }
    try report.throwIfRefused()
    return root
  }

  /// The kind stated in the first lines, such as `case-sheet/1`; nil when the bytes are no sheet.
  static func kind(of bytes: ArraySlice<UInt8>) -> String? {
    let head = String(decoding: bytes.prefix(4096), as: UTF8.self)
    for line in head.split(whereSeparator: \.isNewline) {
      let plain = line.drop { $0 == "\u{FEFF}" || $0 == " " }
      if plain.isEmpty || plain.hasPrefix("#") || plain.hasPrefix("---") { continue }
      guard plain.hasPrefix("moneytrail:") else { return nil }
      return plain.dropFirst("moneytrail:".count).split(separator: " ").first.map(String.init)
    }
    return nil
  }

  private static func text(_ report: SheetReport) throws -> String {
    let count = report.file.byteCount
    if count > SheetLimits.bytes {
      report.error("E-LIMIT", line: 1, "\(count) bytes", "at most \(SheetLimits.bytes) bytes")
      try report.throwIfRefused()
    }
    var bytes = report.file.bytes[...]
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes = bytes.dropFirst(3) }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      report.error("E-ENCODING", line: 1, "bytes that are not UTF-8", "save the file as UTF-8")
      throw report.refusal ?? FileRefusal([])
    }
    if bytes.isEmpty {
      report.error("E-HEADER", line: 1, "an empty file", "a sheet")
      try report.throwIfRefused()
    }
    return text
  }

  /// Refuses every `&name` and `!tag` by their bytes, before any tree is built.
  ///
  /// An anchor follows a space, a bracket, a comma or a colon, never a letter or a digit; without an
  /// anchor no alias is valid. Some plain text (`Smith &Co`) is refused too; the remedy says how.
  private static func refuseAnchorsAndTags(_ text: String, _ report: SheetReport) {
    var line = 1
    var previous = UInt8(ascii: "\n")
    var bytes = text.utf8.makeIterator()
    var current = bytes.next()
    while let byte = current {
      current = bytes.next()
      if byte == UInt8(ascii: "\n") { line += 1 }
      let opens = !isWordByte(previous)
      if byte == UInt8(ascii: "&"), opens, let next = current, next > 0x20 {
        report.error(
          "E-YAML", line: line, "an anchor (`&name`)",
          "repeat the value instead; in a text, put a space after `&`")
      }
      if byte == UInt8(ascii: "!"), opens, previous != UInt8(ascii: "!"), let next = current,
        next > 0x20
      {
        report.error(
          "E-YAML", line: line, "a tag (`!name`)",
          "write the value without a tag; in a text, put the `!` after a word")
      }
      previous = byte
    }
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: false
    }
  }

  private static func measure(
    _ node: Node, depth: Int, count: inout Int, _ report: SheetReport
  ) {
    count += 1
    let line = node.mark?.line ?? 1
    if count == SheetLimits.nodes {
      report.error(
        "E-LIMIT", line: line, "more values than allowed", "at most \(SheetLimits.nodes)")
    }
    guard count < SheetLimits.nodes else { return }
    if depth > SheetLimits.depth {
      report.error(
        "E-LIMIT", line: line, "\(depth) levels of nesting", "at most \(SheetLimits.depth)")
      return
    }
    switch node {
    case .scalar(let scalar):
      if scalar.string.utf8.count > SheetLimits.textBytes {
        report.error(
          "E-LIMIT", line: line, "a text of \(scalar.string.utf8.count) bytes",
          "at most \(SheetLimits.textBytes) bytes")
      }
    case .mapping(let mapping):
      for (key, value) in mapping {
        measure(key, depth: depth + 1, count: &count, report)
        measure(value, depth: depth + 1, count: &count, report)
      }
    case .sequence(let sequence):
      for value in sequence { measure(value, depth: depth + 1, count: &count, report) }
    case .alias:
      report.error("E-YAML", line: line, "an alias", "repeat the value instead")
    }
  }

  private static func unreadable(_ error: YamlError, _ report: SheetReport) -> FileRefusal {
    let (line, problem): (Int, String) =
      switch error {
      case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
        .composer(_, let problem, let mark, _):
        (mark.line, problem)
      case .reader(let problem, _, _, _): (1, problem)
      case .duplicatedKeysInMapping(let keys, let context):
        (
          context.mark.line,
          report.mayQuote ? "the key \(keys.joined(separator: ", ")) twice" : "a key twice"
        )
      default: (1, "not readable")
      }
    report.error("E-YAML", line: max(1, line), problem, "a YAML document")
    return report.refusal ?? FileRefusal([])
  }
}
