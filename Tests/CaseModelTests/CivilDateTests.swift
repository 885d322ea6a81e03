import CaseModel
import Testing

@Suite("Days of the civil calendar")
struct CivilDateTests {
  @Test(
    "a day that does not exist is refused",
    arguments: ["2023-02-29", "2024-13-01", "2024-00-10", "2024-1-1", "24-01-01", "2024-02-30"])
  func impossible(text: String) { #expect(CivilDate(text) == nil) }

  @Test("known days have known numbers and weekdays")
  func known() throws {
    #expect(try #require(CivilDate("1970-01-01")).dayNumber == 0)
    #expect(try #require(CivilDate("2000-03-01")).dayNumber == 11_017)
    #expect(try #require(CivilDate("2026-11-21")).isoWeekday == 6)
    #expect(try #require(CivilDate("1969-12-28")).isoWeekday == 7)
  }

  @Test("every day of four centuries reads back as printed")
  func roundTrip() throws {
    var day = try #require(CivilDate("1801-01-01"))
    let last = try #require(CivilDate("2200-12-31"))
    while day <= last {
      #expect(CivilDate(day.description) == day)
      day = day.adding(days: 1)
    }
  }

  @Test("29 February less a year is 28 February")
  func leapDay() throws {
    let day = try #require(CivilDate("2024-02-29"))
    #expect(day.adding(years: -1).description == "2023-02-28")
    #expect(day.adding(years: 4).description == "2028-02-29")
  }
}

@Suite("Figures carry their sources")
struct FigureTests {
  @Test("a figure without a source cannot be made, a total merges the sources of its parts")
  func sources() throws {
    let eur = try #require(Currency(iso: "EUR"))
    let file = try #require(ContentHash(hex: String(repeating: "ab", count: 32)))
    let first = SourceRef(file: file, label: "PX-001", locator: .line(3))
    let second = SourceRef(file: file, label: "PX-001", locator: .line(2))
    #expect(Figure(Money.zero(eur), label: "nothing", derivation: "none", from: []) == nil)
    let figures = [
      Figure(Money(minorUnits: 5, currency: eur), label: "a", derivation: "line", from: first),
      Figure(
        Money(minorUnits: 7, currency: eur), label: "b", derivation: "line", from: second, [first]),
    ]
    let total = try #require(figures.total(label: "both"))
    #expect(total.amount.minorUnits == 12)
    #expect(total.sources == [second, first])
  }

  @Test(
    "an issue prints file, place, code, what was found and what was expected, with nothing hidden")
  func issues() {
    let issue = Issue(
      .error, "E-DATE", file: "march.csv", at: .line(14), found: "no such day",
      expected: "YYYY-MM-DD",
      excerpt: "2024-02-30;\u{202E}x\u{0}")
    #expect(issue.description == "march.csv: line 14: E-DATE: no such day — YYYY-MM-DD")
    #expect(issue.excerpt == "2024-02-30;\\u{202e}x\\u{0}")
  }
}
