import CaseModel
import Detection
import TestSupport
import TrailGraph

/// A small random trail and its transfers as a plain list, for definitions written out slowly.
struct SlowTrail {
  struct Transfer {
    let from: Int
    let to: Int
    let time: Int64
    let minor: Int
    var day: Int { Int(time / 86_400) }
  }
  let accounts: Int
  /// In the order of the trail: by time, then as appended.
  let transfers: [Transfer]
  let trail: Trail
  private let daysOfPair: [[Int]: [Int]]

  /// - Parameter amounts: few and alike, so that shares lie on both sides of their limits.
  init(seed: UInt64, accounts: Int, transfers count: Int, days: Int, amounts: [Int]) {
    var random = SeededRandom(seed: seed)
    var list: [Transfer] = []
    for _ in 0..<count {
      let from = Int.random(in: -1..<accounts, using: &random)
      let to = Int.random(in: 0..<accounts, using: &random)
      let day = Int.random(in: 0..<days, using: &random)
      // A few moments a day, so that some fall together.
      let moment = Int.random(in: 0..<4, using: &random)
      let minor = amounts[Int.random(in: 0..<amounts.count, using: &random)]
      list.append(
        Transfer(
          from: from, to: to, time: Int64(19_800 + day) * 86_400 + Int64(moment) * 21_600,
          minor: minor))
    }
    let ordered = list.enumerated().sorted {
      ($0.element.time, $0.offset) < ($1.element.time, $1.offset)
    }.map(\.element)
    var columns = TransferColumns()
    for (place, item) in ordered.enumerated() {
      columns.append(
        source: Int32(item.from), destination: Int32(item.to), time: item.time,
        amountMinor: Int64(item.minor), currency: 0, channel: Channel.unknown.number,
        entry: Int64(place))
    }
    self.accounts = accounts
    transfers = ordered
    daysOfPair = Dictionary(grouping: ordered) { [$0.from, $0.to] }.mapValues { $0.map(\.day) }
    trail = Trail(
      columns: columns, names: Trail.Names(accountCount: accounts, currencies: [euro]))
  }

  /// The days on which one account pays another, in order.
  func days(from: Int, to: Int) -> [Int] { daysOfPair[[from, to]] ?? [] }

  func findings(_ detector: any Detector) -> [Finding] {
    detector.findings(in: Scene(trail, under: testLaw)).findings
  }

  /// The largest value of a measure by the account of the first role and, for pairs, of the last.
  static func largest(_ findings: [Finding], _ measure: Int, pairs: Bool = false) -> [[Int]: Int] {
    var result: [[Int]: Int] = [:]
    for finding in findings {
      guard let first = finding.accounts.first, let last = finding.accounts.last else { continue }
      let key = [first, last].prefix(pairs ? 2 : 1).map { Int($0.account.value) }
      let value = finding.measures[measure].value.prefix { $0.isNumber }
      result[key] = max(result[key] ?? 0, Int(value) ?? -1)
    }
    return result
  }

  /// Whether payments on these days, in order, are a habit.
  static func isRegular(_ days: [Int], _ rule: Regularity) -> Bool {
    guard let first = days.first, let last = days.last else { return false }
    var counted = [first]
    for day in days where day >= counted[counted.count - 1] + rule.gapDays { counted.append(day) }
    return counted.count >= rule.times && last - first >= rule.spanDays
  }
}
