import CaseModel
import Testing

@testable import Intake

/// What a file without a profile is refused for, or warned about, besides its day, amount and direction.
struct DetectedColumnsTests {
  @Test("A status column is known by its name: only booked rows are money")
  func status() {
    let result = Given.reading(
      """
      Date,Amount,Currency,State
      2024-03-01,-10.00,EUR,COMPLETED
      2024-03-02,-20.00,EUR,REVERTED
      2024-03-03,-30.00,EUR,PENDING
      2024-03-04,-40.00,EUR,declined
      2024-03-05,-50.00,EUR,Refunded
      2024-03-06,-60.00,EUR,

      """)
    #expect(
      result.statements.flatMap(\.entries).map(\.kind) == [.booked, .info, .pending, .info])
    #expect(result.quarantined.map(\.code) == ["E-STATUS", "E-STATUS"])
    #expect(result.quarantined.map(\.locator.text) == ["line 6", "line 7"])
    let note = result.issues.first { $0.code == "N-DETECTED" }?.found ?? ""
    #expect(note.contains("status = column 4 'State' (COMPLETED is booked, PENDING is pending"))
  }

  @Test("A part of an address named State is no status, and two columns of status are refused")
  func addresses() {
    let place = Given.reading("Date,Amount,Currency,State\n2024-03-01,-10.00,EUR,Utah\n")
    #expect(place.statements.flatMap(\.entries).map(\.kind) == [.booked])
    #expect(place.quarantined.isEmpty)
    let two = Given.reading(
      "Date,Amount,Currency,Status,Payment status\n2024-03-01,-10.00,EUR,booked,failed\n")
    #expect(two.isRefused && two.issues.map(\.code) == ["E-AMBIGUOUS"])
    #expect(two.issues[0].found.contains("'Status' and 'Payment status'"))
  }

  @Test("A fee beside the amount is not dropped in silence")
  func fees() {
    let result = Given.reading(
      """
      Date,Amount,Currency,Fee,Note to self
      2024-03-01,-10.00,EUR,0.00,a
      2024-03-02,-20.00,EUR,1.50,b
      2024-03-03,-30.00,EUR,2.00,c

      """)
    let fee = result.issues.first { $0.code == "W-FEE" }
    #expect(fee?.severity == .warning)
    #expect(fee?.locator.text == "lines 3-4")
    #expect(fee?.found.hasPrefix("column 4, 'Fee', holds 2 fees") == true)
    let note = result.issues.first { $0.code == "N-DETECTED" }?.found ?? ""
    #expect(note.contains("not used: column 4 'Fee', column 5 'Note to self'"))
    #expect(note.contains("delimiter ','"))
    let none = Given.reading("Date,Amount,Currency,Fee\n2024-03-01,-10.00,EUR,0.00\n")
    #expect(!none.issues.contains { $0.code == "W-FEE" })
  }

  @Test("Columns that could both be the amount are both named")
  func rivals() {
    let result = Given.reading("Date,Amount,Amount EUR\n2024-03-01,-10.00,-10.00\n")
    #expect(result.issues.map(\.code) == ["E-AMBIGUOUS"])
    #expect(result.issues.first?.found.hasSuffix("'Amount' and 'Amount EUR'") == true)
  }

  @Test("A proposed profile states the status and gives the same reading")
  func proposal() throws {
    let file = Given.file(
      "Date,Amount,Currency,Status\n2024-03-13,-10.00,EUR,Settled\n2024-03-14,-1.00,EUR,Failed\n")
    let proposal = try proposeProfile(for: file, name: "made-up")
    let stated = readStatements(file: file, options: ReadingOptions(profile: proposal.yaml))
    #expect(stated.statements.flatMap(\.entries).map(\.kind) == [.booked, .info])
  }

  @Test("Balances of several currencies in one column are said not to be checked")
  func currencies() {
    let rows = """
      Date,Amount,Currency,Balance
      2024-03-01,10.00,EUR,110.00
      2024-03-02,-5.00,USD,95.00
      2024-03-03,10.00,EUR,120.00

      """
    let result = Given.reading(rows)
    let issue = result.issues.first { $0.code == "W-BALANCE-CURRENCIES" }
    #expect(issue?.severity == .warning)
    #expect(issue?.found.hasPrefix("balances in EUR, USD share one column") == true)
    let split = Given.reading(
      rows,
      profile: """
        name: split
        columns: {booking-date: Date, amount: Amount, currency: Currency, balance: Balance}
        statement-per: currency
        """)
    #expect(split.statements.map(\.status) == [.reconciled, .reconciled])
    #expect(!split.issues.contains { $0.code == "W-BALANCE-CURRENCIES" })
  }

  @Test("Two rows that need different orders of day and month are named, and nothing is read")
  func dateOrders() {
    let result = Given.reading(
      "Date,Amount,Currency\n01/02/2024,-5.00,EUR\n13/03/2024,-1.00,EUR\n03/14/2024,-2.00,EUR\n")
    #expect(result.isRefused)
    let issue = result.issues.first { $0.code == "E-DATE-AMBIGUOUS" }
    #expect(issue?.locator.text == "lines 3-4")
    #expect(issue?.found.contains("'13/03/2024' in line 3 is a day only as %d/%m/%Y") == true)
    #expect(issue?.found.contains("'03/14/2024' in line 4 only as %m/%d/%Y") == true)
    let one = Given.reading(
      "Date,Amount,Currency\n01/02/2024,-5.00,EUR\n13/03/2024,-1.00,EUR\n")
    #expect(one.statements.flatMap(\.entries).count == 2)
  }

  @Test("A file of which no row can be used is no import, whatever is read of its layout")
  func nothingUsable() {
    let rows = "Date,Amount,Currency\n2024-03-01,-x,EUR\n2024-03-02,-y,EUR\n"
    let result = Given.reading(rows)
    #expect(result.nothingUsable?.code == "E-NOTHING")
    #expect(result.nothingUsable?.found.contains("2") == true)
    let shown = Inspection(result)
    #expect(shown.refused && shown.issues.last?.code == "E-NOTHING")
    #expect(Given.reading(rows + "2024-03-03,-1.00,EUR\n").nothingUsable == nil)
    #expect(
      Given.reading("Date,Amount,Currency\n").nothingUsable == nil, "no row at all is no fault")
  }
}
