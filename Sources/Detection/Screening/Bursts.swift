import TrailGraph

/// The payments into, or out of, one account in one currency that may be members of a shape, in time order.
struct Arms {
  let account: Int32
  let incoming: Bool
  let edges: [Int]
  let times: [Int64]
  /// The other party of each, numbered from 0 in order of appearance.
  let party: [Int]

  /// All arms of an account, by currency.
  /// - Parameter onlyDealings: only payments that are their pair's only one; else pairs of few dealings.
  static func of(
    _ account: Int32, incoming: Bool, onlyDealings: Bool, _ background: Background,
    without used: Set<Int>, least: Int
  ) -> [Arms] {
    let trail = background.trail
    var rare: [Int] = []
    if incoming {
      for edge in trail.incoming(of: account) where isMember(Int(edge)) { rare.append(Int(edge)) }
    } else {
      for edge in trail.outgoing(of: account) where isMember(edge) { rare.append(edge) }
    }
    func isMember(_ edge: Int) -> Bool {
      (onlyDealings ? background.uses[edge] == 1 : background.isRare(edge)) && !used.contains(edge)
    }
    guard rare.count >= least else { return [] }
    return Set(rare.map { trail.currency[$0] }).sorted().compactMap { currency in
      let edges = rare.filter { trail.currency[$0] == currency }
      guard edges.count >= least else { return nil }
      var numbers: [Int32: Int] = [:]
      let party = edges.map { edge in
        let other = incoming ? trail.source[edge] : trail.destination[edge]
        let number = numbers[other] ?? numbers.count
        numbers[other] = number
        return number
      }
      return Arms(
        account: account, incoming: incoming, edges: edges, times: edges.map { trail.time[$0] },
        party: party)
    }
  }

  /// How surprising `count` parties in a window of `length` are, from the arms outside the window.
  func surprise(of count: Int, among inWindow: Int, length: Int64, in span: Int64) -> Int {
    let rest = max(span - length, length)
    // Half an arm more than was seen: an account that never was paid elsewhere still may be.
    let expected = Int128(2 * (edges.count - inWindow) + 1) * Int128(length) * 1_000_000
    return Bits.surprise(
      of: count, expected: Int(clamping: expected / Int128(2 * rest)), per: 1_000_000)
  }

  struct Burst {
    let range: Range<Int>
    let parties: Int
    let bits: Int
  }

  /// Calls `look` with each window that ends with an arm and reaches back `length`, as large as it gets.
  func forEachWindow(_ length: Int64, _ look: (Range<Int>, _ parties: Int) -> Void) {
    var counts = [Int](repeating: 0, count: (party.max() ?? -1) + 1)
    var (low, parties) = (0, 0)
    for high in edges.indices {
      counts[party[high]] += 1
      if counts[party[high]] == 1 { parties += 1 }
      while times[high] - times[low] > length {
        counts[party[low]] -= 1
        if counts[party[low]] == 0 { parties -= 1 }
        low += 1
      }
      look(low..<(high + 1), parties)
    }
  }

  /// The most surprising window of at least so many parties in the part of the arms given.
  func strongest(
    _ length: Int64, partiesMin: Int, in span: Int64, apartFrom taken: [Range<Int>]
  ) -> Burst? {
    var best: Burst?
    var seen: [Int: Int] = [:]
    forEachWindow(length) { range, parties in
      guard parties >= partiesMin, !taken.contains(where: { $0.overlaps(range) }) else { return }
      let key = range.count << 20 | parties
      let bits =
        seen[key] ?? surprise(of: parties, among: range.count, length: length, in: span)
      seen[key] = bits
      if bits > best?.bits ?? 0 { best = Burst(range: range, parties: parties, bits: bits) }
    }
    return best
  }
}
