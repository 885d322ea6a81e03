import CaseModel

// The case sheet as the prosecutor's office would write it, and the sealed sheet beside it.

/// Text of a sheet: quoted values, one level of indentation per nesting.
struct SheetText {
  private(set) var text = ""

  mutating func line(_ level: Int, _ content: String) {
    text += String(repeating: "  ", count: level) + content + "\n"
  }
  mutating func blank() { text += "\n" }

  static func quoted(_ text: String) -> String {
    var result = "\""
    for character in text {
      if character == "\"" || character == "\\" { result.append("\\") }
      result.append(character)
    }
    return result + "\""
  }
  static func list(_ items: [String]) -> String {
    "[" + items.map { $0.contains(":") ? quoted($0) : $0 }.joined(separator: ", ") + "]"
  }
}

struct CaseSheetText {
  let made: HarbourStreetCase
  private let profile: String
  var sheet = SheetText()

  init(_ made: HarbourStreetCase, profile: String = "gb") {
    self.made = made
    self.profile = profile
    head()
    persons()
    counts()
    sourceClasses()
    property()
    events()
    facts()
    orders()
    rates()
  }

  var text: String { sheet.text }

  static func q(_ text: String) -> String { SheetText.quoted(text) }

  private mutating func head() {
    sheet.line(0, "moneytrail: case-sheet/1")
    sheet.line(0, "# Harbour Street: an invented case. Every name, number and place is made up.")
    sheet.blank()
    sheet.line(0, "matter:")
    sheet.line(1, "code: HS-2026-01")
    sheet.line(1, "title: \(Self.q("Matter Harbour Street"))")
    sheet.line(1, "profile: \(profile)")
    sheet.line(1, "as-of: 2026-03-16")
    sheet.line(1, "reporting-currency: GBP")
    sheet.line(1, "office: \(Self.q("Example Prosecution Office, Asset Recovery Unit (invented)"))")
  }

  private mutating func persons() {
    sheet.blank()
    sheet.line(0, "persons:")
    person(
      "S-01", roles: [("suspect", "2025-10-07", "2026-02-20"), ("defendant", "2026-02-20", nil)],
      holds: ["B01", "B02", "B03", "C01"], controls: ["C02", "C03", "A02", "C04"])
    person(
      "S-02", roles: [("suspect", "2025-10-07", nil), ("respondent", "2026-03-02", nil)],
      holds: ["A01", "D01", "D02"])
    person(
      "LP-01", name: "Hafenstrasse Autowaesche Beispiel GmbH",
      roles: [("legal-person", nil, nil), ("respondent", "2026-03-02", nil)], holds: ["C04"])
    person(
      "LP-02", name: "Kulisse Trading Beispiel GmbH", roles: [("legal-person", nil, nil)],
      holds: ["A02"])
    person("N-01", roles: [("nominee", "2024-01-01", nil)], holds: ["C03"])
    person(
      "O-01", roles: [("public-official", nil, nil), ("suspect", "2025-11-18", nil)],
      holds: ["D03"])
    person("T-01", roles: [("third-party", nil, nil), ("family", nil, nil)], holds: ["B08"])
    person("W-01", roles: [("witness", nil, nil)], holds: ["A07"])
    person(
      "L-01", name: "Fernweh Geldtransfer Beispiel GmbH",
      roles: [("third-party", nil, nil), ("legal-person", nil, nil)], holds: ["A06"])
    person(
      "L-02", name: "Example Payroll Bureau Ltd",
      roles: [("third-party", nil, nil), ("legal-person", nil, nil)], holds: ["B09"])
    person(
      "L-03", name: "Paper Lane Conveyancing Example LLP",
      roles: [("third-party", nil, nil), ("legal-person", nil, nil)], holds: ["B10"])
    person(
      "L-04", name: "Invented Home Loans plc",
      roles: [("secured-creditor", "2025-03-14", nil), ("legal-person", nil, nil)])
    for worker in Cast.workers {
      let own = Cast.accounts.filter { $0.holder == worker.code }.map(\.code)
      person(worker.code, roles: [("victim", worker.firstPay.first.description, nil)], holds: own)
    }
    for number in 1...33 {
      sheet.line(
        1,
        "- {code: \(Cast.familyCode(number)), kind: natural, roles: [{role: witness}], holds: [\"sealed:\(Cast.familyCode(number))/1\"]}"
      )
    }
  }

