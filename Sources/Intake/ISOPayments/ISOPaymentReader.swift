// Walks a file with ISO 20022 payment messages and pushes its payments, one at a time.

import CaseModel

/// Reads every payment message of a file, whatever wraps it. Memory holds the head of a message and of
/// a block, and one payment.
///
/// Elements are known by local name, so that every version, prefix and business envelope is read. Each
/// payment, and each status of a batch or a message, is one record. Places are paths from the root.
struct ISOPaymentReader {
  private let outlet: RecordOutlet
  private let options: ReadingOptions
  private var messages = 0
  private var holdsStatements = false
  /// Identifier, sender and receiver of the business application header, for the details.
  private var envelope: [String: String] = [:]

  init(_ outlet: RecordOutlet, options: ReadingOptions) {
    self.outlet = outlet
    self.options = options
  }

  /// Reads the whole file.
  /// - Parameter alone: Statements beside the payments go to their reader; false where the caller sees
  ///   to them.
  /// - Throws: `FileRefusal` when it is no XML that may be read or holds no payment message, and what
  ///   the sink throws.
  mutating func read(alone: Bool = true) throws {
    try XMLPull.read(outlet.file, limits: options.limits) { pull in try walk(pull) }
    guard messages > 0 else {
      throw FileRefusal([
        Issue(
          .error, "E-UNKNOWN-FORMAT", file: outlet.file.name, at: .line(1),
          found: "XML that is no payment message",
          expected: "a " + ISOMessage.allCases.map(\.rawValue).joined(separator: ", "))
      ])
    }
    if alone, holdsStatements {
      var reader = CamtReader(outlet.file, options: options, sink: outlet.sink)
      try reader.read(alone: false)
    }
  }

  private mutating func walk(_ pull: XMLPull) throws {
    var path: [String] = []
    var namespace: String?
    while true {
      switch try pull.next() {
      case .finished: return
      case .text: break
      case .end: path.removeLast()
      case .start(let name):
        let here = "/" + (path + [name]).joined(separator: "/")
        if name == "Document" { namespace = pull.namespace }
        if name == "AppHdr" {
          readEnvelope(try pull.element(name))
        } else if let message = ISOMessage(element: name) {
          messages += 1
          try checkVersion(namespace ?? pull.namespace, message, here)
          var state = MessageState(message: message, path: here)
          try container(here, &state, pull)
          try finish(&state)
        } else {
          if CamtMessage(element: name) != nil { holdsStatements = true }
          path.append(name)
        }
      }
    }
  }

  private mutating func readEnvelope(_ element: XMLElement) {
    envelope = [:]
    envelope["AppHdr/BizMsgIdr"] = element.value("BizMsgIdr")
    envelope["AppHdr/PssblDplct"] = element.value("PssblDplct")
    envelope["AppHdr/CpyDplct"] = element.value("CpyDplct")
    for side in ["Fr", "To"] {
      envelope["AppHdr/" + side] =
        CamtSide.agent(element.at(side + "/FIId")) ?? element.value(side + "/OrgId/Nm")
    }
  }

  private func checkVersion(_ namespace: String?, _ message: ISOMessage, _ path: String) throws {
    let place = Locator(text: path, ordinal: max(1, outlet.met))
    if let namespace {
      guard !namespace.contains(message.rawValue + ".001.") else { return }
      try outlet.report(
        .warning, "W-VERSION", place, "the namespace '\(Issue.escaped(namespace))'",
        "a version of \(message.rawValue); read by element names")
    } else {
      try outlet.report(
        .warning, "W-VERSION", place, "a message without namespace",
        "a version of \(message.rawValue); read by element names")
    }
  }

  // MARK: One message

  /// Reads what is inside the container or a block, to its end.
  private func container(_ path: String, _ state: inout MessageState, _ pull: XMLPull) throws {
    var numbers: [String: Int] = [:]
    while true {
      switch try pull.next() {
      case .finished, .end: return
      case .text: break
      case .start(let name):
        numbers[name, default: 0] += 1
        let number = numbers[name] ?? 1
        if state.message.items.contains(name) {
          try payment(try pull.element(name), "\(path)/\(name)[\(number)]", &state)
        } else if ISOMessage.blocks.contains(name) {
          try block(name, "\(path)/\(name)[\(number)]", &state, pull)
        } else {
          let element = try pull.element(name)
          if ISOMessage.groups.contains(name) {
            state.group = element
            try self.group(element, "\(path)/\(name)", &state)
          } else if state.depth > 0 {
            state.block.children.append(element)
          } else {
            state.take(element)
          }
        }
        try outlet.reportCut(pull, at: path)
      }
    }
  }

