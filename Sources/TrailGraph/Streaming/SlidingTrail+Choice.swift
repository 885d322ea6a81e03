// Choosing transfers for a closer look, by walking back from what came last.

extension SlidingTrail {
  /// Adds what an account received from a moment on and before another, the newest first.
  public func addReceipts(
    of account: Int32, from start: Int64, before end: Int64, to numbers: inout [UInt32]
  ) {
    guard account >= 0, Int(account) < accountCount else { return }
    var number = lastIn(account)
    while holds(number) {
      let cell = self[number]
      guard cell.time >= start else { return }
      if cell.time < end { numbers.append(number) }
      number = cell.previousIn
    }
  }

  /// The same for what it paid.
  public func addPayments(
    of account: Int32, from start: Int64, before end: Int64, to numbers: inout [UInt32]
  ) {
    guard account >= 0, Int(account) < accountCount else { return }
    var number = lastOut(account)
    while holds(number) {
      let cell = self[number]
      guard cell.time >= start else { return }
      if cell.time < end { numbers.append(number) }
      number = cell.previousOut
    }
  }

  /// The same for what one account paid another.
  public func addPayments(
    from source: Int32, to destination: Int32, from start: Int64, before end: Int64,
    to numbers: inout [UInt32]
  ) {
    guard source >= 0, destination >= 0, var number = last(from: source, to: destination) else {
      return
    }
    while holds(number) {
      let cell = self[number]
      guard cell.time >= start else { return }
      if cell.time < end { numbers.append(number) }
      number = cell.previousPair
    }
  }

  /// Numbers in the order they came, each once.
  /// - Complexity: O(*d* log *d*).
  public func ordered(_ numbers: [UInt32]) -> [UInt32] {
    let ages = numbers.map { $0 &- first }.sorted()
    var result: [UInt32] = []
    result.reserveCapacity(ages.count)
    for age in ages where result.last != age &+ first { result.append(age &+ first) }
    return result
  }

  /// The transfer before this one between the same two, the same way, where it is held.
  public func previousBetweenItsTwo(_ number: UInt32) -> UInt32? {
    precondition(holds(number), "a transfer that is not held")
    let before = self[number].previousPair
    return holds(before) ? before : nil
  }

  /// The latest transfer from one account to another.
  public func latest(from source: Int32, to destination: Int32) -> UInt32? {
    source >= 0 && destination >= 0 ? last(from: source, to: destination) : nil
  }

  /// Whether the sender had not paid the receiver in the same currency for so many days before.
  public func isFirstDealing(_ number: UInt32, inDays days: Int) -> Bool {
    precondition(holds(number), "a transfer that is not held")
    let cell = self[number]
    let day = Trail.day(of: cell.time).dayNumber
    var place = cell.previousPair
    while holds(place) {
      let before = self[place]
      if Int(day) - Int(Trail.day(of: before.time).dayNumber) >= days { return true }
      if before.currency == cell.currency { return false }
      place = before.previousPair
    }
    return true
  }
}
