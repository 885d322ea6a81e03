import CaseModel

extension RowReader {
  mutating func isNull(_ column: Int) -> Bool {
    guard plan.hasNullWords, let text = scanner.string(column) else { return false }
    return profile.nullWords.contains(text)
  }

  /// The text of a column that may be missing or hold a word for "nothing".
  mutating func value(_ column: Int) -> String? {
    column < 0 || isNull(column) ? nil : scanner.string(column)
  }

  mutating func purpose() -> String? {
    switch columns.purposes.count {
    case 0: return nil
    case 1: return isNull(columns.purposes[0]) ? nil : scanner.string(columns.purposes[0])
    default:
      let parts = columns.purposes.compactMap { isNull($0) ? nil : scanner.string($0) }
      return parts.isEmpty ? nil : parts.joined(separator: " ")
    }
  }

  mutating func counterparty() -> Counterparty {
    var other = Counterparty(
      name: value(plan.name).map { known.shared($0) }, agent: value(plan.otherBank))
    guard plan.otherAccount >= 0, let read = otherAccount(agent: other.agent) else { return other }
    other.accountText = read.text
    other.accountKey = read.key
    if let fault = read.fault { tell(fault) }
    return other
  }

  /// The other side's account: by the bytes as they stand when an earlier row had the same.
  private mutating func otherAccount(agent: String?) -> KnownTexts.Account? {
    let bytes = scanner.trimmed(plan.otherAccount)
    guard !bytes.isEmpty else { return nil }
    let bank = scanner.trimmed(plan.otherBank)
    if let place = notes.others.value(bytes, bank, tag: 0) { return notes.read[Int(place)] }
    guard let text = value(plan.otherAccount) else { return nil }
    let read = account(text, agent: agent)
    if !scanner.needsUnescaping(plan.otherAccount), !scanner.needsUnescaping(plan.otherBank),
      notes.read.count < KeyNotes.readMost
    {
      notes.others.insert(
        bytes, bank, tag: 0, value: Int32(truncatingIfNeeded: notes.read.count))
      notes.read.append(read)
    }
    return read
  }

  mutating func account(_ text: String, agent: String?) -> KnownTexts.Account {
    known.account(
      text, agent: agent, scheme: profile.accountScheme,
      institution: plan.mirror < 0 ? nil : profile.institution)
  }

  mutating func tell(_ fault: String) {
    tally.add(
      "W-IBAN", line: scanner.rowLine, found: "an account that looks like an IBAN: \(fault)",
      expected: "a valid IBAN; kept as an account number")
  }

  mutating func references() -> [String: String] {
    var result: [String: String] = [:]
    if plan.transactionID >= 0 { result["servicer"] = value(plan.transactionID) }
    if plan.reference >= 0 { result["reference"] = value(plan.reference) }
    if plan.endToEnd >= 0 { result["end-to-end"] = value(plan.endToEnd) }
    if plan.mandate >= 0 { result["mandate"] = value(plan.mandate) }
    if let type = columns[.type] { result["bank-code"] = value(type) }
    return result
  }

  mutating func channel() -> Channel {
    guard let column = columns.channels, let table = profile.channels?.codes,
      let word = scanner.string(column)
    else { return profile.channelDefault }
    return table[word] ?? profile.channelDefault
  }

  mutating func kind() throws -> EntryKind {
    guard plan.status >= 0 else { return .booked }
    let bytes = scanner.trimmed(plan.status)
    if let kind = kinds.meaning(of: bytes) { return kind }
    let code = scanner.string(plan.status) ?? ""
    guard let kind = profile.status?.codes[code] else {
      throw RowFault(
        "E-STATUS", "status '\(Issue.escaped(code))': not known as booked, pending or refused",
        "one that the profile explains under status: codes:")
    }
    if !scanner.needsUnescaping(plan.status) { kinds.keep(bytes, kind) }
    return kind
  }

  /// Text that misleads people or programs is kept as it is, and said.
  mutating func checkText(_ text: String?) {
    guard let text else { return }
    if let first = text.utf8.first, TextTraits.startsFormula(first) { tellFormula() }
    guard plan.hasNonASCII, !text.utf8.allSatisfy({ $0 < 0x80 }) else { return }
    checkScripts(text)
  }

  mutating func hasHighBytes(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    plan.hasNonASCII && bytes.contains { $0 >= 0x80 }
  }

  mutating func tellFormula() {
    tally.add(
      "W-FORMULA", line: scanner.rowLine, found: "text that a spreadsheet would evaluate",
      expected: "kept as text; exports write it so that nothing is evaluated")
  }

  mutating func checkScripts(_ text: String) {
    if text.unicodeScalars.contains(where: TextTraits.isDirection) {
      tally.add(
        "W-BIDI", line: scanner.rowLine, found: "characters that change the direction of writing",
        expected: "plain text; kept in the record, escaped where it is shown")
    }
    if TextTraits.mixesScripts(text) {
      tally.add(
        "W-MIXED-SCRIPT", line: scanner.rowLine, found: "letters of two scripts in one word",
        expected: "one script; not merged with the name it looks like")
    }
  }
}
