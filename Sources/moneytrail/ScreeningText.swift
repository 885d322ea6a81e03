import CaseModel
import CaseStore
import Detection
import Investigation
import TrailGraph

/// A screening of the store as lines for a terminal and as JSON. Accounts and persons appear as the store
/// shows them.
enum ScreeningText {
  static func lines(_ outcome: StoreScreening.Outcome, limit: Int) -> [String] {
    let findings = outcome.results.flatMap(\.findings)
    var lines = [
      "\(outcome.kept.code): \(outcome.version.trail.edgeCount) movements, "
        + "\(outcome.version.trail.accountCount) accounts; " + extent(outcome.extent)
    ]
    if let means = outcome.means { lines.append("trail " + text(means)) }
    let groups = ordered(outcome.groups, findings)
    for group in groups.prefix(limit) {
      let lead = findings[group.members[0]]
      lines.append(
        "\(outcome.codes[group.members[0]].text)  \(lead.title) (\(lead.strength.rawValue)), "
          + "\(group.entries.count) entries")
      lines.append("  \(lead.sentence)")
      if let innocent = lead.innocentExplanations.first {
        lines.append("  could also be: \(innocent)")
      }
      if group.members.count > 1 {
        let others = group.members.dropFirst().map { outcome.codes[$0].text }
        lines.append(
          "  the same money: " + others.prefix(8).joined(separator: ", ")
            + (others.count > 8 ? " and \(others.count - 8) more (--json lists them)" : ""))
      }
    }
    if groups.count > limit {
      lines.append("\(groups.count - limit) further groups — raise --limit to see them")
    }
    if groups.isEmpty { lines.append("nothing found") }
    for result in outcome.results {
      if let reason = result.notApplicable {
        lines.append("\(result.detector)  not applicable: \(reason)")
      }
      if let truncation = result.truncation {
        lines.append("\(result.detector)  bound: \(truncation)")
      }
    }
    lines.append(
      "screen reads no case sheet: what rests on its circumstances is looked for by detect")
    return lines
  }

  /// The strongest first, then the most entries, then as found.
  private static func ordered(_ groups: [FindingGroup], _ findings: [Finding]) -> [FindingGroup] {
    func rank(_ group: FindingGroup) -> (Int, Int) {
      let strength =
        switch findings[group.members[0]].strength {
        case .strong: 0
        case .clear: 1
        case .atThreshold: 2
        }
      return (strength, -group.entries.count)
    }
    return groups.enumerated().sorted {
      rank($0.element) != rank($1.element)
        ? rank($0.element) < rank($1.element) : $0.offset < $1.offset
    }.map(\.element)
  }

  private static func extent(_ extent: StoreScreening.Extent) -> String {
    switch extent {
    case .everything(let why): return "everything was screened (\(why))"
    case .nothingNew(let code): return "nothing was recorded since \(code)"
    case .update(let since, let accounts, let whole):
      let all = whole.keys.sorted().joined(separator: ", ")
      return "brought up to date since \(since): \(accounts) accounts have something new"
        + (all.isEmpty ? "" : "; \(all) looked at everything")
    }
  }

  static func text(_ means: KeptTrail.Means) -> String {
    switch means {
    case .mapped: "mapped from the snapshot"
    case .broughtForward(let entries): "brought forward by \(entries) entries"
    case .loaded(let refusal):
      "read from the store" + (refusal.map { ": \($0)" } ?? "")
    }
  }

  struct Report: Encodable {
    let schema = "moneytrail-screening/1"
    let code: String
    let movements: Int
    let accounts: Int
    let extent: String
    let results: [FindingReport.Result]
    /// The codes of findings that show the same money, the leading one first.
    let groups: [[FindingCode]]

    init(_ outcome: StoreScreening.Outcome, _ results: [FindingReport.Result]) {
      code = outcome.kept.code
      movements = outcome.version.trail.edgeCount
      accounts = outcome.version.trail.accountCount
      extent = ScreeningText.extent(outcome.extent)
      self.results = results
      groups = outcome.groups.map { $0.members.map { outcome.codes[$0] } }
    }
  }
}
