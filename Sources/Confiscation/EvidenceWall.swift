// What a court may see. Nothing below certified passes; what stays behind is counted, never told.

import CaseModel

/// The facts of a matter on the two sides of the wall (confiscation.md §5.2, N7).
struct EvidenceWall {
  /// Facts a court document may cite, in the order of the case sheet.
  let usable: [CaseFact]
  /// Facts under objection: their codes are listed, their content is not relied on.
  let challenged: [CaseFact]
  /// How many others are kept back, and how many of them help the respondent.
  let withheld: Int
  let withheldHelpful: Int

  init(_ facts: [CaseFact]) {
    usable = facts.filter(\.status.mayReachCourt)
    challenged = facts.filter { $0.status == .challenged }
    let kept = facts.filter { !$0.status.mayReachCourt && $0.status != .challenged }
    withheld = kept.count
    withheldHelpful = kept.filter(\.helpsRespondent).count
  }

  func facts(about topics: String...) -> [CaseFact] {
    usable.filter { topics.contains($0.topic) }
  }

  /// The words that say how much is withheld, and nothing of what it is.
  var points: [Candour.Point] {
    let objections = challenged.map { fact in
      Candour.Point(
        text: "Fact \(fact.code) is under objection and not relied on."
          + (fact.helpsRespondent
            ? " It is tagged as helping the respondent: counsel must decide on disclosure." : ""),
        sources: [fact.source])
    }
    guard withheld > 0 else { return objections }
    var text =
      "\(withheld) recorded fact\(withheld == 1 ? " is" : "s are") below the evidence status a court "
      + "may see and had no part in this draft."
    if withheldHelpful > 0 {
      text +=
        " \(withheldHelpful) of them \(withheldHelpful == 1 ? "is" : "are") tagged as helping the "
        + "respondent: counsel must decide on disclosure."
    }
    return objections + [Candour.Point(text: text, sources: [])]
  }
}
