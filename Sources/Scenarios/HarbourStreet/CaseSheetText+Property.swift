import CaseModel

// The property items of the case sheet: what was bought, what lies on accounts, what was seized.

extension CaseSheetText {
  mutating func property() {
    let end = Cast.last.last
    sheet.blank()
    sheet.line(0, "property:")
    sheet.line(1, "- code: A-01")
    sheet.line(2, "kind: building")
    sheet.line(2, "description: \(Self.q("Flat 3, Example Quay, leasehold of 125 years"))")
    sheet.line(2, "identifiers: \(Self.q("Title number XX000301 (invented)"))")
    sheet.line(2, "location-state: GB")
    sheet.line(2, "location: \(Self.q("Port Example; Land Register of Example"))")
    sheet.line(2, "legal-owner: S-01")
    sheet.line(2, "controller: S-01")
    sheet.line(2, "acquired-on: \(Purchases.flatDay)")
    sheet.line(2, "price: \(amount(Purchases.flatPrice, Cast.gbp))")
    sheet.line(2, "funding:")
    sheet.line(3, "- accounts: [\(Cast.reference("B02"))]")
    sheet.line(4, "direction: debit")
    sheet.line(4, "counterparty-accounts: [\(Purchases.conveyancer.iban ?? "")]")
    sheet.line(4, "from: 2025-02-01")
    sheet.line(4, "until: 2025-03-31")
    valuations([
      (Purchases.flatPrice, Cast.gbp, Purchases.flatDay, "purchase price, contract of sale"),
      (
        25_200_000, Cast.gbp, CivilDate(known: "2026-02-10"),
        "market value, report of a chartered surveyor"
      ),
    ])
    sheet.line(2, "encumbrances:")
    sheet.line(3, "- {holder: L-04, amount: 179460.12 GBP, rank: 1, good-faith: true}")
    sheet.line(2, "interests:")
    sheet.line(3, "- person: T-01")
    sheet.line(
      4,
      "claim: \(Self.q("Beneficial half share by contribution to the household and common intention; not yet decided"))"
    )

    sheet.line(1, "- code: A-02")
    sheet.line(2, "kind: vehicle")
    sheet.line(2, "description: \(Self.q("Estate car, model Beispiel 5, first registered 2025"))")
    sheet.line(2, "identifiers: \(Self.q("VIN XXX00000000000501 (invented)"))")
    sheet.line(2, "location-state: DE")
    sheet.line(2, "location: \(Self.q("Beispielhafen, police compound"))")
    sheet.line(2, "legal-owner: S-01")
    sheet.line(2, "controller: S-01")
    sheet.line(2, "acquired-on: \(Purchases.carDay)")
    sheet.line(2, "price: \(amount(Purchases.carPrice, Cast.eur))")
    sheet.line(2, "funding:")
    sheet.line(3, "- accounts: [\(Cast.reference("C01"))]")
    sheet.line(4, "direction: debit")
    sheet.line(4, "text-contains: [\"Kaufpreis Fahrzeug\"]")
    valuations([
      (Purchases.carPrice, Cast.eur, Purchases.carDay, "purchase price, invoice of the dealer"),
      (
        2_450_000, Cast.eur, CivilDate(known: "2026-02-12"),
        "dealer purchase value, vehicle assessor"
      ),
    ])
    sheet.line(2, "custody: \(Self.q("Police compound Beispielhafen"))")

    account("A-03", "B03", "Savings account at Invented Union Bank", end)
    account("A-04", "C01", "Euro account at Erdachte Landesbank", end)
    account("A-05", "D01", "Euro account at Zmyslony Bank Spoldzielczy", end)
    account("A-06", "B02", "Current account at Invented Union Bank", end)

    sheet.line(1, "- code: A-07")
    sheet.line(2, "kind: cash")
    sheet.line(2, "description: \(Self.q("Banknotes found in an office safe, counted and sealed"))")
    sheet.line(2, "identifiers: \(Self.q("Seal no. EX-0077"))")
    sheet.line(2, "location-state: GB")
    sheet.line(2, "location: \(Self.q("Exhibit store, Port Example"))")
    sheet.line(2, "controller: S-01")
    valuations([(2_345_000, Cast.gbp, Cast.raid, "count by two officers")])
    sheet.line(2, "custody: \(Self.q("Exhibit store, Port Example"))")

    sheet.line(1, "- code: A-08")
    sheet.line(2, "kind: vehicle")
    sheet.line(
      2, "description: \(Self.q("Used van, nine seats, used for the workers and on the journeys"))")
    sheet.line(2, "identifiers: \(Self.q("VIN XXX00000000000802 (invented)"))")
    sheet.line(2, "location-state: DE")
    sheet.line(2, "location: \(Self.q("Beispielhafen, police compound"))")
    sheet.line(2, "legal-owner: LP-01")
    sheet.line(2, "controller: S-01")
    sheet.line(2, "acquired-on: \(Purchases.vanDay)")
    sheet.line(2, "price: \(amount(Purchases.vanPrice, Cast.eur))")
    sheet.line(2, "funding:")
    sheet.line(3, "- accounts: [\(Cast.reference("C04"))]")
    sheet.line(4, "direction: debit")
    sheet.line(4, "text-contains: [Transporter]")
    valuations([
      (480_000, Cast.eur, CivilDate(known: "2026-02-12"), "dealer purchase value, vehicle assessor")
    ])
    sheet.line(2, "instrumentality-facts: [F-07, F-16]")
    sheet.line(2, "custody: \(Self.q("Police compound Beispielhafen"))")
  }

  private mutating func account(
    _ code: String, _ account: String, _ title: String, _ day: CivilDate
  ) {
    let owner = made.books.account(account)
    sheet.line(1, "- code: \(code)")
    sheet.line(2, "kind: deposit-account")
    sheet.line(2, "description: \(Self.q(title))")
    sheet.line(2, "location-state: \(owner.iban.prefix(2))")
    sheet.line(2, "location: \(Self.q(owner.bank.name))")
    sheet.line(2, "legal-owner: \(owner.holder)")
    sheet.line(2, "controller: \(owner.holder)")
    sheet.line(2, "account: \(Cast.reference(account))")
    let balance = made.books.balance(account, at: day)
    valuations([
      (
        balance.minorUnits, balance.currency, day,
        "closing balance of the last statement handed over"
      )
    ])
  }

  private mutating func valuations(_ values: [(Int64, Currency, CivilDate, String)]) {
    sheet.line(2, "valuations:")
    for (minor, currency, day, method) in values {
      sheet.line(
        3, "- {amount: \(amount(minor, currency)), date: \(day), method: \(Self.q(method))}")
    }
  }

  private func amount(_ minor: Int64, _ currency: Currency) -> String {
    Money(minorUnits: minor, currency: currency).description
  }
}
