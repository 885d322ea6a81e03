// What a step touches: the ground on which steps of one day can or cannot be told apart by order.

import CaseModel

/// Something two steps may both touch.
enum Resource: Hashable {
  case account(Int)
  case asset(String)
  case transit(String)
  /// What a step moved, which a later step takes back in part.
  case step(Int)
}

/// What one step does to the accounts and places that an order could matter for.
struct Footprint {
  struct Draw {
    let account: Int
    let amount: Int64
    let towardsAsset: Bool
    /// Where it goes, if two such payments in a row are as good as one; nil when they are not.
    let sink: HoldingKey?
  }
  struct Deposit {
    let account: Int
    let amount: Int64
    /// Its class, when it does not depend on the state.
    let sourceClass: Int32?
    /// It arrives unit by unit as it was drawn in the same step.
    let passesDraw: Bool
  }
  var draw: Draw?
  var deposit: Deposit?
  /// What the step adds to, in any order with others that add.
  var adds: [Resource] = []
  /// What it reads or changes in a way that no other step on the same may be moved across.
  var exclusive: [Resource] = []
  /// The class it may be the first to show.
  var sees: Int32?
  /// The step that must have been taken before.
  var follows: Int?
  /// Steps with equal movements are as good as each other, if nothing refers to one of them.
  var isReferredTo = false
  var isInterest = false

  /// Accounts it touches in any way.
  var accounts: [Int] {
    var result: [Int] = []
    if let draw { result.append(draw.account) }
    if let deposit { result.append(deposit.account) }
    for case .account(let index) in exclusive { result.append(index) }
    return result
  }
}

/// Which assets and accounts a later step of the ledger looks back at. Found once, before footprints.
struct LookBacks {
  /// Assets that are sold, or out of which a payment is taken back in part.
  var assets: Set<String> = []
  /// Assets whose debt is repaid under backward tracing, by account.
  var coordinated: [Int: [String]] = [:]
  /// The step a reversal in part names, by its sequence.
  var originals: [Int: LedgerStep] = [:]
  /// Accounts where a clean credit may restore what was lost.
  var restoring: Set<Int> = []

  init(_ engine: TracingEngine, steps: [LedgerStep]) {
    var bySequence: [Int: LedgerStep] = [:]
    for step in steps { bySequence[step.sequence] = step }
    for step in steps {
      switch step.movement {
      case .sale(let asset, _, _, _): assets.insert(asset)
      case .reversal(let of, _):
        originals[of] = bySequence[of]
        if case .debit(_, .asset(let name), _, _)? = bySequence[of]?.movement {
          assets.insert(name)
        }
      case .debit(let from, .asset(let name), _, true) where engine.policy.backwardTracing:
        guard let account = engine.accountIndexes[from] else { continue }
        if !coordinated[account, default: []].contains(name) {
          coordinated[account, default: []].append(name)
        }
        assets.insert(name)
      case .credit(let to, _, let code, let restores):
        guard engine.method.restoresOnIntent, restores || engine.policy.replenishIntent,
          let index = engine.classes.index(of: code), !engine.classes.isTainted[Int(index)],
          let account = engine.accountIndexes[to]
        else { continue }
        restoring.insert(account)
      default: break
      }
    }
  }
}

