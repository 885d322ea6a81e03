import TrailGraph

/// When and in what sums the transfers of the findings are made, beside all dealings of pairs that deal only once.
///
/// People who run a scheme have habits: an hour, a sum. If the findings of a file share one that is rare in the
/// file, another dealing with the same habit is likelier to be theirs, by the ratio of the two shares. Nothing
/// is assumed about which hour or sum that is; where findings are spread like everything else, the ratio is
/// one and nothing is added. A dealing never testifies for itself: it is left out of its own counts.
struct ScreeningHabits {
  private let trail: Trail
  private let isFound: [Bool]
  private let findings: Int
  private let dealings: Int
  private let sums: [[Int64]]
  private var hours = [Share](repeating: Share(), count: 24)
  private var sizes: [[Share]]

  private struct Share {
    var found = 0
    var all = 0
  }

  /// Sums are told apart by their sixteenth among the dealings of their currency.
  static let parts = 16
  /// So many dealings of ordinary share are added to each count, so that a few of them say little.
  static let prior = 10

  /// - Parameters:
  ///   - dealings: edges that are their pair's only dealing, in order.
  ///   - isFound: for each of them, whether a finding has it.
  init(of dealings: [Int], isFound found: [Bool], in trail: Trail) {
    self.trail = trail
    self.dealings = dealings.count
    findings = found.count(where: { $0 })
    var isFound = [Bool](repeating: false, count: trail.edgeCount)
    var amounts = [[Int64]](repeating: [], count: trail.names.currencies.count)
    for (place, edge) in dealings.enumerated() {
      isFound[edge] = found[place]
      amounts[Int(trail.currency[edge])].append(trail.amountMinor[edge])
    }
    self.isFound = isFound
    sums = amounts.map { amounts in
      let sorted = amounts.sorted()
      guard sorted.count >= 100 else { return [] }
      return (1..<Self.parts).map { sorted[sorted.count * $0 / Self.parts] }
    }
    sizes = amounts.map { _ in [Share](repeating: Share(), count: Self.parts) }
    for edge in dealings {
      hours[hour(edge)].all += 1
      sizes[Int(trail.currency[edge])][part(edge)].all += 1
      guard isFound[edge] else { continue }
      hours[hour(edge)].found += 1
      sizes[Int(trail.currency[edge])][part(edge)].found += 1
    }
  }

  /// The hour of the day, by the file's clock.
  private func hour(_ edge: Int) -> Int {
    let second = trail.time[edge] % Span.day
    return Int((second < 0 ? second + Span.day : second) / Span.hour)
  }

  private func part(_ edge: Int) -> Int {
    let amount = trail.amountMinor[edge]
    return sums[Int(trail.currency[edge])].partitionPoint { $0 >= amount }
  }

  /// How much likelier a dealing at this hour and of this sum is among the findings than at all, in bits;
  /// negative where findings shun them.
  func bits(_ edge: Int) -> Int {
    ratio(hours[hour(edge)], edge) + ratio(sizes[Int(trail.currency[edge])][part(edge)], edge)
  }

  private func ratio(_ share: Share, _ edge: Int) -> Int {
    guard findings > 0 else { return 0 }
    let found = share.found - (isFound[edge] ? 1 : 0)
    let all = max(share.all - 1, found)
    return Bits.log2(found * dealings + Self.prior * findings)
      - Bits.log2((all + Self.prior) * findings)
  }
}
