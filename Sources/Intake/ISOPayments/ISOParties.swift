// Parties and institutions of ISO 20022 payment messages.

import CaseModel

/// Reads party and institution elements of any version; shared with the responses to authorities.
enum ISOParty {
  /// A person or body with its account and bank. Nil when nothing is stated.
  /// - Parameter agent: The institution that keeps the account, for the account's key.
  static func party(
    _ role: PaymentParty.Role, _ element: XMLElement?, account: XMLElement? = nil,
    agent: XMLElement? = nil
  ) -> PaymentParty? {
    if element?["FinInstnId"] != nil { return institution(role, element, account: account) }
    // Later versions put the party inside Pty, or an institution inside Agt.
    if let inner = element?["Agt"] { return institution(role, inner, account: account) }
    let source = element?["Pty"] ?? element
    var party = PaymentParty(role, name: source?.value("Nm"))
    party.institution = CamtSide.agent(agent)
    fill(&party, from: source)
    addAccount(&party, account, institution: party.institution)
    return isEmpty(party) ? nil : party
  }

  /// An institution: BIC, clearing number, LEI, name, branch, address.
  static func institution(
    _ role: PaymentParty.Role, _ element: XMLElement?, account: XMLElement? = nil
  ) -> PaymentParty? {
    guard let outer = element?["FinInstnId"] else { return nil }
    let source = outer["CmbndId"] ?? outer
    var party = PaymentParty(role, name: source.first("Nm", "NmAndAdr/Nm"))
    party.institution = CamtSide.agent(element)
    party.identifiers["bic"] = source.first("BICFI", "BIC")
    party.identifiers["lei"] = source.value("LEI")
    if let member = source["ClrSysMmbId"], let id = member.first("MmbId", "Id") ?? member.token {
      let system = member.first("ClrSysId/Cd", "ClrSysId/Prtry").map { $0 + ":" } ?? ""
      party.identifiers["clearing"] = system + id
    }
    addOthers(&party, source.all("Othr"))
    party.identifiers["branch"] = element?.at("BrnchId").flatMap { $0.first("Id", "Nm") }
    let address =
      source["PstlAdr"] ?? source.at("NmAndAdr/PstlAdr") ?? element?.at("BrnchId/PstlAdr")
    party.address = Self.address(address)
    party.country = country(address?.value("Ctry"))
    addAccount(&party, account, institution: party.institution)
    return isEmpty(party) ? nil : party
  }

  /// Everything but name and account: identifiers, birth, address, contact.
  static func fill(_ party: inout PaymentParty, from source: XMLElement?) {
    guard let source else { return }
    party.address = address(source["PstlAdr"])
    party.country = country(source.value("CtryOfRes")) ?? country(source.value("PstlAdr/Ctry"))
    if let organisation = source.at("Id/OrgId") {
      party.identifiers["bic"] = organisation.first("AnyBIC", "BICOrBEI", "BIC", "BEI")
      party.identifiers["lei"] = organisation.value("LEI")
      addOthers(&party, organisation.all("Othr") + organisation.all("PrtryId"))
    }
    if let person = source.at("Id/PrvtId") {
      party.identifiers["birth-date"] = person.value("DtAndPlcOfBirth/BirthDt")
      party.identifiers["birth-place"] = person.value("DtAndPlcOfBirth/CityOfBirth")
      party.identifiers["birth-province"] = person.value("DtAndPlcOfBirth/PrvcOfBirth")
      party.identifiers["birth-country"] = person.value("DtAndPlcOfBirth/CtryOfBirth")
      addOthers(&party, person.all("Othr") + person.all("OthrId"))
    }
    source["CtctDtls"]?.addRest(to: &party.identifiers, prefix: "contact/")
  }

  /// Identifications by scheme: known ISO codes under their meaning, others under the code as stated.
  private static func addOthers(_ party: inout PaymentParty, _ others: [XMLElement]) {
    for other in others {
      guard let id = other.value("Id") else { continue }
      let stated = other.first("SchmeNm/Cd", "SchmeNm/Prtry", "Issr", "IdTp")
      let scheme = stated.map { schemes[$0] ?? $0 } ?? "other"
      var name = scheme
      var number = 1
      while party.identifiers[name] != nil {
        number += 1
        name = "\(scheme)#\(number)"
      }
      party.identifiers[name] = id
      if stated != other.value("Issr") {
        party.identifiers[name + "/issuer"] = other.value("Issr")
      }
    }
  }

  /// ISO 20022 external code sets: organisation and person identification.
  private static let schemes: [String: String] = [
    "CCPT": "passport", "NIDN": "national-id", "TXID": "tax", "CUST": "customer-id",
    "DRLC": "driving-licence", "SOSE": "social-security", "ARNU": "alien-registration",
    "EMPL": "employer-id", "COID": "company-register", "BANK": "bank-party", "DUNS": "duns",
    "TELE": "phone",
  ]

  private static func addAccount(
    _ party: inout PaymentParty, _ account: XMLElement?, institution: String?
  ) {
    guard let account else { return }
    let text = CamtSide.account(account)
    party.accountText = text
    party.accountKey = text.map { AccountNumber.key($0, institution: institution) }
    party.identifiers["account-currency"] = account.value("Ccy")
    party.identifiers["account-name"] = account.value("Nm")
    party.identifiers["account-type"] = account.first("Tp/Cd", "Tp/Prtry")
    if let proxy = account["Prxy"], let id = proxy.value("Id") {
      party.identifiers["proxy"] = (proxy.first("Tp/Cd", "Tp/Prtry").map { $0 + ":" } ?? "") + id
    }
  }

  /// The lines of an address in the order of the standard, joined by commas.
  static func address(_ element: XMLElement?) -> String? {
    guard let element else { return nil }
    let lines = element.children.filter { $0.name != "AdrTp" }.compactMap { child in
      child.children.isEmpty ? child.token : nil
    }
    return lines.isEmpty ? nil : lines.joined(separator: ", ")
  }

  /// Two capital letters as stated; anything else is no ISO 3166 code and stays in the address.
  static func country(_ text: String?) -> String? {
    guard let text, text.utf8.count == 2, text.utf8.allSatisfy({ (0x41...0x5A).contains($0) })
    else { return nil }
    return text
  }

  private static func isEmpty(_ party: PaymentParty) -> Bool {
    party.name == nil && party.accountText == nil && party.institution == nil
      && party.identifiers.isEmpty && party.address == nil && party.country == nil
  }
}

extension PaymentRecord {
  /// Within a country or across a border, when both ends state theirs: by IBAN, else by the BIC of the
  /// institution that keeps the account. Unknown otherwise.
  static func channel(from: PaymentParty?, to: PaymentParty?) -> Channel {
    func place(_ party: PaymentParty?) -> Substring? {
      guard let party else { return nil }
      if let iban = party.accountKey?.iban { return iban.prefix(2) }
      for text in [party.institution, party.identifiers["bic"]].compactMap({ $0 })
      where AccountNumber.isBIC(text) { return text.dropFirst(4).prefix(2) }
      return nil
    }
    guard let a = place(from), let b = place(to) else { return .unknown }
    return a == b ? .transferDomestic : .transferInternational
  }
}
