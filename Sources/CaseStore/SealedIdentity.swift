import CaseModel

/// One thing that would tell who a protected person is, and what is shown instead.
///
/// Values of this type exist only between the sealed sheet and the sealed table. No description, so
/// that none reaches a log by accident.
public struct SealedIdentity: Sendable, CustomStringConvertible, CustomReflectable {
  public enum Kind: String, Sendable, CaseIterable {
    case name, account, phone, document, address, other
  }
  public let person: PersonCode
  public let kind: Kind
  public let value: String
  /// Shown in its place: the pseudonym unless something else is given.
  public let replacement: String

  public init(person: PersonCode, kind: Kind, value: String, replacement: String? = nil) {
    self.person = person
    self.kind = kind
    self.value = value
    self.replacement =
      replacement ?? (kind == .account ? "account of \(person.text)" : person.text)
  }

  public var description: String { "identity of \(person) (\(kind.rawValue))" }
  public var customMirror: Mirror { Mirror(self, children: ["person": person.text]) }

  var pattern: String {
    switch kind {
    case .name: IdentityPattern.name(value)
    case .account: IdentityPattern.account(value)
    case .phone: IdentityPattern.phone(value)
    case .document, .address, .other: IdentityPattern.literal(value)
    }
  }

  /// The parts that every text the pattern finds contains.
  var parts: [String] {
    switch kind {
    case .name: IdentityPattern.words(value)
    case .account: [IdentityPattern.accountCore(value)]
    case .phone: [IdentityPattern.phoneCore(value)]
    case .document, .address, .other: value.split(whereSeparator: \.isWhitespace).map(String.init)
    }
  }

  var hasPlainReplacement: Bool {
    (1...60).contains(replacement.utf8.count)
      && replacement.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"):
          true
        default: " ()/._-".utf8.contains(byte)
        }
      }
  }
}

/// The account of a protected person, with the token that stands for its key everywhere.
struct ProtectedAccount {
  let person: PersonCode
  let key: AccountKey
  let token: AccountKey
  let display: String

  /// The accounts that protected persons of a matter hold, by person and key.
  static func all(in matter: Matter) -> [ProtectedAccount] {
    matter.persons.filter(\.isVictim).sorted { $0.code < $1.code }.flatMap { person in
      person.holds.filter { !$0.isSealed && !$0.text.hasPrefix("protected:") }.sorted().enumerated()
        .map {
          index, key in
          ProtectedAccount(
            person: person.code, key: key,
            token: AccountKey("protected:\(matter.code)/\(person.code)/\(index + 1)"),
            display: "account of \(person.code)" + (index == 0 ? "" : " (\(index + 1))"))
        }
    }
  }

  /// The number as it stands in texts: the key's last part.
  var identity: SealedIdentity {
    let number = key.text.split(whereSeparator: { $0 == ":" || $0 == "/" }).last.map(String.init)
    return SealedIdentity(
      person: person, kind: .account, value: number ?? key.text, replacement: display)
  }
}
