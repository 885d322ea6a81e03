import CaseModel

/// The twelve lawful look-alikes of typologies.md §6, as a bank would record them for some months.
///
/// Recurring life is written with months that are thirty days apart; the first month is the worst case,
/// because nothing is on record before it.
enum LookAlikes {
  static let all: [(name: String, lines: [String])] = [
    ("FP-01 forty garment workers send half their pay home", garmentWorkers(share: 50, months: 4)),
    ("FP-02 a payroll agent pays out what came the day before", payrollAgent),
    ("FP-03 six domestic workers in one cluster of neighbours", domesticWorkers),
    ("FP-04 eight tenants pay one, who pays the rent", tenants),
    ("FP-05 a restaurant with a late licence, and a festival week", restaurant),
    ("FP-06 a conveyancer's client account", conveyancer),
    ("FP-07 a savings club of ten, one turn a month", savingsClub),
    ("FP-08 a shelter pays hotel rooms and a pharmacy", shelter),
    ("FP-09 an officer with an approved second job", secondJob),
    ("FP-10 a parent pays tickets and sends small sums to relatives in one village", parent),
    ("FP-11 a wedding month of eight guests and one hall", wedding(guests: 8)),
    ("FP-12 a medical travel agency with an invoice for each patient", travelAgency),
  ]

  static func garmentWorkers(share: Int, months: Int) -> [String] {
    (0..<40).flatMap { worker in
      [
        "repeat \(months) every 30 days: 2024-01-31 mill -> w\(worker) 900.00 EUR payroll",
        "repeat \(months) every 30 days: 2024-02-01 w\(worker) -> remitter \(9 * share).00 EUR "
          + "remittance_send",
      ]
    }
  }

  private static let payrollAgent =
    ["repeat 3 every 30 days: 2024-01-30 client -> agent 240000.00 EUR"]
    + (0..<120).map { "repeat 3 every 30 days: 2024-01-31 agent -> w\($0) 2000.00 EUR payroll" }
    + ["repeat 3 every 30 days: 2024-02-10 client -> agent 90000.00 EUR"]
    + ["repeat 3 every 30 days: 2024-02-11 agent -> taxoffice 90000.00 EUR"]

  private static let domesticWorkers = (0..<6).flatMap { worker in
    [
      "repeat 4 every 30 days: 2024-01-31 house\(worker % 3) -> w\(worker) 1100.00 EUR payroll",
      "repeat 4 every 30 days: 2024-02-02 w\(worker) -> remitter\(worker % 2) 400.00 EUR "
        + "remittance_send",
      "repeat 4 every 30 days: 2024-02-03 w\(worker) -> cash 200.00 EUR atm_withdrawal",
      "repeat 16 every 7 days: 2024-02-04 w\(worker) -> grocer 45.00 EUR card_present",
      "repeat 4 every 30 days: 2024-02-06 w\(worker) -> phone 15.00 EUR prepaid_load",
    ]
  }

  private static let tenants =
    (0..<8).flatMap {
      [
        "repeat 6 every 30 days: 2024-01-01 t\($0) -> tenant 400.00 EUR",
        "repeat 6 every 30 days: 2024-01-01 parents\($0) -> t\($0) 900.00 EUR",
      ]
    } + ["repeat 6 every 30 days: 2024-01-05 tenant -> landlord 3600.00 EUR"]
    + ["repeat 6 every 30 days: 2024-01-03 job -> tenant 900.00 EUR payroll"]

  private static let restaurant =
    (0..<110).map { day in
      // The festival week takes four times the usual, still banked every day.
      let takings = (60..<67).contains(day) ? 4_800 + 90 * (day % 7) : 1_200 + 70 * (day % 5)
      return "\(later("2024-03-01", day)) cash -> restaurant \(takings).00 EUR cash_deposit"
    }
    + (0..<110).map {
      "\(later("2024-03-01", $0)) acquirer -> restaurant \(900 + 40 * ($0 % 6)).00 EUR"
    }
    + (0..<12).map {
      "repeat 4 every 30 days: 2024-03-03 restaurant -> supplier\($0) \(1_500 + 100 * $0).00 EUR"
    }
    + (0..<9).map {
      "repeat 3 every 30 days: 2024-03-31 restaurant -> cook\($0) 1900.00 EUR payroll"
    }

