import TrailGraph

/// Where each only dealing stands among all: how often its payer and its payee are paid and pay, and with how
/// many strangers each of them deals about that time. Eight logarithms, so that a step from 1 to 2
/// counts as much as one from 50 to 100.
struct LikenessPlaces {
  /// Only dealings of an account this long before and after the one looked at are counted.
  static let about = 20 * Span.day
  /// At most so many dealings in findings, and as many others, stand for all; the others are counted for as many as they
  /// stand for.
  static let referencesMax = 4096
  /// How many of the references nearest to a dealing tell its likeness, and all as near as the last of them.
  static let nearest = 60

  /// Eight logarithms, in 1/16 of a bit.
  let points: [SIMD8<UInt16>]

  /// - Parameter dealings: edges that are their pair's only dealing, in order.
  /// - Complexity: O(*n* log *n*).
  init(of dealings: [Int], in trail: Trail) {
    var out = [[Int64]](repeating: [], count: trail.accountCount)
    var into = out
    for edge in dealings {
      out[Int(trail.source[edge])].append(trail.time[edge])
      into[Int(trail.destination[edge])].append(trail.time[edge])
    }
    for account in out.indices {
      out[account].sort()
      into[account].sort()
    }
    func near(_ times: [Int64], _ time: Int64) -> Int {
      times.partitionPoint { $0 > time + Self.about }
        - times.partitionPoint { $0 >= time - Self.about }
    }
    points = dealings.map { edge in
      let (payer, payee, time) = (
        Int(trail.source[edge]), Int(trail.destination[edge]), trail.time[edge]
      )
      let counts = SIMD8(
        trail.incoming(of: Int32(payer)).count, trail.outgoing(of: Int32(payer)).count,
        trail.incoming(of: Int32(payee)).count, trail.outgoing(of: Int32(payee)).count,
        near(out[payer], time) - 1, near(into[payer], time), near(out[payee], time),
        near(into[payee], time) - 1)
      var point = SIMD8<UInt16>()
      // 1/16 of a bit: a count is below 2^32, so a part is below 2^9 and eight of them below 2^12.
      for part in 0..<8 { point[part] = UInt16(clamping: Bits.log2(counts[part] + 1) / 64) }
      return point
    }
  }

  /// How much likelier a dealing of that place is in a finding than any, in bits, for each dealing.
  /// - Complexity: O(*n*) times the references, of which there are at most 8,192.
  func likeness(to isFound: [Bool]) -> [Int] {
    let found = points.indices.filter { isFound[$0] }
    let others = points.indices.filter { !isFound[$0] }
    let (ours, theirs) = (thinned(found), thinned(others))
    guard !ours.isEmpty, !theirs.isEmpty else { return points.map { _ in 0 } }
    // What one reference stands for, in 1/256; rounded down.
    let (oneOfOurs, oneOfTheirs) = (
      found.count * 256 / ours.count, others.count * 256 / theirs.count
    )
    var references = References(ours.map { points[$0] }, theirs.map { points[$0] })
    let own = Dictionary(
      uniqueKeysWithValues: (ours + theirs).enumerated().map { ($1, $0) })
    return points.indices.map { place in
      let (like, unlike) = references.nearest(to: points[place], without: own[place])
      let (here, all) = (like * oneOfOurs, like * oneOfOurs + unlike * oneOfTheirs)
      return Bits.log2(here * points.count + 512 * found.count)
        - Bits.log2((all + 512) * found.count)
    }
  }

  private func thinned(_ places: [Int]) -> [Int] {
    guard places.count > Self.referencesMax else { return places }
    return (0..<Self.referencesMax).map { places[$0 * places.count / Self.referencesMax] }
  }
}

/// References to measure against, one column for each part of a place, and counts by distance, so that those as
/// near as the last one counted are all in.
private struct References {
  private let columns: [[UInt16]]
  /// How many of them are of the first kind; the others follow.
  private let first: Int
  private let count: Int
  private var distances: [UInt16]
  /// By distance, eight parts below 2^9: the first kind in the lower half, the other in the upper.
  private var counts = [UInt32](repeating: 0, count: 1 << 12)
  private static let other: UInt32 = 1 << 16

  init(_ first: [SIMD8<UInt16>], _ others: [SIMD8<UInt16>]) {
    let all = first + others
    columns = (0..<8).map { part in all.map { $0[part] } }
    self.first = first.count
    count = all.count
    distances = [UInt16](repeating: 0, count: all.count)
  }

  /// How many of the nearest references are of the first kind and of the other.
  mutating func nearest(to point: SIMD8<UInt16>, without own: Int?) -> (like: Int, unlike: Int) {
    measure(from: point)
    for place in 0..<first { counts[Int(distances[place])] &+= 1 }
    for place in first..<count { counts[Int(distances[place])] &+= Self.other }
    // A reference is as far from itself as nothing is.
    if let own { counts[0] &-= own < first ? 1 : Self.other }
    var (like, unlike) = (0, 0)
    var distance = 0
    while distance < counts.count, like + unlike < LikenessPlaces.nearest {
      like += Int(counts[distance] % Self.other)
      unlike += Int(counts[distance] / Self.other)
      distance += 1
    }
    for distance in counts.indices { counts[distance] = 0 }
    return (like, unlike)
  }

  /// The distance of every reference: the differences of the eight parts, added. Column by column and without
  /// checks of bounds, which is ten times as fast; both buffers have `count` places by the initialiser.
  private mutating func measure(from point: SIMD8<UInt16>) {
    let count = count
    distances.withUnsafeMutableBufferPointer { distances in
      for place in 0..<count { distances[place] = 0 }
      for (part, column) in columns.enumerated() {
        let value = point[part]
        column.withUnsafeBufferPointer { column in
          for place in 0..<count {
            distances[place] &+= max(column[place], value) &- min(column[place], value)
          }
        }
      }
    }
  }
}
