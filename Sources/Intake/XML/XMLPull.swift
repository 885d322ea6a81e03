// A pull reader over libxml2's xmlTextReader, with the limits of formats.md §3.2.

import CLibxml2
import CaseModel

/// Why an XML file cannot be read at all.
struct XMLRefusal: Error {
  let code: String
  /// Line, 1-based, as libxml2 counts them.
  let line: Int
  let found: String
  let expected: String
}

/// Reads XML from bytes as a sequence of events, holding no more than the current element.
///
/// A document type declaration, entity definitions, other files and connections are refused: a bank's
/// record needs none of them, and each is a known way to attack a reader.
/// Line ends, character references and encodings are libxml2's (XML 1.0, fifth edition).
final class XMLPull {
  enum Event {
    case start(String)
    case text(String)
    case end(String)
    case finished
  }

  private let reader: xmlTextReaderPtr
  private let first: UnsafeMutablePointer<cxml_first_error>
  private let limits: ReadingOptions.Limits
  /// The end of an empty element `<a/>`, which libxml2 does not report.
  private var pendingEnd: String?
  /// Names of elements and attributes by their place in libxml2's own dictionary, where equal names of one
  /// document lie once.
  private var names: [UnsafePointer<xmlChar>: String] = [:]
  /// Told now and then how many bytes are read.
  var passed: (Int) -> Void = { _ in }
  private let cursor: UnsafePointer<cxml_cursor>
  private let total: Int
  private var told = 0
  /// True once a text was cut at the field limit; the caller says so in an issue and clears it.
  var cutText = false

  private init(
    reader: xmlTextReaderPtr, first: UnsafeMutablePointer<cxml_first_error>,
    cursor: UnsafePointer<cxml_cursor>, limits: ReadingOptions.Limits
  ) {
    self.cursor = cursor
    total = cursor.pointee.left
    self.reader = reader
    self.first = first
    self.limits = limits
  }

  /// Opens the bytes, runs `body` and closes the reader again.
  /// - Throws: `XMLRefusal`, and what `body` throws.
  static func read<Result>(
    _ bytes: UnsafeBufferPointer<UInt8>, limits: ReadingOptions.Limits,
    _ body: (XMLPull) throws -> Result
  ) throws -> Result {
    _ = library
    if let line = XMLProlog.lineOfDoctype(in: bytes) { throw doctype(line: line) }
    var cursor = cxml_cursor(bytes: bytes.baseAddress, left: bytes.count)
    var first = cxml_first_error()
    return try withUnsafeMutablePointer(to: &cursor) { cursor in
      try withUnsafeMutablePointer(to: &first) { first in
        guard let reader = cxml_open(cursor, first) else {
          throw XMLRefusal(
            code: "E-XML-WF", line: 1, found: "the XML reader could not be opened",
            expected: "enough memory for libxml2")
        }
        defer { xmlFreeTextReader(reader) }
        return try body(
          XMLPull(reader: reader, first: first, cursor: UnsafePointer(cursor), limits: limits))
      }
    }
  }

  /// The same for bytes held in an array.
  static func read<Result>(
    _ bytes: [UInt8], limits: ReadingOptions.Limits, _ body: (XMLPull) throws -> Result
  ) throws -> Result {
    try bytes.withUnsafeBufferPointer { try read($0, limits: limits, body) }
  }

  /// Reads a whole file, in place.
  /// - Throws: `FileRefusal` with the line and the limit when the file is no XML that may be read, and
  ///   what `body` throws.
  static func read<Result>(
    _ file: InputFile, limits: ReadingOptions.Limits, progress: (@Sendable (Int) -> Void)? = nil,
    _ body: (XMLPull) throws -> Result
  ) throws -> Result {
    do {
      return try file.withBytes { bytes in
        try read(bytes, limits: limits) { pull in
          pull.passed = { offset in
            file.passed(offset)
            progress?(offset)
          }
          defer { file.passed(0) }
          return try body(pull)
        }
      }
    } catch let refusal as XMLRefusal {
      throw FileRefusal([
        Issue(
          .error, refusal.code, file: file.name, at: .line(refusal.line), found: refusal.found,
          expected: refusal.expected)
      ])
    }
  }

  /// libxml2 wants one initialisation before threads use it.
  private static let library: Void = xmlInitParser()

  /// The line the parser has reached.
  var line: Int { max(1, Int(xmlTextReaderGetParserLineNumber(reader))) }

  /// The namespace of the element just started, if it has one.
  var namespace: String? {
    guard let uri = xmlTextReaderConstNamespaceUri(reader) else { return nil }
    return String(decoding: Self.bytes(uri), as: UTF8.self)
  }

