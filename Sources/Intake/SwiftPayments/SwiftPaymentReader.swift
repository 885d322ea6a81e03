// Reads a file of SWIFT payment messages into a sink.

import CaseModel

/// Each payment, advice or text message is one record; statements between them go to their own reader;
/// answers of the network go to the message they answer. What cannot be used is set aside, and a file
/// in which nothing can be used is refused.
struct SwiftPaymentReader {
  private let outlet: RecordOutlet
  private let sink: any StatementSink
  private let options: ReadingOptions
  private let text: DecodedText
  /// Answers by session, and how many messages share a session.
  private var answers: [String: SwiftAnswer] = [:]
  private var sessions: [String: Int] = [:]
  /// Faults met before anything could be used.
  private var held: [(fault: SwiftFault, locator: Locator, raw: String)] = []
  private var statements: [(range: Range<Int>, isInterim: Bool)] = []

  init(_ file: InputFile, options: ReadingOptions, sink: any StatementSink) throws {
    outlet = RecordOutlet(file, options: options, sink: sink)
    self.sink = sink
    self.options = options
    text = try DecodedText(of: file)
  }

  /// Reads the whole file.
  /// - Throws: `FileRefusal` when no message is found or none can be used, and what the sink throws.
  mutating func read() throws {
    gatherAnswers()
    var scanner = SwiftScanner(text.bytes, limits: options.limits)
    var count = 0
    var previous: SwiftMessage?
    while let message = scanner.next() {
      count += 1
      try take(message, after: previous)
      previous = message
    }
    if statements.isEmpty, outlet.recorded == 0 { throw refusal(isEmpty: count == 0) }
    if let line = scanner.strayLines.first {
      try outlet.report(
        .warning, "W-TEXT", .line(line),
        "\(scanner.strayLines.count) lines outside any message",
        "messages only; the lines are in the file and in no record")
    }
    try flush()
    try readStatements()
    if outlet.recorded > 0 || !held.isEmpty { try reportEncoding() }
  }

  private func refusal(isEmpty: Bool) -> FileRefusal {
    guard !isEmpty, !held.isEmpty else {
      return FileRefusal([
        Issue(
          .error, "E-UNKNOWN-FORMAT", file: outlet.file.name, at: .line(1),
          found: "no SWIFT message", expected: "blocks {1: to {5: or fields such as :20:")
      ])
    }
    return FileRefusal(
      held.map { item in
        Issue(
          .error, item.fault.code, file: outlet.file.name,
          at: Locator(text: item.fault.place, ordinal: item.locator.ordinal),
          found: item.fault.found, expected: item.fault.expected, excerpt: item.raw)
      })
  }

  // MARK: Answers

  private mutating func gatherAnswers() {
    var scanner = SwiftScanner(text.bytes, limits: options.limits)
    while let message = scanner.next() {
      guard let session = message.session, !message.isSessionBlank else { continue }
      if message.isService {
        if let answer = SwiftAnswer(message) { answers[session] = answer }
      } else {
        sessions[session, default: 0] += 1
      }
    }
  }

  /// The answer to a message: right before it, or the only one of its session in the file.
  private func answer(to message: SwiftMessage, after previous: SwiftMessage?) -> SwiftAnswer? {
    if let previous, previous.isService, previous.session == message.session {
      return SwiftAnswer(previous)
    }
    guard let session = message.session, sessions[session] == 1 else { return nil }
    return answers[session]
  }

  // MARK: One message

  private mutating func take(_ message: SwiftMessage, after previous: SwiftMessage?) throws {
    let locator = Locator.line(message.line)
    if message.isService {
      // Kept apart only when the message it answers is not here, or cannot be told.
      guard message.session.map({ sessions[$0] != 1 }) ?? true else { return }
      try flush()
      try outlet.meet()
      return try outlet.record(SwiftTransfer.acknowledgement(message, at: locator))
    }
    guard let type = message.statedType ?? SwiftType.told(by: message.fields) else {
      return try setAside(
        SwiftFault(
          code: "E-FIELD", place: locator.text, found: "a message whose type cannot be told",
          expected: "block 2, or the fields of one message type"), message)
    }
    guard message.isClosed else {
      return try setAside(
        SwiftFault(
          code: "E-TRUNC", place: "line \(message.line) block 4",
          found: "a text block that is not closed",
          expected: "-} at its end; ask the sender for the whole message"), message)
    }
    if message.isCut {
      try outlet.report(
        .warning, "W-SIZE", locator, "a field beyond the field limit",
        "at most \(options.limits.fieldBytes) bytes; the rest is left out")
    }
    let transfer = SwiftTransfer(
      message: message, type: type,
      amounts: SwiftAmounts(pivot: CenturyPivot(receivedOn: options.receivedOn)))
    let answer = answer(to: message, after: previous)
    switch SwiftType(type) {
    case .customer: try pass(message, answer) { try transfer.customerTransfer(at: locator) }
    case .institution: try pass(message, answer) { try transfer.institutionTransfer(at: locator) }
    case .advice: try pass(message, answer) { try transfer.advice(at: locator) }
    case .common: try pass(message, answer) { transfer.common(at: locator) }
    case .customers: try several(transfer, answer)
    case .statement:
      statements.append((message.range, type == "942"))
    case .notRead:
      try setAside(
        SwiftFault(
          code: "E-FORMAT", place: locator.text,
          found: "a message MT\(Issue.escaped(type)), which this version does not read",
          expected: "payments, advices, texts and statements; its text is kept"), message)
    }
  }

