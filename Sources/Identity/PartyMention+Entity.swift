import CaseModel
import Digests

extension PartyMention {
  /// Whether a number of a scheme passes its check digits; nil when the scheme has none.
  /// Schemes: `lei`, `br-cpf`, `br-cnpj`, `pl-pesel`, `nl-bsn`, `es-nif` …
  public typealias Check = (_ scheme: String, _ number: String) -> Bool?

  /// What one stated entity says of a party; nil when it is none (an account, a thing, a relation) or has
  /// neither name nor number.
  ///
  /// The reference is the record's own identity (space and id), not its content: a later version of the
  /// same record speaks of the same party, and a judgement about it holds again.
  ///
  /// A number is strong when its scheme names who gave it and the check digits, if there are any, hold:
  /// LEI; a register's number with its jurisdiction; a tax or national number with its country; a
  /// scheme of its own (`br-cpf`). A passport's number with its country is compared and does not join: papers
  /// are renewed, lent and forged.
  public init?(_ versions: [StatedEntity], check: Check) {
    guard let first = versions.first, let kind = Self.kinds[first.schema] else { return nil }
    func values(_ names: String...) -> [String] {
      var seen: Set<String> = []
      return names.flatMap { name in versions.flatMap { $0.properties[name] ?? [] } }
        .filter { !$0.isEmpty && seen.insert($0).inserted }
    }
    var names = values("name", "alias", "previousName")
    if names.isEmpty, let last = values("lastName").first {
      names = [(values("firstName").first.map { $0 + " " } ?? "") + last]
    }
    let identifiers = Self.identifiers(values, kind: kind, versions, check)
    guard !names.isEmpty || !identifiers.isEmpty else { return nil }
    self.init(
      reference: Self.reference(space: first.space, id: first.id), kind: kind, names: names,
      birth: values("birthDate").lazy.compactMap(PartialDate.init).first, identifiers: identifiers,
      phones: values("phone"), emails: values("email"), addresses: values("address"),
      jurisdiction: kind == .organisation ? values("jurisdiction").first : nil)
  }

  /// `P-` and twelve hexadecimal digits of the SHA-256 over the record's space and id: the same in every
  /// store, and short enough to be typed.
  public static func reference(space: String, id: String) -> String {
    "P-" + ContentHash(of: "party/1 \(space.utf8.count):\(space) \(id)").hex.prefix(12)
  }

  /// The schemas that are parties, sorted.
  public static let schemas = kinds.keys.sorted()

  private static let kinds: [String: Kind] = [
    "Person": .person, "Company": .organisation, "Organization": .organisation,
    "PublicBody": .organisation, "LegalEntity": .unknown,
  ]

  private static func identifiers(
    _ values: (String...) -> [String], kind: Kind, _ versions: [StatedEntity], _ check: Check
  ) -> [PartyIdentifier] {
    var found: Set<PartyIdentifier> = []
    func add(_ scheme: String, _ numbers: [String], strongUnchecked: Bool) {
      for number in numbers {
        let verdict = check(scheme, number)
        found.insert(
          PartyIdentifier(scheme: scheme, value: number, isStrong: verdict ?? strongUnchecked))
      }
    }
    add("lei", values("leiCode"), strongUnchecked: false)
    let seats = values("jurisdiction").map { $0.lowercased() }
    if seats.count == 1 {
      add("register:\(seats[0])", values("registrationNumber", "ogrnCode"), strongUnchecked: true)
    } else {
      add("number", values("registrationNumber"), strongUnchecked: false)
    }
    // The country that gave a number is that of the number, never a person's nationality.
    let countries = values("country").map { $0.lowercased() }
    let scoped = kind == .organisation && countries.count == 1
    add(
      scoped ? "tax:\(countries[0])" : "number", values("taxNumber", "vatCode", "innCode"),
      strongUnchecked: scoped)
    add("number", values("idNumber", "passportNumber"), strongUnchecked: false)
    // A format's own schemes stand under names such as `id:br-cpf`.
    for entity in versions {
      for (name, numbers) in entity.properties where name.hasPrefix("id:") {
        add(String(name.dropFirst(3)), numbers, strongUnchecked: false)
      }
    }
    return found.sorted()
  }
}
