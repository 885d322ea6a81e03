import CaseModel

/// Says what a file is, by content, then name (formats.md §3.1).
public enum Identification {
  /// The first 64 KiB as formats see them: without byte order mark, UTF-16 as UTF-8.
  public static func head(of file: InputFile) -> [UInt8] {
    let raw = file.withBytes { Array($0.prefix(64 << 10)) }
    let isMarked = raw.starts(with: [0xFF, 0xFE]) || raw.starts(with: [0xFE, 0xFF])
    if isMarked || raw.starts(with: [0xEF, 0xBB, 0xBF]) {
      return (try? DecodedText(raw, name: file.name))?.bytes ?? raw
    }
    return raw
  }

  /// What to ask the sender for.
  static let readable =
    "a format that is read, such as delimited text, a workbook, camt.053 or MT940; ask the sender for one"

  /// From here on a format is believed without asking what else the file could be.
  static let certain = 60

  /// The format with the highest confidence, ties by name; nil when none is above zero.
  public static func format(
    of file: InputFile, head: [UInt8], among formats: [any StatementFormat]
  ) -> (format: any StatementFormat, confidence: Int)? {
    var best: (format: any StatementFormat, confidence: Int)?
    for format in formats.sorted(by: { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }) {
      let confidence = format.confidence(head: head[...], name: file.name)
      if confidence > (best?.confidence ?? 0) { best = (format, confidence) }
    }
    return best
  }

  /// Refuses what can be told at once: empty files, containers and known formats that no reader claimed,
  /// pages and pictures, bytes that are no text. Nil when a reader should try.
  public static func refusal(of file: InputFile, head: [UInt8]) -> Issue? {
    let start = Locator(text: "byte 0", ordinal: 0)
    func issue(_ code: String, _ at: Locator, _ found: String, _ expected: String) -> Issue {
      Issue(.error, code, file: file.name, at: at, found: found, expected: expected)
    }
    guard file.byteCount > 0 else {
      return issue("E-EMPTY", start, "a file of zero bytes", "records; ask for the file again")
    }
    if head.starts(with: [0x50, 0x4B]) { return ArchiveCheck.refusal(of: file) }
    if let name = signature(head) {
      return issue(
        "E-FORMAT", start, name, readable)
    }
    if let name = notRecords(head) {
      return issue("E-UNKNOWN-FORMAT", .line(1), name, readable)
    }
    if looksBinary(head) {
      return issue(
        "E-UNKNOWN-FORMAT", start, "bytes that are no text of any known format", readable)
    }
    return nil
  }

  /// What is recognised by its first bytes and is none of the formats that are read: those claimed the file
  /// before.
  private static func signature(_ head: [UInt8]) -> String? {
    if head.starts(with: Array("%PDF-".utf8)) { return "a PDF document" }
    if head.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) {
      return "an Office document without a workbook"
    }
    let text = String(decoding: head.prefix(4096), as: UTF8.self)
    let trimmed = text.drop { $0.isWhitespace }
    if trimmed.hasPrefix("{1:"), text.contains("{2:") {
      return "a SWIFT message of a type that is not read"
    }
    if trimmed.hasPrefix("{") || trimmed.hasPrefix("[") {
      return "JSON of a layout that is not read"
    }
    if trimmed.hasPrefix("<"), let root = xmlRoot(trimmed) {
      if root == "Document" || root == "Envelope", text.contains(":xsd:") {
        return "an ISO 20022 message of a type that is not read"
      }
    }
    return nil
  }

  /// Text that carries no records: saved web pages and mails.
  private static func notRecords(_ head: [UInt8]) -> String? {
    let text = String(decoding: head.prefix(2048), as: UTF8.self).lowercased()
    let trimmed = text.drop { $0.isWhitespace }
    if trimmed.hasPrefix("<!doctype html") || trimmed.hasPrefix("<html") {
      return "a web page, perhaps an error page saved under the file's name"
    }
    if trimmed.hasPrefix("{\\rtf") { return "a rich text document" }
    return nil
  }

  private static func xmlRoot(_ text: Substring) -> String? {
    var rest = text
    while let open = rest.firstIndex(of: "<") {
      rest = rest[rest.index(after: open)...]
      guard let next = rest.first else { return nil }
      if next == "?" || next == "!" { continue }
      let name = rest.prefix { !$0.isWhitespace && $0 != ">" && $0 != "/" }
      return String(name.split(separator: ":").last ?? name)
    }
    return nil
  }

  /// More than one control character in twenty: no text of any encoding met in bank files. Files that
  /// alternate with NUL are left to the encoding check, which can say more.
  private static func looksBinary(_ head: [UInt8]) -> Bool {
    let nul = head.count { $0 == 0 }
    if nul * 10 >= head.count * 3 { return false }
    let control = head.count { $0 < 0x20 && !(9...13).contains($0) && $0 != 0x1B }
    return control * 20 > head.count
  }
}
