// Who may be hurt by the order.

import CaseModel
import Legislation

extension CandourBuilder {
  func thirdParties() -> [Candour.Point] {
    var points: [Candour.Point] = []
    for item in matter.property.sorted(by: { $0.code < $1.code }) {
      points += item.interests.map {
        Candour.Point(
          text: "\(item.code): \($0.person) claims \($0.claim).", sources: [$0.source])
      }
      points += item.encumbrances.sorted { $0.rank < $1.rank }.map {
        Candour.Point(
          text: "\(item.code): charge of \($0.holder), \($0.amount.text), rank \($0.rank).",
          sources: [$0.source])
      }
    }
    let spared: [(Role, String)] = [
      (.victim, "a victim"), (.bonaFidePurchaser, "a purchaser in good faith"),
      (.securedCreditor, "a secured creditor"), (.thirdParty, "a third party"),
      (.family, "a member of a family"), (.nominee, "a nominee"),
    ]
    var groups: [(roles: String, names: [String], sources: [SourceRef])] = []
    for person in matter.persons.sorted(by: { $0.code < $1.code }) {
      let roles = spared.filter { person.has($0.0) }.map(\.1).joined(separator: ", ")
      guard !roles.isEmpty else { continue }
      // A victim is called by the pseudonym whatever the display name says (S-172).
      let name = person.isVictim || person.isChild ? person.code.text : person.displayName
      if let group = groups.firstIndex(where: { $0.roles == roles }) {
        groups[group].names.append(name)
        groups[group].sources.append(person.source)
      } else {
        groups.append((roles, [name], [person.source]))
      }
    }
    points += groups.map { group in
      let verb = group.names.count == 1 ? "is recorded as" : "are each recorded as"
      return Candour.Point(
        text: "\(group.names.joined(separator: ", ")) \(verb) \(group.roles) and may be affected.",
        sources: Set(group.sources).sorted())
    }
    points += wall.facts(about: "third-party", "victim").map(point)
    points +=
      (law.thirdPartyRules(of: rules.track, on: matter.asOf)
      + law.victimRules(of: rules.track, on: matter.asOf))
      .map { none("\($0.text) (\($0.citation.text))") }
    return points
  }
}
