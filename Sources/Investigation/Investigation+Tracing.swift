import CaseModel
import Legislation
import Tracing

extension Investigation {
  /// The method of the matter and of each item that has its own.
  /// - Throws: `MethodRefused`, `InvestigationError` or `LawError` for a choice that does not hold.
  public func methodPlan() throws -> MethodPlan {
    try MethodPlan(of: caseFile.matter, under: law, request: request)
  }

  /// The chosen method's run, and beside it what every allowed method and same-day order gives.
  ///
  /// Items with a signed override have the rows of their own method in place of the main one's; the
  /// run says so in its limits. Source: confiscation.md §4.1; experience.md N2, N3.
  /// - Throws: `MethodRefused` when two methods stand on one item or chain without a signed reason, or
  ///   lay claim to one source class twice; `TracingError` when the ledger cannot be run.
  public func tracing() throws -> (run: TracingRun, sensitivity: SensitivityTable) {
    let plan = try methodPlan()
    let rule = try law.tracing(on: caseFile.matter.asOf)
    let policy = TracingPolicy(
      sameDayOrder: request.sameDayOrder, backwardTracing: request.backwardTracing)
    let ledger = try CaseLedger(of: caseFile)
    let run = try combined(plan, over: ledger, policy: policy, withBounds: true)
    let known = Set(TracingCatalogue.all.map(\.name))
    let isCoordinated = caseFile.matter.facts.contains {
      $0.topic == "co-ordination" && $0.status.mayReachCourt
    }
    let sensitivity = try ledger.sensitivity(
      methods: rule.allowed.filter(known.contains), policy: policy,
      backward: rule.allowed.contains("backward") && isCoordinated
        ? [false, true] : [policy.backwardTracing])
    return (run, sensitivity)
  }

  /// The record of a run under which it is kept.
  public func record(of run: TracingRun, _ sensitivity: SensitivityTable) throws -> TracingRecord {
    let plan = try methodPlan()
    return TracingRecord(
      of: run, sensitivity, in: caseFile, profile: law.profile, origin: plan.origin,
      reason: plan.reason, overrides: plan.overrides)
  }

  /// One method over one ledger: the only place where a run is made.
  private func traced(
    by method: String, over ledger: CaseLedger, policy: TracingPolicy, withBounds: Bool
  ) throws -> TracingRun {
    var run = try ledger.trace(method: method, policy: policy)
    if withBounds { run.bounds = try ledger.bounds(method: method, policy: policy) }
    return run
  }

  /// A draft may not claim more of a class than there is: shares by contribution over several accounts
  /// can count one unit twice. A trace may show that, with the sentence that says so.
  func refuseMoreThanReceived(by run: TracingRun) throws {
    let policy = TracingPolicy(
      sameDayOrder: run.sameDayOrder, backwardTracing: run.backwardTracing)
    guard
      let found = try CaseLedger(of: caseFile).countedTwice(method: run.method, policy: policy)
    else { return }
    throw MethodRefused(
      .moreThanReceived(
        found.sourceClass, method: run.method, stated: found.stated, held: found.held),
      at: "the run")
  }

  /// - Parameter withBounds: also bounds each place over orders and missing records, which costs more
  ///   than the run itself.
  func combined(
    _ plan: MethodPlan, over ledger: CaseLedger, policy: TracingPolicy, withBounds: Bool
  ) throws -> TracingRun {
    let main = try traced(
      by: plan.method, over: ledger, policy: policy, withBounds: withBounds)
    guard !plan.overrides.isEmpty else { return main }
    let chains = TracingChains(of: main, in: caseFile)
    for one in plan.overrides where !one.lacks.isEmpty {
      throw MethodRefused(
        .unsigned(
          property: one.property, method: one.method, main: plan.method,
          chain: chains.mates(of: one.property), lacks: one.lacks), at: one.source.place)
    }
    var result = main
    var most = ClassTotals(main.claims.filter { $0.isTainted && $0.place.canBeClaimed })
    for method in Set(plan.overrides.map(\.method)).sorted() {
      let other = try traced(by: method, over: ledger, policy: policy, withBounds: withBounds)
      let own = plan.overrides.filter { $0.method == method }
      result = result.replacing(own, by: other, in: caseFile)
      most.widen(to: ClassTotals(other.claims.filter { $0.isTainted && $0.place.canBeClaimed }))
    }
    try refuseDoubleClaims(in: result, most: most, plan)
    return result
  }

