// One SWIFT message as it stands in a file: blocks 1 to 5 and the fields of its text.

import CaseModel

/// One field of block 4: its tag and its lines.
struct SwiftField {
  /// `20`, `32A`, `59`.
  let tag: String
  let line: Int
  /// The first line without the tag, then the continuation lines; trailing white space is dropped.
  var lines: [String]

  /// The field number without its option letter.
  var number: Substring { tag.prefix(2) }
  /// The option letter, or nil.
  var option: Character? { tag.count > 2 ? tag.last : nil }
  var head: String { MTField.trimmed(lines.first ?? "") }
  var text: String { lines.joined(separator: "\n") }

  /// The lines as running text. A line of the full width was cut by the format, so its word goes on
  /// in the next one; shorter lines ended where their writer ended them.
  func joined(width: Int) -> String {
    var result = ""
    for (index, line) in lines.enumerated() {
      if index > 0, lines[index - 1].unicodeScalars.count < width { result += " " }
      result += line
    }
    return MTField.trimmed(result)
  }
}

/// A message, a service message such as an acknowledgement, or bare fields without an envelope.
struct SwiftMessage {
  /// Physical line of its first character.
  let line: Int
  /// Offsets in the decoded text.
  var range: Range<Int>
  /// Blocks 1 and 2 without braces; nil when the message has no envelope.
  var basic: String?
  var application: String?
  /// Block 3, block 5, and block 4 of a service message: `{121:…}` as name and text.
  var user: [(String, String)] = []
  var trailers: [(String, String)] = []
  var service: [(String, String)] = []
  var fields: [SwiftField] = []
  /// False when the text block was not closed.
  var isClosed = true
  /// True when fields were left out at the field limit.
  var isCut = false

  init(line: Int, start: Int) {
    self.line = line
    range = start..<start
  }

  /// True for messages of the network itself: `F21…` answers a message that was sent.
  var isService: Bool { basic.map { !$0.dropFirst().hasPrefix("01") } ?? false }

  /// The message type that block 2 names.
  var statedType: String? {
    guard let application, application.utf8.count >= 4 else { return nil }
    return String(application.dropFirst().prefix(3))
  }

  /// Terminal, session and sequence number: the same in a message and in the answer to it.
  var session: String? {
    guard let basic, basic.utf8.count > 15 else { return nil }
    return String(basic.dropFirst(3))
  }

  /// True when the session counts nothing: such numbers are shared by many messages.
  var isSessionBlank: Bool {
    session.map { $0.dropFirst(12).allSatisfy { $0 == "0" } } ?? true
  }

  /// The institutions that sent and received the message, as its headers tell.
  var terminals: (sender: String?, receiver: String?) {
    let own = basic.flatMap { Self.institution($0.dropFirst(3)) }
    guard let application, let mark = application.first else { return (nil, nil) }
    if mark == "I" { return (own, Self.institution(application.dropFirst(4))) }
    return (Self.institution(application.dropFirst(14)), own)
  }

  /// The BIC inside a logical terminal: its ninth character is the terminal, not the institution.
  private static func institution(_ terminal: Substring) -> String? {
    let text = terminal.prefix(12)
    guard text.utf8.count == 12 else { return nil }
    let code = String(text.prefix(8) + text.suffix(3))
    return AccountNumber.isBIC(code) ? code : nil
  }

  func first(_ tag: String) -> SwiftField? { fields.first { $0.tag == tag } }
}
