import CaseModel
import Digests
import Postgres

/// The store's numbers for every account that one import names.
struct AccountNumbers {
  struct Name: Hashable, Comparable {
    let key: AccountKey
    let currency: Currency
    static func < (a: Name, b: Name) -> Bool {
      a.key != b.key ? a.key < b.key : a.currency < b.currency
    }
  }

  /// ISO 4217's code for "no currency": a statement that states none and has no entries.
  static let noCurrency = Currency.unstated

  private(set) var numbers: [Name: Int64] = [:]

  /// Makes accounts and currencies known and reads their numbers.
  init(_ session: Session, _ statements: [Statement]) throws {
    var texts: [Name: String] = [:]
    var currencies: Set<Currency> = []
    for statement in statements {
      let own = Name(key: statement.accountKey, currency: Self.currency(of: statement))
      texts[own] = statement.accountText
      currencies.insert(own.currency)
      var last = own
      for entry in statement.entries {
        let currency = entry.amount.currency
        if currency != last.currency || entry.counterparty.accountKey != nil {
          last = Name(key: statement.accountKey, currency: currency)
          if texts[last] == nil { texts[last] = statement.accountText }
          currencies.insert(currency)
          if let key = entry.counterparty.accountKey, key != statement.accountKey {
            let other = Name(key: key, currency: currency)
            if texts[other] == nil { texts[other] = entry.counterparty.accountText ?? key.text }
          }
        }
        if let original = entry.originalAmount { currencies.insert(original.currency) }
        if let balance = entry.balanceAfter { currencies.insert(balance.currency) }
      }
    }
    try self.init(session, texts: texts, currencies)
  }

  /// The same for statements whose entries are not held: by what they add up to, and by the accounts of
  /// other sides.
  init(
    _ session: Session, _ statements: [Statement], _ summaries: [EntrySummary],
    named: [NamedAccount]
  ) throws {
    var texts: [Name: String] = [:]
    var currencies: Set<Currency> = []
    for (statement, summary) in zip(statements, summaries) {
      currencies.formUnion(summary.currencies)
      let own = Self.currency(of: statement, summary)
      currencies.insert(own)
      texts[Name(key: statement.accountKey, currency: own)] = statement.accountText
      for currency in summary.totals.map(\.currency) {
        let name = Name(key: statement.accountKey, currency: currency)
        if texts[name] == nil { texts[name] = statement.accountText }
      }
    }
    for account in named {
      let name = Name(key: account.key, currency: account.currency)
      if texts[name] == nil { texts[name] = account.text }
    }
    try self.init(session, texts: texts, currencies)
  }

  private init(
    _ session: Session, texts: [Name: String], _ currencies: Set<Currency>
  ) throws {
    try CurrencyTable.register(currencies, session)
    guard !texts.isEmpty else { return }
    let names = texts.keys.sorted()
    var hashes: [[UInt8]: AccountKey] = [:]
    let keyHashes = names.map { name in
      let hash = SHA256.digest(Array(storable(name.key.text).utf8))
      hashes[hash] = name.key
      return hash
    }
    let codes = names.map(\.currency.code)
    let words = names.map { storable(texts[$0] ?? $0.key.text) }
    try session.execute(
      sql("upsert_accounts"),
      [
        .byteStrings(keyHashes), .texts(codes), .texts(names.map { storable($0.key.text) }),
        .texts(words),
      ])
    let byCode = Dictionary(uniqueKeysWithValues: currencies.map { ($0.code, $0) })
    let found = try session.query(sql("find_accounts"), [.byteStrings(keyHashes), .texts(codes)]) {
      (
        try $0.get(0, as: Int64.self), try $0.get(1, as: [UInt8].self),
        try $0.get(2, as: String.self)
      )
    }
    for (number, hash, code) in found {
      guard let key = hashes[hash], let currency = byCode[code] else { continue }
      numbers[Name(key: key, currency: currency)] = number
    }
  }

  func number(of statement: Statement, _ summary: EntrySummary) throws -> Int64 {
    try number(statement.accountKey, Self.currency(of: statement, summary))
  }

  /// As stated, else that of the first entry or balance.
  static func currency(of statement: Statement, _ summary: EntrySummary) -> Currency {
    statement.currency ?? summary.firstCurrency ?? statement.opening?.amount.currency
      ?? statement.closing?.amount.currency ?? noCurrency
  }

  func number(_ key: AccountKey, _ currency: Currency) throws -> Int64 {
    guard let number = numbers[Name(key: key, currency: currency)] else {
      throw StoreError.unknownSource("an account of the file")
    }
    return number
  }

  /// As stated, else that of the first entry or balance.
  static func currency(of statement: Statement) -> Currency {
    statement.currency ?? statement.entries.first?.amount.currency
      ?? statement.opening?.amount.currency ?? statement.closing?.amount.currency ?? noCurrency
  }
}
