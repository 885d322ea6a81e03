import CaseModel
import Detection
import Digests
import Foundation
import Intake
import TestSupport
import TrailGraph

/// A trail with a case sheet around it. The sheet of a test leaves out its head and calls the account `a` of
/// the notation `stated:t/a`.
struct StatedCase {
  let notation: TrailNotation
  let context: CaseContext

  init(_ trail: String, sheet: String) throws {
    notation = try TrailNotation(trail)
    let head = """
      moneytrail: case-sheet/1
      matter: {code: T-1, title: "Test", profile: test, as-of: 2025-12-31, reporting-currency: EUR, office: "Test"}

      """
    let persons =
      sheet.contains("persons:")
      ? "" : "persons: [{code: X-01, kind: natural, roles: [{role: witness}]}]\n"
    let text = head + persons + sheet
    let matter = try readCaseSheet(
      InputFile(name: "circumstances.yaml", sha256: ContentHash(of: text), bytes: Array(text.utf8)))
    let holders = Dictionary(
      matter.persons.flatMap { person in person.holds.map { ($0, person.code) } },
      uniquingKeysWith: { a, _ in a })
    let accounts = notation.accounts.enumerated().map { place, name in
      let key = AccountKey("stated:t/\(name)")
      return Account(
        id: AccountID(Int64(place)), key: key, currency: euro, displayName: name,
        holder: holders[key], hasStatements: true)
    }
    let caseFile = CaseFile(
      matter: matter, files: [], accounts: accounts, statements: [], gaps: [], entries: [],
      transfers: [])
    context = CaseContext(of: caseFile)
  }

  var scene: Scene { Scene(notation.trail, under: testLaw, context: context) }
}
