import CaseModel

// What the mixed money bought: a flat, a car, and a van for the transports.

enum Purchases {
  static let flatDay = CivilDate(known: "2025-03-14")
  static let flatPrice: Int64 = 24_000_000
  static let flatDeposit: Int64 = 5_800_000
  static let carDay = CivilDate(known: "2025-05-16")
  static let carPrice: Int64 = 3_190_000
  static let vanDay = CivilDate(known: "2024-04-24")
  static let vanPrice: Int64 = 740_000

  static let conveyancer = Party.british("Quay Street Solicitors Example LLP Client Account", 6_401)
  static let carDealer = Party.german("Autohaus Muster und Beispiel GmbH", 5_401)
  static let vanDealer = Party.german("Nutzfahrzeuge Beispiel GmbH", 5_402)

  static func lay(in books: inout Books) {
    books.post(
      "B02", flatDay.adding(days: -21), -1_000_000, .transfer, conveyancer,
      "Reservation deposit Flat 3 Example Quay", patterns: ["mixed-purchase-flat"])
    books.post(
      "B02", flatDay, -(flatDeposit - 1_000_000), .transfer, conveyancer,
      "Completion balance Flat 3 Example Quay", patterns: ["mixed-purchase-flat"])
    books.post(
      "C01", carDay, -carPrice, .transfer, carDealer, "Kaufpreis Fahrzeug Bestellung 4711",
      patterns: ["mixed-purchase-car"])
    books.post(
      "C04", vanDay, -vanPrice, .transfer, vanDealer, "Kaufpreis Transporter gebraucht",
      patterns: ["van"])
  }
}
