import TrailGraph

/// What is ordinary in a file: how often each pair deals, how often each account pays and is paid, how
/// common an amount is. Every shape is measured against it; nothing is assumed from outside the file.
struct Background {
  let trail: Trail
  /// First and last moment of the file apart, in seconds; at least one.
  let span: Int64
  /// Transfers between the two parties of an edge in the whole file, both directions; 255 = or more,
  /// 0 = no edge between two named parties with an amount.
  let uses: [UInt8]
  /// The same in the edge's own direction.
  let directedUses: [UInt8]
  /// How many transfers are their pair's only dealing.
  let onlyCount: Int
  /// Bits that a pair's only transfer adds: the logarithm of how rare such transfers are in the file.
  let onlyDealingBits: Int
  let onlyDealingDirectedBits: Int
  /// Payments of each account that are their pair's only dealing, out and in.
  let onlyOut: [Int32]
  let onlyIn: [Int32]
  /// Sorted amounts by currency number.
  private let amounts: [[Int64]]
  /// Edges sorted by ordered pair, then time.
  private let byPair: [(pair: UInt64, edge: Int32)]

  /// A pair with more dealings is a standing relation, and its payments are no members of a shape
  /// that turns on who meets whom.
  static let fewUses: UInt8 = 3

  init(of trail: Trail) {
    self.trail = trail
    let count = trail.edgeCount
    span = max(1, (trail.time.max() ?? 0) - (trail.time.min() ?? 0))
    var pairs: [(pair: UInt64, edge: Int32)] = []
    pairs.reserveCapacity(count)
    var amounts = [[Int64]](repeating: [], count: trail.names.currencies.count)
    for edge in 0..<count {
      let (from, to) = (trail.source[edge], trail.destination[edge])
      guard from >= 0, to >= 0, from != to, trail.amountMinor[edge] > 0 else { continue }
      pairs.append((Self.key(from, to), Int32(edge)))
      amounts[Int(trail.currency[edge])].append(trail.amountMinor[edge])
    }
    for currency in amounts.indices { amounts[currency].sort() }
    // Edges of a source stand in time order already, so a tie by edge is a tie by time.
    pairs.sort { $0.pair != $1.pair ? $0.pair < $1.pair : $0.edge < $1.edge }
    self.amounts = amounts
    byPair = pairs
    var directed = [UInt8](repeating: 0, count: count)
    var either = [UInt8](repeating: 0, count: count)
    var (only, onlyDirected) = (0, 0)
    var start = 0
    while start < pairs.count {
      var end = start
      while end < pairs.count, pairs[end].pair == pairs[start].pair { end += 1 }
      let back = Self.range(of: Self.reversed(pairs[start].pair), in: pairs).count
      for place in start..<end {
        directed[Int(pairs[place].edge)] = UInt8(clamping: end - start)
        either[Int(pairs[place].edge)] = UInt8(clamping: end - start + back)
      }
      if end - start == 1 {
        onlyDirected += 1
        if back == 0 { only += 1 }
      }
      start = end
    }
    var (onlyOut, onlyIn) = (
      [Int32](repeating: 0, count: trail.accountCount),
      [Int32](repeating: 0, count: trail.accountCount)
    )
    for item in pairs where either[Int(item.edge)] == 1 {
      onlyOut[Int(trail.source[Int(item.edge)])] += 1
      onlyIn[Int(trail.destination[Int(item.edge)])] += 1
    }
    self.onlyOut = onlyOut
    self.onlyIn = onlyIn
    onlyCount = only
    uses = either
    directedUses = directed
    // At most three bits: with few transfers the share is itself uncertain.
    onlyDealingBits = min(3 * Bits.one, Bits.log2(pairs.count) - Bits.log2(max(1, only)))
    onlyDealingDirectedBits =
      min(3 * Bits.one, Bits.log2(pairs.count) - Bits.log2(max(1, onlyDirected)))
  }

  private static func key(_ from: Int32, _ to: Int32) -> UInt64 {
    UInt64(UInt32(bitPattern: from)) << 32 | UInt64(UInt32(bitPattern: to))
  }

  private static func reversed(_ pair: UInt64) -> UInt64 { pair << 32 | pair >> 32 }

