import CaseModel
import TestSupport
import Testing
import TrailGraph

@testable import Detection

@Suite("A stream finds what a look at everything finds")
struct StreamScreeningTests {
  private struct Move {
    let time: Int64
    let from: Int32
    let to: Int32
    let minor: Int64
    let channel: Channel
  }

  /// The streamed detectors with limits low enough for small random trails.
  private static let small: [any Detector] = {
    var cash = Structuring()
    (cash.windowDays, cash.depositsMin) = (3, 2)
    var pass = PassThrough()
    (pass.windowDays, pass.receiptsMin, pass.baselineDays, pass.timesUsual) = (5, 2, 10, 1)
    (pass.outMinBasisPoints, pass.outMaxBasisPoints) = (6_000, 14_000)
    var circle = TemporalCycle()
    circle.windowDays = 6
    (circle.keptMinBasisPoints, circle.keptMaxBasisPoints) = (8_000, 12_500)
    var ramp = CryptoRamp()
    (ramp.windowDays, ramp.passagesMin, ramp.shareBasisPoints) = (6, 2, 500)
    ramp.withinHours = 72
    return [cash, pass, circle, ramp]
  }()

  /// Payments at random between a few accounts, in busy weeks and quiet ones, some of them cash just below
  /// the threshold and some to exchanges.
  private func world(_ seed: UInt64, days: Int, count: Int, accounts: Int) -> [Move] {
    var random = SeededRandom(seed: seed)
    let channels: [Channel] = [
      .transferDomestic, .transferDomestic, .transferDomestic, .cryptoOut, .cryptoIn,
      .atmWithdrawal,
    ]
    var moves: [Move] = []
    for _ in 0..<count {
      var day = Int.random(in: 0..<days, using: &random)
      if day / 10 % 3 == 1 { day -= Int.random(in: 5...10, using: &random) }
      let time =
        Int64(19_700 + day) * 86_400
        + Int64.random(in: 0...(seed % 2 == 0 ? 20 : 86_399), using: &random)
      if random.next() % 6 == 0 {
        moves.append(
          Move(
            time: time, from: TransferColumns.outside,
            to: Int32.random(in: 0..<Int32(accounts), using: &random),
            minor: Int64.random(in: 850_000...990_000, using: &random), channel: .cashDeposit))
      } else {
        moves.append(
          Move(
            time: time, from: Int32.random(in: 0..<Int32(accounts), using: &random),
            to: Int32.random(in: 0..<Int32(accounts), using: &random),
            minor: Int64.random(in: 90...110, using: &random) * 1_000,
            channel: channels[Int(random.next() % UInt64(channels.count))]))
      }
    }
    return moves.enumerated().sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }
      .map(\.element)
  }

  private func columns(_ moves: ArraySlice<Move>) -> TransferColumns {
    var columns = TransferColumns()
    for place in moves.indices {
      let move = moves[place]
      columns.append(
        source: move.from, destination: move.to, time: move.time, amountMinor: move.minor,
        currency: 0, channel: move.channel.number, entry: Int64(place + 1))
    }
    return columns
  }

  private func names(_ accounts: Int) -> Trail.Names {
    Trail.Names(accountCount: accounts, currencies: [euro])
  }

  /// In an order that does not depend on when a finding was told.
  private func ordered(_ findings: [Finding]) -> [Finding] {
    findings.sorted { a, b in
      if a.detector != b.detector { return a.detector < b.detector }
      if a.entries != b.entries {
        return a.entries.map(\.value).lexicographicallyPrecedes(b.entries.map(\.value))
      }
      return a.accounts[0].account.value < b.accounts[0].account.value
    }
  }

  private func streamed(
    _ moves: [Move], accounts: Int, _ detectors: [any Detector], longestDays: Int, seed: UInt64
  ) throws -> (findings: [Finding], beforeEnd: Int, stream: StreamScreening) {
    var random = SeededRandom(seed: seed)
    var stream = StreamScreening(
      names: names(accounts), under: testLaw, longestDays: longestDays, detectors: detectors)
    // Every third time so little that most is put off.
    if seed % 3 == 1 { (stream.workShare, stream.workLeast) = (0, 1) }
    var findings: [Finding] = []
    var start = 0
    while start < moves.count {
      let end = min(moves.count, start + Int.random(in: 1...40, using: &random))
      findings += try stream.append(columns(moves[start..<end]))
      start = end
    }
    let beforeEnd = findings.count
    findings += stream.finish()
    return (findings, beforeEnd, stream)
  }

  @Test("whatever the batches, and although old transfers are dropped", arguments: 0..<8)
  func equalsWhole(part: UInt64) throws {
    var found: [String: Int] = [:]
    var (dropped, early) = (0, 0)
    for seed in part * 30..<(part + 1) * 30 {
      let accounts = 5 + Int(seed % 20)
      let moves = world(seed, days: 260, count: 240, accounts: accounts)
      let result = try streamed(
        moves, accounts: accounts, Self.small, longestDays: 60, seed: seed)
      #expect(result.stream.truncations.isEmpty)
      guard result.stream.cuts.isEmpty else { continue }
      let scene = Scene(
        Trail(columns: columns(moves[...]), names: names(accounts)), under: testLaw)
      let whole = Self.small.flatMap { $0.findings(in: scene).findings }
      #expect(ordered(result.findings) == ordered(whole), "seed \(seed)")
      for finding in whole { found[finding.detector, default: 0] += 1 }
      if result.stream.trail.count < moves.count { dropped += 1 }
      early += result.beforeEnd
    }
    for detector in Self.small {
      #expect(found[detector.id] ?? 0 > 3, "\(detector.id) \(found[detector.id] ?? 0)")
    }
    #expect(dropped > 15 && early > 60)
  }

  @Test("a finding that reaches further back than what is held is counted as cut")
  func cuts() throws {
    // Cash every second day for months is one run.
    var moves: [Move] = []
    for turn in 0..<150 {
      moves.append(
        Move(
          time: Int64(19_700 + 2 * turn) * 86_400, from: TransferColumns.outside, to: 0,
          minor: 900_000 + Int64(turn), channel: .cashDeposit))
    }
    let cash = Self.small[0]
    let short = try streamed(moves, accounts: 1, [cash], longestDays: 20, seed: 1)
    #expect(short.findings.count == 1 && short.stream.cuts == ["ST-01": 1])
    #expect(short.stream.trail.count < 40)
    let long = try streamed(moves, accounts: 1, [cash], longestDays: 400, seed: 1)
    #expect(long.findings.count == 1 && long.stream.cuts.isEmpty)
    #expect(long.findings[0].entries.count == 150)
  }

  @Test("every detector of the catalogue is run or named with the reason why not")
  func named() {
    let stream = StreamScreening(names: names(1), under: testLaw)
    #expect(
      stream.run.sorted() == [
        "ST-01", "ST-02", "ST-04", "ST-05", "ST-06", "ST-07", "ST-08", "ST-09", "ST-10", "ST-22",
        "ST-23",
      ])
    #expect(
      (stream.run + stream.notRun.map(\.detector)).sorted()
        == DetectionCatalogue.all.map(\.id).sorted())
    #expect(stream.notRun.allSatisfy { !$0.reason.isEmpty })
  }

  @Test("the state stays flat over ten times what is held")
  func flat() throws {
    let accounts = 30
    let moves = world(3, days: 600, count: 6_000, accounts: accounts)
    var stream = StreamScreening(
      names: names(accounts), under: testLaw, longestDays: 30, detectors: Self.small)
    var (early, late) = (0, 0)
    var start = 0
    while start < moves.count {
      let end = min(moves.count, start + 100)
      _ = try stream.append(columns(moves[start..<end]))
      if start < 2_000 {
        early = max(early, stream.stateBytes)
      } else {
        late = max(late, stream.stateBytes)
      }
      start = end
    }
    #expect(late <= early + 8_192, "\(early) then \(late)")
  }

  @Test("what comes too late is refused")
  func refusal() throws {
    var stream = StreamScreening(names: names(1), under: testLaw)
    let moves = world(1, days: 3, count: 9, accounts: 1)
    _ = try stream.append(columns(moves[4...]))
    #expect(throws: StreamRefusal.self) { try stream.append(columns(moves[..<2])) }
  }
}
