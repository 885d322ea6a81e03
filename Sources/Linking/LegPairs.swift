import CaseModel

/// Finds the pairs of legs that could be one movement, by looking up what each side says of the other.
///
/// Every look-up is by equality: the account at the other end with the account it names (or nobody), the
/// amount and currency; a reference; a name. Only legs that could be a pair stand in one place.
/// - Complexity: O(*n* log *n*) in the legs, and at most `choicesMax` candidates for each look-up.
struct LegPairs {
  struct Pair {
    let debit: Int
    let credit: Int
    let evidence: Evidence
    let agreement: AmountAgreement
    let daysApart: Int
    let constraints: [LinkConstraint]
  }

  private let legs: [Leg]
  private let policy: LinkPolicy
  private let claims: [[AmountClaim]]
  private let facts: [LegFacts]
  private var places: [Place: [Int]] = [:]
  private(set) var pairs: [Pair] = []
  /// Legs with more choices than are listed.
  private(set) var crowded: [Bool]
  /// Debits and credits of one UETR whose amounts no statement brings together.
  private(set) var disagreements: [(debit: Int, credit: Int)] = []

  private enum Place: Hashable {
    case at(AccountKey, naming: AccountKey?, Money)
    case naming(AccountKey, Money)
    case owner(String, Money)
    case named(String, Money)
    /// An amount that a credit of the account says went out of it in another currency.
    case exchanged(AccountKey, Money)
  }

  /// - Parameter legs: booked legs with a day and an amount, in the order of their keys.
  init(_ legs: [Leg], _ policy: LinkPolicy) {
    self.legs = legs
    self.policy = policy
    let reader = AmountClaims(legs)
    claims = legs.map { reader.claims(of: $0) }
    facts = legs.map { LegFacts($0, policy) }
    crowded = Array(repeating: false, count: legs.count)
    fillPlaces()
    var disagreeing: Set<Meeting> = []
    for meeting in meetingsByPlace().union(meetingsByReference()) {
      if let pair = pair(meeting.debit, meeting.credit) {
        pairs.append(pair)
      } else if isDisagreement(meeting.debit, meeting.credit) {
        disagreeing.insert(meeting)
      }
    }
    pairs.sort { ($0.debit, $0.credit) < ($1.debit, $1.credit) }
    disagreements = disagreeing.map { ($0.debit, $0.credit) }.sorted { $0 < $1 }
  }

  /// Two legs that something brings together.
  private struct Meeting: Hashable {
    let debit: Int
    let credit: Int
  }

  // MARK: Looking up

  private mutating func fillPlaces() {
    for (index, leg) in legs.enumerated() where !leg.isDebit {
      for amount in [leg.amount] + claims[index].map(\.amount) {
        places[.at(leg.account, naming: leg.counterparty, amount), default: []].append(index)
        if let named = leg.counterparty {
          places[.naming(named, amount), default: []].append(index)
        }
      }
      guard leg.counterparty == nil else { continue }
      for claim in claims[index] where claim.amount.currency != leg.amount.currency {
        places[.exchanged(leg.account, claim.amount), default: []].append(index)
      }
      if let owner = facts[index].owner {
        places[.owner(owner, leg.amount), default: []].append(index)
      }
      if let name = facts[index].name {
        places[.named(name, leg.amount), default: []].append(index)
      }
    }
    let days = legs.map { $0.day?.dayNumber ?? 0 }
    for (place, members) in places where members.count > 1 {
      places[place] = members.sorted { (days[$0], $0) < (days[$1], $1) }
    }
  }

  /// Debits in the order of their days, so that the ranges of one place only move on.
  private mutating func meetingsByPlace() -> Set<Meeting> {
    var found: Set<Meeting> = []
    let days = legs.map { $0.day?.dayNumber ?? 0 }
    let debits = legs.indices.filter { legs[$0].isDebit }
      .sorted { (days[$0], $0) < (days[$1], $1) }
    var markedUpTo: [Place: Int] = [:]
    for debit in debits {
      for place in lookUps(of: debit) {
        guard let members = places[place] else { continue }
        let first = days[debit] - Int32(policy.proposalDays)
        let last = days[debit] + Int32(policy.proposalDays)
        let low = members.partitioningIndex { days[$0] >= first }
        let high = members.partitioningIndex { days[$0] > last }
        guard high - low > policy.choicesMax else {
          for credit in members[low..<high] {
            found.insert(Meeting(debit: debit, credit: credit))
          }
          continue
        }
        crowded[debit] = true
        for credit in members[max(low, markedUpTo[place] ?? 0)..<high] { crowded[credit] = true }
        markedUpTo[place] = high
      }
    }
    return found
  }

