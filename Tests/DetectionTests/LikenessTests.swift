import CaseModel
import Testing
import TrailGraph

@testable import Detection

/// What a file teaches about dealings like those of its findings: the arithmetic against slow answers, and what
/// it says on made files whose truth is known. No labelled set is needed.
@Suite("Dealings like those of findings")
struct LikenessTests {
  /// Numbers from a fixed congruence.
  private struct Draw {
    var state: UInt64
    mutating func below(_ limit: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(limit))
    }
  }

  /// 3,000 only dealings among 2,500 strangers over a hundred days, and 250 more among forty accounts that
  /// deal with strangers all the time, at three in the morning.
  private func made(hour: Int? = 3, seed: UInt64 = 5) throws -> (Trail, scheme: [Int]) {
    var draw = Draw(state: seed)
    var pairs: Set<[Int]> = []
    var lines = ["tx_id,src,dst,ts,amount_minor,currency,channel"]
    var schemers: Set<String> = []
    func pay(_ from: Int, _ to: Int, _ second: Int, _ amount: Int) -> Bool {
      guard from != to, !pairs.contains([to, from]), pairs.insert([from, to]).inserted else {
        return false
      }
      lines.append("\(lines.count - 1),a\(from),a\(to),\(second),\(amount),EUR,instant")
      return true
    }
    var left = 3_000
    while left > 0 {
      let second = draw.below(100 * 86_400)
      if pay(draw.below(2_500), draw.below(2_500), second, 1_000 + draw.below(90_000)) { left -= 1 }
    }
    left = 250
    while left > 0 {
      let second = draw.below(100) * 86_400 + (hour.map { $0 * 3_600 } ?? draw.below(82_800))
      let id = String(lines.count - 1)
      if pay(
        3_000 + draw.below(40), 3_000 + draw.below(40), second + draw.below(3_600),
        1_000 + draw.below(90_000))
      {
        schemers.insert(id)
        left -= 1
      }
    }
    let file = try TransferFile(
      bytes: Array((lines.joined(separator: "\n") + "\n").utf8), name: "made")
    let trail = file.trail()
    return (
      trail,
      (0..<trail.edgeCount).filter { schemers.contains(file.transferID(trail.entry[$0])) }
    )
  }

  @Test("a rare hour that findings share speaks for a dealing; an hour like any other says nothing")
  func habits() throws {
    let (trail, scheme) = try made()
    let background = Background(of: trail)
    let dealings = (0..<trail.edgeCount).filter { background.uses[$0] == 1 }
    let members = Set(scheme)
    let habits = ScreeningHabits(of: dealings, isFound: dealings.map(members.contains), in: trail)
    // 250 of 250 at that hour, beside 375 of 3,250 in all: 3.1 bits.
    #expect(scheme.allSatisfy { habits.bits($0) > 2 * Bits.one && habits.bits($0) < 4 * Bits.one })
    let others = dealings.filter { !members.contains($0) }
    #expect(others.count { habits.bits($0) < 0 } * 10 > others.count * 9)

    let everySecond = dealings.indices.map { $0 % 2 == 0 }
    let nothing = ScreeningHabits(of: dealings, isFound: everySecond, in: trail)
    #expect(dealings.allSatisfy { abs(nothing.bits($0)) < Bits.one })
  }

  @Test("a dealing does not testify for itself")
  func itself() throws {
    let (trail, _) = try made()
    let background = Background(of: trail)
    let dealings = (0..<trail.edgeCount).filter { background.uses[$0] == 1 }
    let isFound = dealings.indices.map { $0 == 17 }
    let habits = ScreeningHabits(of: dealings, isFound: isFound, in: trail)
    #expect(habits.bits(dealings[17]) <= 0, "the one finding has nobody to agree with")
    let likeness = LikenessPlaces(of: dealings, in: trail).likeness(to: isFound)
    #expect(likeness[17] < Bits.one, "nor does its place")
  }

  @Test(
    "likeness equals what sorting all distances gives, ties taken whole",
    arguments: [1, 2, 3] as [UInt64])
  func nearest(seed: UInt64) throws {
    let (trail, scheme) = try made(seed: seed)
    let background = Background(of: trail)
    let dealings = (0..<trail.edgeCount).filter { background.uses[$0] == 1 }
    let members = Set(scheme)
    let isFound = dealings.map(members.contains)
    let places = LikenessPlaces(of: dealings, in: trail)
    let likeness = places.likeness(to: isFound)
    for place in stride(from: 0, to: dealings.count, by: 41) {
      let distances = dealings.indices.filter { $0 != place }.map { other -> (Int, Bool) in
        let apart = (0..<8).reduce(0) {
          $0 + abs(Int(places.points[place][$1]) - Int(places.points[other][$1]))
        }
        return (apart, isFound[other])
      }.sorted { $0.0 < $1.0 }
      let last = distances[LikenessPlaces.nearest - 1].0
      let near = distances.prefix { $0.0 <= last }
      let like = near.count(where: \.1)
      let found = scheme.count
      let expected =
        Bits.log2(like * 256 * dealings.count + 512 * found)
        - Bits.log2((near.count * 256 + 512) * found)
      #expect(likeness[place] == expected)
    }
  }

  @Test("of dealings of one making, those that no shape found are found by those that one did")
  func spread() throws {
    let (trail, scheme) = try made()
    let found = Set(scheme.enumerated().filter { $0.offset % 5 < 3 }.map(\.element))
    let outcome = ScreeningLikeness(background: Background(of: trail)).alike(to: found)
    let alike = Set(outcome.alike.map(\.edge))
    let missing = Set(scheme).subtracting(found)
    #expect(outcome.reason == nil && alike.isDisjoint(with: found))
    #expect(alike.intersection(missing).count * 10 >= missing.count * 7, "\(alike.count)")
    #expect(alike.subtracting(missing).count * 5 <= alike.count, "one in five wrong at most")
    let sightings = AlikeGroups(trail: trail, outcome: outcome, about: 101).sightings()
    #expect(sightings.flatMap(\.edges).sorted() == alike.sorted(), "each once, none lost")
    #expect(sightings.allSatisfy { $0.score >= ScreeningReport.reportingScore })
    #expect(sightings.allSatisfy { $0.cautions.count == 2 }, "likeness is said to be no tie")
  }

  @Test("the hour is no condition: place alone finds too, at twice the chance")
  func withoutHour() throws {
    let (trail, scheme) = try made(hour: nil)
    let found = Set(scheme.enumerated().filter { $0.offset % 5 < 3 }.map(\.element))
    let outcome = ScreeningLikeness(background: Background(of: trail)).alike(to: found)
    let alike = Set(outcome.alike.map(\.edge))
    let missing = Set(scheme).subtracting(found)
    #expect(alike.intersection(missing).count * 2 >= missing.count)
    #expect(alike.subtracting(missing).count * 5 <= alike.count)
  }

  @Test("where findings leave nothing out, nothing is alike")
  func complete() throws {
    let (trail, scheme) = try made()
    let outcome = ScreeningLikeness(background: Background(of: trail)).alike(to: Set(scheme))
    #expect(outcome.alike.count <= 5, "\(outcome.alike.count)")
  }

  @Test("where findings are like everything else, likeness says that it says nothing")
  func nothing() throws {
    let (trail, _) = try made()
    let likeness = ScreeningLikeness(background: Background(of: trail))
    let anything = Set(stride(from: 0, to: trail.edgeCount, by: 11))
    let outcome = likeness.alike(to: anything)
    #expect(outcome.alike.isEmpty)
    #expect(outcome.reason?.contains("likeness says nothing in this file") == true)
    let few = likeness.alike(to: [0, 1, 2])
    #expect(few.alike.isEmpty && few.reason?.contains("needs 100 of 1000") == true)
  }
}
