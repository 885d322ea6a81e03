public import CaseModel
import Tracing

/// What a what-if would change about the trace, place by place. Not a finding: the case is as it was.
public struct TracingDifference: Hashable, Sendable, Codable {
  /// The tainted value at one place in one currency, before and after.
  public struct Row: Hashable, Sendable, Codable {
    public let place: Place
    public let base: Money
    public let branch: Money
    /// branch − base.
    public let delta: Money
  }

  /// As the sheet words it: mask it before it is shown.
  public var title: String
  public let changes: [CaseChange]
  /// What each change did, in words with account keys and the number of entries it met; beside
  /// `changes`. Words of the sheet stand in it: mask them before they are shown.
  public var effects: [String]
  public let method: String
  public let sameDayOrder: SameDayOrder
  /// The hash of the case's own ledger: the same before and after.
  public let baseLedger: ContentHash
  public let branchLedger: ContentHash
  /// Items first, then other places, by place and currency; also where nothing changes.
  public let rows: [Row]
  /// What the branch could not know or had to assume and the base did not, a sentence each.
  public var notes: [String]

  /// True when nothing differs, not even the ledger.
  public var isEmpty: Bool {
    baseLedger == branchLedger && rows.allSatisfy(\.delta.isZero)
  }
}

extension Investigation {
  /// Asks how the trace would look if some facts were others, and changes nothing.
  ///
  /// The branch is traced anew from the first entry, by the same method, order and overrides. It leaves
  /// this function as a table of differences only: no stage can take it for the case, and no document
  /// can be made of it. Source: experience.md N11.
  ///
  /// - Throws: `WhatIfError` for a change the case cannot take; what `tracing()` throws.
  /// - Complexity: two runs over the whole case.
  public func whatIf(_ question: WhatIf) throws -> TracingDifference {
    let (base, baseLedger) = try ownRun()
    var facts = FactBranch(caseFile)
    for change in question.changes { try facts.apply(change) }
    let changed = Investigation(changed: facts.caseFile, of: self)
    let (branch, _) = try changed.ownRun()
    let after = try CaseLedger(of: caseFile).ledger.ledgerHash
    precondition(after == baseLedger, "a what-if changed the case it was asked of")
    return TracingDifference(
      title: question.title, changes: question.changes, effects: facts.effects,
      method: base.method, sameDayOrder: base.sameDayOrder, baseLedger: baseLedger,
      branchLedger: branch.ledgerHash,
      rows: rows(base, branch),
      notes: facts.notes + branch.limits.filter { !base.limits.contains($0) })
  }

  /// The same request over changed facts; account numbers stay as they are, so that places compare.
  private init(changed caseFile: CaseFile, of other: Investigation) {
    self = other
    self.caseFile = caseFile
  }

  /// The run of the chosen method and its overrides alone, and the hash of the ledger it was made on.
  private func ownRun() throws -> (TracingRun, ContentHash) {
    let policy = TracingPolicy(
      sameDayOrder: request.sameDayOrder, backwardTracing: request.backwardTracing)
    let ledger = try CaseLedger(of: caseFile)
    return (
      try combined(try methodPlan(), over: ledger, policy: policy, withBounds: false),
      ledger.ledger.ledgerHash
    )
  }

  private func rows(_ base: TracingRun, _ branch: TracingRun) -> [TracingDifference.Row] {
    func sums(_ run: TracingRun) -> [PlaceInCurrency: [Money]] {
      Dictionary(grouping: run.claims.filter(\.isTainted)) {
        PlaceInCurrency($0.place, $0.amount.amount.currency)
      }.mapValues { $0.map(\.amount.amount) }
    }
    let (before, after) = (sums(base), sums(branch))
    let keys = Set(before.keys).union(after.keys).sorted()
    return keys.map { key in
      let (old, new) = (
        (before[key] ?? []).sum(in: key.currency), (after[key] ?? []).sum(in: key.currency)
      )
      return TracingDifference.Row(place: key.place, base: old, branch: new, delta: new - old)
    }
  }
}
