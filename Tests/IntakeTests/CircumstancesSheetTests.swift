import CaseModel
import Digests
import Foundation
import Intake
import Testing

private func file(_ text: String) -> InputFile {
  InputFile(name: "case-sheet.yaml", sha256: ContentHash(of: text), bytes: Array(text.utf8))
}

private let head = """
  moneytrail: case-sheet/1
  matter: {code: M-1, title: "Small", profile: gb, as-of: 2026-03-16, reporting-currency: GBP, office: "Office"}
  persons:
    - {code: S-01, kind: natural, roles: [{role: suspect}], holds: ["stated:bank/1"]}
    - {code: V-01, kind: natural, roles: [{role: victim}], holds: ["sealed:V-01/1"]}
  events:
    - {code: E-01, kind: crossing, from: 2024-02-01, until: 2024-02-01, place: "Post", persons: [S-01], title: "A crossing"}
  property:
    - {code: A-01, kind: vehicle, description: "A car", location-state: GB, location: "Port Example", price: 100.00 GBP}

  """
private let section = """
  circumstances:
    places:
      - {code: P-01, latitude: 51.5074, longitude: -0.127800}
    movements:
      - {account: "sealed:V-01/1", side: in, day: 2024-02-01, amount: 10.00 GBP, place: P-01, by: S-01}
    homes:
      - {account: "stated:bank/1", place: P-01}
    identifiers:
      - {account: "sealed:V-01/1", kind: device, token: D-01}
    households:
      - {members: [S-01, V-01]}
    bodies:
      - {code: B-01, roles: [company, trade-input], accounts: ["stated:bank/2"], formed-on: 2024-01-01, capital: 1.00 GBP, address: AD-1, place: P-01, offshore: true, licence: {register: "register", from: 2024-01-01, until: 2024-12-31}, trades: [ads]}
    ties:
      - {by: S-01, of: B-01, kind: director, from: 2024-01-01}
    certainties:
      - {event: E-01, degree: probable}
    loans:
      - {account: "stated:bank/1", day: 2024-03-01, amount: 5.00 GBP, kind: loan, lender: B-01}
    incomes:
      - {party: S-01, year: 2024, kind: opening-cash, amount: 0.00 GBP}
    purchases:
      - {property: A-01, payments: [{account: "stated:bank/1", day: 2024-03-02, amount: 100.00 GBP}]}
    capacities:
      - {accounts: ["stated:bank/2"], from: 2024-01-01, until: 2024-01-31, unit: seats, units: 20, rate: 15.00 GBP, hours: [{weekday: 5, opens: "18:00", closes: "02:00"}], peer-cash-share: 2500, peers: 30}
    receipts:
      - {account: "stated:bank/1", day: 2024-03-01, amount: 5.00 GBP, trade: ads}
    invoices:
      - {code: I-01, day: 2024-03-01, goods: "6109", route: CN-GB, quantity: 10, amount: 90.00 GBP, payments: [{account: "stated:bank/1", day: 2024-03-05, amount: 90.00 GBP}]}
    prices:
      - {goods: "6109", route: CN-GB, day: 2024-01-05, unit-price: 8.00 GBP}
    shipments:
      - {invoice: I-01, day: 2024-03-03}
    searches:
      - {register: "customs", from: 2024-01-01, until: 2024-06-30}
  """

@Suite("Case sheet: what is stated around the records")
struct CircumstancesSheetTests {
  private let whole = head + section

  private func issues(_ text: String) -> [CaseModel.Issue] {
    do {
      _ = try readCaseSheet(file(text))
      return []
    } catch let refusal as FileRefusal {
      return refusal.issues
    } catch {
      Testing.Issue.record("not a refusal: \(error)")
      return []
    }
  }

