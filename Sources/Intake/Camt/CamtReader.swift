// Walks a camt.052, camt.053 or camt.054 file and pushes what it finds, entry by entry.

import CaseModel

/// Reads one file into a sink. Memory holds one statement's head and one entry, whatever the size.
///
/// Elements are known by local name, so that every version (001.01 to 001.14), prefix and wrapper is
/// read. Each Ntry is one record: it is stored or quarantined. Places are paths from the root with the
/// number of the statement, entry and balance; their order is the running number of the entry.
struct CamtReader {
  private let file: InputFile
  private let options: ReadingOptions
  private let sink: any StatementSink
  private var entries: Int64 = 0
  private var items = 0
  private var containers = 0
  /// Namespace and path of the Document the walk is in.
  private var document: (namespace: String?, path: String)?
  private var holdsPayments = false

  init(_ file: InputFile, options: ReadingOptions, sink: any StatementSink) {
    self.file = file
    self.options = options
    self.sink = sink
  }

  /// Reads the whole file.
  /// - Throws: `FileRefusal` (`E-XML-WF`, `E-XML-DTD`, `E-XML-DEPTH`, `E-ENC`, `E-SIZE`,
  ///   `E-UNKNOWN-FORMAT`), and what the sink throws.
  ///
  /// - Parameter alone: Payment messages beside the statements go to their reader; false where the
  ///   caller sees to them.
  mutating func read(alone: Bool = true) throws {
    try XMLPull.read(file, limits: options.limits, progress: options.progress) { pull in
      try walk(pull)
    }
    guard containers > 0 else {
      throw FileRefusal([
        Issue(
          .error, "E-UNKNOWN-FORMAT", file: file.name, at: .line(1),
          found: "XML that is no account statement",
          expected: "a camt.052, camt.053 or camt.054 message")
      ])
    }
    if items == 0 {
      try report(
        .warning, "W-NO-ROWS", place("/Document"), "a message without a statement",
        "at least one; ask the sender whether the account had none")
    }
    if alone, holdsPayments {
      let outlet = RecordOutlet(file, options: options, sink: sink)
      var reader = ISOPaymentReader(outlet, options: options)
      try reader.read(alone: false)
    }
  }

  private mutating func walk(_ pull: XMLPull) throws {
    var path: [String] = []
    while true {
      switch try pull.next() {
      case .finished: return
      case .text: break
      case .end: path.removeLast()
      case .start(let name):
        let here = "/" + (path + [name]).joined(separator: "/")
        if name == "Document" { document = (pull.namespace, here) }
        guard let message = CamtMessage(element: name) else {
          if ISOMessage(element: name) != nil { holdsPayments = true }
          path.append(name)
          continue
        }
        try checkVersion(document?.namespace ?? pull.namespace, document?.path ?? here)
        containers += 1
        try container(message, here, pull)
      }
    }
  }

  /// Known: camt.052, .053, .054, variant 001, versions 01 to 14.
  private func checkVersion(_ namespace: String?, _ path: String) throws {
    guard let namespace else {
      try report(
        .warning, "W-VERSION", place(path), "no namespace, so no message version",
        "urn:iso:std:iso:20022:tech:xsd:camt.053.001.NN; read by element names")
      return
    }
    for message in CamtMessage.allCases {
      let start = "urn:iso:std:iso:20022:tech:xsd:\(message.format).001."
      guard namespace.hasPrefix(start), let version = Int(namespace.dropFirst(start.utf8.count))
      else { continue }
      if (1...14).contains(version) { return }
    }
    try report(
      .warning, "W-VERSION", place(path),
      "the namespace '\(Issue.escaped(namespace))'",
      "versions 001.01 to 001.14 of camt.052, "
        + "camt.053 and camt.054; read by element names")
  }

  private mutating func container(
    _ message: CamtMessage, _ path: String, _ pull: XMLPull
  ) throws {
    var number = 0
    while true {
      switch try pull.next() {
      case .finished, .end: return
      case .text: break
      case .start(let name):
        if name == message.item {
          number += 1
          items += 1
          try statement(message, "\(path)/\(name)[\(number)]", pull)
        } else {
          try pull.skip()
        }
      }
    }
  }

