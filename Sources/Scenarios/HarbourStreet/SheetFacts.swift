// The facts of the case sheet: what supports the counts, what helps the respondent, what may never
// reach a court.

struct SheetFact {
  let code: String
  let statement: String
  let status: String
  let topic: String
  var exhibit: String?
  var helpsRespondent = false
  var persons = ""
  var property = ""
}

enum SheetFacts {
  /// Words of the fact that is intelligence only. No document of the case may carry them.
  static let intelligenceMarker = "Heron-Canary-7Q4X"

  static let all: [SheetFact] = [
    exhibited(
      "F-01", "S-01 met each of the nine workers on arrival and assigned rooms and work.", "PX-001",
      "conduct", "S-01"),
    exhibited(
      "F-02", "S-02 recruited V-01 to V-09 with offers of packing work and paid their travel.",
      "PX-001", "conduct", "S-02"),
    exhibited(
      "F-03", "Identity papers of seven workers were found in a locked drawer at the site.",
      "PX-002", "conduct", "S-01, S-02"),
    exhibited(
      "F-04", "Messages demand repayment of travel debts with weekly penalties.", "PX-003",
      "conduct", "S-01"),
    exhibited(
      "F-05", "The workers packed fish twelve hours a day, six days a week.", "PX-001", "conduct",
      "S-01, S-02"),
    exhibited(
      "F-06",
      "Wages left the workers' accounts on the payday or the day after, by standing instructions set from one device.",
      "PX-004", "conduct", "S-01"),
    exhibited(
      "F-07", "The van of LP-01 carried passengers on three journeys.", "PX-005", "conduct", "S-01",
      "A-08"),
    exhibited(
      "F-08", "Travellers had no right of entry on the days of the crossings.", "PX-007", "conduct",
      "S-01"),
    exhibited(
      "F-09",
      "A notebook lists three payments for each of 33 families, with dates before each leg.",
      "PX-008", "conduct", "S-01, S-02"),
    exhibited(
      "F-10", "S-02 opened the account at Zmyslony Bank Spoldzielczy that received the fees.",
      "PX-008", "conduct", "S-02"),
    exhibited(
      "F-11", "Invoices for payments through N-01 and LP-02 name services that nobody gave.",
      "PX-010", "conduct", "S-01, S-02, N-01"),
    certified(
      "F-12", "S-02 wrote that the money must not stay a night in one place.", "conduct", "S-02"),
    certified("F-13", "O-01 serves at the crossing post as a border officer.", "conduct", "O-01"),
    certified(
      "F-14",
      "O-01 received payments or paid in cash on five days, each the day before a crossing.",
      "conduct", "O-01"),
    SheetFact(
      code: "F-15", statement: "O-01 was on the roster of lane 2 on five of the crossing days.",
      status: "obtained-formally", topic: "conduct", persons: "O-01"),
    exhibited(
      "F-16", "Seats were added to the van after its purchase.", "PX-005", "conduct", "S-01", "A-08"
    ),
    exhibited(
      "F-17",
      "A euro account stands in the name of V-04; the bank's log shows the telephone of S-01 as the only device.",
      "PX-006", "conduct", "S-01, V-04"),
    exhibited(
      "F-18",
      "The hire of workers by the day was paid in cash on days that a ledger at the site lists.",
      "PX-009", "conduct", "S-01"),
    exhibited(
      "F-20", "S-02 left the country on 2025-10-06 and has not answered two summonses.", "PX-014",
      "conduct", "S-02"),
    exhibited(
      "F-21", "A warrant against S-02 was issued on 2025-10-20 and is not executed.", "PX-015",
      "conduct", "S-02"),
    // What helps the respondents
    helps(
      "F-30", "S-01 earned a lawful salary throughout the period until 2025-09.", "PX-011",
      "conduct", "S-01"),
    helps(
      "F-31",
      "S-01 inherited 22 000.00 GBP in 2024-02, before most of the conduct; it was paid into the account that funded the flat.",
      "PX-012", "conduct", "S-01", "A-01"),
    helps(
      "F-32", "S-01 held lawful savings of 9 400.00 GBP at the beginning of the period.", "PX-011",
      "conduct", "S-01", "A-03"),
    helps(
      "F-33",
      "T-01 paid 650.00 GBP a month from a lawful salary into the household and states a share in the flat.",
      "PX-016", "third-party", "T-01", "A-01"),
    helps(
      "F-34", "S-01 sold an older car for 6 500.00 EUR and received a tax refund of 1 240.50 EUR.",
      "PX-013", "conduct", "S-01", "A-02"),
    helps(
      "F-35",
      "S-01 states that the cash paid in was takings of the car wash; its books for 2024 show cash sales on the same days.",
      "PX-017", "conduct", "S-01", "A-04"),
    helps(
      "F-36",
      "V-02 told the police that part of the sum taken each month was for a room that was in fact provided.",
      "PX-018", "conduct", "S-01"),
    helps(
      "F-37",
      "T-01 says that the parents of T-01 paid part of the furniture and nothing of the price of the flat.",
      nil, "third-party", "T-01", "A-01"),
    exhibited(
      "F-40", "T-01 and a child of six live in the flat; no other home is known.", "PX-016",
      "hardship", "T-01", "A-01", helps: true),
    exhibited(
      "F-41", "A civil claim of L-04 for arrears of the flat was settled on 2025-12-01.", "PX-019",
      "prior-proceedings", "L-04", "A-01"),
    exhibited(
      "F-42",
      "An application to freeze the account of L-03 was refused on 2025-11-04; nothing links it to the conduct.",
      "PX-020", "prior-proceedings", "L-03", helps: true),
    certified(
      "F-43",
      "L-01 holds a licence as a payment institution; its senders are garment workers who send part of their wages.",
      "third-party", "L-01"),
    certified(
      "F-44",
      "L-02 pays wages for employers and keeps a fee; it had no notice of where the wages went.",
      "third-party", "L-02"),
    certified(
      "F-45", "Nine workers have claims for wages withheld; none has been paid.", "victim",
      "V-01, V-02, V-03, V-04, V-05, V-06, V-07, V-08, V-09"),
    SheetFact(
      code: "F-46", statement: "S-01 disputes the count of the ledger for 2025-08.",
      status: "challenged", topic: "conduct", exhibit: "PX-009", helpsRespondent: true,
      persons: "S-01"),
    // Never for a court
    SheetFact(
      code: "F-90",
      statement:
        "\(intelligenceMarker): a partner service reports a further account of S-02 abroad.",
      status: "intelligence-only", topic: "conduct", persons: "S-02"),
    SheetFact(
      code: "F-91", statement: "A caller says that the car wash is a meeting place.",
      status: "lead", topic: "conduct", persons: "S-01"),
  ]

  private static func exhibited(
    _ code: String, _ statement: String, _ exhibit: String, _ topic: String, _ persons: String,
    _ property: String = "", helps: Bool = false
  ) -> SheetFact {
    SheetFact(
      code: code, statement: statement, status: "exhibited", topic: topic, exhibit: exhibit,
      helpsRespondent: helps, persons: persons, property: property)
  }

  private static func certified(
    _ code: String, _ statement: String, _ topic: String, _ persons: String
  ) -> SheetFact {
    SheetFact(code: code, statement: statement, status: "certified", topic: topic, persons: persons)
  }

  private static func helps(
    _ code: String, _ statement: String, _ exhibit: String?, _ topic: String, _ persons: String,
    _ property: String = ""
  ) -> SheetFact {
    SheetFact(
      code: code, statement: statement, status: exhibit == nil ? "certified" : "exhibited",
      topic: topic, exhibit: exhibit, helpsRespondent: true, persons: persons, property: property)
  }
}
