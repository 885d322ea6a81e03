import CaseModel
import TestSupport
import Testing

@testable import TrailGraph

/// Statement lines and pairs of them, as a store would keep them; trails are laid out from scratch.
private struct Record {
  struct Line {
    let id: Int64
    /// Keys of accounts; content decides their order. −1 is nobody.
    let own: Int
    let other: Int
    let isDebit: Bool
    let time: Int64
    let minor: Int64
    let hasTimeOfDay: Bool
  }
  var lines: [Line] = []
  /// Debit line to credit line.
  var pairs: [Int: Int] = [:]
  static let currencies = ["EUR", "USD"].compactMap { Currency(iso: $0) }

  mutating func add(_ count: Int, accounts: Int, random: inout Seeded) {
    for _ in 0..<count {
      lines.append(
        Line(
          id: Int64(lines.count + 1), own: random.next(accounts),
          other: random.next(accounts + 1) - 1,
          isDebit: random.next(2) == 0, time: Int64(random.next(12)),
          minor: Int64(random.next(500)),
          hasTimeOfDay: random.next(2) == 0))
    }
    // Pairs of single lines on two accounts, old or new.
    for _ in 0..<(count / 3) {
      let (a, b) = (random.next(lines.count), random.next(lines.count))
      let isFree = !pairs.keys.contains(a) && !pairs.values.contains(b)
      guard lines[a].isDebit, !lines[b].isDebit, lines[a].own != lines[b].own, isFree else {
        continue
      }
      pairs[a] = b
    }
  }

  var keys: [Int] {
    Set(lines.flatMap { [$0.own, $0.other] }).filter { $0 >= 0 }.sorted()
  }
  var names: Trail.Names {
    Trail.Names(
      accountCount: keys.count, accountNumbers: keys.map { Int64($0) + 100 },
      currencies: Self.currencies)
  }

  /// The rows of some lines in showing order, with the pairs among them.
  func rows(
    from first: Int = 0
  ) -> (columns: TransferColumns, creditRows: [Int32], creditEntries: [Int64]) {
    let number = Dictionary(uniqueKeysWithValues: keys.enumerated().map { ($1, Int32($0)) })
    let credits = Set(pairs.values)
    let order = (first..<lines.count).filter { !credits.contains($0) }
      .sorted { a, b in
        let (x, y) = (lines[a], lines[b])
        return (x.time, x.own, a) < (y.time, y.own, b)
      }
    var columns = TransferColumns()
    var creditRows: [Int32] = []
    var creditEntries: [Int64] = []
    for place in order {
      let line = lines[place]
      let credit = pairs[place].map { lines[$0] }
      let own = number[line.own] ?? -1
      let other = number[credit?.own ?? line.other] ?? -1
      if let credit {
        creditRows.append(Int32(columns.count))
        creditEntries.append(credit.id)
      }
      columns.append(
        source: line.isDebit ? own : other, destination: line.isDebit ? other : own,
        time: line.time, hasTimeOfDay: line.hasTimeOfDay, shownByReceiver: !line.isDebit,
        amountMinor: line.minor, currency: UInt16(line.id % 2), channel: UInt8(line.id % 5),
        entry: line.id)
    }
    return (columns, creditRows, creditEntries)
  }

  var trail: Trail {
    let rows = rows()
    return Trail(
      columns: rows.columns, names: names, creditRows: rows.creditRows,
      creditEntries: rows.creditEntries)
  }

  /// What this record holds beyond an earlier state of itself.
  func additions(to earlier: Record) -> Trail.Additions {
    let first = earlier.lines.count
    let new = rows(from: first)
    let number = Dictionary(uniqueKeysWithValues: keys.enumerated().map { ($1, Int32($0)) })
    var additions = Trail.Additions(
      columns: new.columns, names: names, renumbered: earlier.keys.map { number[$0] ?? -1 })
    additions.creditRows = new.creditRows
    additions.creditEntries = new.creditEntries
    for (debit, credit) in pairs.sorted(by: { $0.key < $1.key }) where earlier.pairs[debit] == nil {
      if debit < first {
        additions.joined.append(
          Trail.Joined(
            debitEntry: lines[debit].id, creditEntry: lines[credit].id,
            destination: number[lines[credit].own] ?? -1))
      }
      if credit < first { additions.absorbed.append(lines[credit].id) }
    }
    return additions
  }
}

