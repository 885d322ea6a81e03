import CaseModel

/// A workbook of Excel 97 to 2003 (`.xls`, BIFF8): [MS-XLS].
struct XLSBook: SheetSource {
  private let file: InputFile
  private let limits: ReadingOptions.Limits
  private let stream: [UInt8]
  private(set) var sheets: [SheetName] = []
  private var offsets: [Int] = []
  private var strings: [String] = []
  private var formats: [Int: Bool] = [:]
  private var styles: [Int] = []
  private var is1904 = false

  /// Numbers of records.
  private enum Record {
    static let formula: UInt16 = 0x06, end: UInt16 = 0x0A, dateMode: UInt16 = 0x22
    static let password: UInt16 = 0x2F, more: UInt16 = 0x3C, sheet: UInt16 = 0x85
    static let numbers: UInt16 = 0xBD, richText: UInt16 = 0xD6, style: UInt16 = 0xE0
    static let strings: UInt16 = 0xFC, sharedText: UInt16 = 0xFD, number: UInt16 = 0x203
    static let text: UInt16 = 0x204, flag: UInt16 = 0x205, result: UInt16 = 0x207
    static let row: UInt16 = 0x208, short: UInt16 = 0x27E, format: UInt16 = 0x41E
    static let begin: UInt16 = 0x809
  }

  init(_ file: InputFile, limits: ReadingOptions.Limits) throws {
    self.file = file
    self.limits = limits
    func refusal(_ code: String, _ found: String, _ expected: String) -> FileRefusal {
      FileRefusal([
        Issue(
          .error, code, file: file.name, at: Locator(text: "byte 0", ordinal: 0), found: found,
          expected: expected)
      ])
    }
    do {
      let container = try CompoundFile(file.bytes)
      guard !container.names.contains("EncryptedPackage") else {
        throw refusal(
          "E-ENCRYPTED", "a workbook protected by a password",
          "a workbook without password; ask the sender")
      }
      guard let found = try container.stream("Workbook") else {
        throw refusal(
          "E-FORMAT",
          container.names.contains("Book")
            ? "a workbook older than Excel 97" : "an Office document that is no workbook",
          "a workbook saved as XLSX; keep the file as an exhibit")
      }
      stream = found
    } catch let fault as CompoundFile.Damaged {
      throw refusal("E-FORMAT", "a damaged workbook: \(fault.what)", "the whole file")
    }
    guard readGlobals() else {
      throw refusal(
        "E-ENCRYPTED", "a workbook protected by a password",
        "a workbook without password; ask the sender")
    }
  }

  /// Sheets, texts and formats. False when a password guards them.
  private mutating func readGlobals() -> Bool {
    var records = BIFFRecords(stream)
    while records.next() {
      switch records.id {
      case Record.password: return false
      case Record.dateMode: is1904 = records.int16(0) == 1
      case Record.sheet:
        guard records.byte(5) == 0 else { continue }
        sheets.append(
          SheetName(name: records.text(6, wideLength: false), isHidden: records.byte(4) & 3 != 0))
        offsets.append(Int(records.uint32(0)))
      case Record.format:
        formats[records.int16(0)] = DaySerial.isDay(code: records.text(2, wideLength: true))
      case Record.style: styles.append(records.int16(2))
      case Record.strings:
        var parts = [records.start..<records.end]
        while records.following == Record.more, records.next() {
          parts.append(records.start..<records.end)
        }
        strings = BIFFStrings(stream, parts: parts).texts
      case Record.end: return true
      default: continue
      }
    }
    return true
  }

  func rows(of sheet: Int, _ body: (SheetRow) throws -> Bool) throws {
    var reader = XLSSheet(book: self)
    for row in reader.rows(in: BIFFRecords(stream, at: offsets[sheet])) where row.width > 0 {
      guard try body(row) else { return }
    }
  }

  fileprivate func value(_ bits: UInt64, style: Int) -> (SheetValue, noisy: String?) {
    guard let plain = BinaryNumber.plain(bits: bits) else { return (.text("#NUM!"), nil) }
    return value(plain, style: style)
  }

  fileprivate func value(_ plain: String, style: Int) -> (SheetValue, noisy: String?) {
    let format = styles.indices.contains(style) ? styles[style] : 0
    if formats[format] ?? DaySerial.isDay(builtIn: format),
      let day = DaySerial.value(plain, is1904: is1904)
    {
      return (day, nil)
    }
    let (rounded, isRounded) = StoredNumber.withoutNoise(plain)
    return (.number(rounded), isRounded ? plain : nil)
  }

