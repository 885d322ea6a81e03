// What a court may see. Nothing below certified passes; what stays behind is counted, never told.

import CaseModel

/// The facts of a matter on the two sides of the wall (confiscation.md §5.2, N7).
struct EvidenceWall {
  /// Facts a court document may cite, in the order of the case sheet.
  let usable: [CaseFact]
  /// How many are kept back, and how many of them help the respondent.
  let withheld: Int
  let withheldHelpful: Int

  init(_ facts: [CaseFact]) {
    usable = facts.filter(\.status.mayReachCourt)
    let kept = facts.filter { !$0.status.mayReachCourt }
    withheld = kept.count
    withheldHelpful = kept.filter(\.helpsRespondent).count
  }

  func facts(about topics: String...) -> [CaseFact] {
    usable.filter { topics.contains($0.topic) }
  }

  /// The words that say how much is withheld, and nothing of what it is.
  var points: [Candour.Point] {
    guard withheld > 0 else { return [] }
    var text =
      "\(withheld) recorded fact\(withheld == 1 ? " is" : "s are") below the evidence status a court "
      + "may see and had no part in this draft."
    if withheldHelpful > 0 {
      text +=
        " \(withheldHelpful) of them \(withheldHelpful == 1 ? "is" : "are") tagged as helping the "
        + "respondent: counsel must decide on disclosure."
    }
    return [Candour.Point(text: text, sources: [])]
  }
}
