// Turns a run for bounds into the list of places with their limits and reasons.

import CaseModel

struct RecordBoundsTable {
  private typealias Key = PlaceInCurrency

  /// Limits of one place while they are put together.
  private struct Limits {
    var low: Int128 = 0
    /// Nil when there is no upper end.
    var high: Int128? = 0
    var isOpen = false
    var accounts: Set<AccountID> = []
    var notes: Set<String> = []
  }

  let bounds: [CaseLedger.RecordBound]

  init(
    _ whole: CaseLedger, broken: CaseLedger, builder: CaseLedgerBuilder, run: BoundsRun,
    outcome: LedgerOutcome
  ) throws(TracingError) {
    var limits: [Key: Limits] = [:]
    Self.addAccounts(&limits, broken, builder, run)
    Self.addPlaces(&limits, broken, builder, run)
    if !builder.missing.holes.isEmpty {
      Self.addAssets(&limits, builder, run)
      Self.addEnds(&limits, builder)
    }
    let traced = whole.taintedAmounts(of: outcome, sharedBy: run.engine.method)
    var result: [CaseLedger.RecordBound] = []
    for (key, limit) in limits where limit.isOpen {
      if case .untraced = key.place { continue }
      let stated = traced[key]?.minorUnits ?? 0
      // What the run itself states is an admissible reading.
      let low = min(limit.low, Int128(stated))
      let high = limit.high.map { max($0, Int128(stated)) }
      if let high, high == low { continue }
      guard let lowest = Int64(exactly: low) else { throw run.engine.overflow() }
      let interval = TracedInterval(
        lowest: Money(minorUnits: lowest, currency: key.currency),
        highest: high.flatMap { Int64(exactly: $0) }.map {
          Money(minorUnits: $0, currency: key.currency)
        }, isExact: false, reasons: Self.reasons(limit, builder))
      result.append(.init(place: key.place, currency: key.currency, interval: interval))
    }
    bounds = result.sorted { a, b in
      a.place.sortKey != b.place.sortKey
        ? a.place.sortKey.utf8.lexicographicallyPrecedes(b.place.sortKey.utf8)
        : a.currency < b.currency
    }
  }

  // MARK: Accounts

  private static func addAccounts(
    _ limits: inout [Key: Limits], _ broken: CaseLedger, _ builder: CaseLedgerBuilder,
    _ run: BoundsRun
  ) {
    let shares = run.engine.method.sharesClosingByContribution
    for (index, state) in run.accounts.enumerated() {
      let account = run.engine.accounts[index]
      let key = Key(
        broken.place(of: .account(account.name)), run.engine.currencies[account.currency])
      let id = index < broken.accounts.count ? broken.accounts[index] : nil
      let misses = id.map { builder.missing.misses($0) } ?? false
      // The odd unit of a closing share goes to the class seen first, which a missing record can change.
      let isTied = shares && run.isRoundingOpen(account.held, over: account.contributed)
      if state.isExact, !(shares && misses), !isTied,
        !(id.map { builder.missing.endsEarly.contains($0) } ?? false)
      {
        continue
      }
      var limit = Limits(isOpen: true, accounts: state.reasons)
      if let id, misses { limit.accounts.insert(id) }
      if isTied, limit.accounts.isEmpty { limit.accounts.formUnion(builder.missing.holes.keys) }
      let (low, high) = run.closing(of: index)
      (limit.low, limit.high) = (Int128(low), Int128(high))
      if state.isUnknown || id == nil {
        (limit.low, limit.high) = (0, nil)
        limit.notes.insert("What it holds is not certain.")
        let repaid = Key(.debtDischarge, key.currency)
        limits[repaid, default: Limits()].isOpen = true
        limits[repaid]?.high = nil
        limits[repaid]?.accounts.formUnion(limit.accounts)
      } else if let id, builder.missing.endsEarly.contains(id) {
        (limit.low, limit.high) = (0, nil)
        limit.notes.insert("What it holds at the end is not on record.")
      } else if shares {
        (limit.low, limit.high) = (0, Int128(account.held))
      }
      limits[key] = limit
    }
    for id in builder.followedInOrder where !builder.isInScope(id) {
      guard let account = builder.accountsByID[id] else { continue }
      limits[Key(.account(id), account.currency)] = Limits(
        high: nil, isOpen: true, accounts: [id])
    }
  }

  // MARK: Other places

  private static func addPlaces(
    _ limits: inout [Key: Limits], _ broken: CaseLedger, _ builder: CaseLedgerBuilder,
    _ run: BoundsRun
  ) {
    let withoutRecords = Set(
      builder.followed.filter { !builder.isInScope($0) }.map { builder.outsideName($0) })
    let repaysAssets =
      run.policy.backwardTracing
      && builder.caseFile.matter.property.contains(where: builder.isCoordinated)
    // A receipt that is missing may have restored what was spent.
    let restores = run.engine.method.restoresOnIntent && run.policy.replenishIntent
    for (key, place) in run.places {
      let caseKey = Key(
        broken.place(of: key.place), run.engine.currencies[key.currency])
      var limit = limits[caseKey] ?? Limits()
      var low = place.low
      if case .outside(let name) = key.place, withoutRecords.contains(name) {
        low = 0
        limit.notes.insert("It is an account of the case without any record.")
        limit.isOpen = true
      }
      if case .debtDischarge = key.place, repaysAssets { low = 0 }
      if case .dissipated(let name) = key.place, restores,
        let account = run.engine.accountIndexes[name], run.missesRecords.contains(account)
      {
        low = 0
      }
      limit.low += Int128(low)
      if let high = limit.high { limit.high = high + Int128(place.high) }
      limit.accounts.formUnion(place.reasons)
      limit.isOpen = limit.isOpen || !place.isExact
      limits[caseKey] = limit
    }
  }

