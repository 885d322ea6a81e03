import CaseModel

/// Walks the rows of one table with named columns, and sets aside those that cannot be used.
struct TableReader {
  /// A row that cannot be used.
  struct Fault: Error {
    let code: String
    let found: String
    let expected: String
    /// What ended the reading altogether, such as the sink's own failure.
    var cause: (any Error)?

    init(code: String, found: String, expected: String) {
      self.code = code
      self.found = found
      self.expected = expected
    }

    init(cause: any Error) {
      self.init(code: "E-INTERNAL", found: "the reading ended", expected: "a report of this defect")
      self.cause = cause
    }
  }

  let file: InputFile
  let text: DecodedText
  let layout: TableLayout
  let limits: ReadingOptions.Limits
  /// Before `line 7`, in tables that are not the main one of a set.
  let placePrefix: String

  init(
    _ file: InputFile, layout: TableLayout, limits: ReadingOptions.Limits, placePrefix: String = ""
  ) throws {
    self.file = file
    self.layout = layout
    self.limits = limits
    self.placePrefix = placePrefix
    text = try DecodedText(of: file, fallback: layout.encoding)
  }

  func place(_ line: Int) -> Locator {
    Locator(text: placePrefix + "line \(line)", ordinal: Int64(line))
  }

  /// Calls `body` with each row. `header` gets the first row that is not blank and answers with the
  /// columns by name, and whether that row is a header and so no record.
  /// - Returns: The number of rows given to `body`.
  /// - Throws: `FileRefusal` for text that cannot be cut into rows, and what the closures throw.
  @discardableResult
  func forEach(
    header: ([String], Locator) throws -> (columns: [String: Int], isHeader: Bool),
    _ body: (Result<TableRow, Fault>, Locator, String) throws -> Void
  ) throws -> Int {
    try text.bytes.withUnsafeBufferPointer { bytes in
      var scanner = RowScanner(
        bytes, delimiter: layout.delimiter, quote: layout.quote, columnsMax: limits.columns)
      var columns: [String: Int]?
      var width = 0
      var count = 0
      var bad = text.undecodable[...]
      do {
        while try scanner.next() {
          if scanner.isBlank { continue }
          let line = place(scanner.rowLine)
          if columns == nil {
            let names = scanner.fields.indices.map { scanner.string($0) ?? "" }
            let (found, isHeader) = try header(names, line)
            columns = found
            width = isHeader ? names.count : (found.values.max() ?? -1) + 1
            if isHeader { continue }
          }
          count += 1
          bad = bad.drop { $0 < scanner.rowStart }
          let isBroken = bad.first.map { $0 < scanner.rowEnd } ?? false
          let raw = String(decoding: scanner.raw.prefix(64 << 10), as: UTF8.self)
          try body(
            row(scanner, columns ?? [:], width, line, raw: raw, isBroken: isBroken), line, raw)
        }
      } catch let fault as RowScanner.Fault {
        throw FileRefusal([Delimited.issue(fault, file: file.name, limits: limits)])
      }
      return count
    }
  }

  private func row(
    _ scanner: RowScanner, _ columns: [String: Int], _ width: Int, _ locator: Locator,
    raw: String, isBroken: Bool
  ) -> Result<TableRow, Fault> {
    if isBroken {
      return .failure(
        Fault(
          code: "E-ENC", found: "bytes that do not decode as \(text.encoding.rawValue)",
          expected: "the encoding of the rest of the file"))
    }
    guard scanner.fields.count == width else {
      return .failure(
        Fault(
          code: "E-COLS", found: "\(scanner.fields.count) fields", expected: "\(width) fields"))
    }
    if scanner.fields.contains(where: { $0.end - $0.start > limits.fieldBytes }) {
      return .failure(
        Fault(
          code: "E-SIZE", found: "a field of more than \(limits.fieldBytes) bytes",
          expected: "at most \(limits.fieldBytes) bytes"))
    }
    let fields = scanner.fields.indices.map { index -> String? in
      scanner.string(index).flatMap { layout.nullWords.contains($0) ? nil : $0 }
    }
    return .success(TableRow(locator: locator, columns: columns, fields: fields, raw: raw))
  }
}
