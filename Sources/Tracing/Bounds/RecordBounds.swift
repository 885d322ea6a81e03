// Between which amounts the tainted value of each place lies when records are missing (N13).

public import CaseModel

extension CaseLedger {
  /// The tainted value of one place in one currency, as far as missing records leave it open.
  public struct RecordBound: Hashable, Sendable {
    public let place: Place
    public let currency: Currency
    public let interval: TracedInterval
  }

  /// States the lowest and the highest tainted value of every place that missing or unreconciled records,
  /// or receipts without their departure on record, leave open.
  ///
  /// Money of unknown composition (an opening balance of unknown origin, a balance after a gap, also after
  /// one across which the balance is the same) counts as clean for the lower end and as tainted for the
  /// upper end; `BoundsRun` says why that is sound for each method. Missing records may also hold payments
  /// for an asset: its upper end adds what the stated price exceeds the payments on record, and there is
  /// none without a price. Money spent, gone elsewhere, drawn in cash or used to repay debt has no upper
  /// end while records are missing, nor has an account whose records end before those of others. What is
  /// untraced is not bounded: it is the uncertainty itself.
  ///
  /// Assumed, and said in `reasons`: no refund and no sale lies hidden in what is missing. Assumed too:
  /// statements whose balances join leave nothing out, a payment left not before it was booked, and a
  /// receipt that names no other account and that the case sheet gives to a class is what the sheet says.
  /// Where the same-day order is not the bank's, an account is not certain from the first day on which
  /// something missing may stand in another place of the order. A place that only missing records name is
  /// not listed.
  ///
  /// Source: confiscation.md §4.2, missing records; experience.md N13.
  /// - Returns: one bound a place and currency that is open, sorted as claims are; empty when nothing is
  ///   missing. A place that is not listed is as the run states it.
  /// - Throws: `TracingError` for an unknown method or a ledger that cannot be run.
  /// - Complexity: that of two runs, plus O(*a*) for *a* followed accounts a receipt without its departure.
  public func recordBounds(
    method name: String, policy: TracingPolicy = TracingPolicy()
  ) throws(TracingError) -> [RecordBound] {
    let method = try TracingCatalogue.method(named: name)
    var builder = CaseLedgerBuilder(caseFile, isForBounds: true)
    let broken = try builder.build()
    guard !builder.missing.holes.isEmpty || !builder.uncertain.isEmpty,
      caseFile.matter.sourceClasses.contains(where: \.isTainted)
    else { return [] }
    var run = try BoundsRun(broken, builder, method: method, policy: policy)
    try run.run()
    return try RecordBoundsTable(
      self, broken: broken, builder: builder, run: run,
      outcome: ledger.traced(by: method, under: policy)
    ).bounds
  }

  /// The tainted amount of each place and currency of a run.
  func taintedAmounts(
    of outcome: LedgerOutcome, sharedBy method: any TracingMethod
  ) -> [PlaceInCurrency: Money] {
    var result: [PlaceInCurrency: Money] = [:]
    for row in outcome.rows(sharedBy: method) where row.isTainted {
      let key = PlaceInCurrency(place(of: row.place), row.amount.currency)
      result[key, default: .zero(row.amount.currency)] += row.amount
    }
    return result
  }
}

extension BoundsRun {
  init(
    _ broken: CaseLedger, _ builder: CaseLedgerBuilder, method: any TracingMethod,
    policy: TracingPolicy
  ) throws(TracingError) {
    engine = try TracingEngine(broken.ledger, method: method, policy: policy, recordsPaths: false)
    accountIDs = broken.accounts
    var receivers: [Int: String] = [:]
    for step in broken.ledger.steps where engine.isReversed(sequence: step.sequence) {
      receivers[step.sequence] = step.movement.accountNames.first
    }
    self.receivers = receivers
    taintedClasses = Int64(max(1, builder.caseFile.matter.sourceClasses.count(where: \.isTainted)))
    var uncertain: [Int32: AccountID] = [:]
    for (code, account) in builder.uncertain {
      if let index = engine.classes.index(of: code) { uncertain[index] = account }
    }
    self.uncertain = uncertain
    let missing = builder.missing
    var distrusted: [Int: Int32] = [:]
    var missesRecords: Set<Int> = []
    for (index, account) in broken.accounts.enumerated() {
      if let day = missing.unknownFrom[account] { distrusted[index] = day }
      if missing.misses(account) { missesRecords.insert(index) }
    }
    for (index, pool) in builder.purse.pools.enumerated() where builder.isOpen(pool) {
      distrusted[broken.accounts.count + index] = .min
    }
    if policy.sameDayOrder != .bankSequence {
      Self.distrustReordered(broken, uncertain, engine, &distrusted)
    }
    self.distrusted = distrusted
    self.missesRecords = missesRecords
    openAssets = builder.openAssets
  }

  /// Under another order than the bank's, a receipt whose departure is missing and a day on which records
  /// resume may stand elsewhere in the day.
  private static func distrustReordered(
    _ broken: CaseLedger, _ uncertain: [Int32: AccountID], _ engine: TracingEngine,
    _ distrusted: inout [Int: Int32]
  ) {
    for step in broken.ledger.steps {
      let name: String
      switch step.movement {
      case .credit(let to, _, let code, _):
        guard let index = engine.classes.index(of: code), uncertain[index] != nil else { continue }
        name = to
      case .gap(let account, _, _): name = account
      default: continue
      }
      guard let account = engine.accountIndexes[name] else { continue }
      distrusted[account] = min(distrusted[account] ?? .max, step.date.dayNumber)
    }
  }
}

extension CaseLedgerBuilder {
  /// Whether a missing record may have put cash into a pool or taken it out.
  func isOpen(_ pool: Purse.Pool) -> Bool {
    followed.contains { id in
      guard missing.misses(id), let account = accountsByID[id] else { return false }
      return purse.poolOf[id]?.name == pool.name
        || (pool.person != nil && person(of: account) == pool.person)
    }
  }

  /// Assets for which records that are missing may hold a payment.
  var openAssets: Set<String> {
    guard !missing.holes.isEmpty else { return [] }
    let paid = paymentsOnRecord
    return Set(
      caseFile.matter.property.filter { item in
        guard let price = item.price, let sums = paid[item.code], sums.count == 1,
          let sum = sums[price.currency]
        else { return true }
        return sum < Int128(price.minorUnits)
      }.map(\.code.text))
  }

  /// What was paid for each item on record, less what came back, by currency.
  var paymentsOnRecord: [PropertyCode: [Currency: Int128]] {
    var currencyOf: [String: Currency] = [:]
    for account in scope { currencyOf[name(account.id)] = account.currency }
    var result: [PropertyCode: [Currency: Int128]] = [:]
    for (index, draft) in drafts.enumerated() {
      for movement in draft.movements {
        guard case .debit(let from, .asset(let text), let amount, _) = movement,
          let currency = currencyOf[from]
        else { continue }
        result[PropertyCode(text), default: [:]][currency, default: 0] +=
          Int128(amount) - Int128(counter.takenBack[index] ?? 0)
      }
    }
    return result
  }
}
