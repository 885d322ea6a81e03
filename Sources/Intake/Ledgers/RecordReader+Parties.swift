// Who took part in a ledger's row, and what else the row states.

import CaseModel

extension RecordReader {
  mutating func party(
    _ stated: RecordProfile.Party, _ row: RecordRow, _ place: Locator
  ) -> PaymentParty? {
    var party = PaymentParty(stated.role)
    party.name = stated.name.flatMap { row[$0] }.map(kept)
    party.institution = stated.institution.flatMap { row[$0] }
    party.country = stated.country.flatMap { row[$0] }
    party.address = stated.address.flatMap { row[$0] }
    for (name, source) in stated.identifiers {
      if let text = row[source] { party.identifiers[name] = text }
    }
    let isEmpty = party.name == nil && party.identifiers.isEmpty && party.address == nil
    if let text = stated.account.flatMap({ row[$0] }) {
      party.accountText = text
      party.accountKey = AccountNumber.key(
        text, institution: party.institution ?? profile.institution)
    } else if let text = stated.wallet.flatMap({ row[$0] }) {
      let address = CryptoAddress(text, network: stated.network.flatMap { row[$0] })
      party.accountText = text
      party.accountKey = address.key
      if address.check == .wrong {
        tally.add("W-ADDRESS", place, "addresses whose form or checksum is wrong; kept as text")
      }
    } else if let text = stated.card.flatMap({ row[$0] }) {
      guard let card = CardNumber(text) else {
        tally.add("W-CARD", place, "card numbers that cannot be read; not kept")
        return isEmpty ? nil : party
      }
      party.accountText = "card:" + card.masked
      party.accountKey = card.key(issuer: party.institution ?? profile.institution)
      if card.wasWhole {
        tally.add("W-CARD", place, "whole card numbers; only six and four digits are kept")
      }
    } else if isEmpty, party.institution == nil {
      return nil
    }
    return party
  }

  mutating func entity(
    _ stated: RecordProfile.Entity, _ row: RecordRow, _ place: Locator
  ) throws -> StatedEntity? {
    if let needs = stated.needs, row[needs] == nil { return nil }
    let parts = stated.id.compactMap { row[$0] }
    var entity = StatedEntity(
      locator: place, schema: stated.schema, space: desk.file.sha256.hex,
      id: parts.isEmpty ? place.text : parts.joined(separator: ":"))
    for (name, sources) in stated.properties {
      var values = sources.compactMap { row[$0] }.map(kept)
      // FollowTheMoney wants plain decimal text.
      if name == "amount" {
        values = try values.map { try RecordAmount.plain($0, profile.decimal) }
      }
      if !values.isEmpty { entity.properties[name] = values }
    }
    guard !entity.properties.isEmpty else { return nil }
    if let text = stated.date.flatMap({ row[$0] }) {
      if profile.hasOtherCalendar {
        entity.properties["date"] = [text]
      } else {
        entity.statedOn = try RecordDay(text, profile, desk.pivot).date
      }
    }
    return entity
  }
}
