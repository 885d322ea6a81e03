import CaseModel

extension RowReader {
  /// Adds the row up instead of making an entry of it; says the same about it.
  mutating func measure(_ row: RowFigures, mirror second: String?) throws {
    if plan.otherAccount >= 0 { checkOtherAccount(row.currency) }
    if plan.originalAmount >= 0, let original = try originalAmount() {
      let place = currencies.place(of: original.currency)
      if place != row.currency { open[row.statement].summary.note(place) }
    }
    if plan.name >= 0 { _ = checkField(plan.name, isFirst: true) }
    var isFirst = true
    for column in plan.purposes where checkField(column, isFirst: isFirst) { isFirst = false }
    follow(row)
    hasHeld = plan.hasContinuation
    count(row)
    if let fee = row.fee, fee != 0 {
      var second = row
      second.minorUnits = fee < 0 ? fee : 0 - fee
      records += 1
      count(second, hasServicer: false)
    }
    if let second {
      var other = row
      other.minorUnits = 0 - row.minorUnits
      records += 1
      other.statement = try mirrored(second, row.currency)
      if aim == .survey { nameMirrored(row.currency) }
      count(other)
    }
  }

  private mutating func count(_ row: RowFigures, hasServicer: Bool = true) {
    open[row.statement].summary.add(row)
    guard aim == .survey else { return }
    let account = open[row.statement].keyHash
    let movement = KeyNotes.movement(
      account: account, day: row.bookedOn ?? row.valueOn ?? .min, minorUnits: row.minorUnits,
      currency: currencies.hashes[row.currency])
    notes.movements.append(movement)
    guard plan.transactionID >= 0 || plan.endToEnd >= 0 || plan.reference >= 0 else { return }
    noteReferences(movement, account: account, hasServicer: hasServicer)
  }

  private mutating func noteReferences(_ movement: UInt64, account: UInt64, hasServicer: Bool) {
    let servicer = hasServicer ? usable(plan.transactionID) : nil
    if var servicer {
      servicer.withUTF8 {
        notes.references.append(KeyNotes.reference($0, rank: 0, movement: movement))
      }
    }
    if var endToEnd = usable(plan.endToEnd) {
      endToEnd.withUTF8 {
        notes.references.append(KeyNotes.reference($0, rank: 1, movement: movement))
      }
    }
    if var bare = servicer ?? usable(plan.reference) {
      bare.withUTF8 { notes.bare.append(KeyNotes.bare($0, account: account)) }
    }
  }

  private mutating func usable(_ column: Int) -> String? {
    value(column).flatMap(TransactionKey.usable)
  }

  /// Looks at a text that is not kept: what a spreadsheet would evaluate, what misleads the eye.
  /// - Returns: True when there is a text.
  private mutating func checkField(_ column: Int, isFirst: Bool) -> Bool {
    let bytes = scanner.trimmed(column)
    guard let first = bytes.first, !isNull(column) else { return false }
    if scanner.needsUnescaping(column) {
      guard let text = scanner.string(column) else { return false }
      if isFirst, let first = text.utf8.first, TextTraits.startsFormula(first) { tellFormula() }
      if !text.utf8.allSatisfy({ $0 < 0x80 }) { checkScripts(text) }
      return true
    }
    if isFirst, TextTraits.startsFormula(first) { tellFormula() }
    if hasHighBytes(bytes) { checkScripts(String(decoding: bytes, as: UTF8.self)) }
    return true
  }

  /// The account of the other side: known from an earlier row, else read and kept.
  private mutating func checkOtherAccount(_ currency: Int) {
    let bytes = scanner.trimmed(plan.otherAccount)
    guard !bytes.isEmpty else { return }
    let agent = scanner.trimmed(plan.otherBank)
    if let fault = notes.others.value(bytes, agent, tag: Int32(truncatingIfNeeded: currency)) {
      if fault >= 0 { tell(notes.faults[Int(fault)]) }
      return
    }
    guard let text = value(plan.otherAccount) else { return }
    let read = account(text, agent: value(plan.otherBank))
    var fault: Int32 = -1
    if let told = read.fault {
      tell(told)
      fault = Int32(
        truncatingIfNeeded: notes.faults.firstIndex(of: told) ?? notes.faults.count)
      if Int(fault) == notes.faults.count { notes.faults.append(told) }
    }
    if aim == .survey, let key = read.key {
      notes.accounts.append(
        NamedAccount(key: key, currency: currencies.all[currency], text: read.text))
    }
    guard !scanner.needsUnescaping(plan.otherAccount), !scanner.needsUnescaping(plan.otherBank)
    else { return }
    notes.others.insert(
      bytes, agent, tag: Int32(truncatingIfNeeded: currency), value: fault)
  }

  /// The account of the row's own side, as the other side of its mirror names it.
  private mutating func nameMirrored(_ currency: Int) {
    let bytes = scanner.trimmed(plan.ownAccount)
    let none = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
    let tag = Int32(truncatingIfNeeded: currency)
    guard !bytes.isEmpty, notes.owners.value(bytes, none, tag: tag) == nil,
      let own = scanner.string(plan.ownAccount)
    else { return }
    notes.owners.insert(bytes, none, tag: tag, value: 0)
    notes.accounts.append(
      NamedAccount(
        key: known.key(own, institution: profile.institution),
        currency: currencies.all[currency], text: own))
  }
}
