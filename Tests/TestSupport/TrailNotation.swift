import CaseModel
import Foundation
import TrailGraph

/// A trail written as people of either profession read it, for tests.
///
/// One movement a line, oldest first: `2024-03-01  fraud -> A  10000.00 EUR  [channel]`, with an optional
/// time of day `2024-03-01T14:30`. `cash` is the outside world. `# …` is a comment. Entries are
/// numbered by line of movement from 1, accounts by the order they are first named from 1.
/// `repeat N every D days:` before a line writes it N times, D days apart.
public struct TrailNotation {
  public struct Mistake: Error, CustomStringConvertible {
    public let line: Int
    public let reason: String
    public var description: String { "line \(line): \(reason)" }
  }

  public let trail: Trail
  /// Account names by dense number.
  public let accounts: [String]
  public let lines: [String]

  public init(_ text: String) throws {
    var moves: [Move] = []
    for (offset, raw) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      let line = raw.prefix { $0 != "#" }.trimmingCharacters(in: .whitespaces)
      if line.isEmpty { continue }
      moves += try Move.read(line, number: offset + 1)
    }
    var numbers: [String: Int32] = [:]
    var accounts: [String] = []
    func number(_ name: String) -> Int32 {
      if name == "cash" { return TransferColumns.outside }
      if let known = numbers[name] { return known }
      numbers[name] = Int32(accounts.count)
      accounts.append(name)
      return Int32(accounts.count - 1)
    }
    let currencies = Set(moves.map(\.money.currency)).sorted()
    var columns = TransferColumns()
    var placeInDay: [Int32: Int64] = [:]
    let ordered = moves.enumerated().sorted {
      ($0.element.day, $0.offset) < ($1.element.day, $1.offset)
    }.map(\.element)
    for (place, move) in ordered.enumerated() {
      var time = Int64(move.day.dayNumber) * 86_400
      if let seconds = move.seconds {
        time += seconds
      } else {
        time += placeInDay[move.day.dayNumber, default: 0]
        placeInDay[move.day.dayNumber, default: 0] += 1
      }
      columns.append(
        source: number(move.from), destination: number(move.to), time: time,
        hasTimeOfDay: move.seconds != nil, amountMinor: move.money.minorUnits,
        currency: UInt16(currencies.firstIndex(of: move.money.currency) ?? 0),
        channel: move.channel.number, entry: Int64(place + 1))
    }
    self.accounts = accounts
    lines = ordered.map(\.text)
    trail = Trail(
      columns: columns,
      names: Trail.Names(accountCount: accounts.count, labels: accounts, currencies: currencies))
  }

  private struct Move {
    var day: CivilDate
    var seconds: Int64?
    var from: String
    var to: String
    var money: Money
    var channel: Channel
    var text: String

    static func read(_ line: String, number: Int) throws -> [Move] {
      var words = line.split(separator: " ").map(String.init)
      var times = 1
      var every = 0
      if words.first == "repeat", words.count > 5, let n = Int(words[1]), let d = Int(words[3]) {
        (times, every) = (n, d)
        words.removeFirst(5)
      }
      guard words.count >= 6, words[2] == "->" else {
        throw Mistake(line: number, reason: "expected DAY FROM -> TO AMOUNT CURRENCY [CHANNEL]")
      }
      let stamp = words[0].split(separator: "T")
      guard let day = stamp.first.flatMap({ CivilDate($0) }) else {
        throw Mistake(line: number, reason: "no such day")
      }
      var seconds: Int64?
      if stamp.count == 2 {
        let clock = stamp[1].split(separator: ":").compactMap { Int64($0) }
        guard clock.count == 2 else { throw Mistake(line: number, reason: "a time is HH:MM") }
        seconds = clock[0] * 3600 + clock[1] * 60
      }
      guard let currency = Currency(iso: words[5]), let money = Money(words[4], in: currency) else {
        throw Mistake(line: number, reason: "no such amount")
      }
      guard let channel = words.count > 6 ? Channel(rawValue: words[6]) : Channel.unknown else {
        throw Mistake(line: number, reason: "no such channel")
      }
      let text = words.joined(separator: " ")
      return (0..<times).map {
        Move(
          day: day.adding(days: $0 * every), seconds: seconds, from: words[1], to: words[3],
          money: money, channel: channel, text: text)
      }
    }
  }
}

extension Trail {
  /// Reads the notation of `TrailNotation`.
  public init(notation: String) throws { self = try TrailNotation(notation).trail }
}
