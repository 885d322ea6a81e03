import CaseModel

// Who is who in Harbour Street: the accounts handed over, the workers, the families, the journeys.
// Every name says that it is invented.

enum Cast {
  static let first = Month(year: 2024, month: 1)
  static let last = Month(year: 2025, month: 12)
  /// The day of the searches: sweeps, takings and transports end.
  static let raid = CivilDate(known: "2025-10-07")
  static let months = Month.all(from: first, to: last)

  static let eur = currency("EUR")
  static let gbp = currency("GBP")
  static let pln = currency("PLN")

  private static func currency(_ code: String) -> Currency {
    guard let currency = Currency(iso: code) else { preconditionFailure("no currency \(code)") }
    return currency
  }

  static let accounts: [MadeUpAccount] = [
    // Bank A, Germany: delimited text, layout 1
    make(
      "A01", .a, 1_001, eur, "Recruiter Example", "S-02", "current account of the recruiter",
      190_355),
    make(
      "A02", .a, 1_002, eur, "Kulisse Trading Beispiel GmbH", "LP-02",
      "second pass-through account, controlled by the exploiter", 61_240),
    make("A03", .a, 1_003, eur, "Worker Seven Example", "V-07", "wage account", 4_200, (2024, 5)),
    make("A04", .a, 1_004, eur, "Worker Eight Example", "V-08", "wage account", 3_150, (2024, 6)),
    make("A05", .a, 1_005, eur, "Worker Nine Example", "V-09", "wage account", 5_080, (2024, 6)),
    make(
      "A06", .a, 1_006, eur, "Fernweh Geldtransfer Beispiel GmbH", "L-01",
      "look-alike: licensed remitter", 1_840_000),
    make(
      "A07", .a, 1_007, eur, "Seamstress Example", "W-01",
      "look-alike: garment worker who sends money home", 58_410),
    // Bank B, United Kingdom: delimited text, layout 2
    make(
      "B01", .b, 2_001, gbp, "Foreman Example", "S-01", "account that collects the swept wages",
      15_000, (2024, 2)),
    make("B02", .b, 2_002, gbp, "Foreman Example", "S-01", "current account, mixed", 412_055),
    make("B03", .b, 2_003, gbp, "Foreman Example", "S-01", "savings account, mixed", 940_000),
    make("B04", .b, 2_004, gbp, "Worker One Example", "V-01", "wage account", 2_500, (2024, 2)),
    make("B05", .b, 2_005, gbp, "Worker Two Example", "V-02", "wage account", 4_000, (2024, 2)),
    make("B06", .b, 2_006, gbp, "Worker Three Example", "V-03", "wage account", 1_775, (2024, 3)),
    make("B07", .b, 2_007, gbp, "Worker Four Example", "V-04", "wage account", 3_020, (2024, 4)),
    make("B08", .b, 2_008, gbp, "Spouse Example", "T-01", "current account of the spouse", 330_000),
    make(
      "B09", .b, 2_009, gbp, "Example Payroll Bureau Ltd", "L-02", "look-alike: payroll agent",
      1_200_000),
    make(
      "B10", .b, 2_010, gbp, "Paper Lane Conveyancing Example LLP Client Account", "L-03",
      "look-alike: conveyancer's client account", 2_500_000),
    make("B11", .b, 2_011, gbp, "Worker Five Example", "V-05", "wage account", 2_210, (2024, 5)),
    make("B12", .b, 2_012, gbp, "Worker Six Example", "V-06", "wage account", 1_990, (2024, 5)),
    // Bank C, Germany: MT940
    make(
      "C01", .c, 3_001, eur, "Foreman Example", "S-01", "euro account, mixed, structured cash",
      210_000),
    make(
      "C02", .c, 3_002, eur, "Worker Four Example", "V-04",
      "account in a victim's name, controlled by the exploiter", 1_000, (2024, 5)),
    make(
      "C03", .c, 3_003, eur, "Nominee Example", "N-01",
      "first pass-through account, controlled by the exploiter; one month missing", 48_000),
    make(
      "C04", .c, 3_004, eur, "Hafenstrasse Autowaesche Beispiel GmbH", "LP-01",
      "company front: hand car wash", 650_000),
    // Bank D, Poland: camt.053
    make(
      "D01", .d, 4_001, eur, "Recruiter Example", "S-02", "account that takes the journey fees",
      30_000),
    make(
      "D02", .d, 4_002, pln, "Recruiter Example", "S-02",
      "zloty account; one statement does not reconcile", 215_000),
    make(
      "D03", .d, 4_003, pln, "Officer Example", "O-01", "account of the border officer", 840_000),
  ]

