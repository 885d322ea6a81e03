// What may help the other side and what the file does not know. Source: confiscation.md §8. A
// proposal cannot be made without these parts.

import CaseModel
import Legislation

/// Gathers the candour section of one track.
struct CandourBuilder {
  let rules: SlicingRules
  let wall: EvidenceWall
  let run: TracingRun
  let sensitivity: SensitivityTable
  let findings: [Finding]
  let schedule: Schedule
  let opening: Opening
  let benefitNotes: [Candour.Point]

  var index: CaseIndex { rules.index }
  var matter: Matter { rules.index.matter }
  var law: Law { rules.law }

  func candour(benefit: Benefit?, valueOrderNote: Candour.Point?) throws -> Candour {
    Candour(
      exculpatory: exculpatory, otherExplanations: try otherExplanations(), gaps: gaps(benefit),
      methodChoice: try methodChoice(), sensitivity: sensitivity,
      assumptions: try assumptions(valueOrderNote),
      unverifiedLaw: unverified(), thirdParties: thirdParties(), hardship: hardship,
      priorProceedings: prior, automation: automation)
  }

  // MARK: Facts by heading

  /// Every fact tagged as helping the respondent that a court may see: as many points as facts.
  private var exculpatory: [Candour.Point] {
    let facts = wall.usable.filter(\.helpsRespondent)
    return facts.isEmpty
      ? [none("No fact of the case sheet is tagged as helping the respondent.")]
      : facts.map(point)
  }

  private var hardship: [Candour.Point] {
    let facts = wall.facts(about: "hardship", "proportionality")
    return facts.isEmpty
      ? [none("No fact on hardship or proportionality is recorded.")] : facts.map(point)
  }

  private var prior: [Candour.Point] {
    let facts = wall.facts(about: "prior-proceedings")
    let parallel = none(
      "Both tracks of this matter are drafted from the same facts, and the other file may claim the "
        + "same property. What is recovered in one is recovered once and reduces the other.")
    return [parallel]
      + (facts.isEmpty
        ? [none("No earlier refusal, acquittal, settlement or parallel case is recorded.")]
        : facts.map(point))
  }

  func point(_ fact: CaseFact) -> Candour.Point {
    Candour.Point(text: fact.statement, sources: [fact.source])
  }
  func none(_ text: String) -> Candour.Point { Candour.Point(text: text, sources: []) }

  // MARK: Law and machine

  private func unverified() -> [Citation] {
    var all = law.unverified(for: rules.track, on: matter.asOf)
    all += run.authorities.filter(\.isUnverified)
    return unique(all)
  }

  private func methodChoice() throws -> [Candour.Point] {
    let rule = try law.tracing(on: matter.asOf)
    var points = [
      none(
        "Money was traced by \(run.methodTitle) (\(run.method)), entries of one day in the order "
          + "\(run.sameDayOrder.rawValue), tracing through debts "
          + (run.backwardTracing ? "on." : "off.")),
      none(
        run.method == rule.defaultMethod
          ? "It is the method the profile starts from."
          : run.method == rule.betweenInnocents
            ? "The profile names it between innocent contributors and starts from "
              + "\(rule.defaultMethod); the choice is counsel's."
            : "The profile allows it and starts from \(rule.defaultMethod); the choice needs a reason."
      ),
    ]
    points += rule.provisions.map { none("\($0.text) (\($0.citation.text))") }
    return try methodReasons() + points + envelopes()
  }

  private func assumptions(_ valueOrderNote: Candour.Point?) throws -> [Candour.Point] {
    let asOf = matter.asOf
    var points: [Candour.Point] = []
    if !law.isLaw {
      points.append(
        none("The profile \(law.profile) is a drafting frame and not the law of any court."))
    }
    points.append(
      none(
        law.isSigned(on: asOf)
          ? "Profile \(law.profile), version \(law.version), is signed by a named lawyer."
          : "Profile \(law.profile), version \(law.version), is not signed by any lawyer for "
            + "\(asOf); this draft may not be filed under it."))
    if matter.profile != law.profile {
      points.append(
        Candour.Point(
          text: "The case sheet names the profile \(matter.profile); this draft was made under "
            + "\(law.profile).", sources: [matter.source]))
    }
    points += law.notes.map(none)
    if !law.datesNote.isEmpty { points.append(none(law.datesNote)) }
    points += opening.points
    let mixed = rules.mixedPurchase.provision
    points.append(none("Things bought with mixed money: \(mixed.text) (\(mixed.citation.text))"))
    let days = try law.conversionDays(on: asOf).provision
    points.append(none("\(days.text) (\(days.citation.text))"))
    if rules.track == .convictionBased {
      for provision in [
        try law.benefitMode(on: asOf).provision, try law.valuationMoment(on: asOf).provision,
      ] {
        points.append(none("\(provision.text) (\(provision.citation.text))"))
      }
    }
    points += law.benefitRules(of: rules.track, on: asOf)
      .map { none("\($0.text) (\($0.citation.text))") }
    points += benefitNotes
    if let valueOrderNote { points.append(valueOrderNote) }
    points += minimumValue()
    return points
  }

  /// Whether what is claimed reaches the least value the profile asks for, when it asks.
  private func minimumValue() -> [Candour.Point] {
    guard rules.track == .nonConvictionBased, opening.refusal == nil,
      let total = schedule.claimedTotal?.amount,
      let minimum = law.amount("civil-recovery-minimum", in: total.currency, on: matter.asOf),
      total < minimum.amount
    else { return [] }
    return [
      none(
        "The total claimed, \(total.text), lies below the least value of \(minimum.amount.text) "
          + "(\(minimum.citation.text)): counsel must decide.")
    ]
  }

  private var automation: [Candour.Point] {
    [
      none(
        "Benefit, slices, schedule and this section were computed from the records by a program; "
          + "a person chose the source classes, the counts, the facts and the method."),
      none(
        "Profile \(law.profile) version \(law.version); ledger SHA-256 \(run.ledgerHash.hex); "
          + "\(index.caseFile.files.count) received files, \(index.caseFile.statements.count) "
          + "statements, \(index.caseFile.entries.count) entries; matter as of \(matter.asOf)."),
    ]
  }
}
