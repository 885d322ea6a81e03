import TrailGraph

/// How many dealings of each account began within the last days: payments to, or by, someone new.
///
/// `Partners` counts the partners whose run of payments begins in a window; this counts the same, over the
/// currencies together, so never fewer. Counted once for all watches that ask the same.
struct StreamBeginnings: Sendable {
  struct Question: Hashable, Sendable {
    let side: FanCount.Side
    let days: Int
    let newAfterDays: Int

    func account(of transfer: StreamTransfer) -> Int32 {
      side == .into ? transfer.destination : transfer.source
    }
  }

  let question: Question
  /// Of the newest transfers, in their order: how many dealings of the account began in the window, this one
  /// included; 0 where a side is missing or both are one.
  private(set) var counts: [Int32] = []
  private var ofAccount: [Int32] = []
  private var queue: [(day: Int32, account: Int32)] = []
  private var head = 0

  init(_ question: Question) { self.question = question }

  var stateBytes: Int {
    (counts.capacity + ofAccount.capacity) * 4 + queue.capacity * 8
  }

  /// - Parameters:
  ///   - transfers: of one day, as they came.
  ///   - isFirst: whether each is the first between its two for `newAfterDays`.
  mutating func take(
    _ transfers: ArraySlice<StreamTransfer>, isFirst: [Bool], on day: Int32, accounts: Int
  ) {
    forget(before: day)
    if ofAccount.count < accounts {
      ofAccount += repeatElement(0, count: accounts - ofAccount.count)
    }
    counts.removeAll(keepingCapacity: true)
    for (place, transfer) in transfers.enumerated() {
      guard transfer.source >= 0, transfer.destination >= 0,
        transfer.source != transfer.destination
      else {
        counts.append(0)
        continue
      }
      let account = question.account(of: transfer)
      if isFirst[place] {
        ofAccount[Int(account)] += 1
        queue.append((day, account))
      }
      counts.append(ofAccount[Int(account)])
    }
  }

  /// What began before the window that ends with a day does not count any more.
  private mutating func forget(before day: Int32) {
    while head < queue.count, Int(day) - Int(queue[head].day) >= question.days {
      ofAccount[Int(queue[head].account)] -= 1
      head += 1
    }
    if head > 1_024, head * 2 > queue.count {
      queue.removeFirst(head)
      head = 0
    }
  }
}
