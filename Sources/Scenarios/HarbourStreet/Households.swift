import CaseModel

// Who lives on which account: what comes and goes every month, and where people shop.

extension OrdinaryLife {
  private static let britishShops: [(name: String, purpose: String, amount: ClosedRange<Int>)] = [
    ("Sample Grocers Port Example", "Groceries", 14...86),
    ("Example Fuels Quayside", "Fuel", 28...71), ("Made Up Bakery", "Bakery", 3...11),
    ("Placeholder Pharmacy", "Pharmacy", 5...24), ("Imaginary Books", "Books", 8...31),
    ("Sample Trains", "Rail tickets", 7...42), ("Invented Cafe", "Cafe", 4...16),
  ]
  private static let germanShops: [(name: String, purpose: String, amount: ClosedRange<Int>)] = [
    ("Beispielmarkt Beispielhafen", "Einkauf Lebensmittel", 11...74),
    ("Muster Drogerie", "Drogerie", 5...29), ("Platzhalter Tankstelle", "Kraftstoff", 25...68),
    ("Erfundene Baeckerei", "Baeckerei", 3...9), ("Muster Kleidung", "Kleidung", 18...79),
  ]
  private static let polishShops: [(name: String, purpose: String, amount: ClosedRange<Int>)] = [
    ("Sklep Przyklad", "Zakupy spozywcze", 42...310), ("Apteka Przyklad", "Apteka", 18...96),
    ("Stacja Paliw Przyklad", "Paliwo", 110...290), ("Kawiarnia Zmyslona", "Kawiarnia", 14...48),
  ]

