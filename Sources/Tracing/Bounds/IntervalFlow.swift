// A step as the bounds see it: what it draws, what it brings, and where from.

import CaseModel

/// What one step moves, apart from how it is split.
struct IntervalFlow {
  struct Draw {
    let account: Int
    let amount: Int64
    let consumption: Consumption
    /// It takes given classes back instead of following the method.
    var isPicked = false
  }
  struct Deposit {
    let account: Int
    let amount: Int64
    var contributes = true
  }
  let step: LedgerStep
  var draw: Draw?
  var deposit: Deposit?
  /// Where what is drawn stays; nil when it moves on in the same step.
  var sink: HoldingKey?
}

extension IntervalLedger {
  func flow(_ step: LedgerStep) -> IntervalFlow {
    var flow = IntervalFlow(step: step)
    func account(_ name: String) -> Int { engine.accountIndexes[name] ?? 0 }
    func draw(_ name: String, _ amount: Int64) -> IntervalFlow.Draw {
      .init(account: account(name), amount: amount, consumption: engine.consumptionOtherwise)
    }
    switch step.movement {
    case .credit(let to, let amount, _, _), .arrival(_, let to, let amount, _),
      .sale(_, let to, let amount, _):
      flow.deposit = .init(account: account(to), amount: amount)
    case .interest(let to, let amount):
      flow.deposit = .init(account: account(to), amount: amount, contributes: false)
    case .debit(let from, let destination, let amount, _):
      flow.draw = draw(from, amount)
      if case .asset = destination {
        flow.draw = .init(
          account: account(from), amount: amount, consumption: engine.consumptionForAssets)
      }
      flow.sink = engine.holdingKey(of: destination, from: account(from))
    case .fee(let from, let amount):
      flow.draw = draw(from, amount)
      flow.sink = .dissipated(account: account(from))
    case .departure(let from, let transit, let amount):
      flow.draw = draw(from, amount)
      flow.sink = .transit(transit)
    case .transfer(let from, let to, let amount, let credited, _):
      flow.draw = draw(from, amount)
      flow.deposit = .init(account: account(to), amount: credited ?? amount)
    case .reversal(let of, let amount): takeBack(of, amount, &flow)
    case .gap: break
    }
    return flow
  }

  private func takeBack(_ sequence: Int, _ amount: Int64, _ flow: inout IntervalFlow) {
    guard amount > 0, let original = plan.back.originals[sequence] else { return }
    func account(_ name: String) -> Int { engine.accountIndexes[name] ?? 0 }
    switch original.movement {
    case .debit(let from, _, _, _), .fee(let from, _):
      flow.deposit = .init(account: account(from), amount: amount, contributes: false)
    case .transfer(let from, let to, _, _, _):
      flow.draw = .init(
        account: account(to), amount: amount, consumption: engine.consumptionOtherwise,
        isPicked: true)
      flow.deposit = .init(account: account(from), amount: amount, contributes: false)
    default:
      guard let name = original.movement.accountNames.first else { return }
      let index = account(name)
      flow.draw = .init(
        account: index, amount: amount, consumption: engine.consumptionOtherwise)
      flow.sink = .outside("returned to payer", currency: engine.accounts[index].currency)
    }
  }

  /// What a step brings, given what it drew. `isAlone`: no other step of the day touches the same.
  func brought(by flow: IntervalFlow, drawn: Part?, isAlone: Bool) -> Part {
    let amount = flow.deposit?.amount ?? 0
    switch flow.step.movement {
    case .credit(let to, _, let code, let restores):
      return credited(amount, code, to: to, restores, isAlone: isAlone)
    case .transfer(_, _, _, _, let obtainedAs):
      if isTainted(obtainedAs) { return .pure(amount, isTainted: true) }
      return drawn?.rescaled(to: amount, slack: slack) ?? .unknown(amount)
    case .arrival(let transit, _, _, let obtainedAs):
      if isTainted(obtainedAs) { return .pure(amount, isTainted: true) }
      guard let place = transits[transit], place.isKnown, isAlone else { return .unknown(amount) }
      return place.part.rescaled(to: amount, slack: slack)
    case .sale(let asset, _, _, _):
      guard isAlone, let place = filled(asset)?.place else { return .unknown(amount) }
      if place.part.high == 0 { return .pure(amount, isTainted: false) }
      return place.isKnown ? place.part.rescaled(to: amount, slack: slack) : .unknown(amount)
    case .interest(let to, _):
      let account = accounts[engine.accountIndexes[to] ?? 0]
      guard isAlone else { return .unknown(amount) }
      guard account.held > 0 else { return .pure(amount, isTainted: false) }
      return account.whole.rescaled(to: amount, slack: slack)
    case .reversal(let of, _):
      guard flow.draw == nil else { return drawn ?? .unknown(amount) }
      guard isAlone, let pieces = reversible[of], !mayBeShort(of) else { return .unknown(amount) }
      return pieces.any(amount).within(pieces.rescaled(to: amount, slack: slack))
    default: return .pure(amount, isTainted: false)
    }
  }

  private func isTainted(_ code: SourceClassCode?) -> Bool {
    guard let code, let index = engine.classes.index(of: code) else { return false }
    return engine.classes.isTainted[Int(index)]
  }

  /// A credit, or what it stands in for where it restores a loss (`replenish_intent`).
  private func credited(
    _ amount: Int64, _ code: SourceClassCode, to name: String, _ restores: Bool, isAlone: Bool
  ) -> Part {
    if isTainted(code) { return .pure(amount, isTainted: true) }
    guard engine.method.restoresOnIntent, restores || engine.policy.replenishIntent,
      let account = engine.accountIndexes[name]
    else { return .pure(amount, isTainted: false) }
    guard isAlone else { return .unknown(amount) }
    let lost = places[.dissipated(account: account)]?.part ?? .nothing
    return Part(amount: amount, low: min(amount, lost.low), high: min(amount, lost.high))
  }

  /// The place out of which the asset can be sold, whatever currency it was paid in.
  func filled(_ asset: String) -> (key: HoldingKey, place: IntervalPlace)? {
    let keys = indexOfHolding.keys.filter {
      if case .asset(asset, _) = $0 { (places[$0]?.part.amount ?? 0) > 0 } else { false }
    }
    guard let key = keys.first, keys.count == 1, let place = places[key] else { return nil }
    return (key, place)
  }

  /// Whether the place a payment went to may no longer hold what it got.
  private func mayBeShort(_ sequence: Int) -> Bool {
    switch plan.back.originals[sequence]?.movement {
    case .debit(let from, let to, _, _)?:
      guard let account = engine.accountIndexes[from],
        let key = engine.holdingKey(of: to, from: account)
      else { return true }
      if case .asset = key { return true }
      return places[key] != nil
    case .fee?: return !plan.back.restoring.isEmpty
    default: return true
    }
  }
}

extension Part {
  func within(_ other: Part) -> Part { narrowed(low: other.low, high: other.high) }
}
