// From facts, law and tracing to what one track of a matter proposes. A pure function.

public import CaseModel
public import Legislation

/// What one track of a matter proposes: benefit, assets cut into slices, the value order, and the
/// section that argues the other side.
///
/// Both tracks are drafted from the same matter (S-090). The track without conviction asks nothing
/// of the counts: a conviction, an acquittal or their removal leaves it as it is (N5). Facts below
/// the status a court may see change nothing but the number of facts withheld (N7).
///
/// - Parameters:
///   - run: one application of one method the profile allows.
///   - sensitivity: the same ledger under the other methods and same-day orders.
///   - findings: in the order documents print them.
/// - Returns: a proposal that is closed, with its reason, when the matter or the profile does not
///   open the track.
/// - Throws: `ConfiscationError`, or `LawError` when the profile has no rule on the matter's day.
/// - Complexity: O(*c*·*n* + *p*·*k*) for *c* source classes, *n* entries, *p* items, *k* claims.
public func propose(
  track: Track, caseFile: CaseFile, law: Law, run: TracingRun, sensitivity: SensitivityTable,
  findings: [Finding]
) throws -> Proposal {
  let index = try CaseIndex(caseFile)
  let matter = caseFile.matter
  let asOf = matter.asOf
  let allowed = try law.tracing(on: asOf).allowed
  guard allowed.contains(run.method) else {
    throw ConfiscationError.methodNotAllowed(
      method: run.method, profile: law.profile, allowed: allowed)
  }
  let opening: Opening =
    switch track {
    case .convictionBased: .convictionBased(matter)
    case .nonConvictionBased: try .nonConvictionBased(matter, law: law)
    }
  let rules = SlicingRules(
    track: track, law: law, index: index,
    rates: RateBook(
      matter.rates, into: matter.reportingCurrency, days: try law.conversionDays(on: asOf).word),
    mixedPurchase: try law.mixedPurchase(on: asOf), convicted: opening.convicted,
    convictedCounts: opening.convictedCounts)

  var schedule = Schedule()
  var benefit: Benefit?
  var benefitNotes: [Candour.Point] = []
  var order: (figure: Figure?, note: Candour.Point)?
  if opening.refusal == nil {
    schedule = try rules.schedule(run: run, sensitivity: sensitivity)
    if track == .convictionBased {
      let counted = try countBenefit(opening, rules: rules)
      benefit = counted.benefit
      benefitNotes = counted.notes
      order = try ValueOrder.figure(
        benefit: counted.benefit, schedule: schedule, rule: try law.valueOrder(on: asOf))
    }
  }
  let candour = try CandourBuilder(
    rules: rules, wall: EvidenceWall(matter.facts), run: run, sensitivity: sensitivity,
    findings: findings, schedule: schedule, opening: opening, benefitNotes: benefitNotes
  ).candour(benefit: benefit, valueOrderNote: order?.note)
  return Proposal(
    track: track, isOpen: opening.refusal == nil, refusal: opening.refusal,
    legalBasis: [try law.trigger(of: track, on: asOf)] + law.legalBasis(of: track, on: asOf)
      + opening.provisions,
    standard: try law.standard(of: track, on: asOf).provision,
    burden: try law.burden(of: track, on: asOf).provision, benefit: benefit,
    assets: schedule.assets, claimedPerCurrency: schedule.claimedPerCurrency,
    claimedTotal: schedule.claimedTotal, valueOrder: order?.figure, candour: candour)
}

/// Benefit of the persons charged for the conduct that ended in conviction, and what was left out.
private func countBenefit(
  _ opening: Opening, rules: SlicingRules
) throws -> (benefit: Benefit, notes: [Candour.Point]) {
  let matter = rules.index.matter
  let mode = try rules.law.benefitMode(on: matter.asOf).word
  guard mode == .gross else {
    throw ConfiscationError.benefitModeUnsupported(
      profile: rules.law.profile, mode: mode.rawValue)
  }
  let set = OffenderSet(opening.charged, in: rules.index)
  let receipts = rules.index.receipts(into: set, for: opening.convictedCounts)
  let benefit = try Benefit(counting: receipts, into: set, rates: rules.rates, index: rules.index)
  var notes: [Candour.Point] = []
  for sourceClass in matter.sourceClasses
  where sourceClass.nature == .obtaining
    && !(sourceClass.count.map(opening.convictedCounts.contains) ?? false)
  {
    notes.append(
      Candour.Point(
        text: "\(sourceClass.code), \(sourceClass.title): no conviction covers it; not counted as "
          + "benefit.", sources: [sourceClass.source]))
  }
  for item in receipts {
    let left: [(Int, String)] = [
      (item.insideSet, "moved between accounts of the persons charged"),
      (item.outsideSet, "did not enter an account of the persons charged"),
      (item.outsideConduct, "outside the dates of the conduct"),
      (item.alreadyCounted, "already counted under another class or its other leg"),
      (item.reversals, "marked as reversals"),
    ]
    let parts = left.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
    if !parts.isEmpty {
      notes.append(
        Candour.Point(
          text: "\(item.sourceClass.code), \(item.sourceClass.title): entries left out of benefit: "
            + parts.joined(separator: "; ") + ".", sources: [item.sourceClass.source]))
    }
    if item.crossing.isEmpty {
      notes.append(
        Candour.Point(
          text: "\(item.sourceClass.code), \(item.sourceClass.title): no receipt was counted.",
          sources: [item.sourceClass.source]))
    }
  }
  return (benefit, notes)
}
