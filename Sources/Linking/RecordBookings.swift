import CaseModel

/// Finds the booked entries that payment records speak of: a message, report or declaration and its debit on
/// the payer's side, its credit on the payee's.
///
/// A record that was refused, cancelled or returned never matches; where its booking is there all the same,
/// the two are shown as contradicting each other. Each entry is the booking of one movement, told by any
/// number of records joined before.
/// - Complexity: near-linear: look-ups by reference, and by account or owner with amount.
struct RecordBookings {
  struct Found {
    let record: Int
    let entry: Int
    let paying: Bool
    let evidence: Evidence
    let agreement: AmountAgreement
    let daysApart: Int?
    let constraints: [LinkConstraint]
  }

  private let legs: [Leg]
  private let facts: [LegFacts]
  private let records: [RecordView]
  private let policy: LinkPolicy
  private var places = DayIndex<Place>()
  private(set) var found: [Found] = []

  private enum Place: Hashable {
    case account(AccountKey, Money)
    case owner(String, Money)
    case reference(String)
  }

  /// - Parameters:
  ///   - legs: booked legs with a day and an amount, in the order of their keys.
  init(_ legs: [Leg], _ records: [RecordView], _ policy: LinkPolicy) {
    self.legs = legs
    self.records = records
    self.policy = policy
    facts = records.isEmpty ? [] : legs.map { LegFacts($0, policy) }
    guard !records.isEmpty else { return }
    for (index, leg) in legs.enumerated() {
      places.add(index, at: .account(leg.account, leg.amount), leg)
      if let owner = facts[index].owner { places.add(index, at: .owner(owner, leg.amount), leg) }
      for reference in facts[index].lookUps { places.add(index, at: .reference(reference), leg) }
    }
    places.sort()
    for record in records.indices where records[record].family != .reply {
      for paying in [true, false] { look(record, paying: paying) }
    }
  }

  private mutating func look(_ index: Int, paying: Bool) {
    let view = records[index]
    let party = view.party(paying: paying)
    let bookable = view.bookable(paying: paying)
    var lookUps: [Place] = view.identifiers.map { .reference("ref " + $0) }
    if let uetr = view.uetr { lookUps.append(.reference("uetr " + uetr)) }
    let name = MatchingWords.name(party?.name)
    for claim in bookable {
      let signed = paying ? -claim.amount : claim.amount
      if let account = party?.accountKey { lookUps.append(.account(account, signed)) }
      if let name { lookUps.append(.owner(name, signed)) }
    }
    var entries: Set<Int> = []
    for place in lookUps {
      let near = places.near(
        view.days, policy.referenceDays, at: place, limit: policy.choicesMax)
      entries.formUnion((near ?? []).filter { legs[$0].isDebit == paying })
    }
    for entry in entries.sorted() {
      if let match = match(index, entry, paying: paying, bookable, party, name) {
        found.append(match)
      }
    }
  }

  private func days(_ entry: Int, _ view: RecordView) -> Int? {
    let own = [legs[entry].bookedOn, legs[entry].valueOn].compactMap { $0 }
    return own.flatMap { day in view.days.map { abs($0 - day) } }.min()
  }

  private func match(
    _ index: Int, _ entry: Int, paying: Bool, _ bookable: [AmountClaim], _ party: PaymentParty?,
    _ name: String?
  ) -> Found? {
    let (view, leg) = (records[index], legs[entry])
    guard !leg.isReversal, leg.amount.minorUnits != .min,
      let claim = bookable.first(where: { $0.amount == leg.amount.magnitude })
    else { return nil }
    let other = view.party(paying: !paying)?.accountKey
    let ownAgrees = party?.accountKey.map { $0 == leg.account }
    let otherAgrees = other.flatMap { stated in leg.counterparty.map { $0 == stated } }
    let sharesUETR = view.uetr != nil && view.uetr == facts[entry].uetr
    let shares =
      !view.identifiers.isEmpty
      && view.identifiers.contains(where: facts[entry].identifiers.contains)
    let days = days(entry, view)
    let evidence = Self.evidence(
      ownAgrees, otherAgrees, sharesUETR, shares,
      knowsNoOther: other == nil && leg.counterparty == nil,
      namesAgree: name != nil && name == facts[entry].owner, days, policy)
    guard let evidence else { return nil }
    var constraints = [
      claim.agreement.constraint,
      LinkConstraint(
        .sign, paying ? "money out of the payer's side" : "money into the payee's side"),
    ]
    if ownAgrees == true {
      constraints.append(LinkConstraint(.account, "the account is the entry's"))
    }
    if otherAgrees == true {
      constraints.append(LinkConstraint(.account, "the other account is the one the entry names"))
    }
    if sharesUETR { constraints.append(LinkConstraint(.reference, "same UETR")) }
    if shares { constraints.append(LinkConstraint(.reference, "same payment reference")) }
    if evidence == .name {
      constraints.append(LinkConstraint(.name, "the party's name is the owner's"))
    }
    if let days { constraints.append(LinkConstraint(.window, LegRule.window(days))) }
    return Found(
      record: index, entry: entry, paying: paying, evidence: evidence, agreement: claim.agreement,
      daysApart: days, constraints: constraints)
  }

  /// The strongest evidence that a record and an entry of fitting amount and sign are one movement.
  private static func evidence(
    _ own: Bool?, _ other: Bool?, _ sharesUETR: Bool, _ shares: Bool, knowsNoOther: Bool,
    namesAgree: Bool, _ days: Int?, _ policy: LinkPolicy
  ) -> Evidence? {
    let isWithin = { (limit: Int) in days.map { $0 <= limit } ?? false }
    if sharesUETR {
      return own == false || other == false || !isWithin(policy.referenceDays)
        ? .looseReference : .uetr
    }
    if own == false || other == false { return nil }
    if shares, isWithin(policy.referenceDays) {
      return own == true ? .referenceAndAccount : .reference
    }
    if own == true {
      if other == true, isWithin(policy.settlementDays) { return .bothAccounts }
      if knowsNoOther, days == 0 { return .accountAndDay }
      return isWithin(policy.proposalDays) ? .lateAccount : nil
    }
    return namesAgree && isWithin(policy.proposalDays) ? .name : nil
  }
}
