import CaseModel
import TestSupport
import Testing

@testable import TrailGraph

@Suite("Who owns and who controls whom")
struct ControlGraphTests {
  static let day = CivilDate(dayNumber: 20_000)

  static func share(_ tenths: Int64) -> ExactShare { ExactShare(tenths, of: 10) ?? .none }

  static func own(_ owner: Int32, _ owned: Int32, _ tenths: Int64) -> ControlGraph.Holding {
    ControlGraph.Holding(owner: owner, owned: owned, .ownership(share(tenths)))
  }

  @Test("shares multiply along a chain and add over chains, exactly")
  func chains() {
    let graph = ControlGraph(
      entityCount: 4,
      holdings: [Self.own(0, 1, 6), Self.own(0, 2, 5), Self.own(1, 3, 5), Self.own(2, 3, 3)])
    let found = graph.interests(of: 0, on: Self.day)
    #expect(found.interests.map(\.share.description) == ["3/5", "1/2", "9/20"])
    #expect(found.interests.map(\.chains) == [1, 1, 2])
    #expect(!found.hasLoop && found.end == .complete)
  }

  @Test("a ring is followed once, and said to be one")
  func ring() {
    let graph = ControlGraph(
      entityCount: 3, holdings: [Self.own(0, 1, 5), Self.own(1, 2, 5), Self.own(2, 1, 5)])
    let found = graph.interests(of: 0, on: Self.day)
    #expect(found.interests.map(\.share.description) == ["1/2", "1/4"])
    #expect(found.hasLoop && found.end == .complete)
  }

  @Test("bodies that own only one another are controlled by nobody outside")
  func ringOfControl() {
    let graph = ControlGraph(entityCount: 3, holdings: [Self.own(1, 2, 10), Self.own(2, 1, 10)])
    #expect(graph.controlled(by: 0, on: Self.day) == [])
  }

  @Test(
    "votes of a group count together; other means need no votes; one half is not more than one half"
  )
  func control() {
    typealias Holding = ControlGraph.Holding
    let graph = ControlGraph(
      entityCount: 6,
      holdings: [
        Self.own(0, 1, 6), Self.own(0, 2, 3), Self.own(1, 2, 3), Self.own(0, 3, 5),
        Holding(owner: 2, owned: 4, .otherMeans), Self.own(4, 5, 10),
        Holding(owner: 4, owned: 5, .voting(Self.share(1))),
      ])
    let found = graph.controlled(by: 0, on: Self.day) ?? []
    #expect(found.map(\.controlled) == [1, 2, 4])
    #expect(found.map(\.step) == [1, 2, 3])
    #expect(found.map(\.holdings) == [[0], [1, 2], [4]])
  }

  @Test("a holding counts from its first to its last day")
  func periods() {
    let holding = ControlGraph.Holding(
      owner: 0, owned: 1, .ownership(.whole), validFrom: CivilDate(dayNumber: 10),
      validUntil: CivilDate(dayNumber: 20))
    let graph = ControlGraph(entityCount: 2, holdings: [holding])
    let held = [9, 10, 20, 21].map {
      graph.interests(of: 0, on: CivilDate(dayNumber: $0)).interests.count
    }
    #expect(held == [0, 1, 1, 0])
  }

  @Test("a bound that is met is said, one that is not is not")
  func bounds() {
    let graph = ControlGraph(
      entityCount: 4, holdings: [Self.own(0, 1, 5), Self.own(1, 2, 5), Self.own(2, 3, 5)])
    #expect(graph.chains(of: 0, on: Self.day, .init(linksMax: 3)).end == .complete)
    let cut = graph.chains(of: 0, on: Self.day, .init(linksMax: 2))
    #expect(cut.chains.count == 2)
    #expect(cut.end.truncation == "chains longer than 2 holdings were not followed")
    #expect(graph.chains(of: 0, on: Self.day, .init(visitLimit: 3)).end == .complete)
    #expect(graph.chains(of: 0, on: Self.day, .init(visitLimit: 2)).end.isTruncated)
    let tiny = ExactShare(1, of: .max) ?? .none
    let fine = ControlGraph(
      entityCount: 4,
      holdings: (0..<3).map { .init(owner: $0, owned: $0 + 1, .ownership(tiny)) })
    let found = fine.chains(of: 0, on: Self.day)
    #expect(found.chains.count == 2 && found.end.isTruncated)
  }

