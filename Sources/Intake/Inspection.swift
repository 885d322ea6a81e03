import CaseModel

/// What is in one file: the answer of `moneytrail inspect`, as JSON (snake-case keys) and as text.
public struct Inspection: Encodable, Sendable {
  public let file: String
  public let format: String
  public let sha256: String
  public let bytes: Int
  public let parser: String
  /// Nothing of it would be stored: it is not readable as its format, or every record is set aside.
  public let refused: Bool
  public let records: Records
  public let statements: [Item]
  /// Payment records by record type, with sums by currency of the first amount of each.
  public let payments: [String: PaymentGroup]
  /// Stated entities by schema.
  public let entities: [String: Int]
  public let issues: [Found]

  public init(_ result: ReadResult) {
    file = result.file
    format = result.format
    sha256 = result.sha256.hex
    bytes = result.byteCount
    parser = result.parser
    refused = result.isRefused || result.nothingUsable != nil
    records = Records(
      read: result.recordsRead, stored: result.isRefused ? 0 : result.recordsStored,
      quarantined: result.quarantined.count, skipped: result.skippedRecords)
    statements = result.statements.map { Item($0, EntrySummary(of: $0.entries)) }
    var groups: [String: PaymentGroup] = [:]
    for payment in result.payments {
      groups[payment.recordType, default: PaymentGroup()].add(payment)
    }
    payments = groups
    entities = result.entities.reduce(into: [:]) { $0[$1.schema, default: 0] += 1 }
    issues = (result.issues + [result.nothingUsable].compactMap { $0 }).map(Found.init)
  }

  /// The same for a file that was read through without keeping its records.
  public init(_ survey: Survey) {
    file = survey.file
    format = survey.format
    sha256 = survey.sha256.hex
    bytes = survey.byteCount
    parser = survey.parser
    refused = survey.isRefused || survey.nothingUsable != nil
    records = Records(
      read: survey.recordsRead, stored: survey.isRefused ? 0 : survey.recordsStored,
      quarantined: survey.quarantinedCount, skipped: survey.skippedRecords)
    statements = zip(survey.statements, survey.summaries).map { Item($0, $1) }
    payments = survey.payments
    entities = survey.entities
    issues = (survey.issues + [survey.nothingUsable].compactMap { $0 }).map(Found.init)
  }

  /// Nothing of the file was refused or set aside.
  public var isWhole: Bool {
    !refused && records.quarantined == 0
      && !issues.contains { $0.severity == Issue.Severity.error.rawValue }
  }

  public struct Records: Encodable, Sendable {
    public let read: Int
    public let stored: Int
    public let quarantined: Int
    public let skipped: Int
  }

  public struct Found: Encodable, Sendable {
    public let severity: String
    public let code: String
    public let locator: String
    public let found: String
    public let expected: String
    public let text: String

    public init(_ issue: Issue) {
      severity = issue.severity.rawValue
      code = issue.code
      locator = issue.locator.text
      found = issue.found
      expected = issue.expected
      text = issue.description
    }
  }

  public struct Balance: Encodable, Sendable {
    public let amountMinor: Int64
    public let currency: String
    public let date: CivilDate?
    enum CodingKeys: String, CodingKey {
      case amountMinor = "amount_minor"
      case currency, date
    }
    init(_ balance: StatedBalance) {
      amountMinor = balance.amount.minorUnits
      currency = balance.amount.currency.code
      date = balance.date
    }
    public func encode(to encoder: any Encoder) throws {
      var keyed = encoder.container(keyedBy: CodingKeys.self)
      try keyed.encode(amountMinor, forKey: .amountMinor)
      try keyed.encode(currency, forKey: .currency)
      try keyed.encode(date, forKey: .date)
    }
  }

  /// Payment records of one type. The sums run over the first amount of each, signs as stated.
  public struct PaymentGroup: Encodable, Sendable, Hashable {
    public internal(set) var count = 0
    public internal(set) var byCurrency: [String: Totals] = [:]
    enum CodingKeys: String, CodingKey {
      case count
      case byCurrency = "by_currency"
    }
    mutating func add(_ payment: PaymentRecord) {
      count += 1
      guard let amount = payment.amounts.first?.amount else { return }
      byCurrency[amount.currency.code, default: Totals()].add(amount)
    }
  }