/// Fails on the first column that differs.
func expectSame(_ a: Trail, _ b: Trail, _ comment: Comment) {
  #expect(a.source == b.source, comment)
  #expect(a.destination == b.destination, comment)
  #expect(a.time == b.time, comment)
  #expect(a.amountMinor == b.amountMinor, comment)
  #expect(a.currency == b.currency, comment)
  #expect(a.channelBits == b.channelBits, comment)
  #expect(a.entry == b.entry, comment)
  #expect(a.outgoingStart == b.outgoingStart, comment)
  #expect(a.incomingEdges == b.incomingEdges, comment)
  #expect(a.incomingStart == b.incomingStart, comment)
  #expect(a.pairedEdges == b.pairedEdges, comment)
  #expect(a.pairedCredits == b.pairedCredits, comment)
  #expect(a.names.accountCount == b.names.accountCount, comment)
  #expect(a.names.accountNumbers == b.names.accountNumbers, comment)
  #expect(a.names.labels == b.names.labels, comment)
  #expect(a.names.currencies == b.names.currencies, comment)
  #expect(a.names.channels == b.names.channels, comment)
}

@Suite("A trail is brought forward by what was recorded since")
struct BringingForwardTests {
  @Test(
    "every column is that of a trail built anew: late rows, new accounts, new pairs, five rounds")
  func sameAsRebuilt() throws {
    for seed in 1...300 as ClosedRange<UInt64> {
      var random = Seeded(seed)
      var record = Record()
      record.add(random.next(30), accounts: 4, random: &random)
      var trail = record.trail
      for round in 1...5 {
        let earlier = record
        record.add(random.next(25), accounts: 4 + 2 * round, random: &random)
        trail = try trail.bringingForward(with: record.additions(to: earlier))
        expectSame(trail, record.trail, "seed \(seed), round \(round)")
      }
    }
  }

  @Test("nothing new changes nothing")
  func nothingNew() throws {
    var random = Seeded(7)
    var record = Record()
    record.add(40, accounts: 6, random: &random)
    let trail = record.trail
    expectSame(
      try trail.bringingForward(with: record.additions(to: record)), trail, "the same record")
  }

  @Test("a change that cannot be merged says that the trail has to be built anew")
  func refused() throws {
    var random = Seeded(9)
    var record = Record()
    record.add(40, accounts: 6, random: &random)
    let trail = record.trail
    var unknown = record.additions(to: record)
    unknown.absorbed = [9_999]
    #expect(throws: Trail.NeedsRebuild.entryIsNoSingleLine(9_999)) {
      try trail.bringingForward(with: unknown)
    }
    var reordered = record.additions(to: record)
    reordered.renumbered.swapAt(0, 1)
    #expect(throws: Trail.NeedsRebuild.accountsAreReordered) {
      try trail.bringingForward(with: reordered)
    }
    var otherMoney = record.additions(to: record)
    otherMoney.names = Trail.Names(
      accountCount: record.keys.count, currencies: record.names.currencies.reversed())
    #expect(throws: Trail.NeedsRebuild.listsAreReordered) {
      try trail.bringingForward(with: otherMoney)
    }
    let debit = try #require(record.pairs.keys.min().map { record.lines[$0].id })
    var pairedTwice = record.additions(to: record)
    pairedTwice.joined = [Trail.Joined(debitEntry: debit, creditEntry: 9_999, destination: 0)]
    #expect(throws: Trail.NeedsRebuild.entryIsNoSingleLine(debit)) {
      try trail.bringingForward(with: pairedTwice)
    }
  }
}
