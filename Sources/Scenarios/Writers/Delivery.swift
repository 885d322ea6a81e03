import CaseModel

// What the banks hand over: files, where each line stands in them, and what is wrong on purpose.

/// Where a line can be found: the file, and the place as a reader of that format names it.
struct Place {
  let file: String
  let locator: String
}

/// One statement as written, for the truth file and the reconciliation test.
struct WrittenStatement {
  let file: String
  let account: Int
  let period: Period
  let opening: Int64
  let closing: Int64
  /// What the lines written add to the opening balance, less the closing balance: zero but once.
  let difference: Int64
  let lineCount: Int
}

/// What the delivery leaves out on purpose.
struct Omissions {
  /// A month of an account without any statement.
  let missing: (account: Int, month: Month)
  /// A line that is booked and counted, and not printed.
  let droppedLine: Int
}

struct Delivery {
  private(set) var files: [String: [UInt8]] = [:]
  private(set) var places: [Int: Place] = [:]
  private(set) var statements: [WrittenStatement] = []
  private let omissions: Omissions

  init(_ books: Books, omissions: Omissions) {
    self.omissions = omissions
    for (number, account) in books.accounts.enumerated() {
      let lines = books.lines(of: number)
      let spans = Self.spans(of: account)
      var balance = account.openingBalance
      for span in spans {
        let parts = span.periods.map { period in
          let inside = lines.filter { period.contains($0.date) }
          let opening = balance
          balance = inside.reduce(balance) { $0 + $1.amount }
          return StatementPart(
            period: period,
            number: span.firstNumber + (period.first.month - span.periods[0].first.month)
              / span.monthsEach,
            opening: opening, closing: balance, lines: inside)
        }
        write(account, number, span, parts)
      }
    }
  }

  /// One file: its name and the periods of the statements in it.
  private struct Span {
    let file: String
    let periods: [Period]
    let firstNumber: Int
    let monthsEach: Int
  }

  /// Banks A and B: a file a year. Bank C: a file a year of monthly statements. Bank D: a file a quarter.
  private static func spans(of account: MadeUpAccount) -> [Span] {
    let months = Cast.months.filter { $0 >= account.opened }
    let years = Array(Set(months.map(\.year))).sorted()
    let folder = "bank-\(account.bank.rawValue)"
    let name = account.code.lowercased()
    return years.flatMap { year -> [Span] in
      let own = months.filter { $0.year == year }
      let whole = Period(first: own[0].first, last: own[own.count - 1].last)
      switch account.bank {
      case .a, .b:
        return [
          Span(
            file: "\(folder)/\(name)-\(year).csv", periods: [whole], firstNumber: 1, monthsEach: 12)
        ]
      case .c:
        return [
          Span(
            file: "\(folder)/\(name)-\(year).sta",
            periods: own.map { Period(first: $0.first, last: $0.last) }, firstNumber: own[0].month,
            monthsEach: 1)
        ]
      case .d:
        return (1...4).compactMap { quarter in
          let part = own.filter { $0.quarter == quarter }
          guard let first = part.first, let last = part.last else { return nil }
          return Span(
            file: "\(folder)/\(name)-\(year)-q\(quarter).xml",
            periods: [Period(first: first.first, last: last.last)], firstNumber: quarter,
            monthsEach: 3)
        }
      }
    }
  }

  private mutating func write(
    _ account: MadeUpAccount, _ number: Int, _ span: Span, _ parts: [StatementPart]
  ) {
    let printed = parts.compactMap { part -> StatementPart? in
      if omissions.missing.account == number, part.period.first == omissions.missing.month.first {
        return nil
      }
      return part.without(omissions.droppedLine)
    }
    let written: WrittenFile =
      switch account.bank {
      case .a: GermanCSV.write(account, printed[0])
      case .b: BritishCSV.write(account, printed[0])
      case .c: MT940Writer.write(account, printed)
      case .d: Camt053Writer.write(account, printed[0])
      }
    files[span.file] = Array(written.text.utf8)
    for (line, locator) in written.locators {
      places[line] = Place(file: span.file, locator: locator)
    }
    for part in printed {
      statements.append(
        WrittenStatement(
          file: span.file, account: number, period: part.period, opening: part.opening,
          closing: part.closing,
          difference: part.lines.reduce(part.opening) { $0 + $1.amount } - part.closing,
          lineCount: part.lines.count))
    }
  }
}

/// One statement to be written.
struct StatementPart {
  let period: Period
  let number: Int
  let opening: Int64
  let closing: Int64
  var lines: [Line]

  func without(_ dropped: Int) -> StatementPart {
    var part = self
    part.lines.removeAll { $0.number == dropped }
    return part
  }
}

/// The text of one file, and where each line of the books stands in it.
struct WrittenFile {
  var text: String
  var locators: [(line: Int, locator: String)]
}
