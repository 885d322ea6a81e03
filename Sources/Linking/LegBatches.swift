import CaseModel

/// Finds batches among the legs that no pair claims: several legs on one side, or on both, whose sums are
/// equal. Matched: groups of one batch reference, and all the legs of a day that name an account against
/// one leg of it. Some of the legs of an account against one leg of it are proposed: sums of a few among
/// many meet by accident.
///
/// - Complexity: near-linear but for the bounded search, which runs once for each leg left over.
struct LegBatches {
  struct Batch {
    let members: [Int]
    let evidence: Evidence
    let daysApart: Int
    let isExhausted: Bool
    let constraints: [LinkConstraint]
  }

  private let legs: [Leg]
  private let policy: LinkPolicy
  private var isClaimed: [Bool]
  private(set) var found: [Batch] = []

  /// - Parameters:
  ///   - legs: booked legs with a day and an amount, in the order of their keys.
  ///   - claimed: legs that a pair matched or may be part of.
  init(_ legs: [Leg], claimed: [Bool], _ policy: LinkPolicy) {
    self.legs = legs
    self.policy = policy
    isClaimed = claimed
    take(byReference())
    take(byDay())
    found += bySearch()
  }

  /// Batches that share a leg stay possible together and are decided later; none of their legs is
  /// searched any further.
  private mutating func take(_ batches: [Batch]) {
    found += batches
    for batch in batches { for member in batch.members { isClaimed[member] = true } }
  }

  private var free: [Int] { legs.indices.filter { !isClaimed[$0] && !legs[$0].isReversal } }

  private func sum(_ members: [Int]) -> Int128 {
    members.reduce(0) { $0 + Int128(legs[$1].amount.minorUnits) }
  }

  private func spread(_ members: [Int]) -> Int {
    let days = members.compactMap { legs[$0].day?.dayNumber }
    guard let first = days.min(), let last = days.max() else { return 0 }
    return Int(last - first)
  }

  /// No leg names an account that is none of the other side's.
  private func accountsFit(_ members: [Int]) -> Bool {
    let debits = Set(members.filter { legs[$0].isDebit }.map { legs[$0].account })
    let credits = Set(members.filter { !legs[$0].isDebit }.map { legs[$0].account })
    return debits.isDisjoint(with: credits)
      && members.allSatisfy { index in
        guard let other = legs[index].counterparty else { return true }
        return (legs[index].isDebit ? credits : debits).contains(other)
      }
  }

  // MARK: One batch reference

  private struct Group: Hashable {
    let reference: String
    let currency: Currency
  }

  private func byReference() -> [Batch] {
    var groups: [Group: [Int]] = [:]
    for index in free {
      let leg = legs[index]
      for name in MatchingWords.batch {
        guard let reference = MatchingWords.reference(leg.references[name]),
          reference.utf8.count >= policy.referenceLengthMin
        else { continue }
        groups[Group(reference: reference, currency: leg.amount.currency), default: []]
          .append(index)
      }
    }
    let sets = groups.values.map { Set($0).sorted() }.filter { members in
      members.count >= 3 && sum(members) == 0 && spread(members) <= policy.referenceDays
        && accountsFit(members)
    }
    return Set(sets).sorted { $0.lexicographicallyPrecedes($1) }.map { members in
      Batch(
        members: members, evidence: .batchReference, daysApart: spread(members), isExhausted: true,
        constraints: constraints(members, LinkConstraint(.reference, "same batch reference")))
    }
  }

  // MARK: All legs of a day

  private struct Day: Hashable {
    let account: AccountKey
    let currency: Currency
    let isDebit: Bool
    let day: CivilDate
  }

  private struct Total: Hashable {
    let account: AccountKey
    let amount: Money
  }

  /// All free legs of a day that name an account, against one free leg of it.
  private func byDay() -> [Batch] {
    var groups: [Day: [Int]] = [:]
    var single: [Total: [Int]] = [:]
    for index in free {
      let leg = legs[index]
      guard let day = leg.day else { continue }
      single[Total(account: leg.account, amount: leg.amount), default: []].append(index)
      guard let named = leg.counterparty else { continue }
      let key = Day(
        account: named, currency: leg.amount.currency, isDebit: leg.isDebit, day: day)
      groups[key, default: []].append(index)
    }
    var batches: [Batch] = []
    for (key, members) in groups where members.count >= 2 {
      guard let minor = Int64(exactly: -sum(members)) else { continue }
      let total = Total(
        account: key.account, amount: Money(minorUnits: minor, currency: key.currency))
      for index in single[total] ?? [] {
        let all = (members + [index]).sorted()
        guard let day = legs[index].day, abs(day - key.day) <= policy.settlementDays,
          accountsFit(all)
        else { continue }
        batches.append(
          Batch(
            members: all, evidence: .batchDay, daysApart: abs(day - key.day), isExhausted: true,
            constraints: constraints(
              all, LinkConstraint(.account, "all legs of the day that name the account"))))
      }
    }
    return batches.sorted { $0.members.lexicographicallyPrecedes($1.members) }
  }

  // MARK: Search

  private func bySearch() -> [Batch] {
    struct Pool: Hashable {
      let account: AccountKey
      let currency: Currency
      let isDebit: Bool
    }
    var pools: [Pool: [Int]] = [:]
    for index in free {
      guard let named = legs[index].counterparty else { continue }
      pools[
        Pool(account: named, currency: legs[index].amount.currency, isDebit: legs[index].isDebit),
        default: []
      ].append(index)
    }
    for (key, members) in pools {
      pools[key] = members.sorted { (day($0), $0) < (day($1), $1) }
    }
    return free.flatMap { index -> [Batch] in
      let leg = legs[index]
      let key = Pool(account: leg.account, currency: leg.amount.currency, isDebit: !leg.isDebit)
      guard let members = pools[key], members.count >= 2 else { return [] }
      let window = Int32(policy.settlementDays)
      let low = members.partitioningIndex { day($0) >= day(index) - window }
      let high = members.partitioningIndex { day($0) > day(index) + window }
      guard high - low >= 2, high - low <= policy.batchPoolMax else { return [] }
      let pool = members[low..<high].filter { accountsFit([$0, index]) }.sorted()
      return search(index, in: pool)
    }
  }

  private func day(_ index: Int) -> Int32 { legs[index].day?.dayNumber ?? 0 }

  private func search(_ index: Int, in pool: [Int]) -> [Batch] {
    guard legs[index].amount.minorUnits != .min else { return [] }
    let amounts = pool.map { legs[$0].amount.magnitude.minorUnits }
    let result = SubsetSum(
      amounts, to: legs[index].amount.magnitude.minorUnits, sizeMin: 2,
      stepsMax: policy.batchStepsMax)
    return result.solutions.map { solution in
      let members = (solution.map { pool[$0] } + [index]).sorted()
      return Batch(
        members: members, evidence: .batchSubset, daysApart: spread(members),
        isExhausted: result.isExhausted,
        constraints: constraints(
          members, LinkConstraint(.account, "some of the legs that name the account")))
    }
  }

  private func constraints(_ members: [Int], _ identity: LinkConstraint) -> [LinkConstraint] {
    let debits = members.count { legs[$0].isDebit }
    return [
      LinkConstraint(.batch, "\(debits) debits and \(members.count - debits) credits, equal sums"),
      LinkConstraint(.sign, "money out of one side, into the other"), identity,
      LinkConstraint(.window, LegRule.window(spread(members))),
    ]
  }
}