  /// Counts and sums of one currency. A sum beyond 64 bits is written as decimal text.
  public struct Totals: Encodable, Sendable, Hashable {
    public internal(set) var creditCount = 0
    public internal(set) var creditSumMinor: Int128 = 0
    public internal(set) var debitCount = 0
    public internal(set) var debitSumMinor: Int128 = 0
    enum CodingKeys: String, CodingKey {
      case creditCount = "credit_count"
      case creditSumMinor = "credit_sum_minor"
      case debitCount = "debit_count"
      case debitSumMinor = "debit_sum_minor"
    }
    init() {}
    init(_ part: EntrySummary.Totals) {
      creditCount = part.creditCount
      creditSumMinor = part.creditSum
      debitCount = part.debitCount
      debitSumMinor = part.debitSum
    }
    mutating func add(_ amount: Money) {
      if amount.isNegative {
        debitCount += 1
        debitSumMinor -= Int128(amount.minorUnits)
      } else {
        creditCount += 1
        creditSumMinor += Int128(amount.minorUnits)
      }
    }
    public func encode(to encoder: any Encoder) throws {
      var keyed = encoder.container(keyedBy: CodingKeys.self)
      try keyed.encode(creditCount, forKey: .creditCount)
      try Self.encode(creditSumMinor, &keyed, .creditSumMinor)
      try keyed.encode(debitCount, forKey: .debitCount)
      try Self.encode(debitSumMinor, &keyed, .debitSumMinor)
    }
    static func encode<K: CodingKey>(
      _ sum: Int128, _ keyed: inout KeyedEncodingContainer<K>, _ key: K
    ) throws {
      if let small = Int64(exactly: sum) {
        try keyed.encode(small, forKey: key)
      } else {
        try keyed.encode(String(sum), forKey: key)
      }
    }
  }
}

extension Inspection {
  /// One statement. `currency` is null when the record states none or several; amounts without one
  /// stand under `XXX` in `by_currency`. Counts and sums run over all entries, `not_booked` says how many of them are
  /// pending, expected or for information and so enter no balance. Sums of a statement that mixes
  /// currencies are null and stand in `by_currency`.
  public struct Item: Encodable, Sendable {
    public let account: String
    public let accountKey: String
    public let currency: String?
    public let owner: String?
    public let institution: String?
    public let reference: String?
    public let number: String?
    public let opening: Balance?
    public let closing: Balance?
    public let transactions: Int
    public let notBooked: Int
    public let total: Totals?
    public let byCurrency: [String: Totals]
    public let firstDate: CivilDate?
    public let lastDate: CivilDate?
    public let firstValueDate: CivilDate?
    public let lastValueDate: CivilDate?
    public let differenceMinor: Int64?
    public let status: String

    init(_ statement: Statement, _ summary: EntrySummary) {
      account = statement.accountText
      accountKey = statement.accountKey.text
      owner = statement.ownerName
      institution = statement.institution
      reference = statement.reference
      number = statement.number
      opening = statement.opening.map(Balance.init)
      closing = statement.closing.map(Balance.init)
      transactions = summary.count
      notBooked = summary.notBooked
      var sums: [String: Totals] = [:]
      for part in summary.totals { sums[part.currency.code] = Totals(part) }
      byCurrency = sums
      let stated = statement.currency?.code
      let unstated = Delimited.unstated.code
      let only = stated ?? (sums.count == 1 ? sums.keys.first : nil)
      currency = only == unstated ? nil : only
      total =
        sums.count > 1 ? nil : sums.first?.value ?? Totals()
      firstDate = summary.days?.first
      lastDate = summary.days?.last
      firstValueDate = summary.valueDays?.first
      lastValueDate = summary.valueDays?.last
      differenceMinor = statement.difference?.minorUnits
      status = statement.status.rawValue
    }

    enum CodingKeys: String, CodingKey {
      case account, currency, owner, institution, reference, number, opening, closing, transactions
      case status
      case accountKey = "account_key"
      case notBooked = "not_booked"
      case byCurrency = "by_currency"
      case firstDate = "first_date"
      case lastDate = "last_date"
      case firstValueDate = "first_value_date"
      case lastValueDate = "last_value_date"
      case differenceMinor = "difference_minor"
      case creditCount = "credit_count"
      case creditSumMinor = "credit_sum_minor"
      case debitCount = "debit_count"
      case debitSumMinor = "debit_sum_minor"
    }

