/// From when on each account can no longer reach the root: marks of one backward search.
///
/// One cell an account, valid where it carries the search's number, so nothing is cleared in between.
/// A class, because it owns its cells; each thread has its own.
final class CycleMarks<Tick: FixedWidthInteger & UnsignedInteger & Sendable> {
  struct Cell {
    var number: UInt32 = 0
    /// The latest tick at which a transfer may leave the account and reach the root in at most one, two
    /// or three transfers; 0 for none. Each is at least as late as the one before.
    var one: Tick = 0
    var two: Tick = 0
    var three: Tick = 0
  }

  let cells: UnsafeMutableBufferPointer<Cell>
  private(set) var number: UInt32 = 0
  /// Accounts with a mark, in the order they got it.
  var marked: [Int32] = []

  init(accounts: Int) {
    cells = .allocate(capacity: accounts)
    cells.initialize(repeating: Cell())
  }

  deinit { cells.deallocate() }

  func begin() {
    marked.removeAll(keepingCapacity: true)
    if number == .max {
      number = 0
      for place in cells.indices { cells[place].number = 0 }
    }
    number += 1
  }

  /// The latest tick from which the root can be reached in so many transfers, one to three.
  @inline(__always)
  func latest(_ account: Int32, within left: Int) -> Tick {
    let cell = cells[Int(account)]
    guard cell.number == number else { return 0 }
    return left == 1 ? cell.one : left == 2 ? cell.two : cell.three
  }

  @inline(__always)
  func mark(_ account: Int32, _ tick: Tick, hops: Int) {
    let place = Int(account)
    var cell = cells[place]
    if cell.number != number {
      cell = Cell(number: number)
      marked.append(account)
    }
    if hops == 1, cell.one < tick { cell.one = tick }
    if hops <= 2, cell.two < tick { cell.two = tick }
    if cell.three < tick { cell.three = tick }
    cells[place] = cell
  }
}
