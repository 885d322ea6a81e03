/// Identities of protected persons, apart from everything else.
///
/// Comes from a file of its own (`moneytrail: sealed-identities/1`). It is never encoded, and printing
/// one, even by mistake in a log or a debugger, shows no identity. Source: S-172.
public struct SealedSheet: Sendable {
  public let matter: MatterCode
  /// In the order of the file.
  public let entries: [SealedEntry]
  public let source: SourceRef

  public init(matter: MatterCode, entries: [SealedEntry], source: SourceRef) {
    self.matter = matter
    self.entries = entries
    self.source = source
  }

  /// The account behind a token such as `sealed:V-04/2`; nil when the sheet does not know it.
  public func account(for token: AccountKey) -> AccountKey? {
    entries.first { $0.token == token }?.accountKey
  }

  /// Tokens that the matter uses and this sheet cannot resolve, in byte order.
  public func unresolvedTokens(of matter: Matter) -> [AccountKey] {
    let known = Set(entries.compactMap(\.token))
    return matter.accountTokens.filter { !known.contains($0) }
  }
}

/// One identifying string of one person.
public struct SealedEntry: Sendable {
  /// What the string is. `account` values are resolved by tokens; all kinds are replaced in texts.
  public enum Kind: String, Sendable, CaseIterable { case name, alias, account, phone }

  public let person: PersonCode
  public let kind: Kind
  /// Counted from 1 among the person's entries of this kind.
  public let number: Int
  /// The string itself: a name, a telephone number, the text of an account key.
  public let value: String
  public let source: SourceRef

  public init(person: PersonCode, kind: Kind, number: Int, value: String, source: SourceRef) {
    self.person = person
    self.kind = kind
    self.number = number
    self.value = value
    self.source = source
  }

  /// What the case sheet writes instead of the account number; nil unless the entry is an account.
  public var token: AccountKey? {
    kind == .account ? AccountKey("sealed:\(person)/\(number)") : nil
  }

  /// The canonical key of the account, such as `iban:…`; nil unless the entry is one.
  public var accountKey: AccountKey? { kind == .account ? AccountKey(value) : nil }
}

extension AccountKey {
  /// True for a token that only the sealed sheet resolves.
  public var isSealed: Bool { text.hasPrefix("sealed:") }
}

extension Matter {
  /// Every sealed account token that the matter uses, in byte order, without repetition.
  public var accountTokens: [AccountKey] {
    var keys: Set<AccountKey> = []
    for person in persons { keys.formUnion(person.holds + person.controls) }
    for selector in sourceClasses.map(\.selector) + property.flatMap(\.funding) {
      keys.formUnion(selector.accounts + selector.counterpartyAccounts)
    }
    keys.formUnion(property.compactMap(\.account))
    keys.formUnion(circumstances?.accountKeys ?? [])
    return keys.filter(\.isSealed).sorted()
  }
}

extension SealedSheet: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  public var description: String { "sealed sheet of \(matter): \(entries.count) entries" }
  public var debugDescription: String { description }
  public var customMirror: Mirror { Mirror(self, children: ["matter": matter]) }
}

extension SealedEntry: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  public var description: String { "sealed \(kind.rawValue) \(number) of \(person)" }
  public var debugDescription: String { description }
  public var customMirror: Mirror { Mirror(self, children: ["person": person]) }
}
