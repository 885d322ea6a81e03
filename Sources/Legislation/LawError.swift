// What can go wrong when law is read or asked, each with its place and its remedy.

import CaseModel

/// A profile file was refused. Nothing of it is used; all its problems are listed.
public struct LawRefused: Error, Equatable, CustomStringConvertible {
  /// In file order, never empty.
  public let issues: [Issue]
  public var description: String { issues.map(\.description).joined(separator: "\n") }
}

/// A question a profile does not answer. It is never answered by a guess.
public enum LawError: Error, Equatable, CustomStringConvertible {
  /// No profile has the name; the known ones are listed.
  case unknownProfile(String, known: [String])
  /// The profile has no such rule.
  case noRule(profile: String, rule: String)
  /// The rule's first value is younger than the day asked for.
  case notYetInForce(profile: String, rule: String, asked: CivilDate, first: CivilDate)

  public var description: String {
    switch self {
    case .unknownProfile(let name, let known):
      "no jurisdiction profile is named \(Issue.escaped(name)) — choose one of "
        + known.joined(separator: ", ")
    case .noRule(let profile, let rule):
      "profile \(profile): there is no rule \(Issue.escaped(rule)) — "
        + "add it to the profile with date, source and grade, or choose another profile"
    case .notYetInForce(let profile, let rule, let asked, let first):
      "profile \(profile): rule \(rule) has no value on \(asked); its first is of \(first) — "
        + "add the law of that day to the profile with date, source and grade"
    }
  }
}
