import CaseModel
import CaseStore
import Digests

// Made-up payment records and entities. No real account, no real person.

/// A payment record with the key that its content gives.
func payment(
  _ minor: Int64, type: String = "mt103", kind: EntryKind = .instruction, on executed: String,
  from: String? = nil, to: String? = nil, name: String? = nil, uetr: String? = nil,
  purpose: String? = nil, details: [String: String] = [:], line: Int
) -> PaymentRecord {
  func party(_ role: PaymentParty.Role, _ iban: String?, name: String? = nil) -> PaymentParty {
    PaymentParty(
      role, name: name, accountText: iban, accountKey: iban.map { AccountKey("iban:" + $0) })
  }
  let content =
    "\(type) \(kind) \(minor) \(executed) \(from ?? "") \(to ?? "") \(name ?? "") \(uetr ?? "") "
    + "\(purpose ?? "") \(details.sorted { $0.key < $1.key })"
  return PaymentRecord(
    locator: .line(line), kind: kind, recordType: type, status: "executed",
    amounts: [
      StatedAmount(.settled, money(minor)),
      StatedAmount(.fee, Money(minorUnits: 7, currency: Currency(asset: "USD", exponent: 2))),
    ], executedOn: day(executed),
    parties: [party(.originator, from, name: name), party(.beneficiary, to)], purpose: purpose,
    references: uetr.map { ["uetr": $0] } ?? [:], details: details,
    key: ContentHash(of: content).hex)
}

func entity(
  _ schema: String, _ id: String, _ properties: [String: [String]] = [:],
  space: String = "register",
  from validFrom: String? = nil, line: Int
) -> StatedEntity {
  let content =
    "\(schema) \(space) \(id) \(validFrom ?? "") \(properties.sorted { $0.key < $1.key })"
  return StatedEntity(
    locator: .line(line), schema: schema, space: space, id: id, properties: properties,
    validFrom: validFrom.map(day), key: ContentHash(of: content).hex)
}

/// A file with entries, payment records and entities.
func input(
  _ name: String, _ statements: [Statement] = [], payments: [PaymentRecord],
  entities: [StatedEntity] = [], text: String? = nil
) -> ImportInput {
  let keys = (payments.map(\.key) + entities.map(\.key)).joined(separator: " ")
  let body = text ?? "\(name) \(keys)\n" + (2...40).map { "line \($0) of \(name)\n" }.joined()
  var made = input(name, statements, text: body)
  made.payments = payments
  made.entities = entities
  made.recordsRead += payments.count + entities.count
  return made
}
