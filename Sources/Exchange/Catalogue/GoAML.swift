import CaseModel

/// The movements of the case as a goAML report by a jurisdiction's profile, valid by its schema or not
/// written at all.
///
/// Schemas and code lists are national and are given by the operator; none is shipped. Persons appear under
/// their pseudonyms: identities stay in the sealed store. Source: UNODC goAML schema 4 and 5; formats.md §5.3.
public struct GoAML: ExchangeCatalogueEntry {
  public init() {}
  public let name = "goaml"
  public let title = "goAML report, checked against the unit's schema"

  public func files(of record: ExportRecord, settings: ExportSettings) throws -> [ExportFile] {
    guard let given = settings.goAMLProfile else {
      throw ExportError.missingSetting(
        "a goAML report needs the profile of the unit it goes to — name it with --goaml-profile")
    }
    guard let schema = settings.schema else {
      throw ExportError.missingSetting(
        "a goAML report is checked against the unit's schema — name the file with --xsd")
    }
    let index = RecordIndex(record)
    let profile = try GoAMLProfile(
      given,
      replacements: [
        "matter": index.matter.code.text, "as-of": GoAMLReport.moment(index.matter.asOf),
      ])
    let report = GoAMLReport(index, profile)
    let file = ExportFile(name: GoAMLReport.fileName, text: report.text)
    let check = try SchemaCheck(schema: schema).problems(of: file.bytes)
    var problems = report.problems
    problems += check.listed.map { one in
      ExportProblem(
        file: file.name, place: report.place(ofLine: one.line), code: "E-SCHEMA",
        found: Issue.escaped(one.message), expected: "what \(schema.name) allows")
    }
    if check.total > check.listed.count {
      problems.append(
        ExportProblem(
          file: file.name, place: "report", code: "E-SCHEMA",
          found: "\(check.total - check.listed.count) more", expected: "none"))
    }
    guard problems.isEmpty else {
      throw ExportError.incomplete(file: file.name, problems: problems)
    }
    return [file]
  }
}
