import CaseModel

// Payment records with their bookings, and what they say about the legs.
extension LinkRun {
  private struct Slot: Hashable {
    let family: Link.Kind
    let paying: Bool?
    let number: Int
  }

  mutating func matchRecords() {
    guard !records.isEmpty else { return }
    let groups = RecordGroups(records, decisions, policy)
    links += groups.links
    let bookings = RecordBookings(legs, records, policy)
    var slots: [Slot: Int] = [:]
    func slot(_ slot: Slot) -> Int {
      if let known = slots[slot] { return known }
      slots[slot] = slots.count
      return slots.count - 1
    }
    // Records of one movement take one entry together: candidates are of the group, not of the record.
    var strongest: [[Int]: Evidence] = [:]
    var nodes: [[Int]] = []
    var verdicts: [LinkVerdict?] = []
    for found in bookings.found {
      let view = records[found.record]
      let verdict = decisions[
        LinkIdentity(view.family, from: [view.key], to: [.entry(legs[found.entry].key)])]
      let pair = [
        slot(Slot(family: view.family, paying: found.paying, number: groups.group[found.record])),
        slot(Slot(family: view.family, paying: nil, number: found.entry)),
      ]
      nodes.append(pair)
      verdicts.append(verdict)
      guard groups.outcome[found.record] == .executed, verdict != .refuse else { continue }
      let evidence = verdict == .accept ? .person : found.evidence
      strongest[pair] = min(strongest[pair] ?? evidence, evidence)
    }
    let order = strongest.keys.sorted { $0.lexicographicallyPrecedes($1) }
    let resolution = Resolution(
      order.map { Candidate(nodes: $0, evidence: strongest[$0] ?? .name) }, nodeCount: slots.count)
    let standings = Dictionary(
      uniqueKeysWithValues: order.indices.map { (order[$0], resolution.standings[$0]) })
    for (index, found) in bookings.found.enumerated() {
      let outcome = groups.outcome[found.record]
      let isTaken = resolution.isTaken[nodes[index][1]]
      guard
        let link = booking(
          found, standings[nodes[index]], outcome, verdicts[index], entryIsTaken: isTaken)
      else { continue }
      links.append(link)
    }
    joinLegs(bookings.found.indices.filter { standings[nodes[$0]] == .matched }, bookings, groups)
  }

  private func booking(
    _ found: RecordBookings.Found, _ standing: Standing?, _ outcome: MatchingWords.Outcome,
    _ verdict: LinkVerdict?, entryIsTaken: Bool
  ) -> Link? {
    let view = records[found.record]
    var link = Link(
      kind: view.family, status: .proposal, from: [view.member], to: [legs[found.entry].member],
      evidence: found.evidence, constraints: found.constraints, fees: found.agreement.fees,
      rate: found.agreement.rate, daysApart: found.daysApart, choices: 1, isExhausted: true,
      reason: "")
    switch (outcome, standing) {
    case (.notExecuted, _):
      guard found.evidence.canMatch, !entryIsTaken else { return nil }
      link.status = .contradicted
      link.reason = "the record was not executed by its own word or a reply, yet a booking fits it"
    case (.open, _):
      guard found.evidence.canMatch, !entryIsTaken else { return nil }
      link.constraints.append(LinkConstraint(.status, "the record does not say it was executed"))
    case (.executed, .matched?): link.status = .matched
    case (.executed, .proposal(let choices)?): link.choices = choices
    case (.executed, _): guard verdict == .refuse else { return nil }
    }
    if verdict == .accept, outcome == .executed { link.evidence = .person }
    LinkWords.settle(&link, verdict)
    if link.status == .matched, !link.evidence.canMatch {
      link.reason = "another record of the same movement is matched to this entry"
    }
    return link
  }

  /// Two entries that one payment record has matched on both sides are the legs of one movement.
  private mutating func joinLegs(
    _ matched: [Int], _ bookings: RecordBookings, _ groups: RecordGroups
  ) {
    var sides: [Int: (debits: [RecordBookings.Found], credits: [RecordBookings.Found])] = [:]
    for index in matched {
      let found = bookings.found[index]
      if found.paying {
        sides[groups.group[found.record], default: ([], [])].debits.append(found)
      } else {
        sides[groups.group[found.record], default: ([], [])].credits.append(found)
      }
    }
    var seen: Set<[Int]> = []
    for group in sides.keys.sorted() {
      guard let (debits, credits) = sides[group], let debit = debits.first,
        let credit = credits.first, Set(debits.map(\.entry)).count == 1,
        Set(credits.map(\.entry)).count == 1, seen.insert([debit.entry, credit.entry]).inserted,
        legs[debit.entry].account != legs[credit.entry].account
      else { continue }
      let (out, into) = (legs[debit.entry].amount.magnitude, legs[credit.entry].amount.magnitude)
      var agreement = AmountAgreement.equal
      if out.currency != into.currency {
        agreement = AmountAgreement(
          how: .exchange,
          rate: RateCheck(
            rate: records[debit.record].record.exchangeRate, from: out, to: into, computed: nil))
      } else if out != into {
        agreement = AmountAgreement(
          how: .charges, fees: Array(Set(debit.agreement.fees + credit.agreement.fees)).sorted())
      }
      throughRecords.append((debit.entry, credit.entry, agreement))
    }
  }
}
