import CaseModel

/// Finds the booked entry that a pending, future or informational entry of the same account announced
/// (camt.052 and 054, MT942): same account, amount and sign; a reference, or the same other side within days.
struct Announcements {
  struct Found {
    let notice: Int
    let entry: Int
    let evidence: Evidence
    let daysApart: Int?
    let constraints: [LinkConstraint]
  }

  private(set) var found: [Found] = []

  private struct Place: Hashable {
    let account: AccountKey
    let amount: Money
  }

  /// - Parameters:
  ///   - notices: entries that are not booked, in the order of their keys.
  ///   - legs: booked legs, in the order of their keys.
  /// - Complexity: near-linear; places with more than `choicesMax` entries within days are left out.
  init(_ notices: [Leg], _ legs: [Leg], _ policy: LinkPolicy) {
    guard !notices.isEmpty else { return }
    var places = DayIndex<Place>()
    for (index, leg) in legs.enumerated() {
      places.add(index, at: Place(account: leg.account, amount: leg.amount), leg)
    }
    places.sort()
    for (number, notice) in notices.enumerated() {
      let days = [notice.bookedOn, notice.valueOn].compactMap { $0 }
      let near =
        places.near(
          days, policy.referenceDays, at: Place(account: notice.account, amount: notice.amount),
          limit: policy.choicesMax) ?? []
      for index in near {
        guard let match = Self.match(notice, legs[index], policy) else { continue }
        found.append(
          Found(
            notice: number, entry: index, evidence: match.0,
            daysApart: Self.days(notice, legs[index]), constraints: match.1))
      }
    }
  }

  /// The nearest of booking and value days, as far as stated.
  private static func days(_ a: Leg, _ b: Leg) -> Int? {
    let own = [a.bookedOn, a.valueOn].compactMap { $0 }
    let other = [b.bookedOn, b.valueOn].compactMap { $0 }
    return own.flatMap { day in other.map { abs($0 - day) } }.min()
  }

  private static func match(_ notice: Leg, _ leg: Leg, _ policy: LinkPolicy)
    -> (Evidence, [LinkConstraint])?
  {
    guard notice.isReversal == leg.isReversal else { return nil }
    let (one, other) = (LegFacts(notice, policy), LegFacts(leg, policy))
    let days = days(notice, leg)
    var constraints = [
      LinkConstraint(.amount, "same amount, currency and sign"),
      LinkConstraint(.ownAccount, "one account"),
    ]
    if let days { constraints.append(LinkConstraint(.window, LegRule.window(days))) }
    if one.uetr != nil, one.uetr == other.uetr {
      constraints.append(LinkConstraint(.reference, "same UETR"))
      return (.uetr, constraints)
    }
    if one.shares(with: other) {
      constraints.append(LinkConstraint(.reference, "same payment reference"))
      return (.referenceAndAccount, constraints)
    }
    let contradicts =
      notice.counterparty.flatMap { named in leg.counterparty.map { $0 != named } } ?? false
    guard !contradicts, let days, days <= policy.proposalDays else { return nil }
    let sameSide =
      notice.counterparty != nil && notice.counterparty == leg.counterparty
      || one.name != nil && one.name == other.name
    if sameSide, days <= policy.settlementDays {
      constraints.append(LinkConstraint(.account, "the same other side"))
      return (.accountAndDay, constraints)
    }
    return (.lateAccount, constraints)
  }
}