  private static func make(
    _ code: String, _ bank: Bank, _ number: Int, _ currency: Currency, _ owner: String,
    _ holder: String, _ role: String, _ opening: Int64, _ opened: (Int, Int) = (2024, 1)
  ) -> MadeUpAccount {
    MadeUpAccount(
      code: code, bank: bank, iban: bank.iban(number), currency: currency, owner: owner,
      opened: Month(year: opened.0, month: opened.1), openingBalance: opening, holder: holder,
      role: role)
  }

  // MARK: Workers

  struct Worker {
    let code: String
    let name: String
    let account: String
    /// The account their wage is swept into.
    let collector: String
    let firstPay: Month
    /// Monthly wage in whole units.
    let wage: Int
  }

  static let workers: [Worker] = [
    worker(1, "One", "B04", "B01", 3, 1_640), worker(2, "Two", "B05", "B01", 3, 1_585),
    worker(3, "Three", "B06", "B01", 4, 1_710), worker(4, "Four", "B07", "B01", 5, 1_655),
    worker(5, "Five", "B11", "B01", 6, 1_690), worker(6, "Six", "B12", "B01", 6, 1_560),
    worker(7, "Seven", "A03", "C02", 6, 1_620), worker(8, "Eight", "A04", "C02", 7, 1_575),
    worker(9, "Nine", "A05", "C02", 7, 1_600),
  ]

  private static func worker(
    _ number: Int, _ word: String, _ account: String, _ collector: String, _ month: Int, _ wage: Int
  ) -> Worker {
    Worker(
      code: "V-0\(number)", name: "Worker \(word) Example", account: account, collector: collector,
      firstPay: Month(year: 2024, month: month), wage: wage)
  }

  /// The last payday before the searches.
  static let lastPay = Month(year: 2025, month: 9)

  /// The token by which the case sheet names an account of a protected person.
  static func reference(_ code: String) -> String {
    guard let account = accounts.first(where: { $0.code == code }) else {
      preconditionFailure("no account \(code)")
    }
    guard account.holder.hasPrefix("V-") else { return account.iban }
    let own = accounts.filter { $0.holder == account.holder }.map(\.code)
    return "sealed:\(account.holder)/\((own.firstIndex(of: code) ?? 0) + 1)"
  }

  // MARK: Journeys

  struct Leg {
    let event: String
    let date: CivilDate
    let from: String
    let to: String
    /// The border officer was on duty and was paid.
    let isPaidFor: Bool
    let isOfficerOnDuty: Bool
    /// Where the border is crossed.
    var post: String { isOfficerOnDuty ? Cast.post : "Crossing near \(to) (invented)" }
  }

  struct Journey {
    let number: Int
    let families: ClosedRange<Int>
    let legs: [Leg]
  }

  static let post = "Crossing Post Przyklad (invented)"

  static let journeys: [Journey] = [
    Journey(
      number: 1, families: 1...11,
      legs: [
        leg("E-11", "2024-05-14", "Exampleville", "Przyklad", true, true),
        leg("E-12", "2024-05-28", "Przyklad", "Beispielhafen", false, false),
        leg("E-13", "2024-06-12", "Beispielhafen", "Port Example", false, false),
      ]),
    Journey(
      number: 2, families: 12...21,
      legs: [
        leg("E-21", "2024-12-03", "Exampleville", "Przyklad", true, true),
        leg("E-22", "2024-12-10", "Exampleville (second group)", "Przyklad", true, true),
        leg("E-23", "2025-01-09", "Beispielhafen", "Port Example", false, false),
      ]),
    Journey(
      number: 3, families: 22...33,
      legs: [
        leg("E-31", "2025-07-01", "Exampleville", "Przyklad", true, true),
        leg("E-32", "2025-07-22", "Exampleville (second group)", "Przyklad", true, true),
        leg("E-33", "2025-08-12", "Beispielhafen", "Port Example", false, false),
      ]),
  ]

  private static func leg(
    _ event: String, _ date: StaticString, _ from: String, _ to: String, _ paid: Bool, _ duty: Bool
  ) -> Leg {
    Leg(
      event: event, date: CivilDate(known: date), from: from, to: to, isPaidFor: paid,
      isOfficerOnDuty: duty)
  }

  static func family(_ number: Int) -> Party {
    let two = InventedNumbers.padded(number, 2)
    return number.isMultiple(of: 3)
      ? .polish("Family Example \(two)", 7_700 + number)
      : .german("Family Example \(two)", 7_700 + number)
  }
  static func familyCode(_ number: Int) -> String { "K-" + InventedNumbers.padded(number, 2) }
}
