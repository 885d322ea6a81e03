// What an authority asked for: an account, a customer, a card, transactions.

import CaseModel

/// The search criteria of a response, as parties and entities.
struct AuthoritySearch {
  private(set) var parties: [PaymentParty] = []
  private(set) var entities: [StatedEntity] = []
  private(set) var details: [String: String] = [:]

  private let space: String
  private let prefix: String
  private let outlet: RecordOutlet

  init(_ element: XMLElement, head: XMLElement, outlet: RecordOutlet, path: String) {
    self.outlet = outlet
    space = "file:" + outlet.file.sha256.hex
    prefix = head.value("InvstgtnId") ?? "investigation"
    if let account = element["Acct"] { add(account: account, at: path + "/Acct") }
    if let customer = element["CstmrId"] {
      let id = prefix + "/customer"
      if let party = ISOParty.party(.other, customer["Pty"]) {
        add(party, role: "customer", id: id, source: customer["Pty"], at: path + "/CstmrId/Pty")
      }
    }
    element.addRest(to: &details, prefix: "SchCrit/", except: ["Acct/Id", "CstmrId/Pty"])
  }

  private mutating func add(account: XMLElement, at path: String) {
    guard let source = account["Id"] else { return }
    // Cash account: its identification stands one level deeper than the search's own.
    let holder = source["Ownr"]
    let servicer = source["Svcr"]
    var party = PaymentParty(.other)
    party.institution = CamtSide.agent(servicer)
    party.accountText = CamtSide.account(source)
    party.accountKey = party.accountText.map {
      AccountNumber.key($0, institution: party.institution)
    }
    party.identifiers["stated-as"] = "account"
    let id = prefix + "/account"
    party.entity = id
    party.name = holder?.value("Nm")
    parties.append(party)
    var writer = EntityWriter("BankAccount", space: space, id: id, at: outlet.place(path + "/Id"))
    writer.add("iban", source.value("Id/IBAN"))
    writer.add("accountNumber", source.value("Id/Othr/Id"))
    writer.add("currency", source.value("Ccy"))
    writer.add("name", source.value("Nm"))
    writer.add("accountType", source.first("Tp/Cd", "Tp/Prtry"))
    writer.add("bic", servicer?.value("FinInstnId/BICFI"))
    writer.add("bankName", servicer?.value("FinInstnId/Nm"))
    writer.addRest(
      of: source, prefix: "auth:",
      except: [
        "Id/IBAN", "Id/Othr/Id", "Ccy", "Nm", "Tp", "Ownr", "Svcr/FinInstnId/BICFI",
        "Svcr/FinInstnId/Nm",
      ])
    entities.append(writer.entity)
    guard let owner = ISOParty.party(.other, holder) else { return }
    let ownerID = prefix + "/account-owner"
    add(owner, role: "account-owner", id: ownerID, source: holder, at: path + "/Id/Ownr")
    var link = EntityWriter(
      "Ownership", space: space, id: "\(ownerID)>Ownership>\(id)",
      at: outlet.place(path + "/Id/Ownr"))
    link.add("owner", ownerID)
    link.add("asset", id)
    entities.append(link.entity)
  }

  private mutating func add(
    _ party: PaymentParty, role: String, id: String, source: XMLElement?, at path: String
  ) {
    var party = party
    party.identifiers["stated-as"] = role
    party.entity = id
    parties.append(party)
    let schema =
      source?.at("Id/PrvtId") != nil
      ? "Person" : source?.at("Id/OrgId") != nil ? "Company" : "LegalEntity"
    var writer = EntityWriter(schema, space: space, id: id, at: outlet.place(path))
    writer.add("name", party.name)
    writer.add("address", party.address)
    writer.add("country", party.country)
    let known = [
      "birth-date": "birthDate", "birth-place": "birthPlace", "birth-country": "birthCountry",
      "passport": "passportNumber", "national-id": "idNumber", "tax": "taxNumber",
      "lei": "leiCode", "bic": "swiftBic", "company-register": "registrationNumber",
      "phone": "phone",
    ]
    for (name, value) in party.identifiers.sorted(by: { $0.key < $1.key })
    where name != "stated-as" {
      writer.add(known[name] ?? "auth:" + name, value)
    }
    entities.append(writer.entity)
  }
}