  private static func range(
    of pair: UInt64, in pairs: [(pair: UInt64, edge: Int32)]
  ) -> Range<Int> {
    let low = pairs.partitionPoint { $0.pair >= pair }
    var high = low
    while high < pairs.count, pairs[high].pair == pair { high += 1 }
    return low..<high
  }

  // MARK: Questions

  /// Transfers between named parties.
  var transferCount: Int { byPair.count }

  /// Whether an edge may be a member of a shape that turns on who meets whom.
  func isRare(_ edge: Int) -> Bool { uses[edge] > 0 && uses[edge] <= Self.fewUses }

  /// What the rarity of the pair adds: only dealing, few, or a standing relation, which takes away.
  func rarityBits(_ edge: Int) -> Int {
    uses[edge] == 1 ? onlyDealingBits : uses[edge] <= Self.fewUses ? 0 : -2 * Bits.one
  }

  func directedRarityBits(_ edge: Int) -> Int {
    directedUses[edge] == 1
      ? onlyDealingDirectedBits : directedUses[edge] <= Self.fewUses ? 0 : -2 * Bits.one
  }

  /// How many transfers of the currency have an amount in the span, and of how many.
  func peers(_ currency: UInt16, _ range: ClosedRange<Int64>) -> (within: Int, all: Int) {
    let all = amounts[Int(currency)]
    let low = all.partitionPoint { $0 >= range.lowerBound }
    let high = all.partitionPoint { $0 > range.upperBound }
    return (max(1, high - low), max(1, all.count))
  }

  /// The middle amount of a currency, the lower of two.
  func median(_ currency: UInt16) -> Int64 {
    let all = amounts[Int(currency)]
    return all.isEmpty ? 0 : all[(all.count - 1) / 2]
  }

  /// How surprising it is that `account` pays a sum within `range` in so many seconds, from how often
  /// it pays at all and how common the sum is. The payment looked at counts half.
  func surprise(
    thatPays account: Int32, _ range: ClosedRange<Int64>, _ currency: UInt16, within seconds: Int64
  ) -> Int {
    let (within, all) = peers(currency, range)
    let payments = 2 * trail.outgoing(of: account).count - 1
    return Bits.log2(Int(span)) + Bits.log2(2 * all) - Bits.log2(max(1, payments))
      - Bits.log2(Int(min(seconds, span))) - Bits.log2(within)
  }

  /// How surprising it is that `account` pays somebody it never otherwise deals with in so many seconds;
  /// negative where that is to be expected.
  func surprise(ofOnlyDealingFrom account: Int32, within seconds: Int64) -> Int {
    Bits.log2(2 * Int(span)) - Bits.log2(max(1, 2 * Int(onlyOut[Int(account)]) - 1))
      - Bits.log2(Int(min(seconds, span)))
  }

  /// Whether the parties of these edges meet again in like number at another time: a payroll, a savings
  /// club, a market day. Three quarters of the pairs within `length` is the same crowd.
  func isRoutine(_ edges: [Int], length: Int64) -> Bool {
    guard let first = edges.map({ trail.time[$0] }).min(),
      let last = edges.map({ trail.time[$0] }).max()
    else { return false }
    let keys = Set(edges.map { Self.key(trail.source[$0], trail.destination[$0]) }).sorted()
    let length = max(length, last - first)
    var others: [(time: Int64, pair: Int)] = []
    for (index, key) in keys.enumerated() {
      for place in Self.range(of: key, in: byPair) {
        let time = trail.time[Int(byPair[place].edge)]
        if time < first - length || time > last + length { others.append((time, index)) }
      }
    }
    guard others.count * 4 >= keys.count * 3 else { return false }
    others.sort { ($0.time, $0.pair) < ($1.time, $1.pair) }
    var counts = [Int](repeating: 0, count: keys.count)
    var (low, distinct) = (0, 0)
    for high in others.indices {
      counts[others[high].pair] += 1
      if counts[others[high].pair] == 1 { distinct += 1 }
      while others[high].time - others[low].time > length {
        counts[others[low].pair] -= 1
        if counts[others[low].pair] == 0 { distinct -= 1 }
        low += 1
      }
      if distinct * 4 >= keys.count * 3, distinct >= 2 { return true }
    }
    return false
  }
}
