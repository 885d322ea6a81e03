import CaseModel

/// Reads the lines of a transfers file into columns. One use.
struct TransferFileReader {
  let name: String
  var issues: [Issue] = []
  var columns = TransferColumns()
  var labels: [String] = []
  var currencies: [Currency] = []
  var channels: [String] = []
  var spelledIDs: [String] = []

  private var lineNumber = 0
  private var currencyOf: [[UInt8]: UInt16] = [:]
  /// The bytes of each channel word. There are few, so they are compared one after the other.
  private var channelWords: [[UInt8]] = []
  private var accountOfNumber: [Int64: Int32] = [:]
  /// Small account numbers directly, −1 where not yet met.
  private var accountOfSmallNumber: [Int32] = []
  private var accountOfText: [[UInt8]: Int32] = [:]
  private var lastCurrency: (bytes: [UInt8], number: UInt16)?
  private var isInOrder = true
  private var lineOfRow: [Int32] = []

  private typealias Field = Range<Int>

  init(name: String) { self.name = name }

  mutating func read(_ bytes: UnsafeBufferPointer<UInt8>) {
    var place = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    guard let header = nextLine(in: bytes, from: &place), !header.isEmpty else {
      return report("E-EMPTY", "no header line", "a first line " + expectedHeader, at: 1)
    }
    let found = fields(of: header, in: bytes).map { text(bytes[$0]) }
    var positions: [Int] = []
    for column in TransferFile.columnNames {
      guard let position = found.firstIndex(of: column) else {
        report("E-HEADER", "no column \(column)", "a first line " + expectedHeader, at: 1)
        continue
      }
      positions.append(position)
    }
    guard issues.isEmpty else { return }
    columns.reserve(bytes.count / 40)
    while let line = nextLine(in: bytes, from: &place) {
      if line.isEmpty { continue }
      readRow(fields(of: line, in: bytes), positions, width: found.count, in: bytes)
      if issues.count == TransferFile.issueLimit { return }
    }
    refuseRepeatedIDs()
  }

  private var expectedHeader: String { TransferFile.columnNames.joined(separator: ",") }

  // MARK: Lines and fields

  private mutating func nextLine(
    in bytes: UnsafeBufferPointer<UInt8>, from place: inout Int
  ) -> Range<Int>? {
    guard place < bytes.count else { return nil }
    lineNumber += 1
    let start = place
    while place < bytes.count, bytes[place] != UInt8(ascii: "\n") { place += 1 }
    var end = place
    place += 1
    if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    return start..<end
  }

  private var fieldStore: [Field] = []

  private mutating func fields(
    of line: Range<Int>, in bytes: UnsafeBufferPointer<UInt8>
  ) -> [Field] {
    fieldStore.removeAll(keepingCapacity: true)
    var start = line.lowerBound
    for place in line where bytes[place] == UInt8(ascii: ",") {
      fieldStore.append(start..<place)
      start = place + 1
    }
    fieldStore.append(start..<line.upperBound)
    return fieldStore
  }

  private mutating func readRow(
    _ fields: [Field], _ positions: [Int], width: Int, in bytes: UnsafeBufferPointer<UInt8>
  ) {
    guard fields.count == width else {
      return report(
        "E-COLUMNS", "\(fields.count) fields", "\(width), as the header has; no quotes or commas")
    }
    func field(_ column: Int) -> Slice<UnsafeBufferPointer<UInt8>> {
      bytes[fields[positions[column]]]
    }
    guard !field(0).isEmpty, !field(1).isEmpty, !field(2).isEmpty else {
      return report("E-FIELD", "an empty tx_id, src or dst", "an identifier in each")
    }
    guard let time = number(field(3)), Self.times.contains(time) else {
      return report("E-TIME", "a ts that is no time", "Unix seconds UTC between year 1 and 9999")
    }
    guard let amount = number(field(4)), amount >= 0 else {
      return report(
        "E-AMOUNT", "an amount_minor that is no amount",
        "whole minor units, not negative, at most 9223372036854775807")
    }
    guard let currency = currencyNumber(field(5)) else {
      return report("E-CURRENCY", "a currency that is no code", "an ISO 4217 code such as EUR")
    }
    guard let channel = channelNumber(field(6)) else {
      return report(
        "E-CHANNEL", "more than \(TransferColumns.channelLimit) channel words",
        "a short closed list of channels")
    }
    let source = account(field(1))
    let destination = account(field(2))
    let id = canonicalNumber(field(0)) ?? spelled(field(0))
    if isInOrder, let before = columns.time.last, let previous = columns.entry.last,
      (before, previous) >= (time, id) || id < 0
    {
      isInOrder = false
    }
    columns.append(
      source: source, destination: destination, time: time, amountMinor: amount, currency: currency,
      channel: channel, entry: id)
    lineOfRow.append(Int32(clamping: lineNumber))
  }

