// What holds for a whole goAML report: its header, found before any transaction is read.

import CaseModel

/// The header of one report. Real files put it before the transactions, the indicators behind them;
/// a first pass over the file gathers both, so that each transaction knows its report.
struct GoAMLReport {
  /// Path of the report's element.
  let path: String
  /// Every child but transactions and activities.
  var parts: [XMLElement] = []

  init(path: String) { self.path = path }

  var element: XMLElement {
    var element = XMLElement(name: "report")
    element.children = parts
    return element
  }

  func value(_ name: String) -> String? { parts.first { $0.name == name }?.token }

  /// The currency of every `amount_local`.
  var currency: Currency? { value("currency_code_local").flatMap { Currency(iso: $0) } }

  var submittedOn: CivilDate? {
    (value("submission_date") ?? value("report_date")).flatMap { CivilDate($0.prefix(10)) }
  }

  /// Indicator codes, as stated; the lists are national.
  var indicators: [String] {
    parts.filter { $0.name == "report_indicators" }.flatMap { $0.all("indicator") }
      .compactMap(\.token)
  }

  /// What makes the report the same as another one: the reporting entity, its reference and the code
  /// (formats.md §5.3). A report sent again under them, or naming the one refused, takes its place.
  var references: [String: String] {
    var found: [String: String] = [:]
    found["reporting-entity"] = value("rentity_id")
    found["entity-reference"] = value("entity_reference")
    found["report-code"] = value("report_code")
    found["fiu-reference"] = value("fiu_ref_number")
    found["replaces"] = value("prev_rejected_ref_number")
    return found
  }

  /// The space of the report's parties: ids are the reporting entity's own.
  func space(of file: InputFile) -> String {
    value("rentity_id").map { "goaml:" + $0 } ?? "file:" + file.sha256.hex
  }

  /// The beginning of every id: reference and code, or the file where they are missing.
  func idPrefix(of file: InputFile) -> String {
    guard let reference = value("entity_reference") else {
      return "file-\(file.sha256.hex.prefix(16))"
    }
    return reference + "/" + (value("report_code") ?? "report")
  }
}