    public func encode(to encoder: any Encoder) throws {
      var keyed = encoder.container(keyedBy: CodingKeys.self)
      try keyed.encode(account, forKey: .account)
      try keyed.encode(accountKey, forKey: .accountKey)
      try keyed.encode(currency, forKey: .currency)
      try keyed.encode(owner, forKey: .owner)
      try keyed.encode(institution, forKey: .institution)
      try keyed.encode(reference, forKey: .reference)
      try keyed.encode(number, forKey: .number)
      try keyed.encode(opening, forKey: .opening)
      try keyed.encode(closing, forKey: .closing)
      try keyed.encode(transactions, forKey: .transactions)
      try keyed.encode(notBooked, forKey: .notBooked)
      try keyed.encode(byCurrency.values.reduce(0) { $0 + $1.creditCount }, forKey: .creditCount)
      try keyed.encode(byCurrency.values.reduce(0) { $0 + $1.debitCount }, forKey: .debitCount)
      if let total {
        try Totals.encode(total.creditSumMinor, &keyed, .creditSumMinor)
        try Totals.encode(total.debitSumMinor, &keyed, .debitSumMinor)
      } else {
        try keyed.encodeNil(forKey: .creditSumMinor)
        try keyed.encodeNil(forKey: .debitSumMinor)
      }
      try keyed.encode(byCurrency, forKey: .byCurrency)
      try keyed.encode(firstDate, forKey: .firstDate)
      try keyed.encode(lastDate, forKey: .lastDate)
      try keyed.encode(firstValueDate, forKey: .firstValueDate)
      try keyed.encode(lastValueDate, forKey: .lastValueDate)
      try keyed.encode(differenceMinor, forKey: .differenceMinor)
      try keyed.encode(status, forKey: .status)
    }
  }
}

extension Inspection {
  /// The file's content for the terminal, one line a fact. Raw text is escaped.
  public var lines: [String] {
    var lines = ["\(file): \(format), \(bytes) bytes, SHA-256 \(sha256)"]
    if refused { lines.append("  refused") }
    for item in statements {
      lines.append(
        "  account \(Issue.escaped(item.account))\(item.number.map { ", statement \(Issue.escaped($0))" } ?? "")"
      )
      for (name, balance) in [("opening", item.opening), ("closing", item.closing)] {
        guard let balance, let currency = Currency(iso: balance.currency) else { continue }
        let money = Money(minorUnits: balance.amountMinor, currency: currency)
        lines.append("    \(name) \(money)\(balance.date.map { " on \($0)" } ?? "")")
      }
      for code in item.byCurrency.keys.sorted() {
        guard let sums = item.byCurrency[code] else { continue }
        lines.append(
          "    \(sums.creditCount) in \(Self.text(sums.creditSumMinor, code)), \(sums.debitCount) out \(Self.text(sums.debitSumMinor, code))"
        )
      }
      if let first = item.firstDate, let last = item.lastDate {
        lines.append("    booked \(first) to \(last)")
      }
      let difference = item.differenceMinor.flatMap { $0 == 0 ? nil : $0 }
      lines.append(
        "    \(item.status)"
          + (difference.map { ", difference " + Self.text(Int128($0), item.currency ?? "") } ?? ""))
    }
    for type in payments.keys.sorted() {
      guard let group = payments[type] else { continue }
      let sums = group.byCurrency.keys.sorted().compactMap { code in
        group.byCurrency[code].map { Self.text($0.creditSumMinor - $0.debitSumMinor, code) }
      }
      lines.append("  \(type): \(group.count) records, \(sums.joined(separator: " + "))")
    }
    for schema in entities.keys.sorted() {
      lines.append("  \(Issue.escaped(schema)): \(entities[schema] ?? 0)")
    }
    lines.append(
      "  records: \(records.read) read = \(records.stored) stored + \(records.quarantined) quarantined + \(records.skipped) skipped"
    )
    for issue in issues { lines.append("  \(issue.severity): \(issue.text)") }
    return lines
  }

  private static func text(_ sum: Int128, _ code: String) -> String {
    guard let currency = Currency(iso: code) ?? Optional(Currency(asset: code, exponent: 2)),
      let minor = Int64(exactly: sum)
    else { return "\(sum) minor units \(code)" }
    return Money(minorUnits: minor, currency: currency).description
  }
}
