// One order for the steps of several accounts that keeps the order of each bank.

import CaseModel

extension CaseLedgerBuilder {
  /// Numbers the drafts: by day, then phase, then so that every account's own order holds. A transfer
  /// stands at one place in the orders of two accounts. Where banks leave it open, the time of day
  /// decides if every entry of the day states one, else the account's key.
  ///
  /// - Complexity: O(*d* × *a*) for *d* drafts on *a* accounts.
  mutating func orderedSteps() -> [LedgerStep] {
    var days: [Int32: [Int]] = [:]
    for index in drafts.indices { days[drafts[index].date.dayNumber, default: []].append(index) }
    var order: [Int] = []
    var contradictions = 0
    for day in days.keys.sorted() {
      let members = days[day] ?? []
      for phase in Set(members.map { drafts[$0].phase }).sorted() {
        let group = members.filter { drafts[$0].phase == phase }
        let sorted = merged(group, rank: rank, contradictions: &contradictions)
        if phase != 0, let moments = moments(of: sorted) {
          for (draft, moment) in zip(sorted, moments) {
            drafts[draft].phase = phase > 0 ? moment : moment - moments.count - 1
          }
        }
        order += sorted
      }
    }
    if contradictions > 0 {
      limits.append(
        "On \(contradictions == 1 ? "one day" : "\(contradictions) occasions") the orders of two banks contradict each other; the first account's order was kept."
      )
    }
    return steps(in: order)
  }

  /// The moment of each draft, counted from 1, when every entry of the day states its time and the
  /// banks' orders agree with the times; then the order is known and no same-day order may change it.
  /// Entries of the same second share a moment. Nil otherwise.
  private func moments(of sorted: [Int]) -> [Int]? {
    guard sorted.count > 1 else { return nil }
    var moments: [Int] = []
    var last: Int32?
    for draft in sorted {
      guard let time = drafts[draft].time, last.map({ $0 <= time }) ?? true else { return nil }
      moments.append((moments.last ?? 0) + (last == time ? 0 : 1))
      last = time
    }
    return moments
  }

  /// Merges the accounts' orders of one day and phase.
  private func merged(
    _ group: [Int], rank: [AccountID: Int], contradictions: inout Int
  ) -> [Int] {
    guard group.count > 1 else { return group }
    let usesTime = group.allSatisfy { drafts[$0].time != nil }
    func priority(_ draft: Int) -> (Int32, Int, Int32, Int) {
      let place = drafts[draft].places.map { (rank[$0.account] ?? 0, $0.sequence) }.min { $0 < $1 }
      return (
        usesTime ? drafts[draft].time ?? 0 : 0, place?.0 ?? 0, place?.1 ?? 0, draft
      )
    }
    var chains: [Int: [(sequence: Int32, draft: Int)]] = [:]
    for draft in group {
      for place in drafts[draft].places {
        chains[rank[place.account] ?? 0, default: []].append((place.sequence, draft))
      }
    }
    let keys = chains.keys.sorted()
    var queues = keys.map { key in
      (chains[key] ?? []).sorted { ($0.sequence, $0.draft) < ($1.sequence, $1.draft) }.map(\.draft)
    }
    var heads = Array(repeating: 0, count: queues.count)
    /// In how many queues the draft stands, and at the head of how many it is now.
    var waiting: [Int: Int] = [:]
    for draft in group { waiting[draft] = drafts[draft].places.count }
    var result: [Int] = []
    var done: Set<Int> = []
    while result.count < group.count {
      var atHead: [Int: Int] = [:]
      for index in queues.indices {
        while heads[index] < queues[index].count, done.contains(queues[index][heads[index]]) {
          heads[index] += 1
        }
        if heads[index] < queues[index].count {
          atHead[queues[index][heads[index]], default: 0] += 1
        }
      }
      let free = atHead.filter { $0.value >= min(waiting[$0.key] ?? 1, queues.count) }.map(\.key)
      let ready = free.isEmpty ? Array(atHead.keys) : free
      if free.isEmpty { contradictions += 1 }
      guard let next = ready.min(by: { priority($0) < priority($1) }) else { break }
      done.insert(next)
      result.append(next)
    }
    queues.removeAll()
    return result
  }

  private func steps(in order: [Int]) -> [LedgerStep] {
    var numberOfDraft: [Int: Int] = [:]
    var steps: [LedgerStep] = []
    for draft in order {
      numberOfDraft[draft] = steps.count + 1
      for movement in drafts[draft].movements {
        var movement = movement
        if case .reversal(_, let amount) = movement, let original = drafts[draft].reverses {
          movement = .reversal(of: numberOfDraft[original] ?? 0, amount: amount)
        }
        steps.append(
          LedgerStep(
            sequence: steps.count + 1, date: drafts[draft].date, movement: movement,
            sources: drafts[draft].sources, phase: drafts[draft].phase))
      }
    }
    return steps
  }
}
