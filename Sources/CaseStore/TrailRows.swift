import CaseModel
import Glibc
import Postgres

/// Booked entries as the server sends them, each at the place that its number says.
///
/// Entries are numbered 1, 2, 3 with few holes, and each number is there once. So a row needs no search
/// for its place, several sessions can read different rows at a time, and a pair finds its legs by
/// counting. 33 bytes an entry.
final class TrailRows: @unchecked Sendable {
  // Safe to share: sessions write to different rows, and nobody reads before all of them are done.

  /// The number before the first row's entry.
  let base: Int64
  let count: Int
  /// The account's rank and 1 more; 0 where no booked entry has the number.
  let own: Cells<Int32>
  /// The rank of the account that the record names as the other side; −1 when it names none.
  let other: Cells<Int32>
  let amount: Cells<Int64>
  let day: Cells<Int32>
  /// Seconds of the day; −1 when the record states none.
  let clock: Cells<Int32>
  let statement: Cells<Int32>
  let position: Cells<Int32>
  let channel: Cells<UInt8>

  init(after base: Int64, through last: Int64) {
    self.base = base
    count = Int(max(0, last - base))
    own = Cells(count)
    other = Cells(count)
    amount = Cells(count)
    day = Cells(count)
    clock = Cells(count)
    statement = Cells(count)
    position = Cells(count)
    channel = Cells(count)
  }

  /// The number of the last row's entry.
  var last: Int64 { base + Int64(count) }

  func entry(_ row: Int) -> Int64 { base + Int64(row) + 1 }

  /// The row of an entry; nil when it has none here.
  func row(_ entry: Int64) -> Int? {
    guard entry > base, entry - base <= Int64(count), own[Int(entry - base) - 1] > 0 else {
      return nil
    }
    return Int(entry - base) - 1
  }

  /// Rows that are there.
  var bookedCount: Int { (0..<count).count { own[$0] > 0 } }

  func rank(_ row: Int) -> Int32 { own[row] - 1 }
  func isDebit(_ row: Int) -> Bool { amount[row] < 0 }
  func hasClock(_ row: Int) -> Bool { clock[row] >= 0 }

  /// Takes one row of a COPY of the trail's columns.
  /// - Throws: `StoreError.unknownSource` when it is no such row.
  @inline(__always)
  func take(_ bytes: UnsafeRawBufferPointer, _ ranks: AccountRanks) throws {
    var field = Fields(bytes: bytes)
    guard let id: Int64 = field.next(), let account: Int64 = field.next() else { throw Self.odd }
    let named: Int64? = field.next()
    guard let amount: Int64 = field.next(), let day: Int32 = field.next() else { throw Self.odd }
    let clock: Int32? = field.next()
    guard let channel: Int16 = field.next(), let statement: Int64 = field.next(),
      let position: Int32 = field.next(), field.isWhole, id > base, id - base <= Int64(count),
      let rank = ranks[account], let statement = Int32(exactly: statement)
    else { throw Self.odd }
    let row = Int(id - base) - 1
    own[row] = rank + 1
    if let named {
      guard let rank = ranks[named] else { throw Self.odd }
      other[row] = rank
    } else {
      other[row] = -1
    }
    self.amount[row] = amount
    self.day[row] = day &+ Self.epochDays
    self.clock[row] = clock ?? -1
    self.statement[row] = statement
    self.position[row] = position
    self.channel[row] = UInt8(truncatingIfNeeded: channel)
  }

  private static let odd = StoreError.unknownSource("a trail row")
  /// Days from 1970-01-01 to PostgreSQL's own day 0, 2000-01-01.
  private static let epochDays: Int32 = 10_957
}

/// Reads the fields of one binary row in their order.
private struct Fields {
  let bytes: UnsafeRawBufferPointer
  var offset = 2
  /// False once a field had another width than asked for, or the row ended too soon.
  var isWhole = true

  init(bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  @inline(__always)
  mutating func next<T: FixedWidthInteger & BitwiseCopyable>() -> T? {
    guard offset + 4 <= bytes.count else {
      isWhole = false
      return nil
    }
    let width = Int32(bigEndian: bytes.loadUnaligned(fromByteOffset: offset, as: Int32.self))
    offset += 4
    if width == -1 { return nil }
    guard Int(width) == MemoryLayout<T>.size, offset + Int(width) <= bytes.count else {
      isWhole = false
      return nil
    }
    let value = T(bigEndian: bytes.loadUnaligned(fromByteOffset: offset, as: T.self))
    offset += Int(width)
    return value
  }
}

/// A column that is filled out of order: zero until set, every access checked.
final class Cells<Value: BitwiseCopyable & FixedWidthInteger>: @unchecked Sendable {
  private let start: UnsafeMutablePointer<Value>
  private let count: Int

  init(_ count: Int) {
    // Cleared pages, handed out by the kernel as they are written to.
    guard let memory = calloc(max(count, 1), MemoryLayout<Value>.stride) else {
      preconditionFailure("no memory for a column of \(count) cells")
    }
    start = memory.bindMemory(to: Value.self, capacity: max(count, 1))
    self.count = count
  }

  deinit { free(start) }

  @inline(__always)
  subscript(place: Int) -> Value {
    get {
      precondition(UInt(bitPattern: place) < UInt(bitPattern: count), "outside of a column")
      return start[place]
    }
    set {
      precondition(UInt(bitPattern: place) < UInt(bitPattern: count), "outside of a column")
      start[place] = newValue
    }
  }
}

/// Dense numbers of the store's accounts, in the order of their content.
struct AccountRanks: Sendable {
  /// The store's number of each rank, and the currency of each.
  private(set) var accounts: [Int64] = []
  private(set) var currency: [UInt16] = []
  private var dense: [Int32] = []
  /// Instead of `dense` where numbers have large holes.
  private var sparse: [Int64: Int32] = [:]

  init(_ session: Session, currencyOf: [Int32: UInt16]) throws {
    try session.copyOut(sql("copy_trail_accounts")) { row in
      guard let account = try row.int64(), let currency = try row.int32() else {
        throw StoreError.unknownSource("an account of the trail")
      }
      accounts.append(account)
      self.currency.append(currencyOf[currency] ?? 0)
    }
    let most = accounts.max() ?? -1
    let least = accounts.min() ?? 0
    if least >= 0, most < 16 * Int64(accounts.count) + 1_000_000 {
      dense = [Int32](repeating: -1, count: Int(most) + 1)
      for (rank, account) in accounts.enumerated() { dense[Int(account)] = Int32(rank) }
    } else {
      for (rank, account) in accounts.enumerated() { sparse[account] = Int32(rank) }
    }
  }

  subscript(_ account: Int64) -> Int32? {
    if dense.isEmpty { return sparse[account] }
    guard account >= 0, account < Int64(dense.count), dense[Int(account)] >= 0 else { return nil }
    return dense[Int(account)]
  }
}
