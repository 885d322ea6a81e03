import CaseModel

/// Reads a ledger row by row through a record profile. Each row is a payment record, an entity or both,
/// or is quarantined.
struct RecordReader {
  let profile: RecordProfile
  let desk: ReadingDesk
  private let text: DecodedText
  private var scanner: RowScanner
  private let columns: [String: Int]
  private let header: [String]
  private let taken: Set<String>
  private var keys: Set<String> = []
  var tally = RecordTally()

  init(
    _ buffer: UnsafeBufferPointer<UInt8>, _ text: DecodedText, _ profile: RecordProfile,
    _ desk: ReadingDesk
  ) throws {
    self.profile = profile
    self.desk = desk
    self.text = text
    let limits = desk.options.limits
    scanner = RowScanner(
      buffer, delimiter: profile.delimiter, quote: 0x22, columnsMax: limits.columns)
    _ = scanner.skipLines(profile.skip)
    header = try Delimited.header(&scanner, file: desk.file.name, limits: limits)
    var columns: [String: Int] = [:]
    for (index, name) in header.enumerated() {
      let name = MappingProfile.normalised(name)
      if columns[name] == nil { columns[name] = index }
    }
    let wanted = profile.headerRow.map(MappingProfile.normalised)
    let missing = (wanted + profile.taken.sorted()).filter { columns[$0] == nil }
    guard missing.isEmpty else {
      throw desk.refusal(
        "E-HEADER", .line(scanner.rowLine),
        "no column \(missing.map { "'\(Issue.escaped($0))'" }.joined(separator: ", "))",
        "the header that profile \(profile.name) was made for")
    }
    self.columns = columns
    taken = profile.taken
  }

  mutating func read() throws {
    while true {
      do throws(RowScanner.Fault) {
        guard try scanner.next() else { break }
      } catch {
        throw FileRefusal([
          Delimited.issue(error, file: desk.file.name, limits: desk.options.limits)
        ])
      }
      if scanner.isBlank { continue }
      try row()
    }
    try tally.report(desk)
    try desk.close()
  }

  private mutating func row() throws {
    let row = RecordRow(values: values(), columns: columns)
    let place = Locator.line(scanner.rowLine)
    guard scanner.fields.count <= header.count else {
      return try desk.setAside(
        "E-COLS", place, "\(scanner.fields.count) fields in the row",
        "\(header.count), as the header has", raw: raw())
    }
    do {
      let entities = try profile.entities.compactMap { try entity($0, row, place) }
      if profile.isPayment { try desk.store(payment(row, place)) }
      for entity in entities { try desk.store(entity) }
      if !profile.isPayment, entities.isEmpty { try desk.skip() }
    } catch let fault as RecordFault {
      try desk.setAside(fault.code, place, fault.found, fault.expected, raw: raw())
    }
  }

  private func values() -> [String?] {
    let limit = desk.options.limits.fieldBytes
    return scanner.fields.indices.map { index in
      scanner.string(index).map { $0.utf8.count > limit ? String($0.prefix(limit)) : $0 }
    }
  }

  /// The row as received, with card numbers masked where the profile knows of cards.
  private func raw() -> String {
    let bytes = scanner.text[scanner.rowStart..<scanner.rowEnd]
    let text = String(decoding: bytes, as: UTF8.self)
    return profile.cardColumns.isEmpty ? text : CardNumber.masking(text)
  }

  // MARK: One row

  private mutating func payment(_ row: RecordRow, _ place: Locator) throws -> PaymentRecord {
    let type = row[profile.recordType] ?? "record"
    var record = PaymentRecord(
      locator: place, byteOffset: text.fileOffsetBase.map { Int64($0 + scanner.rowStart) },
      kind: profile.kind,
      recordType: profile.recordTypePrefix
        + (profile.recordTypePrefix.isEmpty ? type : type.lowercased()),
      amounts: [], channel: profile.channel)
    record.utcOffsetMinutes = profile.offsetMinutes
    try days(row, &record)
    status(row, place, &record)
    try amounts(row, place, &record)
    record.exchangeRate = profile.rate.flatMap { row[$0] }
    let purpose = profile.purpose.compactMap { row[$0] }
    if !purpose.isEmpty { record.purpose = kept(purpose.joined(separator: " ")) }
    for (name, source) in profile.references {
      if let text = row[source] { record.references[name] = kept(text) }
    }
    try identify(row, place, &record)
    for party in profile.parties {
      if let party = self.party(party, row, place) { record.parties.append(party) }
    }
    for (index, name) in header.enumerated() where index < row.values.count {
      guard !taken.contains(MappingProfile.normalised(name)), let text = row.values[index] else {
        continue
      }
      record.details[name] = kept(text)
    }
    return record
  }

