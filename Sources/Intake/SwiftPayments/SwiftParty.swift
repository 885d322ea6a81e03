// Parties and institutions in the options of fields 50 to 59.

import CaseModel

/// Reads one party field. What the option does not allow for is kept as name and address, unchanged.
///
/// Source: SWIFT Standards MT, fields 50a, 51A, 52a to 57a, 58a, 59a; formats.md §5.1.
enum SwiftParty {
  static func party(_ role: PaymentParty.Role, _ field: SwiftField) -> PaymentParty {
    var party = PaymentParty(role)
    party.identifiers["field"] = field.tag
    var lines = field.lines.filter { !$0.isEmpty }
    if field.option == "F" {
      numbered(&party, &lines)
      return party
    }
    if let first = lines.first, first.hasPrefix("/") {
      account(&party, first)
      lines.removeFirst()
    }
    switch field.option {
    case "A", "G": code(&party, lines)
    case "C" where lines.first.map(AccountNumber.isBIC) == true: code(&party, lines)
    case "B": party.address = joined(lines)
    default:
      party.name = lines.first
      party.address = joined(lines.dropFirst())
    }
    // Fields 51 to 58 name institutions, 50 and 59 customers.
    if field.number != "50", field.number != "59" {
      party.institution =
        party.identifiers["bic"] ?? party.identifiers["clearing"] ?? party.name
    }
    return party
  }

  /// `/account`, `/C/account`, `//FW021000089`.
  private static func account(_ party: inout PaymentParty, _ line: String) {
    var text = line.dropFirst()
    if text.hasPrefix("/") {
      party.identifiers["clearing"] = String(text.dropFirst())
      return
    }
    if text.hasPrefix("C/") || text.hasPrefix("D/") {
      party.identifiers["account-mark"] = String(text.prefix(1))
      text = text.dropFirst(2)
    }
    let number = MTField.trimmed(String(text))
    if !number.isEmpty { party.accountText = number }
  }

  private static func code(_ party: inout PaymentParty, _ lines: [String]) {
    guard let first = lines.first else { return }
    let code = MTField.trimmed(first)
    if AccountNumber.isBIC(code) {
      party.identifiers["bic"] = code
    } else {
      party.name = code
    }
    party.address = joined(lines.dropFirst())
  }

  // MARK: Option F

  /// `/account` or `CCPT/DE/12345`, then lines `1/name`, `2/address`, `3/country/town` …
  private static func numbered(_ party: inout PaymentParty, _ lines: inout [String]) {
    if let first = lines.first, !isNumbered(first) {
      if first.hasPrefix("/") {
        account(&party, first)
      } else {
        identifier(&party, first)
      }
      lines.removeFirst()
    }
    var names: [String] = []
    var address: [String] = []
    for line in lines {
      let text = String(line.dropFirst(isNumbered(line) ? 2 : 0))
      guard isNumbered(line), let number = line.first else {
        address.append(line)
        continue
      }
      switch number {
      case "1": names.append(text)
      case "2": address.append(text)
      case "3":
        address.append(text)
        if party.country == nil { party.country = ISOParty.country(part(text, 0)) }
      case "4": add(&party, "birth-date", day(text))
      case "5": add(&party, "birth-place", text)
      case "6": add(&party, "customer-id", text)
      case "7": add(&party, "national-id", text)
      default: add(&party, "additional", text)
      }
    }
    // A name longer than one line goes on in a second line with the same number.
    party.name = names.isEmpty ? nil : names.joined(separator: " ")
    party.address = joined(address[...])
  }

  private static func isNumbered(_ line: String) -> Bool {
    let head = Array(line.utf8.prefix(2))
    return head.count == 2 && (0x31...0x38).contains(head[0]) && head[1] == UInt8(ascii: "/")
  }

  private static func add(_ party: inout PaymentParty, _ name: String, _ text: String) {
    party.identifiers[name] = party.identifiers[name].map { $0 + " " + text } ?? text
  }

  private static func part(_ text: String, _ index: Int) -> String? {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    return index < parts.count ? String(parts[index]) : nil
  }

  /// `19800229` as an ISO day, anything else as written.
  private static func day(_ text: String) -> String {
    guard text.utf8.count == 8 else { return text }
    let iso = "\(text.prefix(4))-\(text.dropFirst(4).prefix(2))-\(text.suffix(2))"
    return CivilDate(iso) == nil ? text : iso
  }

  /// `CCPT/DE/12345`: code, country, sometimes an issuer, number.
  private static func identifier(_ party: inout PaymentParty, _ line: String) {
    guard let code = part(line, 0), let name = schemes[code] else {
      party.identifiers["identifier"] = line
      return
    }
    party.identifiers[name] = String(line.dropFirst(code.count + 1))
  }

  private static let schemes: [String: String] = [
    "CCPT": "passport", "NIDN": "national-id", "TXID": "tax", "CUST": "customer-id",
    "DRLC": "driving-licence", "SOSE": "social-security", "ARNU": "alien-registration",
    "EMPL": "employer-id", "IBEI": "business-entity",
  ]

  private static func joined(_ lines: some Sequence<String>) -> String? {
    let kept = lines.map(MTField.trimmed).filter { !$0.isEmpty }
    return kept.isEmpty ? nil : kept.joined(separator: ", ")
  }
}