  private mutating func person(
    _ code: String, name: String? = nil, roles: [(String, String?, String?)], holds: [String] = [],
    controls: [String] = []
  ) {
    sheet.line(1, "- code: \(code)")
    sheet.line(2, "kind: \(name == nil ? "natural" : "legal")")
    if let name { sheet.line(2, "display-name: \(Self.q(name))") }
    sheet.line(2, "roles:")
    for (role, from, until) in roles {
      let span = (from.map { ", from: \($0)" } ?? "") + (until.map { ", until: \($0)" } ?? "")
      sheet.line(3, "- {role: \(role)\(span)}")
    }
    if !holds.isEmpty { sheet.line(2, "holds: " + SheetText.list(holds.map(Cast.reference))) }
    if !controls.isEmpty {
      sheet.line(2, "controls: " + SheetText.list(controls.map(Cast.reference)))
    }
  }

  private mutating func counts() {
    sheet.blank()
    sheet.line(0, "counts:")
    count(
      1, "S-01", "trafficking-forced-labour", "convicted", "2024-03-01", "2025-10-07",
      "Port Example and Beispielhafen",
      [("act", "F-01, F-02"), ("means", "F-03, F-04"), ("purpose", "F-05, F-06")])
    count(
      2, "S-01", "migrant-smuggling", "convicted", "2024-05-01", "2025-08-31",
      "Exampleville to Port Example",
      [("procurement", "F-07"), ("illegal-entry", "F-08"), ("benefit", "F-09")])
    count(
      3, "S-02", "laundering", "charged", "2024-03-01", "2025-10-07",
      "Port Example, Beispielhafen and Przyklad",
      [("conduct", "F-10, F-11"), ("criminal-origin", "F-06, F-09"), ("knowledge", "F-12")])
    count(
      4, "O-01", "bribery", "alleged", "2024-05-13", "2025-07-22", Cast.post,
      [("public-official", "F-13"), ("advantage", "F-14"), ("act-in-office", "F-15")])
    count(
      5, "S-02", "trafficking-forced-labour", "charged", "2024-02-01", "2025-10-07",
      "Exampleville and Port Example", [("act", "F-02"), ("means", "F-03"), ("purpose", "F-05")])
  }

  private mutating func count(
    _ number: Int, _ person: String, _ offence: String, _ state: String, _ from: String,
    _ until: String, _ place: String, _ elements: [(String, String)]
  ) {
    sheet.line(1, "- number: \(number)")
    sheet.line(2, "person: \(person)")
    sheet.line(2, "offence: \(offence)")
    sheet.line(2, "state: \(state)")
    sheet.line(2, "from: \(from)")
    sheet.line(2, "until: \(until)")
    sheet.line(2, "place: \(Self.q(place))")
    sheet.line(2, "elements:")
    for (name, facts) in elements { sheet.line(3, "- {name: \(name), facts: [\(facts)]}") }
  }

  // MARK: Source classes

  private mutating func sourceClasses() {
    sheet.blank()
    sheet.line(0, "source-classes:")
    for item in SheetClasses.all {
      sheet.line(1, "- code: \(item.code)")
      sheet.line(2, "title: \(Self.q(item.title))")
      sheet.line(2, "tainted: \(item.isTainted)")
      sheet.line(2, "nature: \(item.nature)")
      if let count = item.count { sheet.line(2, "count: \(count)") }
      sheet.line(2, "selector:")
      sheet.line(3, "accounts: " + SheetText.list(item.accounts.map(Cast.reference)))
      sheet.line(3, "direction: credit")
      for row in item.conditions { sheet.line(3, row) }
      sheet.line(2, "reason: \(Self.q(item.reason))")
    }
  }

  // MARK: Events, facts, orders, rates

  private mutating func events() {
    sheet.blank()
    sheet.line(0, "events:")
    for journey in Cast.journeys {
      for (stage, leg) in journey.legs.enumerated() {
        event(
          leg.event, "crossing", leg.date, leg.post, [],
          "Journey \(journey.number), leg \(stage + 1): \(leg.from) to \(leg.to)")
      }
    }
    var number = 0
    for journey in Cast.journeys {
      for leg in journey.legs where leg.isOfficerOnDuty {
        number += 1
        event(
          "E-5\(number)", "duty-roster", leg.date, Cast.post, ["O-01"], "Duty, day shift, lane 2")
      }
    }
    let idle: [StaticString] = [
      "2024-03-19", "2024-08-06", "2024-10-15", "2025-02-18", "2025-05-06", "2025-09-02",
    ]
    for day in idle {
      number += 1
      event(
        "E-\(50 + number)", "duty-roster", CivilDate(known: day), Cast.post, ["O-01"],
        "Duty, day shift, lane 2; no crossing known")
    }
    event(
      "E-90", "raid", Cast.raid, "Port Example and Beispielhafen", ["S-01"],
      "Searches of two sites; nine workers met")
  }

