import CaseModel

/// Names and accounts that a file repeats: read once, kept once. A statement names the same few hundred
/// counterparties again and again.
///
/// Bounded: after `limit` different texts new ones are read each time, which is slower, not other.
struct KnownTexts {
  private static let limit = 1 << 16

  /// An account as stated, its key, and what is wrong with it when it was meant as an IBAN.
  struct Account {
    let text: String
    let key: AccountKey?
    let fault: String?

    init(_ text: String, agent: String?, scheme: String?, institution: String?) {
      self.text = text
      if let iban = AccountNumber.iban(text) {
        key = AccountKey("iban:" + iban)
        fault = nil
        return
      }
      fault =
        AccountNumber.looksLikeIBAN(text)
        ? AccountNumber.ibanFault(text)?.rawValue ?? "no IBAN" : nil
      let key = AccountNumber.key(
        withoutIBAN: text, bankCode: agent, scheme: scheme, institution: institution)
      self.key = key.text.hasPrefix("stated:unknown/") ? nil : key
    }
  }

  private struct Place: Hashable {
    let account: String
    let agent: String?
  }

  private var names: Set<String> = []
  private var accounts: [Place: Account] = [:]
  private var keys: [String: AccountKey] = [:]

  /// The same text, sharing its bytes with every earlier one.
  mutating func shared(_ text: String) -> String {
    if text.utf8.count <= 15 { return text }
    if names.count < Self.limit { return names.insert(text).memberAfterInsert }
    return names.firstIndex(of: text).map { names[$0] } ?? text
  }

  /// The account as read the first time. Scheme and institution are the same in the whole file.
  mutating func account(
    _ text: String, agent: String?, scheme: String?, institution: String?
  ) -> Account {
    let place = Place(account: text, agent: agent)
    if let known = accounts[place] { return known }
    let made = Account(text, agent: agent, scheme: scheme, institution: institution)
    if accounts.count < Self.limit { accounts[place] = made }
    return made
  }

  /// The key of an account under an institution that is the same in the whole file.
  mutating func key(_ text: String, institution: String?) -> AccountKey {
    if let known = keys[text] { return known }
    let made = AccountNumber.key(text, institution: institution)
    if keys.count < Self.limit { keys[text] = made }
    return made
  }
}
