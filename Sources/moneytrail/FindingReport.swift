import CaseModel
import CaseStore
import Detection

/// What a detector found, as the commands print it: with accounts and entries under the names that `accounts`,
/// `entries` and `explain` use, not under the store's own numbers.
struct FindingReport: Encodable {
  struct Role: Encodable {
    let account: String
    let part: String
  }

  struct Result: Encodable {
    let detector: String
    let findings: [FindingReport]
    let notApplicable: String?
    /// Set when the search stopped at a bound.
    let truncation: String?
  }

  let code: FindingCode
  let detector: String
  let version: Int
  let kind: String
  let title: String
  let strength: Finding.Strength
  let sentence: String
  let parameters: [Finding.Measure]
  let measures: [Finding.Measure]
  let accounts: [Role]
  /// The keys of the entries, in the order of the pattern; `explain` takes each.
  let entries: [String]
  let innocentExplanations: [String]
  let cautionsChecked: [String]
  let cautionsNotChecked: [String]
  let truncation: String?

  private init(
    _ finding: Finding, code: FindingCode, names: [AccountID: String], keys: [EntryID: String]
  ) {
    self.code = code
    detector = finding.detector
    version = finding.version
    kind = finding.kind
    title = finding.title
    strength = finding.strength
    sentence = finding.sentence
    parameters = finding.parameters
    measures = finding.measures
    accounts = finding.accounts.map {
      Role(account: names[$0.account] ?? "an unnamed party", part: $0.part)
    }
    entries = finding.entries.compactMap { keys[$0] }
    innocentExplanations = finding.innocentExplanations
    cautionsChecked = finding.cautionsChecked
    cautionsNotChecked = finding.cautionsNotChecked
    truncation = finding.truncation
  }

  /// - Parameter codes: of all findings, in the order of the results.
  static func results(
    _ results: [DetectionResult], codes: [FindingCode], in store: Store
  ) async throws -> [Result] {
    let findings = results.flatMap(\.findings)
    let keys = try await store.entryKeys(findings.flatMap(\.entries))
    let names = Dictionary(
      uniqueKeysWithValues: try await store.accounts().map { ($0.id, $0.displayName) })
    var rest = codes[...]
    return results.map { result in
      defer { rest = rest.dropFirst(result.findings.count) }
      return Result(
        detector: result.detector,
        findings: zip(result.findings, rest).map {
          FindingReport($0, code: $1, names: names, keys: keys)
        },
        notApplicable: result.notApplicable, truncation: result.truncation)
    }
  }
}