  // MARK: One statement

  private mutating func statement(
    _ message: CamtMessage, _ path: String, _ pull: XMLPull
  ) throws {
    var head = CamtStatement(path: path, ordinal: entries + 1)
    var tally = Tally()
    var number: Int?
    var isRefused = false
    reading: while true {
      switch try pull.next() {
      case .finished, .end: break reading
      case .text: break
      case .start("Ntry"):
        if number == nil, !isRefused {
          isRefused = try !hasAccount(head)
          if !isRefused { number = try sink.begin(head.statement(of: message)) }
        }
        try entry(head, into: number, &tally, pull)
      case .start(let name):
        guard CamtStatement.parts.contains(name) else {
          try pull.skip()
          continue
        }
        let element = try pull.element(name)
        do {
          try head.take(element)
        } catch {
          try report(
            .error, error.code, place(path + error.path), error.found,
            error.expected + "; the balance is not known", element.markup)
        }
      }
      if pull.cutText {
        pull.cutText = false
        try report(
          .warning, "W-SIZE", place(path), "a text beyond the field limit",
          "at most \(options.limits.fieldBytes) bytes; the rest is left out")
      }
    }
    if isRefused { return }
    if number == nil {
      guard try hasAccount(head) else { return }
      number = try sink.begin(head.statement(of: message))
    }
    guard let number else { return }
    if let mark = head.copyMark {
      try report(
        .note, "N-COPY", place(path), "a statement marked \(Issue.escaped(mark))",
        "its entries are matched with those of the original and not added again")
    }
    if let fault = head.ibanFault {
      try report(
        .warning, "W-IBAN", place(path + "/Acct/Id/IBAN"), "an IBAN with \(fault.rawValue)",
        "a valid IBAN; it is kept as a plain number")
    }
    try checkSummary(head, tally)
    if message == .statement { try compare(head, tally) }
    try sink.end(head.statement(of: message), of: number)
  }

  /// Reports a statement that names no account: it is refused, the others are kept.
  private func hasAccount(_ head: CamtStatement) throws -> Bool {
    guard head.header.accountText.isEmpty else { return true }
    try report(
      .error, "E-FIELD", place(head.path + "/Acct/Id"), "a statement that names no account",
      "an IBAN or another identification; the statement is refused")
    return false
  }

  private mutating func entry(
    _ head: CamtStatement, into statement: Int?, _ tally: inout Tally, _ pull: XMLPull
  ) throws {
    entries += 1
    tally.count += 1
    try sink.counted(records: 1)
    let path = "\(head.path)/Ntry[\(tally.count)]"
    let locator = place(path)
    var gathered = CamtEntry(owner: head.owner)
    let element = try pull.element("Ntry", detaching: "TxDtls") { detail, block in
      gathered.add(detail, block: block)
    }
    guard let statement else {
      tally.isWhole = false
      try sink.quarantine(
        QuarantinedRecord(
          locator: locator, code: "E-FIELD", reason: "an entry of a statement that is refused",
          raw: element.markup))
      return
    }
    do {
      let result = try gathered.result(element, locator: locator)
      for warning in result.warnings {
        try report(
          .warning, warning.code, place(path + warning.path), warning.found, warning.expected)
      }
      try sink.append(result.entry, to: statement)
      tally.add(result.entry)
    } catch let fault as CamtFault {
      tally.isWhole = false
      try report(
        .error, fault.code, place(path + fault.path), fault.found, fault.expected, element.markup)
      try sink.quarantine(
        QuarantinedRecord(
          locator: locator, code: fault.code, reason: fault.found, raw: element.markup))
    }
  }

  // MARK: Reports

  func place(_ path: String) -> Locator { Locator(text: path, ordinal: max(1, entries)) }

  func report(
    _ severity: Issue.Severity, _ code: String, _ locator: Locator, _ found: String,
    _ expected: String, _ raw: String? = nil
  ) throws {
    try sink.report(
      Issue(
        severity, code, file: file.name, at: locator, found: found, expected: expected,
        excerpt: raw))
  }
}