  fileprivate func text(_ index: Int) -> String {
    strings.indices.contains(index) ? strings[index] : "#REF!"
  }

  /// Reads the cells of one sheet. They come in blocks of rows, so all rows are gathered first.
  fileprivate struct XLSSheet {
    let book: XLSBook
    private var found: [Int: SheetRow] = [:]
    /// The cell whose text result follows in a record of its own.
    private var waiting: (row: Int, cell: SheetCell)?

    init(book: XLSBook) { self.book = book }

    mutating func rows(in stream: BIFFRecords) -> [SheetRow] {
      var records = stream
      guard records.next(), records.id == Record.begin else { return [] }
      // Charts inside a sheet are streams of their own between a beginning and an end.
      var depth = 1
      while depth > 0, records.next() {
        switch records.id {
        case Record.begin: depth += 1
        case Record.end: depth -= 1
        default: if depth == 1 { read(records) }
        }
      }
      return found.keys.sorted().compactMap { number in
        var row = found[number]
        row?.cells.sort { $0.column < $1.column }
        return row
      }
    }

    private mutating func read(_ record: BIFFRecords) {
      let row = record.int16(0)
      let column = record.int16(2)
      let style = record.int16(4)
      switch record.id {
      case Record.row:
        if record.int16(12) & 0x20 != 0 {
          found[row, default: SheetRow(number: row + 1)].isHidden = true
        }
      case Record.sharedText:
        add(row, SheetCell(column: column, value: .text(book.text(Int(record.uint32(6))))))
      case Record.text, Record.richText:
        add(row, SheetCell(column: column, value: .text(record.text(6, wideLength: true))))
      case Record.number: add(row, column, book.value(record.uint64(6), style: style))
      case Record.short: add(row, column, short(record.uint32(6), style))
      case Record.numbers:
        var at = 4
        var next = column
        while at + 6 <= record.count - 2 {
          add(row, next, short(record.uint32(at + 2), record.int16(at)))
          at += 6
          next += 1
        }
      case Record.flag:
        let isError = record.byte(7) == 1
        add(
          row,
          SheetCell(
            column: column,
            value: .text(isError ? "#ERROR" : record.byte(6) == 1 ? "TRUE" : "FALSE")))
      case Record.formula: formula(record, row, column, style)
      case Record.result:
        if var item = waiting {
          item.cell.value = .text(record.text(0, wideLength: true))
          add(item.row, item.cell)
        }
        waiting = nil
      default: break
      }
    }

    private mutating func formula(_ record: BIFFRecords, _ row: Int, _ column: Int, _ style: Int) {
      let length = record.int16(20)
      let tokens = record.bytes[min(record.end, record.start + 22)..<record.end].prefix(
        min(length, 64))
      let digits = Array("0123456789ABCDEF".utf8)
      let hex = tokens.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
      var cell = SheetCell(column: column, value: .unknown)
      cell.formula = "tokens " + String(decoding: hex, as: UTF8.self)
      guard record.int16(12) == 0xFFFF else {
        let (value, noisy) = book.value(record.uint64(6), style: style)
        cell.value = value
        cell.noisy = noisy
        return add(row, cell)
      }
      switch record.byte(6) {
      case 0: waiting = (row, cell)
      case 1:
        cell.value = .text(record.byte(8) == 1 ? "TRUE" : "FALSE")
        add(row, cell)
      case 2:
        cell.value = .text("#ERROR")
        add(row, cell)
      default: add(row, cell)
      }
    }

    /// A number in four bytes: a whole number or the upper half of a binary one, perhaps in hundredths.
    private func short(_ bits: UInt32, _ style: Int) -> (SheetValue, noisy: String?) {
      let whole = bits & 2 != 0
      let plain =
        whole
        ? String(Int32(bitPattern: bits) >> 2)
        : BinaryNumber.plain(bits: UInt64(bits & 0xFFFF_FFFC) << 32) ?? "0"
      guard bits & 1 != 0 else { return book.value(plain, style: style) }
      // Hundredths: the point moves, nothing is divided.
      return book.value(StoredNumber.plain(plain + "E-2") ?? plain, style: style)
    }

    private mutating func add(
      _ row: Int, _ column: Int, _ found: (value: SheetValue, noisy: String?)
    ) {
      add(row, SheetCell(column: column, value: found.value, noisy: found.noisy))
    }

    private mutating func add(_ row: Int, _ cell: SheetCell) {
      found[row, default: SheetRow(number: row + 1)].cells.append(cell)
    }
  }
}
