public import CaseModel

// Who decides: votes held directly and through bodies that are themselves controlled, or other means.

extension ControlGraph {
  /// A body that an entity controls, and how.
  public struct Control: Hashable, Sendable {
    public let controlled: Int32
    /// How many rounds of bodies controlled before it stand between: 1 for direct control.
    public let step: Int
    /// The votes that the entity and the bodies it then controlled cast together.
    public let votes: ExactShare
    /// The holdings that give control, as places in `holdings`, rising: votes of the group, other means.
    public let holdings: [Int]
  }

  /// The bodies an entity controls on a day.
  ///
  /// A body is controlled when the entity and the bodies it controls hold together more than `threshold`
  /// of its votes, or when one of them decides by other means. This is the least set that keeps the
  /// rule, so bodies that only control each other in a ring control themselves for nobody's sake.
  /// Where a record states capital but no votes for the same two parties on the day, capital is taken to
  /// vote; where votes are stated, they decide alone.
  ///
  /// - Parameter threshold: more than this share of the votes controls; one half unless told.
  /// - Returns: by step, then by number. An exact answer: no bound can be met. Votes whose sum does not fit
  ///   128 bits are refused with nil.
  /// - Complexity: O(*s* · *h*) in steps and holdings.
  public func controlled(
    by entity: Int32, on day: CivilDate, above threshold: ExactShare? = nil
  ) -> [Control]? {
    let threshold = threshold ?? ExactShare(1, of: 2) ?? .whole
    var group: Set<Int32> = [entity]
    var found: [Control] = []
    var step = 1
    while true {
      var joined: [Control] = []
      for body in 0..<Int32(entityCount) where !group.contains(body) {
        guard let control = control(of: body, by: group, on: day, above: threshold, step) else {
          return nil
        }
        if !control.holdings.isEmpty { joined.append(control) }
      }
      if joined.isEmpty { return found }
      found += joined
      group.formUnion(joined.map(\.controlled))
      step += 1
    }
  }

  /// Empty holdings when the group does not control the body; nil when the votes cannot be summed.
  private func control(
    of body: Int32, by group: Set<Int32>, on day: CivilDate, above threshold: ExactShare,
    _ step: Int
  ) -> Control? {
    let held = holders(of: body, on: day)
    // Owners whose votes are stated: their capital does not vote as well.
    var voters: Set<Int32> = []
    for place in held {
      if case .voting = holdings[place].kind { voters.insert(holdings[place].owner) }
    }
    var votes = ExactShare.none
    var places: [Int] = []
    var decides = false
    for place in held where group.contains(holdings[place].owner) {
      switch holdings[place].kind {
      case .otherMeans:
        decides = true
        places.append(place)
      case .voting(let share):
        guard let sum = votes.plus(share) else { return nil }
        votes = sum
        places.append(place)
      case .ownership(let share):
        guard !voters.contains(holdings[place].owner) else { continue }
        guard let sum = votes.plus(share) else { return nil }
        votes = sum
        places.append(place)
      }
    }
    let holds = decides || votes > threshold
    return Control(controlled: body, step: step, votes: votes, holdings: holds ? places : [])
  }
}
