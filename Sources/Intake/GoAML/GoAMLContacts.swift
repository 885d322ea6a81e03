// Phones, addresses and days of goAML parties.

import CaseModel

extension GoAMLEntities {
  static let contactNames: Set<String> = ["phones", "addresses", "email", "emails", "url", "urls"]

  func addContacts(_ writer: inout EntityWriter, _ element: XMLElement) {
    for phone in element.at("phones")?.all("phone") ?? [] {
      let parts = [
        phone.value("tph_country_prefix"), phone.value("tph_number"), phone.value("tph_extension"),
      ]
      writer.add("phone", parts.compactMap { $0 }.joined(separator: " "))
    }
    for address in element.at("addresses")?.all("address") ?? [] {
      writer.add("address", Self.address(address))
      writer.add("goaml:address_country", address.value("country_code"))
    }
    for name in ["email", "emails/email"] {
      let parts = name.split(separator: "/").map(String.init)
      let holder = parts.count == 2 ? element[parts[0]] : element
      for email in holder?.all("email") ?? [] { writer.add("email", email.token) }
    }
    for url in element.all("url") + (element["urls"]?.all("url") ?? []) {
      writer.add("website", url.token)
    }
  }

  /// The parts of an address in the order of the schema, joined by commas.
  static func address(_ element: XMLElement) -> String? {
    let parts = element.children.filter { $0.name != "address_type" && $0.children.isEmpty }
      .compactMap(\.token)
    return parts.isEmpty ? nil : parts.joined(separator: ", ")
  }

  /// The day of a time stamp; anything else as written.
  static func day(_ text: String?) -> String? {
    guard let text else { return nil }
    return CivilDate(text.prefix(10)) == nil ? text : String(text.prefix(10))
  }
}
