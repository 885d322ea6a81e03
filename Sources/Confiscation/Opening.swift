// Whether a track is open in a matter, and if not, what is missing.

import CaseModel
import Legislation

/// The answer to "may this file be drafted", with what a reader must know about it.
struct Opening {
  /// Nil when the track is open.
  var refusal: String?
  /// Provisions the answer adds to the legal basis.
  var provisions: [Proposal.Provision] = []
  /// What counsel must decide or know.
  var points: [Candour.Point] = []
  /// Persons and counts that ended in conviction; empty in the track without conviction.
  var convicted: Set<PersonCode> = []
  var convictedCounts: Set<Int> = []
  /// Persons charged or convicted, whose benefit is counted together.
  var charged: [PersonCode] = []

  /// The conviction-based track needs a count that ended in conviction.
  static func convictionBased(_ matter: Matter) -> Opening {
    var opening = Opening()
    let persons = Dictionary(matter.persons.map { ($0.code, $0) }) { first, _ in first }
    for count in matter.counts.sorted(by: { $0.number < $1.number }) {
      if persons[count.person]?.isVictim == true {
        opening.points.append(
          Candour.Point(
            text: "Count \(count.number) names \(count.person), who is recorded as a victim. The "
              + "count is left out; counsel must decide on it.", sources: [count.source]))
        continue
      }
      switch count.state {
      case .convicted:
        opening.convicted.insert(count.person)
        opening.convictedCounts.insert(count.number)
        opening.charged.append(count.person)
      case .charged: opening.charged.append(count.person)
      default: break
      }
    }
    if opening.convicted.isEmpty {
      let states = matter.counts.sorted { $0.number < $1.number }.map {
        "count \($0.number) (\($0.person), \($0.offence)) is \($0.state.rawValue)"
      }
      opening.refusal =
        "No person in this matter is convicted, and a conviction-based file rests on a conviction. "
        + (states.isEmpty
          ? "The matter has no count. Missing: a count, and its conviction."
          : "Missing: a conviction; " + states.joined(separator: "; ") + ".")
    }
    return opening
  }

  /// The track without conviction needs a ground the profile accepts, unless it needs none. Nothing
  /// of the criminal case is asked, so that a conviction or an acquittal changes nothing (N5).
  static func nonConvictionBased(_ matter: Matter, law: Law) throws -> Opening {
    guard let ground = matter.nonConvictionGround else {
      let own = try law.ground("standalone_by_law", on: matter.asOf)
      if own.acceptance == .free { return Opening(provisions: [own.provision]) }
      return Opening(
        refusal: "The profile \(law.profile) needs a ground for a file without conviction and the "
          + "matter states none. \(accepted(law, on: matter.asOf))")
    }
    let rule: GroundRule
    do {
      rule = try law.ground(ground.code, on: matter.asOf)
    } catch LawError.noRule {
      return Opening(
        refusal: "The ground \(Issue.escaped(ground.code)) is not known. "
          + accepted(law, on: matter.asOf))
    }
    let codes = Set(ground.facts)
    let usable = matter.facts.filter { codes.contains($0.code) && $0.status.mayReachCourt }
    let place = Candour.Point(
      text: "Ground recorded: \(ground.code). \(rule.provision.text)", sources: [ground.source])
    switch rule.acceptance {
    case .free: return Opening(provisions: [rule.provision], points: [place])
    case .no:
      return Opening(
        refusal: "The profile \(law.profile) does not take the ground \(ground.code): "
          + "\(rule.provision.text) (\(rule.provision.citation.text)). "
          + accepted(law, on: matter.asOf))
    case .yes, .counsel:
      guard !usable.isEmpty else {
        return Opening(
          refusal: "The ground \(ground.code) rests on no fact that a court may see. "
            + "Missing: a certified record that supports it.")
      }
      var opening = Opening(provisions: [rule.provision])
      if rule.acceptance == .counsel {
        opening.points = [
          Candour.Point(
            text: "Counsel must decide whether the ground \(ground.code) is open: "
              + rule.provision.text, sources: [ground.source])
        ]
      }
      return opening
    }
  }

  private static func accepted(_ law: Law, on day: CivilDate) -> String {
    let codes = law.grounds(on: day).filter { $0.acceptance == .yes || $0.acceptance == .free }
      .map(\.code)
    return codes.isEmpty
      ? "It accepts none." : "It accepts: " + codes.joined(separator: ", ") + "."
  }
}
