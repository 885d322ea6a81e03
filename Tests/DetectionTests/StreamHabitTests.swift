import CaseModel
import TestSupport
import Testing
import TrailGraph

@testable import Detection

@Suite("What asks for habits is told as far as is known")
struct StreamHabitTests {
  struct Move {
    var day: Int32
    var second: Int64 = 0
    var from: Int32
    var to: Int32
    var minor: Int64
    var channel = Channel.transferDomestic
    var currency: UInt16 = 0
    var time: Int64 { Int64(day) * 86_400 + second }
  }

  /// The detectors of habits with limits low enough for small random trails.
  private static let small: [any StreamedDetector] = {
    var habit = Regularity()
    (habit.times, habit.gapDays, habit.spanDays) = (3, 4, 12)
    var gather = FanIn()
    (gather.windowDays, gather.sourcesMin, gather.newAfterDays) = (3, 3, 8)
    (gather.baselineDays, gather.timesUsual, gather.regular) = (6, 1, habit)
    var scatter = FanOut()
    (scatter.windowDays, scatter.payeesMin, scatter.newAfterDays) = (2, 3, 8)
    (scatter.inflowDays, scatter.inflowShareBasisPoints, scatter.regular) = (4, 3_000, habit)
    var both = GatherScatter()
    (both.gather, both.scatter, both.pauseDays) = (gather, scatter, 3)
    (both.outMinBasisPoints, both.outMaxBasisPoints) = (2_000, 30_000)
    var several = ScatterGather()
    (several.scatterDays, several.gatherDays, several.middlesMin) = (2, 3, 2)
    (several.throughShareBasisPoints, several.regular) = (4_000, habit)
    var back = TwoPartyReturn()
    (back.returnDays, back.returnsMin, back.windowDays) = (4, 2, 12)
    back.toleranceBasisPoints = 2_000
    var cash = Smurfing()
    (cash.windowDays, cash.depositorsMin, cash.sumShareBasisPoints) = (3, 2, 5_000)
    cash.regular = habit
    var cards = PrepaidLadder()
    (cards.windowDays, cards.loadsMin, cards.sellersMin, cards.regular) = (5, 3, 2, habit)
    return [gather, scatter, both, several, back, cash, cards]
  }()

