import CaseModel
import Linking

/// The same question answered slowly: every pair and every subset is looked at, with the rules written out
/// once more and no look-up, no interning, no ordering. Shares only the values with the engine.
struct Oracle {
  let legs: [Leg]
  let policy = LinkPolicy()

  struct Option {
    let members: [Int]
    let evidence: Evidence
  }

  /// `status evidence keys`, for pairs and whole batches; subsets apart.
  private(set) var found: Set<String> = []
  /// For each leg that some others of its window add up to: the ways to do so, as joined keys.
  private(set) var subsets: [String: Set<String>] = [:]

  init(_ legs: [Leg]) {
    self.legs = legs
    var pairs: [Option] = []
    for d in legs.indices {
      for c in legs.indices {
        if let evidence = pair(legs[d], legs[c]) {
          pairs.append(Option(members: [d, c], evidence: evidence))
        }
      }
    }
    var taken: Set<Int> = []
    var claimed: Set<Int> = []
    decide(pairs, &taken, &claimed)
    for d in legs.indices {
      for c in legs.indices
      where !taken.contains(d) && !taken.contains(c) && clash(legs[d], legs[c]) {
        found.insert("contradicted uetr " + keys([d, c]))
      }
    }
    var whole = byReference(legs.indices.filter { !claimed.contains($0) && !legs[$0].isReversal })
    let claimedByReference = Set(whole.flatMap(\.members))
    let rest = legs.indices.filter {
      !claimed.contains($0) && !claimedByReference.contains($0) && !legs[$0].isReversal
    }
    let days = byDay(rest)
    whole += days
    let claimedByDay = Set(days.flatMap(\.members))
    bySubset(rest.filter { !claimedByDay.contains($0) })
    decide(whole, &taken, &claimed)
  }

  private func keys(_ members: [Int]) -> String {
    members.map { legs[$0].key }.sorted().joined(separator: "+")
  }

  /// Strongest first; a leg's only option, both ways, and nobody stronger has claimed it.
  private mutating func decide(
    _ options: [Option], _ taken: inout Set<Int>, _ claimed: inout Set<Int>
  ) {
    for evidence in Evidence.allCases {
      let live = options.filter { option in
        option.evidence == evidence && option.members.allSatisfy { !taken.contains($0) }
      }
      let claimedBefore = claimed
      for option in live {
        let alone = option.members.allSatisfy { member in
          !claimedBefore.contains(member)
            && live.filter { $0.members.contains(member) }.count == 1
        }
        let isMatch = evidence.canMatch && alone
        found.insert(
          "\(isMatch ? "matched" : "proposal") \(evidence.name) \(keys(option.members))")
        if isMatch { taken.formUnion(option.members) }
        claimed.formUnion(option.members)
      }
    }
  }

  // MARK: Pairs

  private func out(_ leg: Leg) -> Int64 { leg.amount.magnitude.minorUnits }

  private func declaredCharges(_ leg: Leg) -> Int64? {
    switch leg.references["charges-included"] {
    case "5.00 EUR" where leg.amount.currency == euro: 500
    default: nil
    }
  }

  private enum Agreement { case equal, exchange, doubtful, charges }

  private func agreement(_ d: Leg, _ c: Leg) -> Agreement? {
    if d.amount.currency == c.amount.currency, out(d) == out(c) { return .equal }
    var found: Set<Agreement> = []
    for (own, other) in [(d, c), (c, d)] {
      if own.amount.currency == other.amount.currency, let charge = declaredCharges(own) {
        let arrives = own.amount.isNegative ? out(own) - charge : out(own) + charge
        if arrives > 0, arrives == out(other) { found.insert(.charges) }
      }
      if own.amount.currency != other.amount.currency {
        if let original = own.original, original.currency != own.amount.currency {
          if original == other.amount.magnitude {
            found.insert(leads(own, original) ? .exchange : .doubtful)
          }
        } else if own.original == nil, own.exchangeRate == "2.0" {
          // 2.0 either way: twice, or half with the half cent away from zero.
          if out(other) == out(own) * 2 || out(other) == (out(own) + 1) / 2 {
            found.insert(.exchange)
          }
        }
      }
    }
    return [Agreement.exchange, .doubtful, .charges].first { found.contains($0) }
  }

  /// Within 1.95 to 2.05, read either way; the test draws no other rate.
  private func leads(_ own: Leg, _ original: Money) -> Bool {
    guard own.exchangeRate == "2.0" else { return own.exchangeRate == nil }
    let (a, b) = (original.minorUnits, out(own))
    func rounded(_ n: Int64, _ d: Int64) -> Int64 { (2 * n + d) / (2 * d) }
    return (rounded(a * 195, 100)...rounded(a * 205, 100)).contains(b)
      || (rounded(a * 100, 205)...rounded(a * 100, 195)).contains(b)
  }

  private func reference(_ leg: Leg) -> String? {
    leg.references["end-to-end"].flatMap { $0 == "NOTPROVIDED" ? nil : $0 }
  }

  private func sameUETR(_ d: Leg, _ c: Leg) -> Bool {
    d.references["uetr"] != nil && d.references["uetr"] == c.references["uetr"]
  }

