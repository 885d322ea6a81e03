import CaseModel

// The source classes of the case sheet, and which planted lines each is meant to catch.

struct SheetClass {
  let code: String
  let title: String
  let isTainted: Bool
  let nature: String
  let count: Int?
  let accounts: [String]
  /// Further conditions of the selector, as rows of the sheet.
  let conditions: [String]
  let reason: String
}

enum SheetClasses {
  static let all: [SheetClass] = [
    SheetClass(
      code: "SC-01", title: "Wages of V-01 to V-06, swept", isTainted: true, nature: "obtaining",
      count: 1, accounts: ["B01"],
      conditions: ["counterparty-persons: [V-01, V-02, V-03, V-04, V-05, V-06]"],
      reason:
        "Each worker's wage left within a day for the account of S-01; decided by the case officer on exhibit PX-004."
    ),
    SheetClass(
      code: "SC-02", title: "Wages of V-07 to V-09, swept", isTainted: true, nature: "obtaining",
      count: 1, accounts: ["C02"], conditions: ["counterparty-persons: [V-07, V-08, V-09]"],
      reason:
        "Swept into an account in the name of V-04 that S-01 directs; decided by the case officer on exhibit PX-006."
    ),
    SheetClass(
      code: "SC-03", title: "Cash paid in just under 10 000", isTainted: true, nature: "obtaining",
      count: 1, accounts: ["C01"],
      conditions: ["channels: [cash_deposit]", "least: 7000.00", "most: 9999.99"],
      reason: "Hire of the workers by the day was paid in cash; exhibit PX-009 lists the days."),
    SheetClass(
      code: "SC-04", title: "Journey fees paid by families", isTainted: true, nature: "obtaining",
      count: 2, accounts: ["D01"], conditions: ["text-contains: [journey]"],
      reason: "Paid in three stages before the legs of each journey; exhibit PX-008."),
    SheetClass(
      code: "SC-05", title: "Cash paid into the officer's account before crossings",
      isTainted: true,
      nature: "obtaining", count: 4, accounts: ["D03"], conditions: ["channels: [cash_deposit]"],
      reason: "Paid in on the day before a crossing on the officer's shift; alleged, not charged."),
    SheetClass(
      code: "SC-11", title: "Salary of S-01", isTainted: false, nature: "lawful", count: nil,
      accounts: ["B02"], conditions: ["channels: [payroll]"],
      reason: "Paid by an employer with no part in the case; pay slips in exhibit PX-011."),
    SheetClass(
      code: "SC-12", title: "Inheritance of S-01", isTainted: false, nature: "lawful", count: nil,
      accounts: ["B02"], conditions: ["text-contains: [\"Distribution from estate\"]"],
      reason: "Grant of probate in exhibit PX-012."),
    SheetClass(
      code: "SC-13", title: "Household share of T-01", isTainted: false, nature: "lawful",
      count: nil,
      accounts: ["B02"], conditions: ["counterparty-accounts: [\(Cast.reference("B08"))]"],
      reason: "From the salary of T-01, who is not accused."),
    SheetClass(
      code: "SC-14", title: "Sale of an older car", isTainted: false, nature: "lawful", count: nil,
      accounts: ["C01"], conditions: ["text-contains: [Kombi]"],
      reason: "Contract of sale in exhibit PX-013."),
    SheetClass(
      code: "SC-15", title: "Card takings of the car wash", isTainted: false, nature: "lawful",
      count: nil, accounts: ["C04"], conditions: ["text-contains: [Kartenumsaetze]"],
      reason: "Paid by the card acquirer against receipts."),
    SheetClass(
      code: "SC-16", title: "Cash takings of the car wash", isTainted: false, nature: "unexplained",
      count: nil, accounts: ["C04"], conditions: ["channels: [cash_deposit]"],
      reason:
        "Far above what the water used allows, but no conduct is shown for any single deposit."),
    SheetClass(
      code: "SC-17", title: "Wages of S-02", isTainted: false, nature: "lawful", count: nil,
      accounts: ["A01", "D02"], conditions: ["channels: [payroll]"],
      reason: "Paid by employers with no part in the case."),
    SheetClass(
      code: "SC-18", title: "Small regular receipts of the pass-through accounts", isTainted: false,
      nature: "lawful", count: nil, accounts: ["C03", "A02"],
      conditions: ["most: 100.00"],
      reason: "Regular since before the conduct; no link to it is known."),
    SheetClass(
      code: "SC-19", title: "Tax refund of S-01", isTainted: false, nature: "lawful", count: nil,
      accounts: ["C01"], conditions: ["text-contains: [Steuererstattung]"],
      reason: "Tax assessment in exhibit PX-013."),
  ]

  /// Pattern and account of every planted receipt that a tainted class catches.
  static var taintedPatterns: [(code: String, pattern: String, account: String)] {
    [
      ("SC-01", "wage-sweep-1", "B01"), ("SC-02", "wage-sweep-2", "C02"),
      ("SC-03", "structuring-1", "C01"), ("SC-03", "structuring-2", "C01"),
      ("SC-03", "structuring-3", "C01"), ("SC-04", "stage-payments-1", "D01"),
      ("SC-04", "stage-payments-2", "D01"), ("SC-04", "stage-payments-3", "D01"),
      ("SC-05", "officer-payments", "D03"),
    ]
  }
}
