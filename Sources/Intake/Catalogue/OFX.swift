import CaseModel

/// OFX 1.x (SGML) and 2.x (XML), with Quicken's QFX: statements of bank, card and investment accounts
/// (formats.md §4.4).
///
/// Source: Open Financial Exchange, versions 1.0.2 to 2.3; tolerances as listed in formats.md §4.4.
public struct OFX: StatementFormat {
  public init() {}
  public let name = "ofx"
  public let version = 1
  /// OFX has a ledger balance and no opening one.
  public var statesBothBalances: Bool { false }

  public func confidence(head: ArraySlice<UInt8>, name: String) -> Int {
    let start = head.drop { [9, 10, 13, 32].contains($0) }
    let text = String(decoding: start.prefix(1024), as: UTF8.self).uppercased()
    if text.hasPrefix("OFXHEADER") || text.hasPrefix("<OFX>") || text.hasPrefix("<?OFX") {
      return 100
    }
    guard text.hasPrefix("<") else { return 0 }
    return text.contains("<?OFX") || text.contains("<OFX>") ? 95 : 0
  }

  public func read(
    _ file: InputFile, options: ReadingOptions, into sink: any StatementSink
  ) throws {
    let desk = ReadingDesk(file, options, sink)
    let reader = OFXReader(desk)
    if OFXHeader.isXML(file) {
      try OFXDocument.read(file, options, into: reader)
    } else {
      let header = OFXHeader(file)
      let text = try DecodedText(of: file, declared: header.encoding)
      try desk.reportEncoding(text)
      var scanner = OFXScanner(text, desk)
      try scanner.read(into: reader)
    }
    try reader.finish()
  }
}
