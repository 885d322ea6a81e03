import CaseModel

/// A whole report: its text, and for each line the part it belongs to.
struct GoAMLReport {
  let text: String
  /// What the profile demands and the case does not give.
  let problems: [ExportProblem]
  /// First line of each transaction, ascending, with what a message calls it.
  private let starts: [(line: Int, place: String)]

  static let fileName = "report.xml"

  init(_ index: RecordIndex, _ profile: GoAMLProfile) {
    let assembly = GoAMLAssembly(profile: profile)
    let transactions = index.movements().map { GoAMLTransaction($0, index, profile) }
    var problems: [ExportProblem] = []
    func problem(_ place: String, _ found: String, _ expected: String) {
      problems.append(
        ExportProblem(
          file: Self.fileName, place: place, code: "E-MISSING", found: found, expected: expected))
    }
    if transactions.isEmpty {
      problem("report", "no transaction", "a selection with at least one booked line")
    }
    for one in transactions {
      for element in one.missing {
        problem(
          one.place(index), "\(element) is missing",
          "a value in the case, or a constant in \(profile.fileName)")
      }
    }
    var missing: [String] = []
    let fixed = Set((profile.constants[.report] ?? []).map(\.name))
    var stated = [
      XMLNode("entity_reference", index.matter.code.text),
      XMLNode("submission_date", Self.moment(index.matter.asOf)),
      XMLNode("currency_code_local", profile.localCurrency.code),
    ].filter {
      !fixed.contains($0.name) && !($0.name == "submission_date" && fixed.contains("report_date"))
    }
    stated += transactions.map(\.node)
    if !profile.indicators.isEmpty {
      stated.append(
        XMLNode("report_indicators", profile.indicators.map { XMLNode("indicator", $0) }))
    }
    let elements = assembly.elements(.report, stated, at: "", missing: &missing)
    for element in missing {
      problem("report", "\(element) is missing", "a constant in \(profile.fileName)")
    }
    var lines = ["<?xml version=\"1.0\" encoding=\"UTF-8\"?>", "<report>"]
    var starts: [(line: Int, place: String)] = []
    var rest = transactions[...]
    for element in elements {
      if element.name == "transaction", let one = rest.popFirst() {
        starts.append((lines.count + 1, one.place(index)))
      } else if starts.count == transactions.count, !starts.isEmpty {
        starts.append((lines.count + 1, "report"))
      }
      element.write(to: &lines, depth: 1)
    }
    lines.append("</report>")
    text = lines.joined(separator: "\n") + "\n"
    self.problems = problems
    self.starts = starts
  }

  /// The transaction that a line of the text belongs to, or the report.
  func place(ofLine line: Int) -> String {
    starts.last { $0.line <= line }?.place ?? "report"
  }

  /// A day as goAML writes moments: midnight, without zone; nothing is known of the hour.
  static func moment(_ day: CivilDate) -> String { "\(day)T00:00:00" }
}
