import Testing

@testable import Intake

@Suite("A changed header is named column by column")
struct HeaderDifferenceTests {
  static let known = ["Datum", "Text", "Betrag", "Saldo", "Konto"]

  @Test(
    "New, missing, renamed and moved columns are told apart",
    arguments: [
      (["Datum", "Text", "Umsatz", "Saldo", "Konto"], "renamed: 'Betrag' to 'Umsatz' (column 3)"),
      (["Datum", "Text", "Saldo", "Konto"], "missing: 'Betrag' (was column 3)"),
      (["Datum", "Text", "Art", "Betrag", "Saldo", "Konto"], "new: 'Art' (column 3)"),
      (["Datum", "Betrag", "Text", "Saldo", "Konto"], "moved: 'Betrag' from column 3 to 2"),
      (["Konto", "Datum", "Text", "Betrag", "Saldo"], "moved: 'Konto' from column 5 to 1"),
      (
        ["Datum", "Art", "Text", "Saldo", "Konto"],
        "missing: 'Betrag' (was column 3); new: 'Art' (column 2)"
      ),
      (["datum ", "TEXT", "Betrag", "Saldo", "Konto"], "the same names"),
    ])
  func kinds(_ header: [String], _ expected: String) {
    #expect(
      HeaderDifference(from: Self.known, to: header).text == "a changed header; " + expected)
  }

  @Test("No two shipped layouts share a header by which they are recognised")
  func distinct() {
    let matched = ProfileLibrary.all.filter { $0.isMatched && !$0.headerRow.isEmpty }
    let prints = matched.map { "\($0.skip) \(MappingProfile.fingerprint($0.headerRow).hex)" }
    #expect(Set(prints).count == prints.count)
    #expect(matched.count >= 38)
  }

  @Test("Every shipped layout says what it is and where it was learnt")
  func origins() {
    for profile in ProfileLibrary.all {
      #expect(profile.describes != nil, "\(profile.name)")
    }
  }
}
