import CaseModel
import Testing

@testable import Intake

struct DateTextTests {
  static func read(_ text: String, _ pattern: String, receivedOn: String? = "2024-06-30") -> String
  {
    guard let form = DateForm(pattern) else { return "no form" }
    do throws(DateFault) {
      let pivot = CenturyPivot(receivedOn: receivedOn.flatMap { CivilDate($0) })
      let day = try form.read(text, pivot: pivot)
      return day.date.description + (day.isCenturyAssumed ? " assumed" : "")
        + (day.timeOfDay.map { " \($0)" } ?? "")
    } catch { return error.reason }
  }

  @Test(
    "Days are read in the form that the profile states",
    arguments: [
      ("2024-03-01", "%Y-%m-%d", "2024-03-01"), ("01.03.2024", "dd.MM.yyyy", "2024-03-01"),
      ("1/3/2024", "%d/%m/%Y", "2024-03-01"), ("12-Dec-2019", "%d-%b-%Y", "2019-12-12"),
      ("27 Feb 2018", "%d %b %Y", "2018-02-27"), ("3 März 2024", "%d %b %Y", "2024-03-03"),
      ("2018-02-25 10:11:12 +0100", "%Y-%m-%d %H:%M:%S %z", "2018-02-25 36672"),
      ("240301", "%y%m%d", "2024-03-01 assumed"), ("690301", "%y%m%d", "1969-03-01 assumed"),
      ("250301", "%y%m%d", "2025-03-01 assumed"), ("260301", "%y%m%d", "1926-03-01 assumed"),
      ("1709251200", "%s", "2024-03-01 0"),
    ])
  func reads(_ text: String, _ pattern: String, _ expected: String) {
    #expect(Self.read(text, pattern) == expected)
  }

  @Test(
    "Days that do not exist, and texts in another form, are refused",
    arguments: [
      ("2024-02-30", "%Y-%m-%d", DateFault.noSuchDay), ("2023-02-29", "%Y-%m-%d", .noSuchDay),
      ("0000-00-00", "%Y-%m-%d", .noSuchDay), ("45352", "%Y-%m-%d", .notInForm),
      ("2024-03-01T23:59:60", "%Y-%m-%d", .notInForm), ("Pending", "%d.%m.%Y", .notInForm),
      ("", "%d.%m.%Y", .empty),
    ])
  func refuses(_ text: String, _ pattern: String, _ fault: DateFault) {
    #expect(Self.read(text, pattern) == fault.reason)
  }

  @Test("Without the day of receipt two-digit years follow POSIX")
  func posixPivot() {
    #expect(Self.read("680101", "%y%m%d", receivedOn: nil) == "2068-01-01 assumed")
    #expect(Self.read("690101", "%y%m%d", receivedOn: nil) == "1969-01-01 assumed")
  }
}
