import CaseModel
import TrailGraph

/// What one target got from one source through its intermediaries.
struct ScatterRoute {
  struct Middle {
    let account: Int32
    let sent: [Int]
    let passed: [Int]
    let sentMinor: Int128
    let throughMinor: Int128
  }
  let target: Int32
  let currency: Currency
  var middles: [Middle]
  /// Regular payees that were left out.
  var staff = 0
  var sent: Int128 { middles.reduce(0) { $0 + $1.sentMinor } }
  var through: Int128 { middles.reduce(0) { $0 + $1.throughMinor } }
}

/// Goes from source to source. Remembers which bounds it met.
struct ScatterSearch {
  let detector: ScatterGather
  let trail: Trail
  let amounts: ComparableAmounts
  var sawPassage = false
  private var notFollowed = 0
  private var stopped = 0

  init(detector: ScatterGather, trail: Trail, amounts: ComparableAmounts) {
    self.detector = detector
    self.trail = trail
    self.amounts = amounts
  }

  /// One payment to an intermediary and one it makes to the target afterwards.
  private struct Leg {
    let target: Int32
    let currency: UInt16
    let sent: Int32
    let passed: Int32
  }

  var truncation: String? {
    var words: [String] = []
    if notFollowed > 0 {
      words.append(
        "\(notFollowed) payments to accounts with more than \(detector.branchMax) payments in "
          + "\(detector.gatherDays) days were not followed")
    }
    if stopped > 0 {
      words.append("the search stopped at \(detector.legLimit) legs at \(stopped) sources")
    }
    return words.isEmpty ? nil : words.joined(separator: "; ")
  }

  mutating func routes(from source: Int32) -> [ScatterRoute] {
    let out = trail.outgoing(of: source)
    guard out.count >= detector.middlesMin else {
      if !sawPassage, !out.isEmpty { sawPassage = !trail.incoming(of: source).isEmpty }
      return []
    }
    let legs = legs(from: source, out)
    var routes: [ScatterRoute] = []
    var tallies: [Int32: Regularity.Tally]?
    var low = 0
    while low < legs.count {
      var high = low
      while high < legs.count, legs[high].target == legs[low].target,
        legs[high].currency == legs[low].currency
      { high += 1 }
      let group = legs[low..<high]
      low = high
      guard group.count >= detector.middlesMin else { continue }
      let middles = Set(group.map { trail.destination[Int($0.sent)] })
      guard middles.count >= detector.middlesMin else { continue }
      let known =
        tallies ?? detector.regular.tallies(out, trail) { trail.destination[$0] }
      tallies = known
      let kept = group.filter {
        !detector.regular.holds(known[trail.destination[Int($0.sent)]])
      }
      let staff = middles.count { detector.regular.holds(known[$0]) }
      guard middles.count - staff >= detector.middlesMin else { continue }
      routes += self.routes(kept, staff: staff)
    }
    return routes
  }

  /// Every payment that an account paid by the source makes in the days after, sorted by target and
  /// currency, then by the payment to the intermediary, then by the payment on.
  private mutating func legs(from source: Int32, _ out: Range<Int>) -> [Leg] {
    var legs: [Leg] = []
    for edge in out {
      let middle = trail.destination[edge]
      guard middle >= 0, middle != source else { continue }
      if !sawPassage { sawPassage = !trail.outgoing(of: middle).isEmpty }
      let end = Int64(trail.day(edge).dayNumber + Int32(detector.gatherDays) + 1) * 86_400 - 1
      let onward = trail.outgoing(of: middle, from: trail.time[edge] + 1, through: end)
      guard onward.count <= detector.branchMax else {
        notFollowed += 1
        continue
      }
      guard legs.count + onward.count <= detector.legLimit else {
        stopped += 1
        break
      }
      let currency = amounts.amount(edge).currency
      for next in onward {
        let target = trail.destination[next]
        guard target >= 0, target != source, target != middle,
          trail.currency[next] == trail.currency[edge] || amounts.amount(next).currency == currency
        else { continue }
        legs.append(
          Leg(
            target: target, currency: number(of: currency, edge), sent: Int32(edge),
            passed: Int32(next)))
      }
    }
    return legs.sorted {
      ($0.target, $0.currency, $0.sent, $0.passed) < ($1.target, $1.currency, $1.sent, $1.passed)
    }
  }

