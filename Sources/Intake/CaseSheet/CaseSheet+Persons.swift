import CaseModel

// Persons and their roles; counts and their elements.

extension SheetFields {
  private enum PersonKind: String, CaseIterable { case natural, legal }

  func persons() -> [Person] {
    items(
      "persons", what: "a person",
      allowed: ["code", "kind", "display-name", "roles", "holds", "controls", "child"]
    ).compactMap { person in
      let code = person.ownCode("person")
      let kind = person.choice("kind", PersonKind.self)
      let name = person.optionalText("display-name")
      let roles = person.roles()
      let holds = person.accounts("holds")
      let controls = person.accounts("controls")
      let isChild = person.optionalFlag("child") ?? false
      if roles.isEmpty { person.missing("roles", "at least one role") }
      if kind == .natural, name != nil {
        person.wrong(
          "E-IDENTITY", "display-name", nil,
          "no name of a natural person here: names belong in the sealed sheet")
      }
      if kind == .legal, name == nil { person.missing("display-name", "the registered name") }
      guard let code, let kind else { return nil }
      let isVictim = roles.contains { $0.role == .victim }
      if isVictim {
        person.refuseOpenIdentity(code, name: kind == .legal ? name : nil, accounts: holds)
      }
      return Person(
        code: PersonCode(code), isLegalPerson: kind == .legal,
        displayName: kind == .legal ? name ?? code : code, roles: roles, holds: holds,
        controls: controls, isChild: isChild, source: person.source)
    }
  }

  private func refuseOpenIdentity(_ code: String, name: String?, accounts: [AccountKey]) {
    if name != nil {
      wrong(
        "E-IDENTITY", "display-name", nil,
        "no name of a victim here: it belongs in the sealed sheet")
    }
    for account in accounts where !account.isSealed {
      wrong(
        "E-IDENTITY", "holds", nil,
        "a token such as `sealed:\(code)/1`; the number itself belongs in the sealed sheet")
    }
  }

  private func roles() -> [RoleAssignment] {
    items(
      "roles", what: "a role of \(optionalText("code") ?? what)",
      allowed: ["role", "from", "until"]
    )
    .compactMap { item in
      let role = item.choice("role", Role.self)
      let from = item.optionalDate("from")
      let until = item.optionalDate("until")
      if let from, let until, until < from {
        item.wrong("E-DATE", "until", until.description, "a day not before \(from)")
      }
      return role.map { RoleAssignment(role: $0, from: from, until: until) }
    }
  }

  func counts() -> [Count] {
    items(
      "counts", what: "a count",
      allowed: ["number", "person", "offence", "state", "from", "until", "place", "elements"]
    ).compactMap { count in
      let number = count.integer("number")
      if let number { report.declare("count", String(number)) }
      let person = count.code("person")
      let offence = count.text("offence", "an offence code of the profile")
      let state = count.choice("state", Count.State.self)
      let conduct = count.period()
      let place = count.text("place")
      let elements = count.items("elements", what: "an element", allowed: ["name", "facts"])
        .compactMap { item in
          let facts = item.codes("facts").map { FactCode($0) }
          return item.text("name").map { Count.Element(name: $0, facts: facts) }
        }
      guard let number, let person, let offence, let state, let conduct, let place else {
        return nil
      }
      return Count(
        number: number, person: PersonCode(person), offence: offence, state: state,
        conduct: conduct, place: place, elements: elements, source: count.source)
    }
  }
}

extension Count.State: CaseIterable {
  public static var allCases: [Self] {
    [.alleged, .charged, .convicted, .acquitted, .quashed, .discontinued, .timeBarred]
  }
}
