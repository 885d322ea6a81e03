/// What the entries of one statement add up to, gathered while they pass by and without keeping them.
public struct EntrySummary: Hashable, Sendable {
  /// Count and sums of the entries of one currency. Sums in minor units, both as magnitudes.
  public struct Totals: Hashable, Sendable {
    public let currency: Currency
    public var creditCount = 0
    public var creditSum: Int128 = 0
    public var debitCount = 0
    public var debitSum: Int128 = 0
    /// Signed sum of the booked entries alone: what enters a balance.
    public var bookedSum: Int128 = 0
    public init(currency: Currency) { self.currency = currency }

    public mutating func add(_ minorUnits: Int64, isBooked: Bool) {
      if minorUnits < 0 {
        debitCount += 1
        debitSum -= Int128(minorUnits)
      } else {
        creditCount += 1
        creditSum += Int128(minorUnits)
      }
      if isBooked { bookedSum += Int128(minorUnits) }
    }
  }

  public private(set) var count = 0
  /// Pending, expected or for information.
  public private(set) var notBooked = 0
  /// Booked entries that state no booking day.
  public private(set) var undated = 0
  // Most statements have one currency: it stands here, so that a summary allocates nothing.
  private var first: Totals?
  private var more: [Totals] = []
  private var others: [Currency] = []
  /// First and last booking day of all entries, and of the booked ones alone.
  public private(set) var days: Period?
  public private(set) var bookedDays: Period?
  public private(set) var valueDays: Period?
  private var firstBooked: CivilDate?
  private var lastBooked: CivilDate?

  public init() {}

  /// By currency, in the order in which the currencies came.
  public var totals: [Totals] { (first.map { [$0] } ?? []) + more }

  /// The currency of the first entry.
  public var firstCurrency: Currency? { first?.currency }

  /// Every currency met: of amounts, of amounts first ordered, of balances.
  public var currencies: [Currency] {
    let own = totals.map(\.currency)
    return own + others.filter { !own.contains($0) }
  }

  /// The summary of entries that are there.
  /// - Complexity: O(*n*).
  public init(of entries: some Sequence<StatementEntry>) {
    for entry in entries { add(entry) }
  }

  /// What was gathered elsewhere, as plain figures.
  /// - Parameters:
  ///   - others: currencies of amounts first ordered and of balances, where they are not the entry's own.
  ///   - first: booking day of the first booked entry in the order of the file; `last` of the last.
  public init(
    count: Int, notBooked: Int, undated: Int, totals: [Totals], others: [Currency],
    days: Period?, bookedDays: Period?, valueDays: Period?, first: CivilDate?, last: CivilDate?
  ) {
    self.count = count
    self.notBooked = notBooked
    self.undated = undated
    self.first = totals.first
    more = Array(totals.dropFirst())
    self.others = others
    self.days = days
    self.bookedDays = bookedDays
    self.valueDays = valueDays
    firstBooked = first
    lastBooked = last
  }

  /// Adds the next entry in the order of the file.
  public mutating func add(_ entry: StatementEntry) {
    count += 1
    let isBooked = entry.kind == .booked
    if !isBooked { notBooked += 1 }
    let currency = entry.amount.currency
    if first == nil { first = Totals(currency: currency) }
    if first?.currency == currency {
      first?.add(entry.amount.minorUnits, isBooked: isBooked)
    } else if let known = more.firstIndex(where: { $0.currency == currency }) {
      more[known].add(entry.amount.minorUnits, isBooked: isBooked)
    } else {
      more.append(Totals(currency: currency))
      more[more.count - 1].add(entry.amount.minorUnits, isBooked: isBooked)
    }
    if let original = entry.originalAmount?.currency, original != currency { note(original) }
    if let balance = entry.balanceAfter?.currency, balance != currency { note(balance) }
    if let day = entry.bookedOn {
      days = Self.widened(days, by: day)
      if isBooked {
        bookedDays = Self.widened(bookedDays, by: day)
        if firstBooked == nil { firstBooked = day }
        lastBooked = day
      }
    } else if isBooked {
      undated += 1
    }
    if let day = entry.valueOn { valueDays = Self.widened(valueDays, by: day) }
  }

  /// Banks write both ways; the order within a day follows the direction of the whole.
  public var isNewestFirst: Bool {
    guard let firstBooked, let lastBooked else { return false }
    return firstBooked > lastBooked
  }

  private mutating func note(_ currency: Currency) {
    if !others.contains(currency) { others.append(currency) }
  }

  private static func widened(_ period: Period?, by day: CivilDate) -> Period {
    guard let period else { return Period(first: day, last: day) }
    return Period(first: min(period.first, day), last: max(period.last, day))
  }
}

/// An account as one file names it, in one currency.
public struct NamedAccount: Hashable, Sendable {
  public let key: AccountKey
  public let currency: Currency
  public let text: String
  public let institution: String?
  public init(key: AccountKey, currency: Currency, text: String, institution: String? = nil) {
    self.key = key
    self.currency = currency
    self.text = text
    self.institution = institution
  }
}