  private func number(of currency: Currency, _ edge: Int) -> UInt16 {
    trail.names.currencies[Int(trail.currency[edge])] == currency
      ? trail.currency[edge]
      : UInt16(trail.names.currencies.firstIndex(of: currency) ?? Int(UInt16.max))
  }

  /// The routes to one target: windows of the payments to intermediaries, overlapping ones joined, each
  /// run shown by its best window: most intermediaries, then most money, then the earliest.
  private func routes(_ legs: [Leg], staff: Int) -> [ScatterRoute] {
    let sent = legs.map { Int($0.sent) }.reduce(into: [Int]()) { edges, edge in
      if edges.last != edge { edges.append(edge) }
    }
    var bestOf: [Int: ScatterRoute] = [:]
    let runs = Window.joined(
      days: detector.scatterDays, count: sent.count, day: { trail.day(sent[$0]) }
    ) { window in
      // Whole days: a window ends with the last of its day's payments.
      guard window.count >= detector.middlesMin,
        window.upperBound == sent.count
          || trail.day(sent[window.upperBound]) != trail.day(sent[window.upperBound - 1])
      else { return false }
      bestOf[window.upperBound] = route(legs, sent: sent[window], staff: staff)
      return bestOf[window.upperBound] != nil
    }
    return runs.compactMap { run in
      run.windows.compactMap { bestOf[$0.upperBound] }.enumerated().max {
        ($0.element.middles.count, $0.element.through, -$0.offset)
          < ($1.element.middles.count, $1.element.through, -$1.offset)
      }?.element
    }
  }

  private func route(_ legs: [Leg], sent: ArraySlice<Int>, staff: Int) -> ScatterRoute? {
    guard let first = sent.first, let last = sent.last else { return nil }
    let low = legs.partitionPoint { Int($0.sent) >= first }
    let high = legs.partitionPoint { Int($0.sent) > last }
    // An intermediary paid twice in the window: each of its payments on counts once.
    let ofMiddle = Dictionary(grouping: legs[low..<high]) { trail.destination[Int($0.sent)] }
    guard ofMiddle.count >= detector.middlesMin else { return nil }
    let middles = ofMiddle.keys.sorted().map { middle(account: $0, ofMiddle[$0] ?? []) }
    let chosen = largest(middles)
    guard chosen.count >= detector.middlesMin, let leg = legs.first else { return nil }
    return ScatterRoute(
      target: leg.target, currency: amounts.amount(first).currency, middles: chosen, staff: staff)
  }

  private func middle(account: Int32, _ legs: [Leg]) -> ScatterRoute.Middle {
    func sum(_ edges: [Int]) -> Int128 {
      edges.reduce(0) { $0 + Int128(amounts.amount($1).minorUnits) }
    }
    let sent = Set(legs.map { Int($0.sent) }).sorted()
    let passed = Set(legs.map { Int($0.passed) }).sorted()
    return ScatterRoute.Middle(
      account: account, sent: sent, passed: passed, sentMinor: sum(sent),
      throughMinor: min(sum(sent), sum(passed)))
  }

  /// The largest set whose share holds: those that keep least of what the share allows come first, and
  /// are taken as long as the whole holds; ties by account.
  private func largest(_ middles: [ScatterRoute.Middle]) -> [ScatterRoute.Middle] {
    func surplus(_ middle: ScatterRoute.Middle) -> Int128 {
      middle.throughMinor * 10_000
        - middle.sentMinor * Int128(detector.throughShareBasisPoints)
    }
    var total: Int128 = 0
    var chosen: [ScatterRoute.Middle] = []
    for middle in middles.sorted(by: {
      (surplus($1), $0.account) < (surplus($0), $1.account)
    }) {
      total += surplus(middle)
      guard total >= 0 else { break }
      chosen.append(middle)
    }
    return chosen.sorted { ($0.sent[0], $0.account) < ($1.sent[0], $1.account) }
  }
}