  /// Blocks lie inside each other in cancellations; what the outer one says holds for the inner.
  private func block(
    _ name: String, _ path: String, _ state: inout MessageState, _ pull: XMLPull
  ) throws {
    let outer = state.block
    let tally = state.tally
    state.block = XMLElement(name: name)
    state.depth += 1
    state.tally = ISOTally()
    try container(path, &state, pull)
    if state.message.movesMoney {
      try state.tally.check(
        state.block, at: path, sum: "CtrlSum", count: "NbOfTxs", outlet)
    } else if name.hasPrefix("OrgnlPmtInfAnd"), ISOStatus.speaks(of: state.block) {
      try statement(of: state.block, .batch, path, &state)
    }
    state.tally.add(tally)
    state.block = outer
    state.depth -= 1
  }

  private func payment(
    _ element: XMLElement, _ path: String, _ state: inout MessageState
  ) throws {
    try outlet.meet()
    state.records += 1
    do {
      var record: PaymentRecord
      if state.message.movesMoney {
        record = try ISOTransfer(
          message: state.message, item: element, block: state.block, header: state.header
        ).record(at: outlet.place(path))
      } else {
        record = try status(of: element, .payment, path, state)
      }
      state.tally.add(record.amounts.first?.amount)
      record.details.merge(envelope) { first, _ in first }
      try warnOfIBANs(in: record, path)
      try outlet.record(record)
    } catch let fault as CamtFault {
      state.tally.isWhole = false
      state.tally.count += 1
      try outlet.setAside(fault, at: path, raw: element.markup)
    }
  }

  private func status(
    of element: XMLElement, _ level: ISOStatus.Level, _ path: String, _ state: MessageState
  ) throws(CamtFault) -> PaymentRecord {
    try ISOStatus(
      message: state.message, level: level, item: element, block: state.block,
      header: state.header, group: state.group
    ).record(at: outlet.place(path))
  }

  /// A record about a batch or a message as a whole.
  private func statement(
    of element: XMLElement, _ level: ISOStatus.Level, _ path: String, _ state: inout MessageState
  ) throws {
    try outlet.meet()
    state.records += 1
    do {
      var record = try status(of: element, level, path, state)
      record.details.merge(envelope) { first, _ in first }
      try outlet.record(record)
    } catch let fault as CamtFault {
      try outlet.setAside(fault, at: path, raw: element.markup)
    }
  }

  private func group(
    _ element: XMLElement, _ path: String, _ state: inout MessageState
  ) throws {
    guard !state.message.movesMoney, ISOStatus.speaks(of: element) else { return }
    try statement(of: element, .group, path, &state)
  }

  private func finish(_ state: inout MessageState) throws {
    if state.records == 0, !state.message.movesMoney {
      if !state.group.children.isEmpty {
        try statement(of: state.group, .group, state.path + "/" + state.group.name, &state)
      } else if state.header["Sts"] != nil {
        try statement(of: state.header, .group, state.path, &state)
      }
    }
    if state.records == 0 {
      try outlet.report(
        .warning, "W-NO-ROWS", outlet.place(state.path), "a message without a payment",
        "at least one; ask the sender whether something is missing")
    }
    guard state.message.movesMoney, let group = state.groupHeader else { return }
    let path = state.path + "/" + group.name
    try state.tally.check(group, at: path, sum: "CtrlSum", count: "NbOfTxs", outlet)
    try state.tally.checkTotal(group, at: path, outlet)
  }

  private func warnOfIBANs(in record: PaymentRecord, _ path: String) throws {
    for party in record.parties {
      guard let text = party.accountText, AccountNumber.looksLikeIBAN(text),
        let fault = AccountNumber.ibanFault(text)
      else { continue }
      try outlet.report(
        .warning, "W-IBAN", outlet.place(path),
        "an account of the \(party.role.rawValue) written like an IBAN: \(fault.rawValue)",
        "a valid IBAN; it is kept as a plain number")
    }
  }
}
