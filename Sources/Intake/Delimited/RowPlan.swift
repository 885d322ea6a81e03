import CaseModel

/// All that does not change from row to row. What a row is asked for stands here as plain numbers: places
/// of columns (−1: none) and settings, taken from profile and columns once.
///
/// An object, so that the reader stays small: Swift copies a struct for each call that does not change it.
final class RowPlan: Sendable {
  let file: InputFile
  let profile: MappingProfile
  let columns: ColumnMap
  let text: DecodedText
  let form: AmountForm
  let pivot: CenturyPivot
  let limits: ReadingOptions.Limits
  let latestDate: CivilDate
  /// Balances and account found outside the rows.
  let surroundings: Surroundings
  /// Columns that are read and lost digits before they became text, by line.
  let inexact: [Int: [Int]]
  let hasInexact: Bool

  let bookingDate: Int
  let valueDate: Int
  let time: Int
  let amount: Int
  let debit: Int
  let credit: Int
  let currency: Int
  let balance: Int
  let fee: Int
  let rate: Int
  let ownAccount: Int
  let ownBank: Int
  let owner: Int
  let name: Int
  let otherAccount: Int
  let otherBank: Int
  let transactionID: Int
  let reference: Int
  let endToEnd: Int
  let mandate: Int
  let mirror: Int
  let originalAmount: Int
  let originalCurrency: Int
  let flag: Int
  let recordType: Int
  let keepOnly: Int
  let status: Int
  let purposes: [Int]
  /// The column of the day: booking, else value.
  let day: Int
  let width: Int
  let keptText: [UInt8]
  let hasFooterWords: Bool
  let hasNullWords: Bool
  let hasContinuation: Bool
  let splitsByCurrency: Bool
  let isMinorUnits: Bool
  let isInverted: Bool
  let plusIsCredit: Bool
  let hasUndecodable: Bool
  let hasNUL: Bool
  let hasControl: Bool
  let hasNonASCII: Bool
  let fieldBytes: Int
  let latestDay: Int32
  let amounts: AmountBytes
  let dates: DateBytes?
  /// Added to a place in the text gives the place in the file; nil when the text was transcoded.
  let offsetBase: Int64?

  init(
    file: InputFile, profile: MappingProfile, columns: ColumnMap, text: DecodedText,
    form: AmountForm, pivot: CenturyPivot, traits: TextTraits, width: Int?,
    limits: ReadingOptions.Limits, latestDay: CivilDate, surroundings: Surroundings,
    inexact: [Int: [Int]] = [:]
  ) {
    self.file = file
    self.profile = profile
    self.columns = columns
    self.text = text
    self.form = form
    self.pivot = pivot
    self.limits = limits
    latestDate = latestDay
    self.surroundings = surroundings
    let read = columns.read
    self.inexact = inexact.compactMapValues { places in
      let used = places.filter(read.contains)
      return used.isEmpty ? nil : used
    }
    hasInexact = !self.inexact.isEmpty
    func place(_ role: MappingProfile.Role) -> Int { columns[role] ?? -1 }
    bookingDate = place(.bookingDate)
    valueDate = place(.valueDate)
    time = place(.time)
    amount = place(.amount)
    debit = place(.debit)
    credit = place(.credit)
    currency = place(.currency)
    balance = place(.balance)
    fee = place(.fee)
    rate = place(.rate)
    ownAccount = place(.ownAccount)
    ownBank = place(.ownBank)
    owner = place(.ownerName)
    name = place(.name)
    otherAccount = place(.counterpartyAccount)
    otherBank = place(.counterpartyBank)
    transactionID = place(.transactionID)
    reference = place(.reference)
    endToEnd = place(.endToEnd)
    mandate = place(.mandate)
    mirror = place(.mirror)
    originalAmount = place(.originalAmount)
    originalCurrency = place(.originalCurrency)
    flag = profile.flag == nil ? -1 : columns.flag ?? -1
    recordType = profile.recordType == nil ? -1 : columns.recordType ?? -1
    keepOnly = profile.keepOnly == nil ? -1 : columns.keepOnly ?? -1
    status = profile.status == nil ? -1 : columns.status ?? -1
    purposes = columns.purposes
    day = columns[.bookingDate] ?? columns[.valueDate] ?? 0
    self.width = profile.isRagged ? -1 : width ?? -1
    keptText = Array((profile.keepOnly?.equals ?? "").utf8)
    hasFooterWords = !profile.footerWords.isEmpty
    hasNullWords = !profile.nullWords.isEmpty
    hasContinuation = profile.hasContinuation
    splitsByCurrency = profile.splitsByCurrency
    isMinorUnits = profile.isMinorUnits
    isInverted = profile.isInverted
    plusIsCredit = profile.plusIsCredit
    hasUndecodable = !text.undecodable.isEmpty
    hasNUL = traits.hasNUL
    hasControl = traits.hasControl
    hasNonASCII = traits.hasNonASCII
    fieldBytes = limits.fieldBytes
    self.latestDay = latestDay.dayNumber
    amounts = AmountBytes(form)
    dates = profile.dates.first.flatMap(DateBytes.init)
    offsetBase = text.fileOffsetBase.map { Int64($0) }
  }
}