  private mutating func several(_ transfer: SwiftTransfer, _ answer: SwiftAnswer?) throws {
    let parts: [(SwiftField, [SwiftField], [SwiftField])]
    do throws(SwiftFault) {
      parts = try transfer.customerTransfers()
    } catch {
      return try setAside(error, transfer.message)
    }
    for (first, own, shared) in parts {
      try pass(transfer.message, answer) {
        try transfer.customerTransfer(own, shared: shared, at: .line(first.line))
      }
    }
  }

  private mutating func pass(
    _ message: SwiftMessage, _ answer: SwiftAnswer?, _ make: () throws -> PaymentRecord
  ) throws {
    var record: PaymentRecord
    do { record = try make() } catch let fault as SwiftFault {
      return try setAside(fault, message)
    }
    if let answer {
      record.details["ack"] = answer.status
      record.details["nak-reason"] = answer.reason
      if answer.status == "NAK" {
        // Refused by the network: evidence of an attempt, never matched as a payment (formats.md §5.1).
        record.status = "NAK"
        record.kind = .info
      } else if record.status == nil {
        record.status = "ACK"
      }
    }
    try flush()
    try outlet.meet()
    for party in record.parties {
      guard let account = party.accountText, AccountNumber.looksLikeIBAN(account),
        let fault = AccountNumber.ibanFault(account)
      else { continue }
      try outlet.report(
        .warning, "W-IBAN", record.locator,
        "an account of the \(party.role.rawValue) written like an IBAN: \(fault.rawValue)",
        "a valid IBAN; it is kept as a plain number")
    }
    try outlet.record(record)
  }

  private mutating func setAside(_ fault: SwiftFault, _ message: SwiftMessage) throws {
    let raw = String(decoding: text.bytes[message.range], as: UTF8.self)
    held.append((fault, .line(message.line), raw))
    if outlet.recorded > 0 || !statements.isEmpty { try flush() }
  }

  /// Passes on the faults held back, now that the file is known to be of use.
  private mutating func flush() throws {
    for item in held {
      try outlet.meet()
      try outlet.report(
        .error, item.fault.code, Locator(text: item.fault.place, ordinal: item.locator.ordinal),
        item.fault.found, item.fault.expected, item.raw)
      try sink.quarantine(
        QuarantinedRecord(
          locator: item.locator, code: item.fault.code, reason: item.fault.found, raw: item.raw))
    }
    held = []
  }

  // MARK: Statements

  /// Hands the statements to their reader as the same file with every other message blanked, so that
  /// lines stay where they are.
  private func readStatements() throws {
    for isInterim in [false, true] {
      let ranges = statements.filter { $0.isInterim == isInterim }.map(\.range)
      guard !ranges.isEmpty else { continue }
      var bytes = text.bytes.map { $0 == 10 || $0 == 13 ? $0 : UInt8(32) }
      for range in ranges { bytes.replaceSubrange(range, with: text.bytes[range]) }
      let file = InputFile(name: outlet.file.name, sha256: outlet.file.sha256, bytes: bytes)
      var reader = try MTReader(file, options: options, isInterim: isInterim, sink: sink)
      try reader.read()
    }
  }

  private func reportEncoding() throws {
    if let offset = text.firstGuessed {
      try outlet.report(
        .warning, "W-ENC-GUESS", .line(text.line(at: offset)),
        "bytes that are not UTF-8; read as \(text.encoding.rawValue)",
        "the right encoding; check names with letters beyond A to Z")
    }
    if let offset = text.undecodable.first {
      try outlet.report(
        .warning, "W-ENC", .line(text.line(at: offset)),
        "\(text.undecodable.count) bytes that are no text in \(text.encoding.rawValue)",
        "text; they are shown as \\xNN where they stand")
    }
  }
}
