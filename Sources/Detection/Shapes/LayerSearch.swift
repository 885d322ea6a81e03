import CaseModel
import TrailGraph

/// Finds the groups of `BipartiteLayering`, each from the source whose payees are read. Keeps the groups of
/// accounts looked at, because readers are compared with each other.
struct LayerSearch {
  typealias Group = BipartiteLayering.Group
  let detector: BipartiteLayering
  let trail: Trail
  /// Of readers that have any, and of those that were compared; nearly all others have none.
  private var known: [Int32: [Group]] = [:]
  private var notFollowed: Set<Int32> = []

  init(detector: BipartiteLayering, trail: Trail) {
    self.detector = detector
    self.trail = trail
  }

  var truncation: String? {
    notFollowed.isEmpty
      ? nil
      : "\(notFollowed.count) accounts with more than \(detector.branchMax) payers or new payees in "
        + "\(detector.windowDays) days were not followed"
  }

  /// A reader's groups: the best first, no two in overlapping days.
  mutating func groups(readBy reader: Int32) -> [Group] {
    if let groups = known[reader] { return groups }
    let groups = search(reader)
    if !groups.isEmpty { known[reader] = groups }
    return groups
  }

  /// The same of a reader that may be asked about again and again.
  private mutating func rivals(readBy reader: Int32) -> [Group] {
    if let groups = known[reader] { return groups }
    let groups = search(reader)
    known[reader] = groups
    return groups
  }

  private mutating func search(_ reader: Int32) -> [Group] {
    let out = trail.outgoing(of: reader)
    guard
      trail.pays(reader, times: detector.destinationsMin, withinDays: detector.windowDays)
    else { return [] }
    let named = out.filter { trail.destination[$0] >= 0 && trail.destination[$0] != reader }
    let payees = Partners(
      named.map { .init(edge: $0, minor: 0) }, trail, newAfterDays: detector.newAfterDays,
      party: { trail.destination[$0] }, isKnown: { _, _ in false })
    let openings = payees.openings(
      days: detector.windowDays, partnersMin: detector.destinationsMin, trail)
    var candidates: [Group] = []
    for fan in openings {
      guard fan.partners <= detector.branchMax else {
        notFollowed.insert(reader)
        continue
      }
      if let group = group(reader, payees, fan) { candidates.append(group) }
    }
    var kept: [Group] = []
    for group in candidates.sorted(by: isBetter)
    where !kept.contains(where: { $0.days.overlaps(group.days) }) { kept.append(group) }
    return kept
  }

  /// Whether another source of the group reads a better group in the same days that this reader is in.
  mutating func isOutranked(_ group: Group) -> Bool {
    for source in group.sources.dropFirst() {
      for rival in rivals(readBy: source)
      where rival.days.overlaps(group.days) && rival.sources.contains(group.reader)
        && isBetter(rival, group)
      { return true }
    }
    return false
  }

  private func isBetter(_ a: Group, _ b: Group) -> Bool {
    if a.pairs != b.pairs { return a.pairs > b.pairs }
    let (x, y) = (trail.time[a.edges[0]], trail.time[b.edges[0]])
    return x != y ? x < y : a.reader < b.reader
  }