/// The figures of one row, read and checked, before any text of it is made. The currency is a place in
/// the reader's table; days are days since 1970-01-01.
struct RowFigures {
  var minorUnits: Int64 = 0
  var currency = 0
  var bookedOn: Int32?
  var valueOn: Int32?
  var timeOfDay: Int32?
  var kind = EntryKind.booked
  var balance: Int64?
  var fee: Int64?
  var statement = 0
}

/// A day of a row, with the time of day if the form has one.
struct RowDay {
  var day: Int32
  var timeOfDay: Int32?
  var isCenturyAssumed = false
}

/// The currencies a reading meets: places in a table, so that rows carry a number and no text.
struct RowCurrencies {
  private(set) var all: [Currency] = []
  private(set) var exponents: [Int] = []
  private(set) var hashes: [UInt64] = []
  /// Codes as they stand in rows, up to eight bytes each.
  private var codes: [(word: UInt64, count: Int, place: Int)] = []

  mutating func place(of currency: Currency) -> Int {
    if let known = all.firstIndex(of: currency) { return known }
    all.append(currency)
    exponents.append(currency.exponent)
    hashes.append(KeyNotes.currency(currency))
    return all.count - 1
  }

  /// The place that a code of a row was given.
  @inline(__always) func place(of bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    guard bytes.count <= 8 else { return nil }
    let word = QuickHash.tail(bytes, from: 0)
    var index = 0
    while index < codes.count {
      if codes[index].word == word, codes[index].count == bytes.count { return codes[index].place }
      index += 1
    }
    return nil
  }

  mutating func keep(_ bytes: UnsafeBufferPointer<UInt8>, place: Int) {
    guard bytes.count <= 8, codes.count < 64 else { return }
    codes.append((QuickHash.tail(bytes, from: 0), bytes.count, place))
  }
}

/// What short codes of a row mean, once looked up.
struct RowCodes<Meaning> {
  private var known: [(word: UInt64, count: Int, meaning: Meaning)] = []

  @inline(__always) func meaning(of bytes: UnsafeBufferPointer<UInt8>) -> Meaning? {
    guard bytes.count <= 8 else { return nil }
    let word = QuickHash.tail(bytes, from: 0)
    var index = 0
    while index < known.count {
      if known[index].word == word, known[index].count == bytes.count {
        return known[index].meaning
      }
      index += 1
    }
    return nil
  }

  mutating func keep(_ bytes: UnsafeBufferPointer<UInt8>, _ meaning: Meaning) {
    guard bytes.count <= 8, known.count < 32 else { return }
    known.append((QuickHash.tail(bytes, from: 0), bytes.count, meaning))
  }
}
