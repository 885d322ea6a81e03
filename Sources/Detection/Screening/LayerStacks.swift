import TrailGraph

/// Layers stacked on one another, and what a stack weighs.
extension ScreeningLayers {
  /// Stacks layers whose payees pay on, and weighs each stack.
  func stacks(_ layers: [Layer]) -> [Stack] {
    let layers = layers.sorted { ($0.first, $0.edges[0]) < ($1.first, $1.edges[0]) }
    var groups = Groups(layers.count)
    var byPayer: [Int32: [Int]] = [:]
    for index in layers.indices {
      for payer in layers[index].payers.sorted() { byPayer[payer, default: []].append(index) }
    }
    for lower in layers.indices {
      var shared: [Int: Int] = [:]
      for payee in layers[lower].payees {
        for upper in byPayer[payee] ?? [] { shared[upper, default: 0] += 1 }
      }
      for upper in shared.keys.sorted()
      where upper != lower && (shared[upper] ?? 0) >= 2 && layers[upper].first > layers[lower].first
        && layers[upper].last > layers[lower].last
        && layers[upper].first - layers[lower].last <= stackWithin
      {
        groups.join(lower, upper)
      }
    }
    var members: [Int: [Int]] = [:]
    for index in layers.indices { members[groups.root(index), default: []].append(index) }
    return members.keys.sorted().map { root in
      let parts = (members[root] ?? []).map { layers[$0] }
      return Stack(layers: parts, bits: bits(of: parts))
    }
  }

  /// How surprising the transfers are, less the ways to choose the accounts and the time: what is left
  /// is set beside the transfers of the file, as chains are.
  private func bits(of layers: [Layer]) -> Int {
    let accounts = layers.reduce(into: Set<Int32>()) { $0.formUnion($1.payers.union($1.payees)) }
    var own: [Int32: (out: Int, in: Int)] = [:]
    for edge in layers.flatMap(\.edges) {
      own[trail.source[edge], default: (0, 0)].out += 1
      own[trail.destination[edge], default: (0, 0)].in += 1
    }
    var sum = Bits.log2(background.transferCount)
    for layer in layers {
      // A pair that pays twice is one acquaintance.
      var pairs: Set<[Int32]> = []
      for edge in layer.edges
      where pairs.insert([trail.source[edge], trail.destination[edge]]).inserted {
        let own = (
          own[trail.source[edge]]?.out ?? 0, own[trail.destination[edge]]?.in ?? 0
        )
        sum += surprise(
          of: edge, own: own, members: accounts,
          length: min(span, max(layer.last - layer.first, Span.day)))
      }
    }
    return sum - accounts.count * Bits.log2(trail.accountCount)
      - Bits.log2(Int(background.span / span) + 1)
  }

  /// How surprising it is that this payer pays this payee in a window: from how often each pays and is
  /// paid outside the shape, and from how near they are by other dealings (a common neighbour makes a
  /// payment likely, because ordinary dealings cluster).
  func surprise(
    of edge: Int, own: (out: Int, in: Int), members: Set<Int32>, length: Int64
  ) -> Int {
    let (from, to) = (trail.source[edge], trail.destination[edge])
    let out = max(1, trail.outgoing(of: from).count - own.out + 1)
    let into = max(1, trail.incoming(of: to).count - own.in + 1)
    let unit: Int128 = 1 << 40
    // Payments expected in the whole file, half by popularity, half by nearness, in units of 2^-40.
    let byPopularity = Int128(out) * Int128(into) * unit / Int128(2 * background.transferCount)
    let byNearness = Int128(out) * nearness(from, to, members, unit) / 2
    let expected = (byPopularity + byNearness) * Int128(length) / Int128(background.span)
    let bits = 40 * Bits.one - Bits.log2(Int(clamping: max(1, expected)))
    return max(0, bits) + background.rarityBits(edge)
  }

  /// The chance that a step of two dealings leads from one account to the other, outside the shape.
  private func nearness(_ from: Int32, _ to: Int32, _ members: Set<Int32>, _ unit: Int128) -> Int128
  {
    let near = neighbours(of: to)
    let mine = neighbours(of: from)
    guard !mine.isEmpty else { return 0 }
    var sum: Int128 = 0
    for account in mine where !members.contains(account) && near.contains(account) {
      let degree = trail.outgoing(of: account).count + trail.incoming(of: account).count
      sum += unit / Int128(degree)
    }
    return sum / Int128(mine.count)
  }

  private func neighbours(of account: Int32) -> Set<Int32> {
    var result = Set(trail.destination[trail.outgoing(of: account)])
    for edge in trail.incoming(of: account) { result.insert(trail.source[Int(edge)]) }
    return result
  }
}