  private static func addAssets(
    _ limits: inout [Key: Limits], _ builder: CaseLedgerBuilder, _ run: BoundsRun
  ) {
    let paid = builder.paymentsOnRecord
    let open = builder.openAssets
    let currencies = Set(
      builder.missing.holes.keys.compactMap { builder.accountsByID[$0]?.currency })
    for item in builder.caseFile.matter.property
    where item.account == nil && (!item.funding.isEmpty || paid[item.code] != nil) {
      let sums = paid[item.code] ?? [:]
      var keys = Set(sums.keys)
      if let price = item.price { keys.insert(price.currency) } else { keys.formUnion(currencies) }
      for currency in keys {
        let key = Key(.asset(item.code), currency)
        var limit = limits[key] ?? Limits()
        if run.policy.backwardTracing, builder.isCoordinated(item) {
          let borrowed = run.borrowed(in: item.code.text, currency)
          if borrowed > 0 {
            limit.high = limit.high.map { $0 + Int128(borrowed) }
            limit.isOpen = true
            limit.notes.insert(
              "A debt that bought it may have been repaid where records are missing.")
          }
        }
        if open.contains(item.code.text) {
          limit.isOpen = true
          limit.accounts.formUnion(builder.missing.holes.keys)
          if let price = item.price, price.currency == currency,
            sums.keys.allSatisfy({ $0 == currency })
          {
            let rest = Int128(price.minorUnits) - (sums[currency] ?? 0)
            limit.high = limit.high.map { $0 + max(0, rest) }
            limit.notes.insert(
              "The price of \(price) exceeds the payments on record; the rest may have been paid where records are missing."
            )
          } else {
            limit.high = nil
            limit.notes.insert(
              "No price is stated in the currency of the payments, so that payments that are not on record have no limit."
            )
          }
        }
        limits[key] = limit
      }
    }
  }

  /// Money that ended has no upper end while records are missing.
  private static func addEnds(_ limits: inout [Key: Limits], _ builder: CaseLedgerBuilder) {
    let missing = Set(builder.missing.holes.keys)
    for account in missing.compactMap({ builder.accountsByID[$0] }) {
      var places = [Place.dissipated, .debtDischarge]
      if let pool = builder.pool(onceUsedBy: account) { places.append(.cash(pool.name)) }
      for place in places {
        let key = Key(place, account.currency)
        limits[key, default: Limits()].isOpen = true
      }
    }
    for (key, _) in limits {
      switch key.place {
      case .dissipated, .debtDischarge, .abroad, .cash:
        limits[key]?.isOpen = true
        limits[key]?.high = nil
        limits[key]?.accounts.formUnion(missing)
        limits[key]?.notes.insert("What missing records hold of it has no limit.")
      default: break
      }
    }
  }

  private static func reasons(_ limit: Limits, _ builder: CaseLedgerBuilder) -> [String] {
    var result: [String] = []
    let named = limit.accounts.compactMap { builder.accountsByID[$0] }
      .sorted { ($0.key, $0.currency) < ($1.key, $1.currency) }
    for account in named {
      result +=
        builder.missing.sentences[account.id]
        ?? [
          "\(account.displayName): its records do not show every payment between accounts of the case."
        ]
    }
    result += limit.notes.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    if !builder.missing.holes.isEmpty {
      result.append("It is assumed that no refund and no sale lies in what is missing.")
    }
    return result
  }
}

extension BoundsRun {
  /// The limits of what is tainted on an account at the end.
  func closing(of index: Int) -> (low: Int64, high: Int64) {
    let (state, held) = (accounts[index], engine.accounts[index].held)
    if state.isExact {
      let tainted = tainted(of: index)
      return (tainted, tainted)
    }
    if poisons { return (state.isPoisoned ? held : 0, state.mayBePoisoned ? held : 0) }
    return (state.low, state.high)
  }

  /// Money of a debt that is still in an asset.
  func borrowed(in asset: String, _ currency: Currency) -> Int64 {
    guard let unit = engine.currencies.firstIndex(of: currency),
      let index = engine.holdingIndexes[.asset(asset, currency: unit)]
    else { return 0 }
    let borrowed = engine.classes.borrowed
    let twin = engine.classes.twin[Int(borrowed)]
    let totals = engine.holdings[index].totals
    return totals[Int(borrowed)] + (twin == borrowed ? 0 : totals[Int(twin)])
  }
}