  /// The next start, text or end, in document order.
  func next() throws -> Event {
    if let name = pendingEnd {
      pendingEnd = nil
      return .end(name)
    }
    while true {
      let result = xmlTextReaderRead(reader)
      guard result == 1 else {
        if result < 0 || first.pointee.seen != 0 { throw refusal() }
        return .finished
      }
      let type = xmlTextReaderNodeType(reader)
      if xmlTextReaderDepth(reader) >= limits.xmlDepth { throw tooDeep(line: line) }
      switch type {
      case 1:  // element
        tellPassed()
        if xmlTextReaderAttributeCount(reader) > limits.xmlAttributes {
          throw XMLRefusal(
            code: "E-SIZE", line: line, found: "an element with too many attributes",
            expected: "at most \(limits.xmlAttributes) attributes")
        }
        let name = localName
        if xmlTextReaderIsEmptyElement(reader) == 1 { pendingEnd = name }
        return .start(name)
      case 15:  // end of element
        return .end(localName)
      case 3, 4, 14:  // text, CDATA, significant white space
        return .text(value())
      case 10:  // document type, should the prolog scan have missed it
        throw Self.doctype(line: line)
      default: continue  // comments, processing instructions, white space between elements
      }
    }
  }

  /// The attributes of the element just started, by local name, without namespace declarations.
  func attributes() -> [String: String] {
    var found: [String: String] = [:]
    guard xmlTextReaderHasAttributes(reader) == 1 else { return found }
    while xmlTextReaderMoveToNextAttribute(reader) == 1 {
      if xmlTextReaderIsNamespaceDecl(reader) != 1 { found[localName] = value() }
    }
    xmlTextReaderMoveToElement(reader)
    return found
  }

  /// Passes over the element just started, to its end.
  func skip() throws {
    var depth = 1
    while depth > 0 {
      switch try next() {
      case .start: depth += 1
      case .end: depth -= 1
      case .text: break
      case .finished: return
      }
    }
  }

  private var localName: String {
    guard let name = xmlTextReaderConstLocalName(reader) else { return "" }
    let bytes = Self.bytes(name)
    if let known = names[name], known.utf8.elementsEqual(bytes) { return known }
    let text = String(decoding: bytes, as: UTF8.self)
    if names.count < 4096 { names[name] = text }
    return text
  }

  private func tellPassed() {
    let offset = total - cursor.pointee.left
    guard offset - told >= 4 << 20 else { return }
    told = offset
    passed(offset)
  }

  private func value() -> String {
    guard let text = xmlTextReaderConstValue(reader) else { return "" }
    var bytes = Self.bytes(text)
    if bytes.count > limits.fieldBytes {
      cutText = true
      var end = limits.fieldBytes
      while end > 0, bytes[end] & 0xC0 == 0x80 { end -= 1 }
      bytes = UnsafeBufferPointer(rebasing: bytes[..<end])
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func bytes(_ text: UnsafePointer<xmlChar>) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: text, count: Int(xmlStrlen(text)))
  }

  // MARK: Refusals

  private func refusal() -> XMLRefusal {
    let error = first.pointee
    let message = withUnsafeBytes(of: error.message) { raw in
      String(decoding: raw.prefix { $0 != 0 && $0 != 10 }, as: UTF8.self)
    }
    let line = error.seen != 0 ? max(1, Int(error.line)) : self.line
    if message.contains("Excessive depth") { return tooDeep(line: line) }
    // 31, 32, 79, 81: unknown, unsupported, unnamed, invalid encoding; 6000 to 6003: conversion.
    if [31, 32, 79, 81].contains(error.code) || (6000...6003).contains(error.code)
      || message.hasPrefix("Input is not proper")
    {
      return XMLRefusal(
        code: "E-ENC", line: line, found: "bytes that are not text in the declared encoding",
        expected: "the encoding that the XML declaration names, UTF-8 when it names none")
    }
    return XMLRefusal(
      code: "E-XML-WF", line: line,
      found: message.isEmpty ? "the XML ends early or is damaged" : message,
      expected: "well-formed XML; ask the sender for the whole file")
  }

  private func tooDeep(line: Int) -> XMLRefusal {
    XMLRefusal(
      code: "E-XML-DEPTH", line: line, found: "elements nested too deep",
      expected: "at most \(limits.xmlDepth) levels")
  }

  private static func doctype(line: Int) -> XMLRefusal {
    XMLRefusal(
      code: "E-XML-DTD", line: line, found: "a document type declaration",
      expected: "XML without one; no entity is expanded, no file and no address is opened")
  }
}
