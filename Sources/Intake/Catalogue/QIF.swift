import CaseModel

/// QIF, Quicken's interchange text (formats.md §4.9).
///
/// It names no account, no currency and no order of day and month: a mapping profile states them, with
/// the settings `account`, `currency` and `date-format` (and `decimal`, `institution`, `encoding`).
/// Source: Intuit, QIF file specification, as published with Quicken.
public struct QIF: StatementFormat {
  public init() {}
  public let name = "qif"
  public let version = 1
  /// At most an opening balance as the first record of an account.
  public var statesBothBalances: Bool { false }

  public func confidence(head: ArraySlice<UInt8>, name: String) -> Int {
    var fields = 0
    var ends = 0
    for line in head.prefix(16 << 10).split(whereSeparator: { $0 == 10 || $0 == 13 }) {
      if line.first == 0x21 {
        let text = String(decoding: line.prefix(9), as: UTF8.self).lowercased()
        for word in ["!type:", "!account", "!option:", "!clear:"] where text.hasPrefix(word) {
          return 95
        }
      }
      if line.first == 0x5E { ends += 1 }
      // Day, amount, payee and the like: a letter and its text.
      if let first = line.first, "DTUPMNLCSE$A".utf8.contains(first), !line.contains(0x2C) {
        fields += 1
      }
    }
    return ends > 0 && fields >= 2 * ends ? 60 : 0
  }

  public func read(
    _ file: InputFile, options: ReadingOptions, into sink: any StatementSink
  ) throws {
    let desk = ReadingDesk(file, options, sink)
    let profile = try QIFProfile(desk)
    let text = try DecodedText(of: file, fallback: profile.settings?.encoding)
    try desk.reportEncoding(text)
    let lines = QIFLines(text)
    let survey = QIFSurvey(lines)
    try profile.check(survey, desk)
    if let settings = profile.settings { try sink.uses(profile: settings.line) }
    var reader = QIFReader(desk, profile, survey)
    for line in lines { try reader.take(line) }
    try reader.finish()
  }
}