  /// Text that is kept: in a ledger of cards, whole card numbers are masked wherever they stand.
  func kept(_ text: String) -> String {
    profile.cardColumns.isEmpty ? text : CardNumber.masking(text)
  }

  private mutating func identify(
    _ row: RecordRow, _ place: Locator, _ record: inout PaymentRecord
  ) throws {
    let parts = profile.key.compactMap { row[$0] }
    guard !profile.key.isEmpty else { return }
    guard parts.count == profile.key.count else {
      return tally.add("W-NO-ID", place, "rows without the parts of their key")
    }
    let key = parts.joined(separator: ":")
    record.references["transaction"] = key
    if !keys.insert(key).inserted {
      tally.add("W-DUP-ID", place, "rows with the key of an earlier one; both are kept")
    }
  }

  private mutating func status(
    _ row: RecordRow, _ place: Locator, _ record: inout PaymentRecord
  ) {
    guard let source = profile.status, let text = row[source] else { return }
    if let word = profile.statusWords[text] ?? profile.statusWords[text.lowercased()] {
      record.status = word
      if word != text { record.details["status as written"] = text }
    } else {
      record.status = text
      tally.add("W-STATUS-CODE", place, "rows with a status that the profile does not know")
    }
  }

  private mutating func days(_ row: RecordRow, _ record: inout PaymentRecord) throws {
    for (source, isValue) in [(profile.executed, false), (profile.value, true)] {
      guard let source, let text = row[source] else { continue }
      guard !profile.hasOtherCalendar else {
        record.details[isValue ? "value day as written" : "day as written"] = text
        tally.add(
          "W-CALENDAR", record.locator, "rows with days of another calendar, kept as written")
        continue
      }
      let day = try RecordDay(text, profile, desk.pivot)
      if isValue {
        record.valueOn = day.date
      } else {
        record.executedOn = day.date
        record.timeOfDay = day.timeOfDay
        record.utcOffsetMinutes = day.offsetMinutes ?? profile.offsetMinutes
      }
    }
    if let text = profile.time.flatMap({ row[$0] }) {
      guard let seconds = RecordDay.time(text) else {
        throw RecordFault("E-TIME", "no time of day", "HH:MM or HH:MM:SS")
      }
      record.timeOfDay = seconds
    }
  }

  // MARK: Amounts

  private mutating func amounts(
    _ row: RecordRow, _ place: Locator, _ record: inout PaymentRecord
  ) throws {
    var isStated = false
    for amount in profile.amounts {
      guard let text = row[amount.amount] else { continue }
      isStated = true
      guard let name = row[amount.currency] else {
        throw RecordFault(
          "E-CCY", "an amount (\(amount.role.rawValue)) without a currency or asset", "its name")
      }
      let plain = try RecordAmount.plain(text, profile.decimal)
      let isNegative = plain.hasPrefix("-")
      let role = isNegative ? amount.signedRole ?? amount.role : amount.role
      let number = isNegative && amount.signedRole != nil ? String(plain.dropFirst()) : plain
      guard let currency = AssetTable.currency(name) else {
        tally.add(
          "W-ASSET", place, "amounts of an asset whose decimals are not known; kept as text")
        record.details[Self.free("\(role.rawValue) \(name)", record.details)] = number
        continue
      }
      do {
        let form = AmountForm(decimal: ".", groups: [], isFixedByStandard: true)
        let minor = try AmountText(number, form: form, currency: currency).minorUnits
        record.amounts.append(StatedAmount(role, Money(minorUnits: minor, currency: currency)))
      } catch  where error == .tooPrecise || error == .outOfRange {
        // A fee or an equivalent may be finer than its currency; what moved may not.
        let isBeside = [.fee, .tax, .equivalent].contains(role)
        guard isBeside || Currency(iso: currency.code) == nil else {
          throw RecordFault(error.code, error.reason, "an amount in \(currency.code)")
        }
        // Exact text instead of a rounded figure; it takes part in no sum.
        tally.add(
          error == .tooPrecise ? "W-AMOUNT-PRECISION" : "W-AMOUNT-RANGE", place,
          "amounts that a 64-bit count of their unit cannot hold; kept as text")
        record.details[Self.free("\(role.rawValue) \(name)", record.details)] = number
      } catch {
        throw RecordFault(error.code, error.reason, "a decimal amount")
      }
    }
    guard isStated else { throw RecordFault("E-AMOUNT", "no amount in the row", "at least one") }
  }

  private static func free(_ name: String, _ details: [String: String]) -> String {
    var number = 1
    while details[number == 1 ? name : "\(name) \(number)"] != nil { number += 1 }
    return number == 1 ? name : "\(name) \(number)"
  }
}