  @Test("The section becomes what it states, each item with its line")
  func sectionBecomesFacts() throws {
    let matter = try readCaseSheet(file(whole))
    let facts = try #require(matter.circumstances)
    #expect(facts.places.first?.point == GeoPoint(latitude: 51_507_400, longitude: -127_800))
    #expect(facts.movements.first?.movement.side == .in)
    #expect(facts.movements.first?.by == PartyCode("S-01"))
    #expect(facts.homes.map(\.place.text) == ["P-01"])
    #expect(facts.identifiers.first?.kind == .device)
    #expect(facts.households.first?.members.count == 2)
    let body = try #require(facts.bodies.first)
    #expect(body.roles == [.company, .tradeInput] && body.isOffshore && body.trades == ["ads"])
    #expect(body.licence?.holds(on: try #require(CivilDate("2024-12-31"))) == true)
    #expect(body.licence?.holds(on: try #require(CivilDate("2025-01-01"))) == false)
    #expect(facts.ties.first?.kind.isControl == true)
    #expect(facts.certainties.first?.degree == .probable)
    #expect(facts.loans.first?.movement.amount.decimalText == "5.00")
    #expect(facts.incomes.first?.kind == .openingCash)
    #expect(facts.purchases.first?.payments.first?.side == .out)
    #expect(
      facts.capacities.first?.hours == [OpeningHours(weekday: 5, opens: 1_080, closes: 1_560)])
    #expect(facts.capacities.first?.peerCashBasisPoints == 2_500)
    #expect(facts.receipts.first?.trade == "ads")
    #expect(facts.trade.invoices.first?.quantity == 10)
    #expect(facts.trade.prices.first?.unitPrice.decimalText == "8.00")
    #expect(facts.trade.shipments.first?.invoice == InvoiceCode("I-01"))
    #expect(facts.trade.searches.first?.period.dayCount == 182)
    #expect(facts.places.first?.source.locator.text == "line 12")
    #expect(facts.trade.searches.first?.source.locator.text == "line 44")
    #expect(try readCaseSheet(file(head)).circumstances == nil)
  }

  @Test("Every list may be left out")
  func partial() throws {
    let facts = try readCaseSheet(file(head + "circumstances: {places: []}\n")).circumstances
    #expect(facts == Circumstances())
  }

  @Test("A matter kept without the section, and one with it, read back as they were")
  func stored() throws {
    for text in [head, whole] {
      let matter = try readCaseSheet(file(text))
      let kept = try JSONDecoder().decode(Matter.self, from: JSONEncoder().encode(matter))
      #expect(kept == matter)
      let bytes = String(decoding: try JSONEncoder().encode(matter), as: UTF8.self)
      #expect(bytes.contains("circumstances") == (text == whole))
    }
  }

  @Test("Accounts of protected persons that only this section names are tokens to be resolved")
  func tokens() throws {
    let text = whole.replacingOccurrences(
      of: "identifiers:\n    - {account: \"sealed:V-01/1\"",
      with: "identifiers:\n    - {account: \"sealed:V-01/2\"")
    #expect(
      try readCaseSheet(file(text)).accountTokens
        == [AccountKey("sealed:V-01/1"), AccountKey("sealed:V-01/2")])
  }

  @Test(
    "What is incomplete, out of range or names what is not there is refused at its line",
    arguments: [
      ("latitude: 51.5074", "latitude: 91", "E-VALUE"),
      ("latitude: 51.5074", "latitude: 51.50740001", "E-VALUE"),
      ("latitude: 51.5074, ", "", "E-MISSING"),
      ("side: in", "side: credit", "E-VALUE"),
      ("amount: 10.00 GBP", "amount: 0.00 GBP", "E-AMOUNT"),
      ("amount: 10.00 GBP", "amount: -10.00 GBP", "E-AMOUNT"),
      ("place: P-01, by: S-01", "place: P-01, by: S-07", "E-REFERENCE"),
      ("place: P-01, by", "place: P-07, by", "E-REFERENCE"),
      ("kind: device", "kind: passport", "E-VALUE"),
      ("token: D-01", "token: \"+44 20 7946 0000\"", "E-IDENTITY"),
      ("token: D-01", "token: worker@example.org", "E-IDENTITY"),
      ("address: AD-1", "address: \"1 Example Street\"", "E-IDENTITY"),
      ("members: [S-01, V-01]", "members: []", "E-MISSING"),
      ("members: [S-01, V-01]", "members: [S-01, V-07]", "E-REFERENCE"),
      ("roles: [company, ", "roles: [firm, ", "E-VALUE"),
      ("until: 2024-12-31}", "until: 2023-12-31}", "E-DATE"),
      ("kind: director", "kind: friend", "E-VALUE"),
      ("of: B-01, kind: director", "of: B-07, kind: director", "E-REFERENCE"),
      ("event: E-01, degree", "event: E-07, degree", "E-REFERENCE"),
      ("lender: B-01", "lender: B-07", "E-REFERENCE"),
      ("property: A-01, payments", "property: A-07, payments", "E-REFERENCE"),
      ("weekday: 5", "weekday: 8", "E-VALUE"),
      ("opens: \"18:00\"", "opens: \"24:30\"", "E-VALUE"),
      ("peer-cash-share: 2500", "peer-cash-share: 25000", "E-VALUE"),
      ("hours: [{weekday: 5, opens: \"18:00\", closes: \"02:00\"}], ", "", "E-MISSING"),
      ("{invoice: I-01, day", "{invoice: I-07, day", "E-REFERENCE"),
      ("quantity: 10", "quantity: 0", "E-VALUE"),
      ("searches:", "search:", "E-KEY"),
      ("account: \"sealed:V-01/1\", kind", "account: \"sealed:V-07/1\", kind", "E-REFERENCE"),
    ])
  func refused(_ change: (String, String, String)) {
    let text = whole.replacingOccurrences(of: change.0, with: change.1)
    #expect(text != whole)
    #expect(issues(text).map(\.code) == [change.2])
  }

  @Test("A refused identifier is not shown in the message, and an item stated twice is refused")
  func hiddenAndTwice() {
    let open = whole.replacingOccurrences(of: "token: D-01", with: "token: \"+44 20 7946 0000\"")
    #expect(!"\(issues(open))".contains("7946"))
    #expect(issues(open).allSatisfy { !$0.expected.isEmpty })
    for line in whole.split(separator: "\n").map(String.init)
    where ["{code: P-01", "{code: B-01", "{code: I-01", "{event:", "{property:"].contains(
      where: line.contains)
    {
      let twice = whole.replacingOccurrences(of: line, with: "\(line)\n\(line)")
      #expect(issues(twice).map(\.code) == ["E-DUPLICATE"], "\(line)")
    }
  }
}