  /// Payments at random between a few accounts, in bursts, with habits, some in cash or on cards.
  private func world(_ seed: UInt64, days: Int32, count: Int, accounts: Int32) -> [Move] {
    var random = SeededRandom(seed: seed)
    func account() -> Int32 { Int32.random(in: 0..<accounts, using: &random) }
    var moves: [Move] = []
    while moves.count < count {
      let day = 19_700 + Int32.random(in: 0..<days, using: &random)
      let second = Int64.random(in: 0...(seed % 2 == 0 ? 9 : 86_399), using: &random)
      var move = Move(
        day: day, second: second, from: account(), to: account(),
        minor: Int64.random(in: 80...120, using: &random) * 1_000)
      switch random.next() % 16 {
      case 0, 8:
        // Cash brought by several.
        for _ in 0..<3 {
          var cash = move
          cash.from = account()
          cash.day += Int32.random(in: 0...2, using: &random)
          (cash.channel, cash.minor) = (
            .cashDeposit, Int64.random(in: 300_000...990_000, using: &random)
          )
          moves.append(cash)
        }
      case 1, 9:
        // Cards loaded at several sellers.
        for _ in 0..<4 {
          var load = move
          (load.to, load.channel) = (account(), .prepaidLoad)
          load.day += Int32.random(in: 0...3, using: &random)
          moves.append(load)
        }
      case 10, 11:
        // Gathered from several, then scattered to several.
        for _ in 0..<5 {
          var (into, out) = (move, move)
          (into.from, into.to) = (account(), move.from)
          (out.to, out.second) = (account(), move.second + 10)
          out.day += Int32.random(in: 1...2, using: &random)
          moves += [into, out]
        }
      case 2: move.from = TransferColumns.outside
      case 3: move.currency = 1
      case 4:
        // A habit.
        for turn in 1..<5 {
          var again = move
          again.day += Int32(turn) * 6
          moves.append(again)
        }
      case 5, 6:
        // A burst out of one account, on to others.
        for _ in 0..<3 {
          var other = move
          other.second = Int64.random(in: 0...40_000, using: &random)
          other.to = account()
          var on = other
          (on.from, on.to) = (other.to, move.to)
          on.day += Int32.random(in: 0...3, using: &random)
          on.second = 41_000 + other.second
          moves += [other, on]
        }
      case 7:
        // There and back.
        for turn in 0..<3 {
          var sent = move
          sent.day += Int32(turn) * 3
          var back = sent
          (back.from, back.to, back.day) = (sent.to, sent.from, sent.day + 2)
          moves += [sent, back]
        }
      default: break
      }
      moves.append(move)
    }
    return moves.enumerated().sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }
      .map(\.element)
  }

  private func columns(_ moves: some Sequence<(Int, Move)>) -> TransferColumns {
    var columns = TransferColumns()
    for (place, move) in moves {
      columns.append(
        source: move.from, destination: move.to, time: move.time, amountMinor: move.minor,
        currency: move.currency, channel: move.channel.number, entry: Int64(place + 1))
    }
    return columns
  }

  private func names(_ accounts: Int32) throws -> Trail.Names {
    Trail.Names(
      accountCount: Int(accounts), currencies: [euro, try #require(Currency(iso: "USD"))])
  }

  private func ordered(_ findings: [Finding]) -> [Finding] {
    findings.sorted { a, b in
      if a.detector != b.detector { return a.detector < b.detector }
      if a.entries != b.entries {
        return a.entries.map(\.value).lexicographicallyPrecedes(b.entries.map(\.value))
      }
      return a.accounts[0].account.value < b.accounts[0].account.value
    }
  }

  /// Without the days looked at, which the detector itself does not state.
  private func plain(_ finding: Finding) -> Finding {
    Finding(
      detector: finding.detector, version: finding.version, kind: finding.kind,
      title: finding.title, sentence: finding.sentence,
      parameters: finding.parameters.filter { $0.name != StreamSpanRun.frameName },
      measures: finding.measures, strength: finding.strength, entries: finding.entries,
      accounts: finding.accounts, innocentExplanations: finding.innocentExplanations,
      cautionsChecked: finding.cautionsChecked, cautionsNotChecked: finding.cautionsNotChecked,
      truncation: finding.truncation)
  }

  private func streamed(
    _ moves: [Move], _ names: Trail.Names, longestDays: Int, lookBackDays: Int, waitDays: Int,
    seed: UInt64, detectors: [any Detector] = Self.small
  ) throws -> (findings: [Finding], beforeEnd: Int, stream: StreamScreening) {
    var random = SeededRandom(seed: seed)
    var stream = StreamScreening(
      names: names, under: testLaw, longestDays: longestDays, lookBackDays: lookBackDays,
      waitDays: waitDays, detectors: detectors)
    // Every other time so little that most is put off.
    if seed % 2 == 1 { (stream.workShare, stream.workLeast) = (0, 1) }
    var findings: [Finding] = []
    let all = Array(moves.enumerated().map { ($0.offset, $0.element) })
    var start = 0
    while start < all.count {
      let end = min(all.count, start + Int.random(in: 1...30, using: &random))
      findings += try stream.append(columns(all[start..<end]))
      start = end
    }
    let beforeEnd = findings.count
    return (findings + stream.finish(), beforeEnd, stream)
  }

  /// What each detector finds in the days before each day of telling: the definition, once more.
  private func asKnown(
    _ moves: [Move], _ names: Trail.Names, lookBackDays: Int, waitDays: Int
  ) -> [Finding] {
    var findings: [Finding] = []
    let last = moves.last?.day ?? 0
    for detector in Self.small {
      for day in (moves.first?.day ?? 0)...last {
        let told = day + Int32(detector.streamSpan.afterDays + waitDays)
        let frame = (told - Int32(lookBackDays))..<told
        let part = moves.enumerated().filter { frame.contains($0.element.day) }
        let trail = Trail(
          columns: columns(part.map { ($0.offset, $0.element) }), names: names)
        for finding in detector.findings(in: Scene(trail, under: testLaw)).findings
        where finding.entries.map({ moves[Int($0.value) - 1].day }).max() == day {
          findings.append(finding)
        }
      }
    }
    return findings
  }

  @Test("each finding is the detector's own over the days looked at", arguments: 0..<4)
  func asOfTheDay(part: UInt64) throws {
    var found: [String: Int] = [:]
    var (early, dropped) = (0, 0)
    for seed in part * 5..<(part + 1) * 5 {
      let accounts = 10 + Int32(seed % 20)
      let moves = world(seed, days: 90, count: 220, accounts: accounts)
      let names = try names(accounts)
      let wait = Int(seed % 3) * 4
      let result = try streamed(
        moves, names, longestDays: 5, lookBackDays: 50, waitDays: wait, seed: seed)
      #expect(result.stream.truncations.isEmpty)
      let slow = asKnown(moves, names, lookBackDays: 50, waitDays: wait)
      #expect(ordered(result.findings.map(plain)) == ordered(slow), "seed \(seed)")
      #expect(
        result.findings.allSatisfy { finding in
          finding.parameters.contains { $0.name == StreamSpanRun.frameName }
        })
      for finding in slow { found[finding.detector, default: 0] += 1 }
      early += result.beforeEnd
      if result.stream.trail.count < moves.count { dropped += 1 }
    }
    for detector in Self.small {
      #expect(found[detector.id] ?? 0 > 2, "\(detector.id) \(found[detector.id] ?? 0)")
    }
    #expect(early > 30 && dropped > 3, "\(early) \(dropped)")
  }

  @Test(
    "where all lies within the days looked at, they are those over everything", arguments: 0..<5)
  func insideTheDays(part: UInt64) throws {
    var found: [String: Int] = [:]
    for seed in 1_000 + part * 20..<1_000 + (part + 1) * 20 {
      let accounts = 10 + Int32(seed % 20)
      let moves = world(seed, days: 90, count: 220, accounts: accounts)
      let names = try names(accounts)
      let result = try streamed(
        moves, names, longestDays: 0, lookBackDays: 400, waitDays: 200, seed: seed)
      #expect(result.stream.truncations.isEmpty && result.stream.cuts.isEmpty)
      let trail = Trail(columns: columns(moves.enumerated().map { ($0, $1) }), names: names)
      let whole = Self.small.flatMap { $0.findings(in: Scene(trail, under: testLaw)).findings }
      #expect(ordered(result.findings.map(plain)) == ordered(whole), "seed \(seed)")
      for finding in whole { found[finding.detector, default: 0] += 1 }
    }
    for detector in Self.small {
      #expect(found[detector.id] ?? 0 > 5, "\(detector.id) \(found[detector.id] ?? 0)")
    }
  }

  @Test("a first month's rent looks like a fan until the habit shows, or is waited for")
  func rent() throws {
    var moves: [Move] = []
    for month in 0..<8 {
      for tenant in 1...12 {
        moves.append(
          Move(
            day: 19_700 + Int32(month * 30), second: Int64(tenant), from: Int32(tenant), to: 0,
            minor: 50_000))
      }
    }
    let names = try names(13)
    let known = try streamed(
      moves, names, longestDays: 90, lookBackDays: 400, waitDays: 0, seed: 1,
      detectors: [FanIn()])
    #expect(known.findings.count == 1 && known.beforeEnd == 1)
    #expect(known.findings.first?.entries.map(\.value) == Array(1...12))
    #expect(
      known.findings.first?.parameters.last
        == .parameter("dealings looked at", "2022-11-17 to 2023-12-21"))
    let waited = try streamed(
      moves, names, longestDays: 90, lookBackDays: 400, waitDays: 90, seed: 1,
      detectors: [FanIn()])
    #expect(waited.findings.isEmpty)
  }
}
