// Amounts, days and parties as ISO 20022 messages write them.

import CaseModel

/// Why a part of a message cannot be used: code, the path below the part's own, found and expected.
struct CamtFault: Error {
  let code: String
  let path: String
  let found: String
  let expected: String
}

/// Amounts: unsigned decimal text with a currency; the direction stands beside them.
enum CamtAmount {
  /// Reads `<Amt Ccy="EUR">12.50</Amt>`.
  /// - Throws: `CamtFault`: `E-FIELD`, `E-CCY`, `E-AMOUNT`, `E-AMOUNT-PRECISION`, `E-AMOUNT-RANGE`.
  static func money(_ element: XMLElement?, path: String) throws(CamtFault) -> Money {
    guard let element else {
      throw CamtFault(
        code: "E-FIELD", path: path, found: "no amount", expected: "an amount with its currency")
    }
    let code = element.attributes["Ccy"] ?? ""
    guard let currency = Currency(iso: code) else {
      throw CamtFault(
        code: "E-CCY", path: path + "/@Ccy",
        found: code.isEmpty ? "no currency" : "the currency '\(Issue.escaped(code))'",
        expected: "an ISO 4217 code")
    }
    return try money(element.text, currency, path: path)
  }

  /// Reads an amount whose currency is known from elsewhere.
  static func money(
    _ text: String, _ currency: Currency, path: String
  ) throws(CamtFault) -> Money {
    // A line break inside an amount is what a template leaves when it was not filled in.
    guard !text.utf8.contains(where: { $0 == 10 || $0 == 13 }) else {
      throw fault(text, "a line break inside", path, currency)
    }
    do {
      let amount = try AmountText(text, form: .xml, currency: currency)
      guard amount.sign == 0 else { throw fault(text, "a sign", path, currency) }
      return Money(minorUnits: amount.minorUnits, currency: currency)
    } catch let fault as AmountFault {
      throw CamtFault(
        code: fault.code, path: path,
        found: "the amount '\(Issue.escaped(text))': \(fault.reason)", expected: form(currency))
    } catch let fault as CamtFault {
      throw fault
    } catch {
      throw fault(text, "no amount", path, currency)
    }
  }

  private static func fault(
    _ text: String, _ reason: String, _ path: String, _ currency: Currency
  ) -> CamtFault {
    CamtFault(
      code: "E-AMOUNT", path: path, found: "the amount '\(Issue.escaped(text))': \(reason)",
      expected: form(currency))
  }

  private static func form(_ currency: Currency) -> String {
    "an unsigned number with decimal point and at most \(currency.exponent) decimals; "
      + "the direction comes from CdtDbtInd"
  }
}

/// Days: `Dt` or, in real files, only `DtTm`. Never shifted by a time zone.
struct CamtDay {
  let date: CivilDate
  let timeOfDay: Int32?

  /// Reads `<BookgDt><Dt>…`, nil when the element is absent or empty.
  /// - Throws: `CamtFault` with `E-DATE`.
  init?(_ element: XMLElement?, path: String) throws(CamtFault) {
    guard let element, !element.isEmpty else { return nil }
    let text = element.value("Dt") ?? element.value("DtTm") ?? element.token ?? ""
    guard let date = CivilDate(text.prefix(10)) else {
      throw CamtFault(
        code: "E-DATE", path: path, found: "the date '\(Issue.escaped(text))'",
        expected: "a day as YYYY-MM-DD")
    }
    self.date = date
    timeOfDay = Self.time(text.dropFirst(10))
  }

  /// `T13:15:00…` as seconds; nil without one. Midnight exactly is how systems write "no time".
  private static func time(_ text: Substring) -> Int32? {
    let bytes = Array(text.utf8.prefix(9))
    guard bytes.count == 9, bytes[0] == UInt8(ascii: "T"), bytes[3] == UInt8(ascii: ":"),
      bytes[6] == UInt8(ascii: ":")
    else { return nil }
    func two(_ index: Int) -> Int32? {
      guard (48...57).contains(bytes[index]), (48...57).contains(bytes[index + 1]) else {
        return nil
      }
      return Int32(bytes[index] - 48) * 10 + Int32(bytes[index + 1] - 48)
    }
    guard let hour = two(1), let minute = two(4), let second = two(7), hour < 24, minute < 60,
      second < 60
    else { return nil }
    let seconds = hour * 3600 + minute * 60 + second
    return seconds == 0 ? nil : seconds
  }
}

/// A party with its account and bank, as one side of a transaction.
struct CamtSide {
  let name: String?
  let account: String?
  let agent: String?
  let identifier: String?

  /// - Parameter role: `Dbtr` or `Cdtr`.
  init(_ role: String, in details: XMLElement) {
    let parties = details["RltdPties"]
    // From version 8 on the party stands inside Pty, or a bank inside Agt.
    let outer = parties?[role]
    let party = outer?["Pty"] ?? outer
    let bank = outer?["Agt"]
    name = party?.value("Nm") ?? Self.agent(bank)
    account = Self.account(parties?[role + "Acct"])
    agent = Self.agent(details["RltdAgts"]?[role + "Agt"])
    identifier = Self.identifier(party?["Id"])
  }

  var isEmpty: Bool { name == nil && account == nil && agent == nil }

  /// IBAN, or the other identification.
  static func account(_ element: XMLElement?) -> String? {
    guard let id = element?["Id"] else { return nil }
    return id.value("IBAN") ?? id.value("Othr/Id") ?? id.value("PrtryAcct/Id")
      ?? id.value("BBAN") ?? id.value("UPIC")
  }

  /// BIC (up to version 3) or BICFI, else the clearing number, else the name.
  static func agent(_ element: XMLElement?) -> String? {
    guard let bank = element?["FinInstnId"] else { return nil }
    return bank.value("BICFI") ?? bank.value("BIC") ?? bank.value("CmbndId/BIC")
      ?? bank.value("ClrSysMmbId/MmbId") ?? bank.value("Nm") ?? bank.value("Othr/Id")
  }

  /// A stated identification with its scheme: `LEI:…`, `BIC:…`, `CUST:…`.
  private static func identifier(_ element: XMLElement?) -> String? {
    guard let element else { return nil }
    if let lei = element.value("OrgId/LEI") { return "LEI:" + lei }
    if let bic = element.value("OrgId/AnyBIC") ?? element.value("OrgId/BICOrBEI") {
      return "BIC:" + bic
    }
    guard let other = element.at("OrgId/Othr") ?? element.at("PrvtId/Othr"),
      let id = other.value("Id")
    else { return nil }
    let scheme =
      other.value("SchmeNm/Cd") ?? other.value("SchmeNm/Prtry") ?? other.value("Issr") ?? "other"
    return scheme + ":" + id
  }
}