  @Test("chains and interests are those of every path; control is the least closed group")
  func oracle() {
    for seed in RandomTrail.seeds(2_000) {
      var random = SeededRandom(seed: seed)
      let entities = Int.random(in: 2...5, using: &random)
      let holdings = (0..<Int.random(in: 0...10, using: &random)).map { _ in
        let owner = Int32.random(in: 0..<Int32(entities), using: &random)
        let owned = Int32.random(in: 0..<Int32(entities), using: &random)
        let share = Self.share(Int64.random(in: 0...6, using: &random))
        let kind: ControlGraph.Kind =
          [.ownership(share), .ownership(share), .voting(share), .otherMeans][
            Int.random(in: 0..<4, using: &random)]
        return ControlGraph.Holding(owner: owner, owned: owned, kind)
      }
      let graph = ControlGraph(entityCount: entities, holdings: holdings)
      // Ten-thousandths, of chains of at most four tenths: whole numbers, whatever is added.
      var sums = [Int](repeating: 0, count: entities)
      var counts = sums
      func extend(_ here: Int32, _ passed: [Int32], _ units: Int, _ scale: Int) {
        for holding in holdings where holding.owner == here && !passed.contains(holding.owned) {
          guard case .ownership(let share) = holding.kind else { continue }
          let units = units * Int(share.numerator * 10 / share.denominator)
          sums[Int(holding.owned)] += units * scale
          counts[Int(holding.owned)] += 1
          extend(holding.owned, passed + [holding.owned], units, scale / 10)
        }
      }
      extend(0, [0], 1, 1_000)
      let found = graph.interests(of: 0, on: Self.day)
      #expect(found.end == .complete)
      #expect(found.interests.map(\.chains) == counts.filter { $0 > 0 }, "seed \(seed)")
      #expect(
        found.interests.map(\.owned) == counts.indices.filter { counts[$0] > 0 }.map(Int32.init))
      for interest in found.interests {
        #expect(interest.share == ExactShare(Int64(sums[Int(interest.owned)]), of: 10_000))
      }
      // The least closed group is the smallest of all subsets that keep the rule.
      func isClosed(_ group: Set<Int32>) -> Bool {
        (0..<Int32(entities)).allSatisfy { body in
          if group.contains(body) { return true }
          var votes = 0
          for holding in holdings where holding.owned == body && group.contains(holding.owner) {
            switch holding.kind {
            case .otherMeans: return false
            case .voting(let share): votes += Int(share.numerator * 10 / share.denominator)
            case .ownership(let share):
              let isVoting = holdings.contains {
                if case .voting = $0.kind { return $0.owner == holding.owner && $0.owned == body }
                return false
              }
              if !isVoting { votes += Int(share.numerator * 10 / share.denominator) }
            }
          }
          return votes <= 5
        }
      }
      let groups = (0..<(1 << entities)).map { bits in
        Set((0..<Int32(entities)).filter { bits >> Int($0) & 1 == 1 })
      }
      let least = groups.filter { $0.contains(0) && isClosed($0) }.min { $0.count < $1.count }
      let controlled = graph.controlled(by: 0, on: Self.day) ?? []
      #expect(Set(controlled.map(\.controlled)).union([0]) == least, "seed \(seed)")
    }
  }

  @Test("exact shares compare, add and multiply like fractions")
  func shares() {
    var random = SeededRandom(seed: 5)
    for _ in 0..<2_000 {
      let (a, b) = (
        Int64.random(in: 0...40, using: &random), Int64.random(in: 1...40, using: &random)
      )
      let (c, d) = (
        Int64.random(in: 0...40, using: &random), Int64.random(in: 1...40, using: &random)
      )
      guard let x = ExactShare(a, of: b), let y = ExactShare(c, of: d) else {
        Issue.record("a fraction was refused")
        return
      }
      #expect((x < y) == (a * d < c * b))
      #expect(x.plus(y) == ExactShare(a * d + c * b, of: b * d))
      #expect(x.times(y) == ExactShare(a * c, of: b * d))
    }
    #expect(ExactShare(1, of: 0) == nil && ExactShare(-1, of: 2) == nil)
    #expect(ExactShare(basisPoints: 2_500) == ExactShare(1, of: 4))
  }
}