  /// Year 1 to 9999 in Unix seconds.
  private static let times: ClosedRange<Int64> = -62_135_596_800...253_402_300_799

  // MARK: Values

  private func number(_ field: Slice<UnsafeBufferPointer<UInt8>>) -> Int64? {
    guard let first = field.first else { return nil }
    let isNegative = first == UInt8(ascii: "-")
    let digits = isNegative ? field.dropFirst() : field
    guard !digits.isEmpty, digits.count <= 19 else { return nil }
    var value: Int64 = 0
    for byte in digits {
      let digit = byte &- UInt8(ascii: "0")
      guard digit <= 9 else { return nil }
      let (shifted, overflow) = value.multipliedReportingOverflow(by: 10)
      let (next, overflow2) = shifted.addingReportingOverflow(Int64(digit))
      if overflow || overflow2 { return nil }
      value = next
    }
    return isNegative ? 0 - value : value
  }

  /// The number a field spells in the one usual way: no sign, no leading zero. So 7 and 007 differ.
  private func canonicalNumber(_ field: Slice<UnsafeBufferPointer<UInt8>>) -> Int64? {
    guard let first = field.first, first != UInt8(ascii: "-") else { return nil }
    if first == UInt8(ascii: "0"), field.count > 1 { return nil }
    return number(field)
  }

  private mutating func spelled(_ field: Slice<UnsafeBufferPointer<UInt8>>) -> Int64 {
    spelledIDs.append(text(field))
    return Int64(-spelledIDs.count)
  }

  private static let smallNumbers = 1 << 24

  private mutating func account(_ field: Slice<UnsafeBufferPointer<UInt8>>) -> Int32 {
    let new = Int32(labels.count)
    if let number = canonicalNumber(field) {
      if number < Self.smallNumbers {
        let place = Int(number)
        if place >= accountOfSmallNumber.count {
          let more = max(place + 1, accountOfSmallNumber.count * 2) - accountOfSmallNumber.count
          accountOfSmallNumber.append(contentsOf: repeatElement(-1, count: more))
        }
        if accountOfSmallNumber[place] >= 0 { return accountOfSmallNumber[place] }
        accountOfSmallNumber[place] = new
      } else {
        if let known = accountOfNumber[number] { return known }
        accountOfNumber[number] = new
      }
    } else {
      let key = Array(field)
      if let known = accountOfText[key] { return known }
      accountOfText[key] = new
    }
    labels.append(text(field))
    return new
  }

  private mutating func currencyNumber(_ field: Slice<UnsafeBufferPointer<UInt8>>) -> UInt16? {
    if let last = lastCurrency, last.bytes.elementsEqual(field) { return last.number }
    let key = Array(field)
    let number: UInt16
    if let known = currencyOf[key] {
      number = known
    } else {
      guard (3...10).contains(key.count), currencies.count < Int(UInt16.max),
        key.allSatisfy({ (0x41...0x5A).contains($0) || (0x30...0x39).contains($0) })
      else { return nil }
      // A code outside ISO 4217 is an asset counted in the file's own smallest unit.
      let code = text(field)
      currencies.append(Currency(iso: code) ?? Currency(asset: code, exponent: 0))
      number = UInt16(currencies.count - 1)
      currencyOf[key] = number
    }
    lastCurrency = (key, number)
    return number
  }