  private func opposed(_ d: Leg, _ c: Leg) -> Bool {
    d.amount.minorUnits < 0 && c.amount.minorUnits > 0 && d.isReversal == c.isReversal
  }

  private func clash(_ d: Leg, _ c: Leg) -> Bool {
    opposed(d, c) && d.account != c.account && d.amount.currency == c.amount.currency
      && sameUETR(d, c) && agreement(d, c) == nil
  }

  private func pair(_ d: Leg, _ c: Leg) -> Evidence? {
    guard opposed(d, c), let first = d.bookedOn, let second = c.bookedOn else { return nil }
    let isOneAccount = d.account == c.account
    if isOneAccount && d.amount.currency == c.amount.currency { return nil }
    guard let agreement = agreement(d, c) else { return nil }
    let days = abs(first - second)
    let dNames = d.counterparty == c.account
    let cNames = c.counterparty == d.account
    let third = (d.counterparty != nil && !dNames) || (c.counterparty != nil && !cNames)
    if sameUETR(d, c) {
      if agreement == .doubtful { return .doubtfulExchange }
      return third || days > 10 ? .looseReference : .uetr
    }
    if third { return nil }
    if let shared = reference(d), shared == reference(c), days <= 10 {
      if agreement == .doubtful { return .doubtfulExchange }
      if dNames || cNames || isOneAccount { return .referenceAndAccount }
      return agreement == .equal ? .looseReference : nil
    }
    if dNames || cNames || (isOneAccount && days == 0) {
      if days > 5 { return nil }
      if agreement == .doubtful { return .doubtfulExchange }
      if days > 3 { return .lateAccount }
      switch agreement {
      case .equal: return dNames && cNames ? .bothAccounts : .oneAccount
      case .exchange: return .exchange
      case .charges: return .charges
      case .doubtful: return .doubtfulExchange
      }
    }
    var sayings: [Bool] = []
    if let name = d.counterpartyName, let owner = c.ownerName { sayings.append(name == owner) }
    if let name = c.counterpartyName, let owner = d.ownerName { sayings.append(name == owner) }
    return !sayings.isEmpty && !sayings.contains(false) && agreement == .equal && days <= 5
      ? .name : nil
  }

  // MARK: Batches

  private func total(_ members: [Int]) -> Int64 {
    members.reduce(0) { $0 + legs[$1].amount.minorUnits }
  }

  private func fits(_ members: [Int]) -> Bool {
    for one in members {
      for other in members
      where legs[one].amount.isNegative != legs[other].amount.isNegative
        && legs[one].account == legs[other].account
      {
        return false
      }
      guard let named = legs[one].counterparty else { continue }
      let others = members.filter {
        legs[$0].amount.isNegative != legs[one].amount.isNegative
      }
      if !others.contains(where: { legs[$0].account == named }) { return false }
    }
    return true
  }

  private func apart(_ a: Int, _ b: Int) -> Int {
    guard let first = legs[a].bookedOn, let second = legs[b].bookedOn else { return .max }
    return abs(first - second)
  }

  private func byReference(_ free: [Int]) -> [Option] {
    var options: [Option] = []
    for currency in [euro, dollar] {
      for reference in ["BATCH-1", "BATCH-2"] {
        let members = free.filter {
          legs[$0].references["batch-id"] == reference && legs[$0].amount.currency == currency
        }
        let near = members.allSatisfy { one in members.allSatisfy { apart(one, $0) <= 10 } }
        if members.count >= 3, total(members) == 0, near, fits(members) {
          options.append(Option(members: members, evidence: .batchReference))
        }
      }
    }
    return options
  }

  private func byDay(_ free: [Int]) -> [Option] {
    var options: Set<[Int]> = []
    for one in free {
      for other in free {
        let group = free.filter { member in
          legs[member].counterparty == legs[one].account
            && legs[member].bookedOn == legs[other].bookedOn
            && legs[member].amount.currency == legs[one].amount.currency
            && legs[member].amount.isNegative != legs[one].amount.isNegative
        }
        let all = (group + [one]).sorted()
        if group.count >= 2, group.contains(other), apart(one, other) <= 3, total(all) == 0,
          fits(all)
        {
          options.insert(all)
        }
      }
    }
    return options.map { Option(members: $0, evidence: .batchDay) }
  }

  private mutating func bySubset(_ free: [Int]) {
    for one in free {
      let pool = free.filter { member in
        legs[member].counterparty == legs[one].account
          && legs[member].amount.currency == legs[one].amount.currency
          && legs[member].amount.isNegative != legs[one].amount.isNegative
          && apart(one, member) <= 3 && fits([one, member].sorted())
      }
      for mask in 0..<(1 << pool.count) where mask.nonzeroBitCount >= 2 {
        let chosen = pool.indices.filter { mask >> $0 & 1 == 1 }.map { pool[$0] }
        if total(chosen + [one]) == 0 {
          subsets[legs[one].key, default: []].insert(keys(chosen + [one]))
        }
      }
    }
  }
}
