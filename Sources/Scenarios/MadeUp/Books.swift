import CaseModel

// The books of every made-up bank: what was booked on which account, before any bank writes it down.

/// The four institutions, each with its own way of handing over records.
enum Bank: String, CaseIterable {
  case a, b, c, d

  var name: String {
    switch self {
    case .a: "Erfundene Volksbank"
    case .b: "Invented Union Bank"
    case .c: "Erdachte Landesbank"
    case .d: "Zmyslony Bank Spoldzielczy"
    }
  }
  var bic: String {
    switch self {
    case .a: "XVOKDE90XXX"
    case .b: "XINVGB90XXX"
    case .c: "XLBEDE90XXX"
    case .d: "XBSPPL90XXX"
    }
  }
  func iban(_ number: Int) -> String {
    switch self {
    case .a: InventedNumbers.german(number, bank: "99900011")
    case .b: InventedNumbers.british(number, bank: "XINV", sortCode: "000001")
    case .c: InventedNumbers.german(number, bank: "99900022")
    case .d: InventedNumbers.polish(number, bank: "9990001")
    }
  }
}

/// What kind of movement a line is, in the terms all banks share.
enum Movement {
  case cashDeposit, cashWithdrawal, salary, card, transfer, directDebit, interest, fee
}

/// The other side of a line, as the bank names it.
struct Party: Hashable {
  let name: String
  var iban: String?
  var bic: String?

  init(_ name: String, iban: String? = nil, bic: String? = nil) {
    self.name = name
    self.iban = iban
    self.bic = bic
  }
  static func german(_ name: String, _ number: Int) -> Party {
    Party(name, iban: InventedNumbers.german(number, bank: "99900099"), bic: "XEXTDE90XXX")
  }
  static func british(_ name: String, _ number: Int) -> Party {
    Party(
      name, iban: InventedNumbers.british(number, bank: "XEXT", sortCode: "000009"),
      bic: "XEXTGB90XXX")
  }
  static func polish(_ name: String, _ number: Int) -> Party {
    Party(name, iban: InventedNumbers.polish(number, bank: "9990009"), bic: "XEXTPL90XXX")
  }
}

/// One account that a bank handed over.
struct MadeUpAccount {
  let code: String
  let bank: Bank
  let iban: String
  let currency: Currency
  let owner: String
  let opened: Month
  let openingBalance: Int64
  /// Who holds it, by code, and its part in the case, for the truth file.
  let holder: String
  let role: String

  var party: Party { Party(owner, iban: iban, bic: bank.bic) }
}

/// One booked line.
struct Line {
  let account: Int
  let date: CivilDate
  /// Signed minor units.
  let amount: Int64
  let movement: Movement
  let party: Party
  let purpose: String
  /// Identifiers of the planted patterns it belongs to; empty for ordinary life.
  var patterns: [String]
  /// The other currency's amount and the bank's rate, for an exchange.
  var original: (amount: Money, rate: DecimalNumber)?
  /// Order within the day, then of making.
  let rank: Int
  let number: Int
}

struct Books {
  private(set) var accounts: [MadeUpAccount]
  private var made: [Line] = []
  private var ranks: SplitMix
  private let index: [String: Int]
  /// Lines by account in the bank's order, once the books are closed.
  private var closed: [[Line]] = []

  init(_ accounts: [MadeUpAccount], seed: UInt64) {
    self.accounts = accounts
    ranks = SplitMix(seed: seed, stream: "order within the day")
    var index: [String: Int] = [:]
    for (number, account) in accounts.enumerated() { index[account.code] = number }
    self.index = index
  }

  func number(_ code: String) -> Int {
    guard let number = index[code] else { preconditionFailure("no account \(code)") }
    return number
  }
  func account(_ code: String) -> MadeUpAccount { accounts[number(code)] }

  /// Books one line. Credits tend to come first in a day, wages before everything.
  mutating func post(
    _ code: String, _ date: CivilDate, _ amount: Int64, _ movement: Movement, _ party: Party,
    _ purpose: String, patterns: [String] = [], last: Bool = false,
    original: (amount: Money, rate: DecimalNumber)? = nil
  ) {
    precondition(amount != 0, "a line moves money")
    precondition(closed.isEmpty, "the books are closed")
    let draw = ranks.int(0...400)
    let rank =
      movement == .salary && amount > 0 ? 0 : last ? 1_000 : amount > 0 ? 100 + draw : 300 + draw
    made.append(
      Line(
        account: number(code), date: date, amount: amount, movement: movement, party: party,
        purpose: purpose, patterns: patterns, original: original, rank: rank, number: made.count))
  }

  /// Books both legs of a payment between two accounts of the case.
  mutating func pay(
    _ from: String, _ to: String, _ date: CivilDate, _ amount: Int64, _ purpose: String,
    arriving: CivilDate? = nil, movement: Movement = .transfer, patterns: [String] = [],
    last: Bool = false
  ) {
    let source = account(from)
    let target = account(to)
    precondition(source.currency == target.currency, "a payment stays in one currency")
    post(from, date, -amount, movement, target.party, purpose, patterns: patterns, last: last)
    post(to, arriving ?? date, amount, movement, source.party, purpose, patterns: patterns)
  }

  /// Orders every account's lines. Nothing is booked afterwards.
  mutating func close() {
    closed = accounts.indices.map { lines(of: $0) }
  }

  /// Every line of one account in the bank's order.
  func lines(of account: Int) -> [Line] {
    guard closed.isEmpty else { return closed[account] }
    return made.filter { $0.account == account }.sorted {
      ($0.date, $0.rank, $0.number) < ($1.date, $1.rank, $1.number)
    }
  }

  /// Lines of a pattern, by account, then in the bank's order.
  func lines(of pattern: String) -> [Line] {
    accounts.indices.flatMap { lines(of: $0) }.filter { $0.patterns.contains(pattern) }
  }

  var lineCount: Int { made.count }
  var ordinaryCount: Int { made.reduce(0) { $0 + ($1.patterns.isEmpty ? 1 : 0) } }

  /// The balance at the end of a day.
  func balance(_ code: String, at day: CivilDate) -> Money {
    let account = account(code)
    let own = number(code)
    var sum = account.openingBalance
    for line in made where line.account == own && line.date <= day { sum += line.amount }
    return Money(minorUnits: sum, currency: account.currency)
  }
}