  static let households: [Household] = [
    Household(
      account: "B02",
      monthly: [
        Monthly(
          day: 25, amount: 2_640...2_655, movement: .salary,
          party: .british("Invented Port Logistics Ltd", 6_201), purpose: "Salary", isCredit: true,
          until: Cast.lastPay),
        Monthly(
          day: 1, amount: 1_150...1_150, movement: .directDebit,
          party: .british("Example Lettings Ltd", 6_202), purpose: "Rent 12 Sample Street",
          until: Month(year: 2025, month: 3)),
        Monthly(
          day: 1, amount: 948...948, movement: .directDebit,
          party: .british("Invented Home Loans plc", 6_203), purpose: "Mortgage instalment",
          from: Month(year: 2025, month: 4)),
        Monthly(
          day: 4, amount: 148...148, movement: .directDebit,
          party: .british("Port Example Council", 6_204), purpose: "Council tax"),
        Monthly(
          day: 9, amount: 96...142, movement: .directDebit,
          party: .british("Sample Energy", 6_205), purpose: "Energy"),
        Monthly(
          day: 14, amount: 21...24, movement: .directDebit,
          party: .british("Sample Mobile", 6_206), purpose: "Mobile phone"),
      ], shops: britishShops, cards: 4...6, until: Cast.lastPay, cash: 120),
    Household(
      account: "B08",
      monthly: [
        Monthly(
          day: 24, amount: 2_205...2_218, movement: .salary,
          party: .british("Port Example School Trust", 6_207), purpose: "Salary", isCredit: true),
        Monthly(
          day: 3, amount: 410...430, movement: .directDebit,
          party: .british("Little Samples Nursery", 6_208), purpose: "Nursery fees"),
        Monthly(
          day: 11, amount: 34...34, movement: .directDebit,
          party: .british("Placeholder Insurance", 6_209), purpose: "Insurance"),
      ], shops: britishShops, cards: 5...7, cash: 80),
    Household(
      account: "A01",
      monthly: [
        Monthly(
          day: 28, amount: 1_470...1_490, movement: .salary,
          party: .german("Beispiel Personalservice GmbH", 5_201), purpose: "Lohn Teilzeit",
          isCredit: true, until: Cast.lastPay),
        Monthly(
          day: 2, amount: 620...620, movement: .directDebit,
          party: .german("Muster Wohnen eG", 5_202), purpose: "Miete", until: Cast.lastPay),
        Monthly(
          day: 8, amount: 48...66, movement: .directDebit,
          party: .german("Stadtwerke Beispielhafen", 5_203), purpose: "Strom Abschlag",
          until: Cast.lastPay),
        Monthly(
          day: 15, amount: 19...19, movement: .directDebit,
          party: .german("Muster Mobilfunk", 5_204), purpose: "Mobilfunk", until: Cast.lastPay),
      ], shops: germanShops, cards: 4...6, until: Cast.lastPay, cash: 150),
    Household(
      account: "A07",
      monthly: [
        Monthly(
          day: 26, amount: 1_372...1_398, movement: .salary,
          party: .german("Naehwerk Beispiel GmbH", 5_205), purpose: "Lohn", isCredit: true),
        Monthly(
          day: 3, amount: 410...410, movement: .directDebit,
          party: .german("Muster Wohnen eG", 5_202), purpose: "Miete"),
        Monthly(
          day: 16, amount: 12...12, movement: .directDebit,
          party: .german("Muster Mobilfunk", 5_204), purpose: "Mobilfunk"),
      ], shops: germanShops, cards: 4...6),
    Household(
      account: "A02",
      monthly: [
        Monthly(
          day: 12, amount: 44...52, movement: .transfer,
          party: .german("Muster Provision GmbH", 5_206), purpose: "Rueckverguetung", isCredit: true
        ),
        Monthly(
          day: 18, amount: 39...45, movement: .directDebit,
          party: .german("Buerodienst Beispiel", 5_207), purpose: "Postadresse"),
      ], shops: germanShops, cards: 0...0),
    Household(
      account: "C01",
      monthly: [
        Monthly(
          day: 7, amount: 38...38, movement: .directDebit,
          party: .german("Garage Muster", 5_208), purpose: "Stellplatz", until: Cast.lastPay)
      ], shops: germanShops, cards: 2...4, until: Cast.lastPay),
    Household(
      account: "C03",
      monthly: [
        Monthly(
          day: 10, amount: 62...68, movement: .transfer,
          party: .german("Verein Beispiel", 5_209), purpose: "Aufwandsentschaedigung",
          isCredit: true),
        Monthly(
          day: 20, amount: 57...63, movement: .directDebit,
          party: .german("Muster Mobilfunk", 5_204), purpose: "Mobilfunk und Internet"),
      ], shops: germanShops, cards: 0...0),
    Household(
      account: "C04",
      monthly: [
        Monthly(
          day: 2, amount: 1_900...1_900, movement: .directDebit,
          party: .german("Hafenstrasse Gewerbehof Beispiel", 5_210), purpose: "Pacht Waschhalle",
          until: Cast.lastPay),
        Monthly(
          day: 6, amount: 78...92, movement: .directDebit,
          party: .german("Stadtwerke Beispielhafen", 5_203), purpose: "Wasser Abschlag",
          until: Cast.lastPay),
        Monthly(
          day: 13, amount: 120...165, movement: .transfer,
          party: .german("Chemie Muster KG", 5_211), purpose: "Reinigungsmittel",
          until: Cast.lastPay),
        Monthly(
          day: 22, amount: 880...940, movement: .directDebit,
          party: .german("Finanzkasse Beispielhafen", 5_302), purpose: "Umsatzsteuer",
          until: Cast.lastPay),
        Monthly(
          day: 28, amount: 1_240...1_260, movement: .salary,
          party: .german("Attendant Example A", 5_212), purpose: "Lohn", until: Cast.lastPay),
        Monthly(
          day: 28, amount: 1_190...1_210, movement: .salary,
          party: .german("Attendant Example B", 5_213), purpose: "Lohn", until: Cast.lastPay),
        Monthly(
          day: 5, amount: 640...780, movement: .transfer,
          party: .german("Kartenabrechnung Muster AG", 5_214),
          purpose: "Kartenumsaetze erste Haelfte",
          isCredit: true, until: Cast.lastPay),
        Monthly(
          day: 19, amount: 690...830, movement: .transfer,
          party: .german("Kartenabrechnung Muster AG", 5_214),
          purpose: "Kartenumsaetze zweite Haelfte",
          isCredit: true, until: Cast.lastPay),
      ], shops: germanShops, cards: 0...1, until: Cast.lastPay),
    Household(
      account: "D01",
      monthly: [
        Monthly(
          day: 17, amount: 4...9, movement: .directDebit,
          party: .polish("Telefon Przyklad", 8_201), purpose: "Telefon", until: Cast.lastPay)
      ], shops: polishShops, cards: 0...0),
    Household(
      account: "D02",
      monthly: [
        Monthly(
          day: 10, amount: 1_080...1_120, movement: .salary,
          party: .polish("Biuro Pracy Przyklad", 8_202), purpose: "Umowa zlecenie", isCredit: true,
          until: Cast.lastPay),
        Monthly(
          day: 5, amount: 300...300, movement: .directDebit,
          party: .polish("Garaz Przyklad", 8_203), purpose: "Garaz", until: Cast.lastPay),
        Monthly(
          day: 12, amount: 45...45, movement: .directDebit,
          party: .polish("Telefon Przyklad", 8_201), purpose: "Telefon", until: Cast.lastPay),
      ], shops: polishShops, cards: 2...3, until: Cast.lastPay, cash: 200),
    Household(
      account: "D03",
      monthly: [
        Monthly(
          day: 28, amount: 6_820...6_880, movement: .salary,
          party: .polish("Placowka Graniczna Przyklad", 8_204), purpose: "Wynagrodzenie",
          isCredit: true),
        Monthly(
          day: 3, amount: 2_300...2_300, movement: .directDebit,
          party: .polish("Spoldzielnia Mieszkaniowa Przyklad", 8_205), purpose: "Czynsz"),
        Monthly(
          day: 9, amount: 210...290, movement: .directDebit,
          party: .polish("Energia Przyklad", 8_206), purpose: "Prad i gaz"),
        Monthly(
          day: 16, amount: 2_380...2_380, movement: .directDebit,
          party: .polish("Kredyt Przyklad", 8_207), purpose: "Rata kredytu"),
      ], shops: polishShops, cards: 5...7, cash: 400),
  ]
}
