import CaseModel
import TrailGraph

/// Where the parties of a finding meet again: accounts that several payees of it pay, or that pay several
/// payers of it, within weeks, in dealings they otherwise do not have.
///
/// Few accounts are payees of one finding, so few of their only dealings meet by chance in one account; the
/// expected number is that account's only dealings, times the share the group has of all, times the part of
/// the file that the window is. The dealings found become part of the finding, as a further layer.
struct ScreeningFollowUp {
  let background: Background
  var partiesMin = 2
  var window = 20 * Span.day
  var marginBits = 4 * Bits.one
  var rounds = 3
  /// A larger group meets by chance everywhere.
  var groupMax = 64

  private var trail: Trail { background.trail }

  /// The further dealings of a finding, in order of account, then time; `findings` is how many were asked.
  func dealings(after edges: [Int], without used: Set<Int>, findings: Int) -> [Int] {
    var shape = edges
    var more: [Int] = []
    let limit =
      Bits.log2(trail.accountCount) + Bits.log2(max(1, findings)) + marginBits
    for _ in 0..<rounds {
      let taken = used.union(more)
      let found =
        met(shape, forwards: true, without: taken, limit: limit)
        + met(shape, forwards: false, without: taken, limit: limit)
      let fresh = found.filter { !shape.contains($0) }
      guard !fresh.isEmpty else { break }
      more += fresh
      shape = fresh
    }
    return more
  }

  private func met(
    _ edges: [Int], forwards: Bool, without used: Set<Int>, limit: Int
  ) -> [Int] {
    let times = edges.map { trail.time[$0] }
    guard let first = times.min(), let last = times.max() else { return [] }
    let group = Set(edges.map { forwards ? trail.destination[$0] : trail.source[$0] }).sorted()
    guard group.count >= partiesMin, group.count <= groupMax else { return [] }
    let length = last - first + window
    var arms: [(other: Int32, edge: Int)] = []
    var theirs = 0
    for account in group {
      theirs += Int(forwards ? background.onlyOut[Int(account)] : background.onlyIn[Int(account)])
      let near =
        forwards
        ? Array(trail.outgoing(of: account, from: first + 1, through: last + window))
        : trail.incoming(of: account, from: first - window, through: last - 1).map(Int.init)
      for edge in near where background.uses[edge] == 1 && !used.contains(edge) {
        arms.append((forwards ? trail.destination[edge] : trail.source[edge], edge))
      }
    }
    arms.sort { $0.other != $1.other ? $0.other < $1.other : $0.edge < $1.edge }
    var result: [Int] = []
    var start = 0
    while start < arms.count {
      var end = start
      while end < arms.count, arms[end].other == arms[start].other { end += 1 }
      let other = Int(arms[start].other)
      let own = Int(forwards ? background.onlyIn[other] : background.onlyOut[other])
      let expected =
        Int128(2 * (own - (end - start)) + 1) * Int128(max(1, theirs - (end - start)))
        * Int128(min(length, background.span)) * 1_000_000
        / (2 * Int128(background.onlyCount) * Int128(background.span))  // rounded down
      if end - start >= partiesMin,
        Bits.surprise(of: end - start, expected: Int(clamping: expected), per: 1_000_000) >= limit
      {
        result += arms[start..<end].map(\.edge)
      }
      start = end
    }
    return result
  }
}
