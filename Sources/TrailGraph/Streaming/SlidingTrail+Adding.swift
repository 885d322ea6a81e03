// Adding one transfer at a time, and reading ahead for many.

extension SlidingTrail {
  /// Adds one transfer, not earlier than any one held.
  ///
  /// What comes of its moment afterwards is added the same way, so a transfer counts at once and no moment
  /// need be over.
  /// - Complexity: O(1) amortized, and the transfers of the same moment of its two accounts.
  public mutating func append(_ transfer: StreamTransfer) {
    precondition(
      count == 0 || self[next &- 1].time <= transfer.time, "a transfer earlier than what is held")
    let (receipt, payment) = (
      receipt(of: transfer.source, before: transfer.time),
      payment(of: transfer.destination, before: transfer.time)
    )
    let number = next
    append(moment: [transfer])
    setLinks(of: number, receipt: receipt, payment: payment)
  }

  /// The last transfer into an account strictly before a moment; a number not held when there is none.
  /// - Complexity: O(*d*) in the account's later receipts.
  func receipt(of account: Int32, before time: Int64) -> UInt32 {
    guard account >= 0, Int(account) < heads.count else { return first &- 1 }
    var number = lastIn(account)
    while holds(number), self[number].time >= time { number = self[number].previousIn }
    return number
  }

  /// The last transfer out of an account strictly before a moment.
  func payment(of account: Int32, before time: Int64) -> UInt32 {
    guard account >= 0, Int(account) < heads.count else { return first &- 1 }
    var number = lastOut(account)
    while holds(number), self[number].time >= time { number = self[number].previousOut }
    return number
  }

  /// Transfers warmed at once: some eight lines of cache each, so that they stay within it until used.
  static let warmedAtOnce = 512

  /// Reads what adding some transfers will read, and the transfers their accounts and pairs moved last.
  ///
  /// Adding one transfer waits for its account's cell and then for what that names; here no read waits for the one
  /// before, so memory answers many at once. Nothing is decided by it.
  mutating func warm(_ transfers: ArraySlice<StreamTransfer>, _ range: Range<Int>) {
    var sum = warmth
    for place in range {
      let (source, destination) = (transfers[place].source, transfers[place].destination)
      if source >= 0, Int(source) < heads.count { sum &+= heads[Int(source)].inCount }
      if destination >= 0, Int(destination) < heads.count {
        sum &+= heads[Int(destination)].outCount
      }
      if source >= 0, destination >= 0 {
        sum &+= pairs.glance(at: PairTable.key(source, destination))
      }
    }
    for place in range {
      let (source, destination) = (transfers[place].source, transfers[place].destination)
      if source >= 0, Int(source) < heads.count {
        let head = heads[Int(source)]
        sum &+= cells[Int(head.lastIn & mask)].source == 0 ? 1 : 0
        sum &+= cells[Int(head.lastOut & mask)].source == 0 ? 1 : 0
      }
      if destination >= 0, Int(destination) < heads.count {
        let head = heads[Int(destination)]
        sum &+= cells[Int(head.lastIn & mask)].source == 0 ? 1 : 0
        sum &+= cells[Int(head.lastOut & mask)].source == 0 ? 1 : 0
      }
      if source >= 0, destination >= 0,
        let before = pairs.value(of: PairTable.key(source, destination))
      {
        sum &+= cells[Int(before & mask)].source == 0 ? 1 : 0
      }
    }
    warmth = sum
  }
}
