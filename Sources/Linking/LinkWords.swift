import CaseModel

/// Why a link stands as it does, in words, and what a person's decision makes of it.
enum LinkWords {
  /// Applies a verdict to a link whose status says what the evidence alone gives, and states the reason.
  static func settle(_ link: inout Link, _ verdict: LinkVerdict?) {
    switch verdict {
    case .refuse:
      link.status = .refused
      link.reason = "a person refused it"
    case .accept where link.status != .contradicted:
      if !link.constraints.contains(where: { $0.name == .person }) {
        link.constraints.insert(LinkConstraint(.person, "a person accepted it"), at: 0)
      }
      link.reason =
        link.status == .matched
        ? "a person accepted it" : "accepted, and a member is accepted twice"
      if link.kind == .reply || link.kind == .sameMovement {
        link.status = .matched
        link.evidence = .person
        link.reason = "a person accepted it"
      }
    case .accept, nil: link.reason = reason(link)
    }
  }

  private static func reason(_ link: Link) -> String {
    switch link.status {
    case .matched: return "the only choice of each member: \(link.evidence.word)"
    case .contradicted:
      return link.reason.isEmpty ? "the records cannot both be right" : link.reason
    case .refused: return "a person refused it"
    case .proposal:
      var text = "possible: \(link.evidence.word)"
      if link.choices > 1 { text += "; a member has \(link.choices) choices" }
      if !link.evidence.canMatch { text += "; never matched without a person" }
      if link.choices == 1 && link.evidence.canMatch {
        text += "; a member is left open by stronger evidence"
      }
      if !link.isExhausted { text += "; the search stopped at its bound" }
      return text
    }
  }
}