  /// No unit of a source class may be claimed twice. Each method says of every unit whether it still
  /// stands where it can be claimed; picking for each item the method that keeps most would claim units
  /// that every single method has spent. So the claims of a class may not exceed what the most generous
  /// one of the methods used leaves to be claimed.
  private func refuseDoubleClaims(
    in run: TracingRun, most: ClassTotals, _ plan: MethodPlan
  ) throws {
    let claimed = ClassTotals(run.claims.filter { $0.isTainted && $0.place.canBeClaimed })
    for (key, sum) in claimed.sorted {
      let most = most[key]
      guard sum > most else { continue }
      let currency = key.currency
      throw MethodRefused(
        .claimedTwice(
          key.sourceClass, there: try ClassTotals.money(most, currency),
          claimed: try ClassTotals.money(sum, currency), property: plan.overrides.map(\.property)),
        at: plan.overrides.first?.source.place ?? "the request")
    }
  }
}

extension Place {
  /// True where value stands that a file can claim; money spent, gone abroad or into debts enters
  /// the value order only.
  var canBeClaimed: Bool {
    switch self {
    case .asset, .account, .cash, .untraced: true
    case .dissipated, .debtDischarge, .abroad: false
    }
  }
}

/// Sums by class and currency, in 128 bits.
private struct ClassTotals {
  struct Key: Hashable {
    let sourceClass: SourceClassCode
    let currency: Currency
  }
  private var sums: [Key: Int128] = [:]

  init(_ claims: [Claim]) {
    for claim in claims {
      let money = claim.amount.amount
      sums[Key(sourceClass: claim.sourceClass, currency: money.currency), default: 0] += Int128(
        money.minorUnits)
    }
  }

  subscript(key: Key) -> Int128 { sums[key] ?? 0 }

  /// Takes the greater sum of each class and currency.
  mutating func widen(to other: ClassTotals) {
    for (key, sum) in other.sums { sums[key] = max(sums[key] ?? 0, sum) }
  }

  var sorted: [(Key, Int128)] {
    sums.map { ($0.key, $0.value) }.sorted {
      $0.0.sourceClass != $1.0.sourceClass
        ? $0.0.sourceClass < $1.0.sourceClass : $0.0.currency < $1.0.currency
    }
  }

  static func money(_ units: Int128, _ currency: Currency) throws -> Money {
    guard let units = Int64(exactly: units) else {
      throw TracingError(.overflow, at: "claims of one class", remedy: "check the amounts")
    }
    return Money(minorUnits: units, currency: currency)
  }
}

extension TracingRun {
  /// This run with the rows of some items taken from another method's run over the same ledger.
  fileprivate func replacing(
    _ overrides: [MethodOverride], by other: TracingRun, in caseFile: CaseFile
  ) -> TracingRun {
    precondition(ledgerHash == other.ledgerHash, "two ledgers in one run")
    let codes = Set(overrides.map(\.property))
    let items = caseFile.matter.property.filter { codes.contains($0.code) }
    let places = Set(items.flatMap { caseFile.places(of: $0) })
    func isOwn(_ place: Place) -> Bool { places.contains(place) }
    func merged<Row>(
      _ mine: [Row], _ theirs: [Row], _ place: (Row) -> Place
    ) -> [Row] {
      let all = mine.filter { !isOwn(place($0)) } + theirs.filter { isOwn(place($0)) }
      // Stable, so that rows of one place keep the order of their run.
      return all.enumerated().sorted { a, b in
        let (left, right) = (place(a.element).sortKey, place(b.element).sortKey)
        return left != right ? left.utf8.lexicographicallyPrecedes(right.utf8) : a.offset < b.offset
      }.map(\.element)
    }
    let named = overrides.map { one in
      "\(one.property) is traced by \(other.method), not by \(method); signed by "
        + "\(one.signedBy) on \(one.signedOn): \(one.reason)"
    }
    let note =
      "Rows of places that are no item of that method stand as \(method) gives them; the sums over all "
      + "places of a run by one method do not hold for this one."
    return TracingRun(
      method: method, methodTitle: methodTitle,
      authorities: authorities + other.authorities.filter { !authorities.contains($0) },
      sameDayOrder: sameDayOrder, backwardTracing: backwardTracing, ledgerHash: ledgerHash,
      claims: merged(claims, other.claims, \.place),
      limits: limits.filter { $0 != note } + other.limits.filter { !limits.contains($0) } + named
        + [note],
      bounds: merged(bounds, other.bounds, \.place),
      proofs: merged(proofs, other.proofs, \.place))
  }
}