  /// Quiet trade: two purchases a month; buyers and sellers never come back.
  private static let conveyancer = (0..<12).flatMap { deal in
    [
      "\(later("2024-01-08", 15 * deal)) buyer\(deal) -> client_account \(180_000 + 9_000 * deal).00 EUR",
      "\(later("2024-01-08", 15 * deal)) client_account -> seller\(deal) \(178_000 + 9_000 * deal).00 EUR",
      "\(later("2024-01-10", 15 * deal)) client_account -> registry 800.00 EUR",
      "\(later("2024-01-12", 15 * deal)) client_account -> office 1200.00 EUR",
    ]
  }

  private static let savingsClub = (0..<10).flatMap { turn in
    (0..<10).filter { $0 != turn }.map {
      "2024-\(turn < 9 ? "0" : "")\(turn + 1)-15 m\($0) -> m\(turn) 100.00 EUR"
    }
  }

  private static let shelter =
    ["repeat 4 every 30 days: 2024-01-02 ministry -> shelter 20000.00 EUR"]
    + (0..<16).map { "\(later("2024-01-04", 7 * $0)) shelter -> hotel\($0 % 5) 640.00 EUR" }
    + (0..<16).map {
      "\(later("2024-01-05", 7 * $0)) shelter -> pharmacy \(60 + 7 * ($0 % 4)).00 EUR card_present"
    }
    + (0..<6).map { "repeat 4 every 30 days: 2024-01-30 shelter -> staff\($0) 2100.00 EUR payroll" }
    + (0..<14).map { "2024-0\(1 + $0 / 4)-1\($0 % 4) donor\($0) -> shelter 50.00 EUR" }

  private static let secondJob = [
    "repeat 6 every 30 days: 2024-01-31 state -> officer 2600.00 EUR payroll",
    "repeat 6 every 30 days: 2024-02-05 security_firm -> officer 450.00 EUR payroll",
    "repeat 6 every 30 days: 2024-02-01 officer -> landlord 900.00 EUR",
    "repeat 24 every 7 days: 2024-02-03 officer -> grocer 90.00 EUR card_present",
    "repeat 6 every 30 days: 2024-02-08 officer -> cash 300.00 EUR atm_withdrawal",
  ]

  private static let parent =
    ["repeat 5 every 30 days: 2024-01-31 hospital -> parent 3100.00 EUR payroll"]
    + (0..<9).map {
      "repeat 5 every 30 days: 2024-02-02 parent -> relative\($0) \(60 + 10 * $0).00 EUR remittance_send"
    }
    + (0..<3).map { "2024-06-1\($0) parent -> airline 420.00 EUR card_online" }
    + (0..<9).map {
      "repeat 5 every 30 days: 2024-02-04 relative\($0) -> village_shop 25.00 EUR card_present"
    }

  static func wedding(guests: Int) -> [String] {
    (0..<3).map { "2024-0\(3 + $0)-25 work -> couple 2500.00 EUR payroll" }
      + (0..<guests).map { "2024-06-0\(1 + $0 % 7) guest\($0) -> couple 150.00 EUR" }
      + ["2024-06-28 couple -> hall \(guests * 160).00 EUR"]
  }

  private static let travelAgency = (0..<24).flatMap { patient in
    [
      "\(later("2024-01-03", 5 * patient)) patient\(patient) -> agency \(6_000 + 250 * (patient % 7)).00 EUR",
      "\(later("2024-01-06", 5 * patient)) agency -> clinic\(patient % 3) \(4_500 + 200 * (patient % 7)).00 EUR",
      "\(later("2024-01-07", 5 * patient)) agency -> airline 600.00 EUR card_online",
      "\(later("2024-01-08", 5 * patient)) agency -> hotel 350.00 EUR card_online",
    ]
  }

  private static func later(_ start: String, _ days: Int) -> String {
    (CivilDate(start) ?? CivilDate(dayNumber: 0)).adding(days: days).description
  }
}