extension Footprint {
  /// - Complexity: O(1), apart from the assets of one account under backward tracing.
  init(_ step: LedgerStep, in engine: TracingEngine, _ back: LookBacks) {
    func account(_ name: String) -> Int { engine.accountIndexes[name] ?? -1 }
    isReferredTo = engine.isReversed(sequence: step.sequence)
    if isReferredTo { adds.append(.step(step.sequence)) }
    switch step.movement {
    case .credit(let to, let amount, let code, let restores):
      let index = engine.classes.index(of: code)
      sees = index
      let target = account(to)
      deposit = Deposit(account: target, amount: amount, sourceClass: index, passesDraw: false)
      let isClean = index.map { !engine.classes.isTainted[Int($0)] } ?? true
      if back.restoring.contains(target), restores || engine.policy.replenishIntent, isClean {
        exclusive.append(.account(target))
      }
    case .debit(let from, let to, let amount, let isCoordinated):
      drawFor(debit: amount, from: account(from), to: to, isCoordinated, engine, back)
    case .fee(let from, let amount):
      drawFor(debit: amount, from: account(from), to: .dissipated, false, engine, back)
    case .transfer(let from, let to, let amount, let credited, let obtainedAs):
      let (source, target) = (account(from), account(to))
      draw = Draw(account: source, amount: amount, towardsAsset: false, sink: nil)
      let arrives = credited ?? amount
      deposit = Deposit(
        account: target, amount: arrives, sourceClass: nil,
        passesDraw: arrives == amount && obtainedAs == nil)
      sees = obtainedAs.flatMap { engine.classes.index(of: $0) }
    case .departure(let from, let transit, let amount):
      draw = Draw(account: account(from), amount: amount, towardsAsset: false, sink: nil)
      exclusive.append(.transit(transit))
    case .arrival(let transit, let to, let amount, let obtainedAs):
      deposit = Deposit(
        account: account(to), amount: amount, sourceClass: nil, passesDraw: false)
      exclusive.append(.transit(transit))
      sees = obtainedAs.flatMap { engine.classes.index(of: $0) }
    case .interest(let to, let amount):
      deposit = Deposit(
        account: account(to), amount: amount, sourceClass: nil, passesDraw: false)
      exclusive.append(.account(account(to)))
      sees = engine.classes.unknownInterest
      isInterest = true
    case .reversal(let of, let amount):
      if amount > 0 { follows = of }
      exclusive.append(.step(of))
      touchOriginal(of, back) { account($0) }
    case .sale(let asset, let to, let amount, _):
      deposit = Deposit(
        account: account(to), amount: amount, sourceClass: nil, passesDraw: false)
      exclusive.append(.asset(asset))
    case .gap(let name, _, let code):
      exclusive.append(.account(account(name)))
      sees = engine.classes.index(of: code)
    }
    if let deposit, let assets = back.coordinated[deposit.account] {
      exclusive.append(.account(deposit.account))
      exclusive += assets.map { .asset($0) }
    }
  }

  private mutating func drawFor(
    debit amount: Int64, from account: Int, to destination: Destination, _ isCoordinated: Bool,
    _ engine: TracingEngine, _ back: LookBacks
  ) {
    var isAsset = false
    if case .asset(let name) = destination {
      isAsset = true
      if back.assets.contains(name) { adds.append(.asset(name)) }
    }
    let isTagged = isCoordinated && engine.policy.backwardTracing
    draw = Draw(
      account: account, amount: amount, towardsAsset: isAsset,
      sink: isReferredTo || isTagged
        ? nil : engine.holdingKey(of: destination, from: account))
  }

  private mutating func touchOriginal(
    _ sequence: Int, _ back: LookBacks, _ account: (String) -> Int
  ) {
    guard let original = back.originals[sequence] else { return }
    for name in original.movement.accountNames {
      exclusive.append(.account(account(name)))
      // What comes back repays debts first, also those that bought an asset.
      exclusive += back.coordinated[account(name), default: []].map { .asset($0) }
    }
    if case .debit(_, .asset(let name), _, _) = original.movement {
      exclusive.append(.asset(name))
    }
  }
}

extension TracingEngine {
  /// The key of the place a debit leads to; nil for an unknown account.
  func holdingKey(of destination: Destination, from account: Int) -> HoldingKey? {
    guard accounts.indices.contains(account) else { return nil }
    let currency = accounts[account].currency
    switch destination {
    case .asset(let name): return .asset(name, currency: currency)
    case .dissipated: return .dissipated(account: account)
    case .outside(let name): return .outside(name, currency: currency)
    case .untraced(let other):
      return accountIndexes[other].map { .untraced(account: $0, currency: currency) }
    }
  }
}
