// Numbers for the places outside accounts where money of a ledger can lie.

/// Gives every place outside accounts a number. What each account spent, the debts each account
/// repaid and what was returned to payers have fixed numbers; the others follow by first mention.
struct PlaceNumbers: Sendable {
  private(set) var keys: [HoldingKey]
  private var numbers: [HoldingKey: Int32] = [:]
  private let accountCount: Int

  init(accounts: Int, currencies: Int) {
    accountCount = accounts
    keys = (0..<accounts).map { .dissipated(account: $0) }
    keys += (0..<accounts).map { .discharged(account: $0) }
    for currency in 0..<currencies {
      let key = HoldingKey.outside("returned to payer", currency: currency)
      numbers[key] = Int32(keys.count)
      keys.append(key)
    }
  }

  func dissipated(_ account: Int) -> Int32 { Int32(account) }
  func discharged(_ account: Int) -> Int32 { Int32(accountCount + account) }
  func returnedToPayer(currency: Int) -> Int32 { Int32(2 * accountCount + currency) }

  /// Untraced money of an account in its own currency, where the ledger has a gap on it.
  func untraced(_ account: Int, currency: Int) -> Int32 {
    guard let number = numbers[.untraced(account: account, currency: currency)] else {
      preconditionFailure("a gap was not numbered")
    }
    return number
  }

  /// The number of a place that the ledger names; nil for others.
  func known(_ key: HoldingKey) -> Int32? {
    switch key {
    case .dissipated(let account): dissipated(account)
    case .discharged(let account): discharged(account)
    default: numbers[key]
    }
  }

  /// The number of an asset, a transfer under way, an outside place or untraced money.
  mutating func number(of key: HoldingKey) -> Int32 {
    if let known = numbers[key] { return known }
    let number = Int32(keys.count)
    numbers[key] = number
    keys.append(key)
    return number
  }
}
