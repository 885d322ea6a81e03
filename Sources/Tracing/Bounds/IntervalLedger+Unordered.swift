// Bounds of steps of one day that touch a common account, for all their orders at once.

import CaseModel

extension IntervalLedger {
  /// How often the bounds of receipts and payments are drawn from each other. Every round is sound on
  /// its own; a day's money seldom passes through more accounts.
  static let rounds = 4

  /// Takes steps whose order is not known.
  mutating func takeUnordered(_ steps: [LedgerStep], _ footprints: [Footprint]) {
    let hasGap = steps.contains { if case .gap = $0.movement { true } else { false } }
    guard !hasGap else {
      unboundedFrom = steps.first?.date
      return
    }
    let flows = steps.map { flow($0) }
    let isAlone = footprints.haveOwnPlaces
    var drawn: [Part?] = flows.map { $0.draw.map { .unknown($0.amount) } }
    var brought = flows.map { Part.unknown($0.deposit?.amount ?? 0) }
    var days: [Int: IntervalDay] = [:]
    for _ in 0..<Self.rounds {
      days = accountDays(flows, brought)
      for (index, flow) in flows.enumerated() {
        if let draw = flow.draw, let day = days[draw.account] { drawn[index] = day.drawn([draw]) }
      }
      for (index, flow) in flows.enumerated() where flow.deposit != nil {
        brought[index] = self.brought(by: flow, drawn: drawn[index], isAlone: isAlone[index])
        if case .interest = flow.step.movement, let deposit = flow.deposit {
          brought[index] =
            days[deposit.account]?.interest(deposit.amount, slack: slack) ?? brought[index]
        }
      }
    }
    days = accountDays(flows, brought)
    laySinks(flows, days)
    for (index, flow) in flows.enumerated() {
      remember(flow, drawn: drawn[index], brought: brought[index])
    }
    for (index, flow) in flows.enumerated() {
      settle(flow, brought: brought[index], isAlone: isAlone[index])
    }
    for (account, day) in days.sorted(by: { $0.key < $1.key }) {
      accounts[account] = day.atEnd(keepsRow: keepsRow, policy: engine.policy)
      discharge(day.repaid, on: account)
    }
    for (index, flow) in flows.enumerated() {
      guard let deposit = flow.deposit, deposit.contributes else { continue }
      accounts[deposit.account].contributed =
        accounts[deposit.account].contributed + brought[index]
    }
  }

  private func accountDays(_ flows: [IntervalFlow], _ brought: [Part]) -> [Int: IntervalDay] {
    var days: [Int: IntervalDay] = [:]
    func open(_ account: Int) -> IntervalDay {
      days[account]
        ?? IntervalDay(
          start: accounts[account], method: engine.method, policy: engine.policy, slack: slack)
    }
    for (index, flow) in flows.enumerated() {
      if let draw = flow.draw {
        var day = open(draw.account)
        day.draws.append(draw)
        days[draw.account] = day
      }
      if let deposit = flow.deposit {
        var day = open(deposit.account)
        day.receipts.append(brought[index])
        if case .interest = flow.step.movement { day.hasInterest = true }
        days[deposit.account] = day
      }
    }
    return days
  }

  /// Payments from one account to one place are bounded together, which is tighter than one by one.
  private mutating func laySinks(_ flows: [IntervalFlow], _ days: [Int: IntervalDay]) {
    struct Way: Hashable {
      let account: Int
      let sink: HoldingKey
    }
    var order: [Way] = []
    var draws: [Way: [IntervalFlow.Draw]] = [:]
    for flow in flows {
      guard let draw = flow.draw, let sink = flow.sink else { continue }
      let way = Way(account: draw.account, sink: sink)
      if draws[way] == nil { order.append(way) }
      draws[way, default: []].append(draw)
    }
    for way in order {
      if let day = days[way.account] { lay(day.drawn(draws[way] ?? []), at: way.sink) }
    }
  }
}

extension [Footprint] {
  /// For each step whether no other of these touches the asset, transfer or step it turns back to, nor
  /// the account it reads.
  fileprivate var haveOwnPlaces: [Bool] {
    indices.map { index in
      let mine = self[index].exclusive
      return !mine.contains { if case .account = $0 { true } else { false } }
        && indices.allSatisfy { other in
          other == index
            || !mine.contains {
              self[other].exclusive.contains($0) || self[other].adds.contains($0)
            }
        }
    }
  }
}
