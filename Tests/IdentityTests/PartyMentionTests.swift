import CaseModel
import Testing

@testable import Identity

@Suite("What an entity says of a party")
struct PartyMentionTests {
  private func entity(_ schema: String, _ properties: [String: [String]], id: String = "1")
    -> StatedEntity
  {
    StatedEntity(
      locator: .line(1), schema: schema, space: "made", id: id, properties: properties)
  }

  @Test("Accounts, things and relations are no parties; neither is a record that says nothing")
  func noParties() {
    for schema in ["BankAccount", "Vessel", "Ownership", "Payment"] {
      #expect(PartyMention([entity(schema, ["name": ["Aurora"]])], check: { _, _ in nil }) == nil)
    }
    #expect(PartyMention([entity("Person", [:])], check: { _, _ in nil }) == nil)
  }

  @Test("A number is strong only with its scheme, and not when its check digits fail")
  func strength() throws {
    let company = try #require(
      PartyMention(
        [
          entity(
            "Company",
            [
              "name": ["Made Up Ltd"], "leiCode": ["BAD", "GOOD0"], "jurisdiction": ["GB"],
              "registrationNumber": ["01234567"], "taxNumber": ["GB 99"],
            ])
        ], check: { scheme, number in scheme == "lei" ? number == "GOOD0" : nil }))
    #expect(
      company.identifiers == [
        PartyIdentifier(scheme: "lei", value: "BAD", isStrong: false),
        PartyIdentifier(scheme: "lei", value: "GOOD0", isStrong: true),
        PartyIdentifier(scheme: "number", value: "GB99", isStrong: false),
        PartyIdentifier(scheme: "register:gb", value: "01234567", isStrong: true),
      ])
  }

  @Test("Nationality, citizenship, gender, religion and status change nothing")
  func protectedTraits() throws {
    let plain = entity("Person", ["name": ["Ewa Made"], "birthDate": ["1990-03-04"]])
    var told = plain
    for name in [
      "nationality", "citizenship", "gender", "religion", "ethnicity", "country", "status",
    ] {
      told.properties[name] = ["x"]
    }
    #expect(
      PartyMention([plain], check: { _, _ in nil }) == PartyMention([told], check: { _, _ in nil }))
  }

  @Test("Versions of one record are one mention with all that they say")
  func versions() throws {
    let mention = try #require(
      PartyMention(
        [
          entity("Person", ["name": ["Ewa Made"]]),
          entity("Person", ["name": ["Ewa Made-Married"], "phone": ["+48 600 000 001"]]),
        ], check: { _, _ in nil }))
    #expect(mention.names == ["Ewa Made", "Ewa Made-Married"])
    #expect(mention.phones.count == 1)
  }
}