  private mutating func event(
    _ code: String, _ kind: String, _ day: CivilDate, _ place: String, _ persons: [String],
    _ title: String
  ) {
    let who = persons.isEmpty ? "" : ", persons: [\(persons.joined(separator: ", "))]"
    sheet.line(
      1,
      "- {code: \(code), kind: \(kind), from: \(day), until: \(day), place: \(Self.q(place))\(who), title: \(Self.q(title))}"
    )
  }

  private mutating func facts() {
    sheet.blank()
    sheet.line(0, "facts:")
    for fact in SheetFacts.all {
      sheet.line(1, "- code: \(fact.code)")
      sheet.line(2, "statement: \(Self.q(fact.statement))")
      sheet.line(2, "status: \(fact.status)")
      if fact.helpsRespondent { sheet.line(2, "helps-respondent: true") }
      if let exhibit = fact.exhibit { sheet.line(2, "exhibit: \(exhibit)") }
      sheet.line(2, "topic: \(fact.topic)")
      if !fact.persons.isEmpty { sheet.line(2, "persons: [\(fact.persons)]") }
      if !fact.property.isEmpty { sheet.line(2, "property: [\(fact.property)]") }
    }
  }

  private mutating func orders() {
    sheet.blank()
    sheet.line(0, "orders:")
    let rows: [(String, String, String, String, String)] = [
      ("A-01", "restraint", "RO-2025-101", "2025-10-14", "2026-10-13"),
      ("A-02", "seizure", "BS-2025-044", "2025-10-07", "2026-04-06"),
      ("A-03", "restraint", "RO-2025-101", "2025-10-14", "2026-10-13"),
      ("A-04", "freeze", "BS-2025-045", "2025-10-08", "2026-04-07"),
      ("A-05", "freeze", "PL-2025-310", "2025-10-21", "2026-04-20"),
      ("A-06", "restraint", "RO-2025-101", "2025-10-14", "2026-10-13"),
      ("A-07", "seizure", "CS-2025-018", "2025-10-07", "2026-04-06"),
      ("A-08", "seizure", "BS-2025-046", "2025-10-07", "2026-04-06"),
    ]
    for (property, kind, number, date, ends) in rows {
      let issuer =
        number.hasPrefix("RO") || number.hasPrefix("CS")
        ? "Crown Court at Port Example (invented)"
        : number.hasPrefix("PL")
          ? "District Court Przyklad (invented)" : "Amtsgericht Beispielhafen (invented)"
      sheet.line(
        1,
        "- {property: \(property), kind: \(kind), issuer: \(Self.q(issuer)), number: \(number), date: \(date), ends: \(ends)}"
      )
    }
    sheet.blank()
    sheet.line(0, "non-conviction-ground:")
    sheet.line(1, "code: fled")
    sheet.line(1, "facts: [F-20, F-21]")
  }

  /// A rate for every day on which a receipt in euro or zloty was obtained, for every month's end,
  /// and for the days of valuations.
  private mutating func rates() {
    var days = Set(Cast.months.map(\.last))
    days.formUnion([
      CivilDate(known: "2026-02-10"), CivilDate(known: "2026-02-12"),
      CivilDate(known: "2026-03-16"),
    ])
    var zlotyDays = days
    for pattern in SheetClasses.taintedPatterns {
      for line in made.books.lines(of: pattern.pattern) where line.amount > 0 {
        let account = made.books.accounts[line.account]
        guard account.code == pattern.account else { continue }
        if account.currency == Cast.eur { days.insert(line.date) }
        if account.currency == Cast.pln { zlotyDays.insert(line.date) }
      }
    }
    days.insert(Purchases.carDay)
    sheet.blank()
    sheet.line(0, "rates:")
    let rates = Rates(seed: made.seed)
    for day in days.union(zlotyDays).sorted() {
      if days.contains(day) { rate(rates.euroInPounds(on: day), day) }
      if zlotyDays.contains(day) { rate(rates.poundInZloty(on: day), day) }
    }
  }

  private mutating func rate(_ rate: ExchangeRate, _ day: CivilDate) {
    sheet.line(
      1,
      "- {date: \(day), base: \(rate.base), quote: \(rate.quote), value: \(rate.value.text), kind: official, source: \(Self.q(rate.source))}"
    )
  }
}
