import CaseModel
import CaseStore
import Digests
import TestSupport
import TrailGraph

/// Made-up sets of files that overlap: the same lines of three accounts, seen by several exports that
/// word them differently, contradict each other now and then, and carry payment records and entities.
struct RandomFiles {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

  /// SplitMix64 (Steele, Lea, Flood 2014): the same numbers on every machine.
  mutating func next(_ bound: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((z ^ (z >> 31)) % UInt64(bound))
  }

  mutating func shuffled<T>(_ values: [T]) -> [T] {
    var values = values
    for index in values.indices.dropFirst() { values.swapAt(index, next(index + 1)) }
    return values
  }

  /// One line of the truth.
  private struct Line {
    let id: String
    let account: Int
    let day: Int
    let minor: Int64
    let other: Int?
    let hasReference: Bool
    /// The reference is the payment's own, not the bank's.
    var isOwn: Bool { day % 2 == 0 }
  }

  private static let accounts = [accountA, accountB, accountC]

  private mutating func truth() -> [Line] {
    var lines: [Line] = []
    for day in 1...9 {
      for account in 0..<3 {
        for _ in 0..<next(3) {
          let minor = Int64(next(5) + 1) * 100
          let other = next(2) == 0 ? (account + 1 + next(2)) % 3 : nil
          lines.append(
            Line(
              id: "L\(lines.count)", account: account, day: day, minor: -minor, other: other,
              hasReference: next(3) == 0))
          if let other {
            lines.append(
              Line(
                id: "L\(lines.count)", account: other, day: min(9, day + next(2)), minor: minor,
                other: next(2) == 0 ? account : nil, hasReference: false))
          }
        }
      }
    }
    return lines
  }

  /// What one file shows: lines of one account and some days, in its own words.
  struct Content {
    let name: String
    var statements: [Statement]
    var payments: [PaymentRecord]
    var entities: [StatedEntity]

    var file: ImportInput { input(name, statements, payments: payments, entities: entities) }

    /// The same cut into two files between two days, records apart.
    func cut(after day: Int) -> [Content] {
      let edge = CaseStoreTests.day("2024-01-0\(day)")
      func part(_ suffix: String, _ isFirst: Bool) -> Content {
        Content(
          name: name + suffix,
          statements: statements.map { statement in
            var statement = statement
            statement.entries.removeAll { ($0.bookedOn.map { $0 <= edge } ?? false) != isFirst }
            return statement
          }, payments: isFirst ? payments : [], entities: isFirst ? [] : entities)
      }
      return [part("-1", true), part("-2", false)]
    }
  }

  mutating func contents(_ count: Int) -> [Content] {
    let lines = truth()
    return (0..<count).map { number in
      let account = next(3)
      let first = 1 + next(6)
      let last = min(9, first + 1 + next(6))
      let isWordy = next(2) == 0
      let isOdd = next(4) == 0
      let iban = Self.accounts[account]
      var entries: [StatementEntry] = []
      for line in lines
      where line.account == account && (first...last).contains(line.day) {
        entries.append(entry(of: line, isWordy: isWordy, isOdd: isOdd, at: entries.count + 2))
      }
      var made = statement(iban, entries, number: "\(number + 1)")
      made.accountText = isWordy ? iban : "DE02 1001 " + iban.dropFirst(8)
      made.institution = ["Bank One", "BANK ONE AG", nil][next(3)]
      let payments = (0..<next(4)).map { _ in
        let kind = next(6)
        return payment(
          Int64(kind + 1) * 100, on: "2024-01-0\(kind + 1)", from: accountA, to: accountB,
          uetr: "U-\(kind)", line: 30 + next(5))
      }
      let entities = (0..<next(3)).map { _ in
        entity("Person", "P-\(next(4))", ["name": ["Example"]], line: 20 + next(5))
      }
      return Content(
        name: "file-\(number).csv", statements: [made],
        payments: distinct(payments, by: \.key), entities: distinct(entities, by: \.key))
    }
  }

  /// Odd files state another amount under the same reference: a contradiction, and another entry.
  private func entry(of line: Line, isWordy: Bool, isOdd: Bool, at place: Int) -> StatementEntry {
    let isContradicted = isOdd && line.hasReference
    let minor = isContradicted ? line.minor - 1 : line.minor
    return CaseStoreTests.entry(
      "2024-01-0\(line.day)", minor,
      to: isWordy ? line.other.map { Self.accounts[$0] } : nil,
      name: isWordy ? "Example Trading" : nil,
      purpose: isWordy ? "invoice \(line.id)" : "INVOICE  \(line.id)", line: place,
      servicer: line.hasReference && !line.isOwn ? "R-\(line.id)" : nil,
      own: line.hasReference && line.isOwn ? "R-\(line.id)" : nil,
      key: isContradicted ? line.id + " odd" : line.id)
  }

  private func distinct<T>(_ values: [T], by key: (T) -> String) -> [T] {
    var seen: Set<String> = []
    return values.filter { seen.insert(key($0)).inserted }
  }
}

extension Store {
  /// What later stages read, by content: entries with place and words, the trail, statements, accounts.
  func readingDump() async throws -> [String] {
    let accounts = Dictionary(
      uniqueKeysWithValues: try await accounts().map { ($0.id.value, $0.key.text) })
    let entries = try await entries()
    let keys = Dictionary(uniqueKeysWithValues: entries.map { ($0.id.value, $0.key) })
    let trail = try await loadTrail().trail
    func account(_ number: Int32) -> String {
      trail.names.accountID(of: number).flatMap { accounts[$0.value] } ?? "-"
    }
    let edges = (0..<trail.edgeCount).map { edge in
      "edge \(account(trail.source[edge])) \(account(trail.destination[edge])) "
        + "\(trail.time[edge]) \(trail.hasTimeOfDay(edge)) \(trail.amountMinor[edge]) "
        + trail.entries(edge).map { keys[$0.value] ?? "?" }.joined(separator: " ")
    }
    return edges
      + entries.map {
        "entry \($0.key) \($0.sequence) \($0.source.label) \($0.source.locator) "
          + "\($0.purpose ?? "-") \($0.counterpartyName ?? "-") "
          + "\($0.counterpartyAccount.flatMap { accounts[$0.value] } ?? "-")"
      }
      + (try await files()).map { "file \($0.label)" }
      + (try await gaps()).map { "gap \($0.sources) \(String(describing: $0.missing))" }
  }
}
