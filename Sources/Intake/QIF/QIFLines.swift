import CaseModel

/// One line of a QIF file that holds something.
struct QIFLine {
  let number: Int
  let offset: Int64?
  let text: String
}

/// The lines of a QIF file; CR, LF and CRLF end one. Blank lines and comments (`#`) are passed over.
struct QIFLines: Sequence {
  private let text: DecodedText
  init(_ text: DecodedText) { self.text = text }

  func makeIterator() -> Iterator { Iterator(text: text) }

  struct Iterator: IteratorProtocol {
    let text: DecodedText
    private var position = 0
    private var line = 0

    init(text: DecodedText) { self.text = text }

    mutating func next() -> QIFLine? {
      let bytes = text.bytes
      while position < bytes.count {
        let start = position
        while position < bytes.count, bytes[position] != 10, bytes[position] != 13 {
          position += 1
        }
        let end = position
        if position < bytes.count {
          let isCRLF =
            bytes[position] == 13 && position + 1 < bytes.count && bytes[position + 1] == 10
          position += isCRLF ? 2 : 1
        }
        line += 1
        let content = String(decoding: bytes[start..<end], as: UTF8.self)
        guard !content.trimmed.isEmpty, content.first != "#" else { continue }
        return QIFLine(
          number: line, offset: text.fileOffsetBase.map { Int64($0 + start) }, text: content)
      }
      return nil
    }
  }
}

/// What a first look at a QIF file shows: its sections, accounts and days.
struct QIFSurvey {
  private(set) var firstLine = 1
  private(set) var hasHeader = false
  /// Accounts that the file names, in order.
  private(set) var accounts: [String] = []
  /// Days of transactions that are not written year first, with their lines.
  private(set) var hasOrderedDays = false
  private(set) var ambiguous: QIFLine?

  init(_ lines: QIFLines) {
    var section = QIFSection.none
    var isFirst = true
    for line in lines {
      if isFirst { firstLine = line.number }
      isFirst = false
      if line.text.hasPrefix("!") {
        section = QIFSection(line.text, after: section)
        if line.text.lowercased().hasPrefix("!type:") || section == .account { hasHeader = true }
        continue
      }
      switch (section, line.text.first) {
      case (.account, "N"):
        let name = String(line.text.dropFirst()).trimmed
        if !name.isEmpty, !accounts.contains(name) { accounts.append(name) }
      case (.entries, "D"), (.investments, "D"), (.none, "D"):
        look(at: line)
      default: break
      }
    }
  }

  private mutating func look(at line: QIFLine) {
    guard let parts = QIFDay.parts(line.text.dropFirst()), parts.numbers[0] < 1000 else { return }
    hasOrderedDays = true
    if ambiguous == nil, parts.numbers[0] <= 12, parts.numbers[1] <= 12,
      parts.numbers[0] != parts.numbers[1]
    {
      ambiguous = line
    }
  }
}

/// What the lines behind a `!` line are.
enum QIFSection: Hashable {
  case none, account, entries, investments, lists

  init(_ text: String, after before: QIFSection) {
    let word = text.lowercased().trimmed
    guard word.hasPrefix("!type:") else {
      self = word.hasPrefix("!account") ? .account : before
      return
    }
    switch String(word.dropFirst(6)).trimmed {
    case "bank", "cash", "ccard", "oth a", "oth l", "": self = .entries
    case "invst": self = .investments
    // Categories, classes, securities, prices, memorised payments: no transactions.
    default: self = .lists
    }
  }
}

/// A day as QIF writes it: `3/24/2015`, `2/10'2020`, `1/ 1'01`, `24.03.15`, `2015-03-24`.
enum QIFDay {
  /// The three numbers, and whether an apostrophe stands before the year: Quicken's mark for 2000 on.
  static func parts(_ text: Substring) -> (numbers: [Int], isLate: Bool)? {
    var numbers: [Int] = []
    var isLate = false
    var digits = ""
    for character in text.trimmedSlice + "/" {
      if character.isASCII, character.isNumber {
        digits.append(character)
      } else if "/-.' ".contains(character) {
        if character == "'" { isLate = true }
        if digits.isEmpty { continue }
        guard let number = Int(digits), digits.count <= 4 else { return nil }
        numbers.append(number)
        digits = ""
      } else {
        return nil
      }
    }
    return numbers.count == 3 ? (numbers, isLate) : nil
  }

  /// - Parameter order: The places of day, month and year among the three numbers.
  static func day(
    _ text: Substring, order: (day: Int, month: Int, year: Int)?, _ pivot: CenturyPivot
  ) throws(DateFault) -> CivilDate {
    guard let (numbers, isLate) = parts(text) else { throw .notInForm }
    var place = order ?? (day: 2, month: 1, year: 0)
    // A year of four digits in front cannot be anything else.
    if numbers[0] >= 1000 { place = (day: 2, month: 1, year: 0) }
    var year = numbers[place.year]
    if year < 100 { year = isLate ? 2000 + year : pivot.year(of: year) }
    guard let day = CivilDate(year: year, month: numbers[place.month], day: numbers[place.day])
    else { throw .noSuchDay }
    return day
  }
}

extension Substring {
  fileprivate var trimmedSlice: String { String(self).trimmed }
}
