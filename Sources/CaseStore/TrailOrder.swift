/// The order of the trail's rows: by account, then as the account's statements state them; and, where
/// records state only days, each row's place in its day. Plain counting; the server sorts nothing.
struct TrailOrder {
  let rows: TrailRows
  /// Booked rows by the rank of their account, then day, then the statement's own order.
  private(set) var order: [Int32]
  /// First place of each account, and the end.
  let starts: [Int32]

  init(_ rows: TrailRows, accounts: Int) {
    self.rows = rows
    var starts = [Int32](repeating: 0, count: accounts + 1)
    for row in 0..<rows.count where rows.own[row] > 0 { starts[Int(rows.own[row])] += 1 }
    for index in 1..<max(1, starts.count) { starts[index] += starts[index - 1] }
    var next = starts
    let booked = Int(starts.last ?? 0)
    order = [Int32](repeating: 0, count: booked)
    for row in 0..<rows.count where rows.own[row] > 0 {
      let rank = Int(rows.own[row]) - 1
      order[Int(next[rank])] = Int32(row)
      next[rank] += 1
    }
    self.starts = starts
    for account in 0..<accounts {
      let slice = slice(account)
      // Rows came by number, so equal keys are in the order of numbers already.
      let isSorted = slice.dropFirst().allSatisfy {
        !Self.precedes(rows, order[$0], order[$0 - 1])
      }
      if !isSorted { order[slice].sort { Self.precedes(rows, $0, $1) } }
    }
  }

  func slice(_ account: Int) -> Range<Int> { Int(starts[account])..<Int(starts[account + 1]) }

  private static func precedes(_ rows: TrailRows, _ a: Int32, _ b: Int32) -> Bool {
    let (a, b) = (Int(a), Int(b))
    if rows.day[a] != rows.day[b] { return rows.day[a] < rows.day[b] }
    return rows.position[a] != rows.position[b] ? rows.position[a] < rows.position[b] : a < b
  }

  /// Accounts, by rank, with a day that two statements show; their order is the store's to say.
  func contested() -> [Int] {
    (0..<(starts.count - 1)).filter { account in
      slice(account).dropFirst().contains { place in
        let (row, before) = (Int(order[place]), Int(order[place - 1]))
        return rows.day[row] == rows.day[before] && rows.statement[row] != rows.statement[before]
      }
    }
  }

  /// Puts the rows of an account in the order the store states.
  /// - Parameter place: by entry.
  mutating func reorder(_ account: Int, by place: [Int64: Int32]) {
    let rows = rows
    order[slice(account)].sort { a, b in
      let (x, y) = (place[rows.entry(Int(a))] ?? .max, place[rows.entry(Int(b))] ?? .max)
      return x != y ? x < y : a < b
    }
  }

  // MARK: Place in the day

  /// The place of each row in its day, for rows that state no time of day: 0 for the first.
  ///
  /// A row comes after those before it in its account's statement; a pair after those before either of its
  /// legs (the longest chain before it, by Kahn's topological order). So rising times are the order of the
  /// statements, and rows that no statement puts in an order have no order. Where statements contradict
  /// each other, the row of the smallest account goes first.
  ///
  /// - Parameter legs: which rows are pairs; nil when there are none.
  /// - Complexity: O(*n*).
  func placesInDay(_ legs: TrailLegs?) -> [Int32] {
    var places = [Int32](repeating: 0, count: rows.count)
    guard let legs, !legs.isEmpty else {
      for account in 0..<(starts.count - 1) {
        var (day, next): (Int32, Int32) = (.min, 0)
        for place in slice(account) {
          let row = Int(order[place])
          guard !rows.hasClock(row) else { continue }
          if rows.day[row] != day { (day, next) = (rows.day[row], 0) }
          places[row] = next
          next += 1
        }
      }
      return places
    }
    // The row whose place each row shares, or −1 where it has none; and the next row of its account's day.
    var following = [Int32](repeating: -1, count: rows.count)
    var waiting = [UInt8](repeating: 0, count: rows.count)
    for account in 0..<(starts.count - 1) {
      var before: Int?
      for place in slice(account) {
        let row = Int(order[place])
        guard let node = node(row, legs) else { continue }
        if let before, rows.day[before] == rows.day[row] {
          following[before] = Int32(row)
          waiting[node] += 1
        }
        before = row
      }
    }
    settle(&places, following, &waiting, legs)
    return places
  }

  /// The row that stands for a row in the day's order: the paying leg for the receiving one.
  private func node(_ row: Int, _ legs: TrailLegs) -> Int? {
    guard !rows.hasClock(row) else { return nil }
    guard let debit = legs.debit(of: row) else { return legs.isCredit(row) ? nil : row }
    return rows.hasClock(debit) || rows.day[debit] != rows.day[row] ? nil : debit
  }

  private func settle(
    _ places: inout [Int32], _ following: [Int32], _ waiting: inout [UInt8], _ legs: TrailLegs
  ) {
    var isSettled = [Bool](repeating: false, count: rows.count)
    var ready: [Int32] = []
    for row in order where node(Int(row), legs) == Int(row) && waiting[Int(row)] == 0 {
      ready.append(row)
    }
    // The row after a leg of a settled row waits for one less.
    func pass(from leg: Int, of row: Int) {
      let after = following[leg]
      guard after >= 0, let later = node(Int(after), legs), later != row, !isSettled[later] else {
        return
      }
      places[later] = max(places[later], places[row] + 1)
      waiting[later] -= 1
      if waiting[later] == 0 { ready.append(Int32(later)) }
    }
    var left = 0
    while true {
      while let next = ready.popLast() {
        let row = Int(next)
        if isSettled[row] { continue }
        isSettled[row] = true
        pass(from: row, of: row)
        if let credit = legs.credit(of: row), node(credit, legs) == row {
          pass(from: credit, of: row)
        }
      }
      // What is left waits for itself: a contradiction between statements.
      while left < order.count {
        let row = Int(order[left])
        if node(row, legs) == row, !isSettled[row] { break }
        left += 1
      }
      guard left < order.count else { return }
      ready.append(order[left])
    }
  }
}

/// Which rows are the two legs of pairs.
struct TrailLegs {
  /// By row: 0 for none, else the other leg's row and 1 more; negative for a receiving leg.
  private var leg: [Int32]
  private(set) var isEmpty = true
  /// Paying rows whose receiving leg is no row here: its entry and the rank of its account.
  private(set) var creditsElsewhere: [Int: (entry: Int64, rank: Int32)] = [:]
  /// Receiving rows whose paying leg is no row here.
  private var debitsElsewhere: Set<Int> = []

  init(count: Int) { leg = [Int32](repeating: 0, count: count) }

  mutating func join(debit: Int, credit: Int) {
    leg[debit] = Int32(credit) + 1
    leg[credit] = -(Int32(debit) + 1)
    isEmpty = false
  }

  mutating func join(debit: Int, creditElsewhere entry: Int64, rank: Int32) {
    creditsElsewhere[debit] = (entry, rank)
    isEmpty = false
  }

  mutating func join(creditOfDebitElsewhere credit: Int) {
    debitsElsewhere.insert(credit)
    isEmpty = false
  }

  func isCredit(_ row: Int) -> Bool {
    leg[row] < 0 || (!debitsElsewhere.isEmpty && debitsElsewhere.contains(row))
  }
  func credit(of row: Int) -> Int? { leg[row] > 0 ? Int(leg[row]) - 1 : nil }
  func debit(of row: Int) -> Int? { leg[row] < 0 ? Int(-leg[row]) - 1 : nil }
}
