// The same ledger told to the checker, and both outcomes in one form.

import CaseModel

@testable import Tracing
@testable import TracingCheck

extension CheckLedger {
  /// The ledger as the checker reads it.
  init(_ ledger: Ledger, method: Method, policy: TracingPolicy) throws {
    self.init(method: method)
    self.policy = Policy(policy)
    for each in ledger.classes { tainted[each.code.text] = each.isTainted }
    for each in ledger.accounts {
      places[each.currency.code] = each.currency.exponent
      accounts.append(
        Account(
          name: each.name, currency: each.currency.code,
          opening: each.opening.map { ($0.sourceClass.text, Units($0.amount)) },
          openingDebt: Units(each.openingDebt), opensOn: each.opensOn.map { "\($0)" }))
    }
    steps = ledger.steps.map { Step($0) }
  }
}

extension CheckLedger.Policy {
  init(_ policy: TracingPolicy) {
    self.init(
      sameDay: SameDay(rawValue: policy.sameDayOrder.rawValue) ?? .bankSequence,
      backward: policy.backwardTracing, voidsPairs: policy.reversal == .voidPair,
      replenishIntent: policy.replenishIntent, poisonClearsAtZero: policy.poisonClearsAtZero)
  }
}

extension CheckLedger.Step {
  init(_ step: LedgerStep) {
    self.init(
      sequence: step.sequence, date: "\(step.date)", phase: step.phase, kind: .gap, amount: 0)
    switch step.movement {
    case .credit(let to, let amount, let code, let restores):
      (kind, self.to, self.amount) = (.credit, to, Units(amount))
      (sourceClass, self.restores) = (code.text, restores)
    case .debit(let from, let to, let amount, let isCoordinated):
      (kind, self.from, self.amount) = (.debit, from, Units(amount))
      coordinated = isCoordinated
      switch to {
      case .asset(let name): (destination, self.to) = (.asset, name)
      case .dissipated: destination = .dissipated
      case .outside(let name): (destination, self.to) = (.outside, name)
      case .untraced(let name): (destination, self.to) = (.untraced, name)
      }
    case .transfer(let from, let to, let amount, let credited, let code):
      (kind, self.from, self.to, self.amount) = (.transfer, from, to, Units(amount))
      (self.credited, obtainedAs) = (credited.map { Units($0) }, code?.text)
    case .departure(let from, let transit, let amount):
      (kind, self.from, self.transit, self.amount) = (.departure, from, transit, Units(amount))
    case .arrival(let transit, let to, let amount, let code):
      (kind, self.to, self.transit, self.amount) = (.arrival, to, transit, Units(amount))
      obtainedAs = code?.text
    case .interest(let to, let amount):
      (kind, self.to, self.amount) = (.interest, to, Units(amount))
    case .fee(let from, let amount): (kind, self.from, self.amount) = (.fee, from, Units(amount))
    case .reversal(let number, let amount):
      (kind, reverses, self.amount) = (.reversal, number, Units(amount))
    case .sale(let asset, let to, let amount, let part):
      (kind, self.from, self.to, self.amount) = (.sale, asset, to, Units(amount))
      fraction = (Units(part.numerator), Units(part.denominator))
    case .gap(let account, let balance, let code):
      (kind, self.to, self.amount, sourceClass) = (.gap, account, Units(balance), code.text)
    }
  }
}

/// What a run says, in comparable lines; or that it refused.
enum Told: Equatable {
  case refused
  case lines([String])

  init(
    engine ledger: Ledger, _ method: String, _ policy: TracingPolicy,
    _ refusal: inout TracingError?
  ) throws {
    let method = try TracingCatalogue.method(named: method)
    let outcome: LedgerOutcome
    do {
      outcome = try ledger.traced(by: method, under: policy)
      var recording = try TracingEngine(
        ledger, method: method, policy: policy, recordsPaths: true)
      try recording.run()
      guard recording.outcome == outcome else {
        self = .lines(["recording the paths changes the figures"])
        return
      }
    } catch {
      refusal = error
      self = .refused
      return
    }
    let rows = outcome.rows.map { CheckRow($0) }.sorted().map(\.line)
    let balances = outcome.balances.map {
      "\($0.account) \($0.closing.minorUnits) \($0.lowest.minorUnits)"
    }
    // The engine also says which classes contributed and have nothing left.
    let shares = outcome.contributionShares.filter { $0.amount.minorUnits > 0 }
      .map { "share \(CheckRow($0).line)" }
    self = .lines(rows + balances + shares)
  }

  init(checker ledger: CheckLedger, _ refusal: inout Refusal?) {
    do {
      let outcome = try CheckOutcome(of: ledger)
      let names = ledger.accounts.map(\.name)
      let balances = names.map { "\($0) \(outcome.balance(of: $0)) \(outcome.lowest(of: $0))" }
      var shares: [String] = []
      for name in names {
        shares += try outcome.contributionShares(of: name).map { "share \($0.line)" }
      }
      self = .lines(outcome.rows.map(\.line) + balances + shares)
    } catch {
      refusal = error
      self = .refused
    }
  }
}

extension CheckRow {
  var line: String {
    "\(place) \(sourceClass) \(isTainted ? "tainted" : "clean") \(amount) \(currency)"
  }

  init(_ row: LedgerOutcome.Row) {
    let place =
      switch row.place {
      case .asset(let name): "asset:\(name)"
      case .account(let name): "account:\(name)"
      case .untraced(let name): "untraced:\(name)"
      case .underWay(let name): "under-way:\(name)"
      case .outside(let name): "outside:\(name)"
      case .debtDischarge(let name): "discharged:\(name)"
      case .dissipated(let name): "dissipated:\(name)"
      }
    self.init(
      place: place, sourceClass: row.sourceClass.text, isTainted: row.isTainted,
      currency: row.amount.currency.code, amount: Units(row.amount.minorUnits))
  }
}

/// Compares engine and checker on one random case under every method.
struct Comparing {
  var ledgers = 0
  var runs = 0
  var refusals = 0
  var rows = 0
  var disagreements: [String] = []

  /// A ledger that cannot be traced is refused by both; then the step at fault is left out, and
  /// what remains is compared too.
  mutating func compare(seed: UInt64) throws {
    let given = RandomCase(seed: seed)
    ledgers += 1
    for method in CheckLedger.Method.allCases {
      var ledger = given.ledger
      while true {
        var refusal: Refusal?
        let told = Told(
          checker: try CheckLedger(ledger, method: method, policy: given.policy), &refusal)
        var engineRefusal: TracingError?
        let engine = try Told(engine: ledger, method.rawValue, given.policy, &engineRefusal)
        runs += 1
        if told != engine {
          disagreements.append(
            "seed \(seed) \(method.rawValue) \(ledger.steps.count) steps: "
              + Self.difference(told, engine)
              + [refusal?.description, engineRefusal?.description].compactMap { $0 }.joined())
        }
        guard let refusal else {
          if case .lines(let lines) = told { rows += lines.count }
          break
        }
        refusals += 1
        let before = ledger.steps.count
        ledger.steps.removeAll { refusal.place.hasPrefix("step \($0.sequence) (") }
        if ledger.steps.count == before { break }
      }
    }
  }

  private static func difference(_ checker: Told, _ engine: Told) -> String {
    guard case .lines(let left) = checker, case .lines(let right) = engine else {
      return "checker \(checker == .refused ? "refuses" : "traces"), "
        + "engine \(engine == .refused ? "refuses" : "traces")"
    }
    return "checker \(left.filter { !right.contains($0) }.prefix(3)), "
      + "engine \(right.filter { !left.contains($0) }.prefix(3))"
  }
}
