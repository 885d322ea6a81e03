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

  /// Refuses what can be told at once: empty files, archives, known formats that are not read yet,
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
    let readable = "delimited text, MT940 or camt.053; ask the sender for one of them"
    if let name = signature(head) {
      return issue(
        "E-FORMAT", start, "\(name), which this version does not read yet", readable)
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

  /// Formats that are recognised by their first bytes and not read yet.
  private static func signature(_ head: [UInt8]) -> String? {
    if head.starts(with: Array("%PDF-".utf8)) { return "a PDF document" }
    if head.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) {
      return "an old workbook (XLS) or Office document"
    }
    if head.starts(with: [0x1F, 0x8B]) { return "a gzip archive" }
    if head.starts(with: [0x37, 0x7A, 0xBC, 0xAF]) { return "a 7-Zip archive" }
    let text = String(decoding: head.prefix(4096), as: UTF8.self)
    let trimmed = text.drop { $0.isWhitespace }
    let upper = trimmed.prefix(600).uppercased()
    if upper.hasPrefix("OFXHEADER") || upper.contains("<OFX>") || upper.contains("<?OFX") {
      return "an OFX statement"
    }
    if trimmed.hasPrefix("!Type:") || trimmed.hasPrefix("!Account") || trimmed.hasPrefix("!Option")
    {
      return "a QIF file"
    }
    let lines = text.split(whereSeparator: \.isNewline).prefix(40)
    guard let first = lines.first else { return nil }
    if first.hasPrefix("01,"),
      lines.dropFirst().first.map({ $0.hasPrefix("02,") || $0.hasPrefix("88,") }) == true
    {
      return "a BAI2 file"
    }
    if first.hasPrefix("0000"), first.utf8.count == 128 { return "a CODA statement" }
    if first.hasPrefix("01"), [120, 240].contains(first.utf8.count), !first.contains(";"),
      !first.contains(",")
    {
      return "a CFONB120 statement"
    }
    if first.hasPrefix("11"), first.utf8.count == 80,
      first.utf8.prefix(20).allSatisfy({ (0x30...0x39).contains($0) })
    {
      return "a Norma 43 statement"
    }
    if trimmed.hasPrefix("{1:"), text.contains("{2:"), !text.contains("{2:O94"),
      !text.contains("{2:I94"),
      !text.contains(":60F:"), !text.contains(":60M:")
    {
      return "a SWIFT payment message"
    }
    if (trimmed.hasPrefix("{") && !trimmed.hasPrefix("{1:")) || trimmed.hasPrefix("[") {
      return "JSON"
    }
    if upper.hasPrefix("<"), let root = xmlRoot(trimmed) {
      if root.lowercased() == "html" { return nil }
      for name in ["camt.053", "camt.052", "camt.054"] where text.contains(name) { return nil }
      if ["BkToCstmrStmt", "BkToCstmrAcctRpt", "BkToCstmrDbtCdtNtfctn"].contains(
        where: text.contains)
      {
        return nil
      }
      if root == "Document" || root == "Envelope" {
        return text.contains(":xsd:")
          ? "an ISO 20022 message other than camt.052, 053 and 054" : nil
      }
      if root == "report", text.contains("rentity_id") { return "a goAML report" }
      if root == "EFilingBatchXML" || root.hasSuffix(":EFilingBatchXML") { return "a FinCEN batch" }
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