  private mutating func group(_ reader: Int32, _ payees: Partners, _ fan: Partners.Fan) -> Group? {
    let first = trail.day(payees.items[fan.range.lowerBound].edge)
    let begin = Int64(first.dayNumber) * 86_400
    let end = begin + Int64(detector.windowDays) * 86_400 - 1
    let read = Set(payees.distinct(payees.payments(in: fan)))
    var receipts: [Int] = []
    // Receipts a source are no fewer than payees a source: a cheap test that most readers fail.
    var receiptsOf: [Int32: Int] = [:]
    for payee in read.sorted() {
      let into = trail.incoming(of: payee, from: begin, through: end)
      guard into.count <= detector.branchMax else {
        notFollowed.insert(payee)
        continue
      }
      for edge in into.map(Int.init) {
        let source = trail.source[edge]
        guard source >= 0, source != payee, !read.contains(source) else { continue }
        receipts.append(edge)
        receiptsOf[source, default: 0] += 1
      }
    }
    let enough = receiptsOf.filter { $0.value >= detector.destinationsMin }
    guard enough.count >= detector.sourcesMin, enough[reader] != nil else { return nil }
    var edgesOf: [Int32: [Int32: [Int]]] = [:]
    for edge in receipts where enough[trail.source[edge]] != nil {
      edgesOf[trail.source[edge], default: [:]][trail.destination[edge], default: []].append(edge)
    }
    for source in edgesOf.keys.sorted() {
      edgesOf[source] = edgesOf[source]?.filter { !haveTie(source, $0.key, before: begin) }
    }
    edgesOf = edgesOf.filter { $0.value.count >= detector.destinationsMin }
    guard edgesOf[reader] != nil else { return nil }
    return dense(reader, edgesOf).flatMap { group(reader, $0, edgesOf, days: first.dayNumber) }
  }

  /// The sources and shared destinations that are dense enough: those that pay the fewest are left out, one
  /// by one, of equals the higher account, until the rest is.
  private func dense(
    _ reader: Int32, _ edgesOf: [Int32: [Int32: [Int]]]
  ) -> (sources: [Int32], shared: Set<Int32>, pairs: Int)? {
    var sources = edgesOf.keys.sorted()
    while sources.count >= detector.sourcesMin {
      let shared = Set(
        (edgesOf[reader] ?? [:]).keys.filter { payee in
          sources.contains { $0 != reader && edgesOf[$0]?[payee] != nil }
        })
      func paid(_ source: Int32) -> Int {
        edgesOf[source]?.keys.count { shared.contains($0) } ?? 0
      }
      sources.removeAll { paid($0) < detector.destinationsMin }
      guard sources.count >= detector.sourcesMin, sources.contains(reader) else { return nil }
      let pairs = sources.reduce(0) { $0 + paid($1) }
      if pairs * 10_000 >= sources.count * shared.count * detector.densityBasisPoints {
        return (sources, shared, pairs)
      }
      let fewest = sources.filter { $0 != reader }.min {
        (paid($0), $1) < (paid($1), $0)
      }
      sources.removeAll { $0 == fewest }
    }
    return nil
  }

  private func group(
    _ reader: Int32, _ dense: (sources: [Int32], shared: Set<Int32>, pairs: Int),
    _ edgesOf: [Int32: [Int32: [Int]]], days first: Int32
  ) -> Group? {
    var edges: [Int] = []
    var standing = 0
    for source in dense.sources {
      let paid = (edgesOf[source] ?? [:]).filter { dense.shared.contains($0.key) }
      edges += paid.values.joined()
      let tallies = detector.regular.tallies(trail.outgoing(of: source), trail) {
        trail.destination[$0]
      }
      standing += paid.keys.count { detector.regular.holds(tallies[$0]) }
    }
    guard standing * 2 < dense.pairs else { return nil }
    edges.sort { (trail.time[$0], $0) < (trail.time[$1], $1) }
    return Group(
      reader: reader, sources: [reader] + dense.sources.filter { $0 != reader },
      destinations: dense.shared.sorted(), edges: edges, pairs: dense.pairs, standing: standing,
      days: first...(first + Int32(detector.windowDays) - 1))
  }

  /// Whether two accounts dealt with each other in the days before, in either direction; looks through the
  /// shorter of the two lists.
  private func haveTie(_ a: Int32, _ b: Int32, before begin: Int64) -> Bool {
    let earliest = begin - Int64(detector.newAfterDays) * 86_400
    func paid(_ payer: Int32, _ payee: Int32) -> Bool {
      let out = trail.outgoing(of: payer, from: earliest, through: begin - 1)
      let into = trail.incoming(of: payee, from: earliest, through: begin - 1)
      return out.count <= into.count
        ? out.contains { trail.destination[$0] == payee }
        : into.contains { trail.source[Int($0)] == payer }
    }
    return paid(a, b) || paid(b, a)
  }
}
