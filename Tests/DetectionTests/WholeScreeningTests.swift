import CaseModel
import Detection
import TestSupport
import Testing
import TrailGraph

@Suite("Everything is screened, anew or by what is new")
struct WholeScreeningTests {
  /// A movement of the made-up world below.
  private struct Move {
    let time: Int64
    let from: Int32
    let to: Int32
    let minor: Int64
    let channel: Channel
    let entry: Int64
  }

  private static let accounts = 240

  /// Many small worlds side by side: collections, returns, circles, cash just under the threshold, pay
  /// passed on, and ordinary payments that join them.
  private func world(_ random: inout SeededRandom) -> [Move] {
    var moves: [Move] = []
    func add(_ day: Int, _ from: Int, _ to: Int, _ minor: Int64, _ channel: Channel = .unknown) {
      let second = Int64(moves.count % 86_400)
      moves.append(
        Move(
          time: Int64(19_700 + day) * 86_400 + second, from: Int32(from), to: Int32(to),
          minor: minor, channel: channel, entry: Int64(moves.count + 1)))
    }
    for part in 0..<12 {
      let base = part * 20
      let day = Int(random.next() % 60)
      let sum = Int64(50_000 + random.next() % 100_000)
      switch random.next() % 5 {
      case 0:
        for payer in 1...12 { add(day + payer % 5, base + payer, base, sum) }
        for payee in 13...18 where random.next() % 2 == 0 {
          add(day + 6, base, base + payee, 2 * sum)
        }
      case 1:
        for hop in 0..<4 {
          add(day + hop, base + hop, base + (hop + 1) % 4, sum - Int64(hop) * 100)
        }
      case 2:
        for deposit in 0..<5 {
          add(
            day + deposit, Int(TransferColumns.outside), base, 940_000 + Int64(deposit),
            .cashDeposit)
        }
      case 3:
        for middle in 1...5 {
          add(day, base, base + middle, sum)
          add(day + 2, base + middle, base + 9, sum - 500)
        }
      default:
        for turn in 0..<4 {
          add(day + turn * 20, base, base + 1, sum)
          add(day + turn * 20 + 3, base + 1, base, sum - 10)
        }
      }
    }
    for _ in 0..<200 {
      add(
        Int(random.next() % 90), Int(random.next() % UInt64(Self.accounts)),
        Int(random.next() % UInt64(Self.accounts)), Int64(1_000 + random.next() % 5_000))
    }
    return moves.sorted { ($0.time, $0.entry) < ($1.time, $1.entry) }
  }

  private func trail(_ moves: [Move]) -> Trail {
    var columns = TransferColumns()
    for move in moves {
      columns.append(
        source: move.from, destination: move.to, time: move.time, amountMinor: move.minor,
        currency: 0, channel: move.channel.number, entry: move.entry)
    }
    return Trail(
      columns: columns, names: Trail.Names(accountCount: Self.accounts, currencies: [euro]))
  }

  @Test("an update gives what a screening of everything gives", arguments: 0..<UInt64(24))
  func updateEqualsWhole(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let all = world(&random)
    // What comes later is part of one account's records, or of any.
    let isLater = { (move: Move) in
      seed % 2 == 0 ? move.from / 20 == 3 || move.to / 20 == 3 : move.entry % 17 == 0
    }
    let before = Scene(trail(all.filter { !isLater($0) }), under: testLaw)
    let after = Scene(trail(all), under: testLaw)
    let earlier = DetectionCatalogue.byRow.map { $0.findings(in: before) }
    let touched = Set(all.filter(isLater).flatMap { [$0.from, $0.to] }.filter { $0 >= 0 })
    var update = ScreeningUpdate(
      after: earlier, touched: Set(touched.map { AccountID(Int64($0)) }))
    let results = update.results(in: after)
    let whole = DetectionCatalogue.byRow.map { $0.findings(in: after) }
    for (one, other) in zip(results, whole) {
      #expect(one == other, "\(one.detector), seed \(seed)")
    }
    #expect(whole.contains { !$0.findings.isEmpty })
    // Not by running everything again: detectors of one account were asked of few.
    #expect(update.wholeRuns["ST-05"] == nil || earlier.contains { $0.notApplicable != nil })
  }

  @Test("any number of threads gives the same results, and each detector is told when it ends")
  func threads() async throws {
    var random = SeededRandom(seed: 7)
    let scene = Scene(trail(world(&random)), under: testLaw)
    let one = try await screenWhole(scene, threads: 1)
    #expect(try await screenWhole(scene, threads: 3) == one)
    #expect(one.map(\.detector) == DetectionCatalogue.byRow.map(\.id))
    #expect(one == detect(in: scene.trail, under: testLaw, context: nil))
  }

  private func finding(_ entries: [Int64], _ strength: Finding.Strength) -> Finding {
    Finding(
      detector: "ST-00", version: 1, kind: "made_up", title: "", sentence: "", parameters: [],
      measures: [], strength: strength, entries: entries.map { EntryID($0) }, accounts: [],
      innocentExplanations: [], cautionsChecked: [], cautionsNotChecked: [], truncation: nil)
  }

  @Test("findings that show the same money are one group, the strongest leads, none is lost")
  func groups() {
    let findings = [
      finding([1, 2, 3, 4], .clear), finding([9, 10], .strong), finding([3, 4, 5], .strong),
      finding([4, 20, 21, 22, 23], .clear), finding([5, 6], .atThreshold),
    ]
    let groups = FindingGroup.groups(of: findings)
    #expect(groups.map(\.members) == [[1], [2, 0, 4], [3]])
    #expect(groups[1].entries.map(\.value) == [3, 4, 5, 1, 2, 6])
    #expect(groups.flatMap(\.members).sorted() == Array(findings.indices))
  }
}