  private mutating func channelNumber(_ field: Slice<UnsafeBufferPointer<UInt8>>) -> UInt8? {
    for number in channelWords.indices
    where channelWords[number].count == field.count && channelWords[number].elementsEqual(field) {
      return UInt8(number)
    }
    guard channels.count < TransferColumns.channelLimit else { return nil }
    channels.append(text(field))
    channelWords.append(Array(field))
    return UInt8(channels.count - 1)
  }

  private func text(_ field: Slice<UnsafeBufferPointer<UInt8>>) -> String {
    String(decoding: field, as: UTF8.self)
  }

  // MARK: Refusing and ordering

  private mutating func report(
    _ code: String, _ found: String, _ expected: String, at line: Int? = nil
  ) {
    issues.append(
      Issue(
        .error, code, file: name, at: .line(line ?? lineNumber), found: found, expected: expected))
  }

  private mutating func refuseRepeatedIDs() {
    guard !isInOrder else { return refuseRepeatedNumbers() }
    refuseRepeatedNumbers()
    var seen = Set<String>()
    var row = 0
    for id in columns.entry {
      if id < 0, !seen.insert(spelledIDs[Int(-1 - id)]).inserted {
        report(
          "E-REPEATED", "a tx_id that came before", "one line a transfer", at: Int(lineOfRow[row]))
        if issues.count == TransferFile.issueLimit { return }
      }
      row += 1
    }
  }

  private mutating func refuseRepeatedNumbers() {
    // Rising ids, the usual case, need no set.
    var isRising = true
    var before: Int64 = -1
    for id in columns.entry where id >= 0 {
      if id <= before {
        isRising = false
        break
      }
      before = id
    }
    if isRising { return }
    var seen = Set<Int64>(minimumCapacity: columns.count)
    for (row, id) in columns.entry.enumerated() where id >= 0 && !seen.insert(id).inserted {
      report(
        "E-REPEATED", "a tx_id that came before", "one line a transfer", at: Int(lineOfRow[row]))
      if issues.count == TransferFile.issueLimit { return }
    }
  }

  /// Rows by time, then transfer id; accounts numbered in the order the sorted rows name them, so that
  /// the same transfers in another order of lines give the same trail.
  func sorted() -> (columns: TransferColumns, labels: [String]) {
    var order = Array(0..<Int32(columns.count))
    if !isInOrder {
      order.sort { a, b in
        let (a, b) = (Int(a), Int(b))
        if columns.time[a] != columns.time[b] { return columns.time[a] < columns.time[b] }
        let (x, y) = (columns.entry[a], columns.entry[b])
        if x >= 0 || y >= 0 { return x >= 0 && (y < 0 || x < y) }
        return spelledIDs[Int(-1 - x)].utf8.lexicographicallyPrecedes(spelledIDs[Int(-1 - y)].utf8)
      }
    } else {
      return (columns, labels)
    }
    var numbers = [Int32](repeating: -1, count: labels.count)
    var newLabels: [String] = []
    newLabels.reserveCapacity(labels.count)
    func renumber(_ account: Int32) -> Int32 {
      if numbers[Int(account)] < 0 {
        numbers[Int(account)] = Int32(newLabels.count)
        newLabels.append(labels[Int(account)])
      }
      return numbers[Int(account)]
    }
    var result = TransferColumns()
    result.reserve(columns.count)
    for row in order {
      let row = Int(row)
      result.append(
        source: renumber(columns.source[row]), destination: renumber(columns.destination[row]),
        time: columns.time[row], amountMinor: columns.amountMinor[row],
        currency: columns.currency[row], channel: columns.channel[row], entry: columns.entry[row])
    }
    return (result, newLabels)
  }
}
