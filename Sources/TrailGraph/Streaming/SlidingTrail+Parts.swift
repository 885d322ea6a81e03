// Parts of what is held, as trails that detectors and walks can look at.

extension SlidingTrail {
  /// A transfer that is held.
  public func transfer(_ number: UInt32) -> StreamTransfer {
    precondition(holds(number), "a transfer that is not held")
    let cell = self[number]
    return StreamTransfer(
      time: cell.time, amountMinor: cell.amountMinor, entry: cell.entry, source: cell.source,
      destination: cell.destination, currency: cell.currency, channel: cell.channel)
  }

  /// Whether no later transfer between the same two has come, the same way.
  public func isNewestOfItsPair(_ number: UInt32) -> Bool {
    precondition(holds(number), "a transfer that is not held")
    return !self[number].isSuperseded
  }

  /// Goes through what an account received since a moment, the newest first, until `body` says false.
  public func forEachReceipt(
    of account: Int32, since start: Int64, _ body: (UInt32, StreamTransfer) -> Bool
  ) {
    guard account >= 0, Int(account) < accountCount else { return }
    var number = lastIn(account)
    while holds(number) {
      let cell = self[number]
      guard cell.time >= start, body(number, transfer(number)) else { return }
      number = cell.previousIn
    }
  }

  /// The same for what it paid.
  public func forEachPayment(
    of account: Int32, since start: Int64, _ body: (UInt32, StreamTransfer) -> Bool
  ) {
    guard account >= 0, Int(account) < accountCount else { return }
    var number = lastOut(account)
    while holds(number) {
      let cell = self[number]
      guard cell.time >= start, body(number, transfer(number)) else { return }
      number = cell.previousOut
    }
  }

  /// A trail of some of the transfers held, with the accounts they join and no others.
  ///
  /// Accounts and transfers keep their order, so whatever is decided by number is decided alike.
  /// - Parameters:
  ///   - numbers: in the order they came, as `ordered` gives them.
  ///   - names: of the whole stream.
  /// - Returns: the trail, and the number in the stream of each of its accounts, rising.
  public func trail(of numbers: [UInt32], names: Trail.Names) -> (trail: Trail, accounts: [Int32]) {
    var accounts: [Int32] = []
    for number in numbers {
      let cell = self[number]
      if cell.source >= 0 { accounts.append(cell.source) }
      if cell.destination >= 0 { accounts.append(cell.destination) }
    }
    accounts.sort()
    var place = 0
    for account in accounts where place == 0 || accounts[place - 1] != account {
      accounts[place] = account
      place += 1
    }
    accounts.removeLast(accounts.count - place)
    func local(_ account: Int32) -> Int32 {
      guard account >= 0 else { return TransferColumns.outside }
      return Int32(Trail.firstIndex(in: accounts.indices) { accounts[$0] >= account })
    }
    var columns = TransferColumns()
    columns.reserve(numbers.count)
    for number in numbers {
      let cell = self[number]
      columns.append(
        source: local(cell.source), destination: local(cell.destination), time: cell.time,
        hasTimeOfDay: cell.channel & TransferColumns.dateOnlyBit == 0,
        shownByReceiver: cell.channel & TransferColumns.shownByReceiverBit != 0,
        amountMinor: cell.amountMinor, currency: cell.currency,
        channel: cell.channel & TransferColumns.channelMask, entry: cell.entry)
    }
    let part = Trail.Names(
      accountCount: accounts.count,
      accountNumbers: accounts.map { names.accountID(of: $0)?.value ?? -1 },
      currencies: names.currencies, channels: names.channels)
    return (Trail(columns: columns, names: part), accounts)
  }
}
