public import CaseModel
import Yams

// Reads the case sheet: the YAML file in which the prosecutor's office states the matter. It is
// received and hashed like any other evidence, so every item cites the sheet and its line.

/// The sheets this program reads, by the word after `moneytrail:` on their first line.
public enum SheetKind: String, Sendable, CaseIterable {
  case caseSheet = "case-sheet/1"
  case sealedIdentities = "sealed-identities/1"
}

/// Which sheet a file is, from its head; nil when it is none (a bank's file, for one).
public func sheetKind(of file: InputFile) -> SheetKind? {
  SheetDocument.kind(of: file.withBytes { Array($0.prefix(4096)) }[...])
    .flatMap(SheetKind.init(rawValue:))
}

/// Reads a case sheet into the matter it states.
///
/// Strict: unknown keys, references to persons, facts, property, classes or counts that the sheet does not
/// define, impossible days, amounts and currencies are errors. All of a sheet's errors come at once.
///
/// - Throws: `FileRefusal` with every issue, in the order of lines. Nothing of the sheet is used.
/// - Complexity: O(*n*) in the size of the sheet.
public func readCaseSheet(_ file: InputFile) throws -> Matter {
  let report = SheetReport(file, mayQuote: true)
  let root = try SheetDocument.root(report, kind: SheetKind.caseSheet.rawValue)
  let sheet = SheetFields(
    root, what: "the case sheet",
    allowed: [
      "moneytrail", "matter", "persons", "counts", "source-classes", "property", "events", "facts",
      "rates", "orders", "non-conviction-ground", "tracing", "circumstances",
    ], report)

  let head = sheet.fields(
    "matter", what: "the matter",
    allowed: ["code", "title", "profile", "as-of", "reporting-currency", "office"])
  let code = head?.code("code").map { MatterCode($0) }
  let title = head?.text("title")
  let profile = head?.text("profile", "the code of a jurisdiction profile, such as `gb`")
  let asOf = head?.date("as-of")
  let currency = head?.currency("reporting-currency")
  let office = head?.text("office")

  let persons = sheet.persons()
  if sheet.nodes("persons").isEmpty { sheet.missing("persons", "at least one person") }
  let counts = sheet.counts()
  let classes = sheet.sourceClasses()
  let property = sheet.property()
  let events = sheet.events()
  let facts = sheet.facts()
  let rates = sheet.rates()
  let orders = sheet.orders()
  let ground = sheet.nonConvictionGround()
  let tracing = sheet.tracing()
  let circumstances = sheet.circumstances()

  // References are checked even when the head is broken, so that one reading finds every mistake;
  // the stand-ins below never leave this function, because a missing field has been reported.
  let matter = Matter(
    code: code ?? MatterCode("-"), title: title ?? "", profile: profile ?? "",
    asOf: asOf ?? CivilDate(dayNumber: 0),
    reportingCurrency: currency ?? Currency(asset: "-", exponent: 0),
    office: office ?? "", persons: persons, counts: counts, sourceClasses: classes,
    property: property, events: events, facts: facts, rates: rates, orders: orders,
    nonConvictionGround: ground, tracing: tracing, circumstances: circumstances,
    source: head?.source ?? report.source(line: 1))
  SheetReferences(matter, report).check()
  try report.throwIfRefused()
  precondition(
    code != nil && title != nil && profile != nil && asOf != nil && currency != nil
      && office != nil,
    "a missing field of the matter went unreported")
  return matter
}