  private func lookUps(of debit: Int) -> [Place] {
    let leg = legs[debit]
    let own = leg.amount.magnitude
    var found: [Place] = []
    for amount in [own] + claims[debit].map(\.amount) {
      if let other = leg.counterparty {
        found.append(.at(other, naming: leg.account, amount))
        found.append(.at(other, naming: nil, amount))
      } else {
        found.append(.naming(leg.account, amount))
        // Within one account only an exchange is a movement.
        found.append(
          amount.currency == own.currency
            ? .exchanged(leg.account, amount) : .at(leg.account, naming: nil, amount))
      }
    }
    guard leg.counterparty == nil else { return found }
    if let name = facts[debit].name { found.append(.owner(name, own)) }
    if let owner = facts[debit].owner { found.append(.named(owner, own)) }
    return found
  }

  /// A reference that more than `choicesMax` legs of a side carry identifies none of them.
  private func meetingsByReference() -> Set<Meeting> {
    var found: Set<Meeting> = []
    var carriers: [String: (debits: [Int], credits: [Int])] = [:]
    for (index, leg) in legs.enumerated() {
      for reference in facts[index].lookUps {
        if leg.isDebit {
          carriers[reference, default: ([], [])].debits.append(index)
        } else {
          carriers[reference, default: ([], [])].credits.append(index)
        }
      }
    }
    for carrier in carriers.values
    where max(carrier.debits.count, carrier.credits.count) <= policy.choicesMax {
      for debit in carrier.debits {
        for credit in carrier.credits { found.insert(Meeting(debit: debit, credit: credit)) }
      }
    }
    return found
  }

  // MARK: The rules

  private func pair(_ debit: Int, _ credit: Int) -> Pair? {
    let (out, into) = (legs[debit], legs[credit])
    guard let first = out.day, let second = into.day, out.isReversal == into.isReversal,
      out.account != into.account || out.amount.currency != into.amount.currency,
      let agreement = AmountClaims.agreement(out, claims[debit], into, claims[credit])
    else { return nil }
    let rule = LegRule(
      out, into, facts[debit], facts[credit], agreement, days: abs(first - second), policy)
    guard let evidence = rule.evidence else { return nil }
    return Pair(
      debit: debit, credit: credit, evidence: evidence, agreement: agreement,
      daysApart: rule.days, constraints: rule.constraints)
  }

  /// One UETR and one currency, and amounts that do not agree.
  private func isDisagreement(_ debit: Int, _ credit: Int) -> Bool {
    guard let uetr = facts[debit].uetr, uetr == facts[credit].uetr else { return false }
    return legs[debit].account != legs[credit].account
      && legs[debit].isReversal == legs[credit].isReversal
      && legs[debit].amount.currency == legs[credit].amount.currency
      && AmountClaims.agreement(legs[debit], claims[debit], legs[credit], claims[credit]) == nil
  }
}

/// What is compared of a leg, brought into one form.
struct LegFacts {
  let uetr: String?
  let identifiers: [String]
  let name: String?
  let owner: String?

  init(_ leg: Leg, _ policy: LinkPolicy) {
    uetr = MatchingWords.uetr(leg.references)
    identifiers =
      leg.references.isEmpty
      ? [] : MatchingWords.identifiers(leg.references, longerThan: policy.referenceLengthMin)
    name = MatchingWords.name(leg.counterpartyName)
    owner = MatchingWords.name(leg.ownerName)
  }

  var lookUps: [String] { (uetr.map { ["uetr " + $0] } ?? []) + identifiers.map { "ref " + $0 } }

  func shares(with other: LegFacts) -> Bool {
    !identifiers.isEmpty && identifiers.contains { other.identifiers.contains($0) }
  }
}

extension Array {
  /// The first index whose element passes, all later ones passing too; `count` when none does.
  func partitioningIndex(where passes: (Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if passes(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
