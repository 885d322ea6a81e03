import CaseModel

// Events outside the accounts, facts with their evidence, and the ground of a non-conviction file.

extension SheetFields {
  func events() -> [Event] {
    items(
      "events", what: "an event",
      allowed: ["code", "kind", "from", "until", "place", "persons", "title"]
    ).compactMap { event in
      let code = event.code("code")
      let kind = event.text("kind", "a kind such as `crossing`, `duty-roster`, `raid`")
      let period = event.period()
      let place = event.text("place")
      let persons = event.codes("persons").map { PersonCode($0) }
      let title = event.text("title")
      guard let code, let kind, let period, let place, let title else { return nil }
      return Event(
        code: EventCode(code), kind: kind, period: period, place: place, persons: persons,
        title: title, source: event.source)
    }
  }

  func facts() -> [CaseFact] {
    items(
      "facts", what: "a fact",
      allowed: [
        "code", "statement", "status", "helps-respondent", "exhibit", "topic", "persons",
        "property",
      ]
    ).compactMap { fact in
      let code = fact.ownCode("fact")
      let statement = fact.text("statement")
      let status = fact.choice("status", EvidenceStatus.self)
      let helps = fact.optionalFlag("helps-respondent") ?? false
      let exhibit = fact.optionalText("exhibit")
      let topic = fact.text("topic", "the heading it belongs under, such as `conduct`")
      let persons = fact.codes("persons").map { PersonCode($0) }
      let property = fact.codes("property").map { PropertyCode($0) }
      if status == .exhibited, exhibit == nil {
        fact.missing("exhibit", "the mark of the exhibit, because the status is `exhibited`")
      }
      guard let code, let statement, let status, let topic else { return nil }
      return CaseFact(
        code: FactCode(code), statement: statement, status: status, helpsRespondent: helps,
        exhibit: exhibit, topic: topic, persons: persons, property: property, source: fact.source)
    }
  }

  func nonConvictionGround() -> NonConvictionGround? {
    guard has("non-conviction-ground") else { return nil }
    let ground = fields(
      "non-conviction-ground", what: "the non-conviction ground", allowed: ["code", "facts"])
    guard let ground, let code = ground.text("code", Self.groundWords) else { return nil }
    guard Self.grounds.contains(code) else {
      ground.wrong("E-VALUE", "code", code, Self.groundWords)
      return nil
    }
    return NonConvictionGround(
      code: code, facts: ground.codes("facts").map { FactCode($0) }, source: ground.source)
  }

  /// The codes of confiscation.md §2.2; which of them a profile takes is the profile's matter.
  private static let grounds = [
    "fled", "absent", "deceased", "unfit_ill", "immune", "unknown_owner", "unknown_offender",
    "insufficient_for_conviction", "acquitted_property_still_tainted", "time_barred", "amnesty",
    "foreign_predicate_not_triable", "abandoned", "standalone_by_law",
  ]
  private static var groundWords: String { "one of: " + grounds.joined(separator: ", ") }
}
