extension SlidingTrail {
  /// Whether an account received often enough in one currency, and paid the right share of it since, in some
  /// stretch of time that ends with a moment.
  ///
  /// A stretch begins with a receipt; the receipts from it on and the payments later than it count. What an
  /// account moves to itself does not.
  /// - Parameters:
  ///   - start: no stretch begins before.
  ///   - end: nothing from this moment on is looked at.
  ///   - outOfIn: basis points, both bounds included.
  /// - Complexity: O(*d*) in the account's movements since `start`, times its currencies in them.
  public func hasPassage(
    _ account: Int32, receiptsMin: Int, from start: Int64, before end: Int64,
    outOfIn: ClosedRange<Int>
  ) -> Bool {
    guard account >= 0, Int(account) < accountCount else { return false }
    var receipt = lastIn(account)
    while holds(receipt), self[receipt].time >= end { receipt = self[receipt].previousIn }
    guard hasEnough(receipt, receiptsMin, from: start) else { return false }
    var payment = lastOut(account)
    while holds(payment), self[payment].time >= end { payment = self[payment].previousOut }
    guard holds(payment), self[payment].time >= start else { return false }
    var currencies: [UInt16] = []
    var number = payment
    while holds(number), self[number].time >= start {
      let cell = self[number]
      if cell.destination != account, !currencies.contains(cell.currency) {
        currencies.append(cell.currency)
        if hasPassage(account, cell.currency, receipt, payment, receiptsMin, start, outOfIn) {
          return true
        }
      }
      number = cell.previousOut
    }
    return false
  }

  private func hasEnough(_ receipt: UInt32, _ receiptsMin: Int, from start: Int64) -> Bool {
    var (number, count) = (receipt, 0)
    while count < receiptsMin, holds(number), self[number].time >= start {
      count += 1
      number = self[number].previousIn
    }
    return count >= receiptsMin
  }

  private func hasPassage(
    _ account: Int32, _ currency: UInt16, _ latestReceipt: UInt32, _ latestPayment: UInt32,
    _ receiptsMin: Int, _ start: Int64, _ outOfIn: ClosedRange<Int>
  ) -> Bool {
    var (receipt, payment) = (latestReceipt, latestPayment)
    var (count, sumIn, sumOut) = (0, Int128(0), Int128(0))
    while holds(receipt) {
      let cell = self[receipt]
      guard cell.time >= start else { return false }
      while holds(payment), self[payment].time > cell.time {
        let paid = self[payment]
        if paid.currency == currency, paid.destination != account {
          sumOut += Int128(paid.amountMinor)
        }
        payment = paid.previousOut
      }
      receipt = cell.previousIn
      guard cell.currency == currency, cell.source != account else { continue }
      count += 1
      sumIn += Int128(cell.amountMinor)
      let share = sumOut * 10_000
      if count >= receiptsMin, share >= sumIn * Int128(outOfIn.lowerBound),
        share <= sumIn * Int128(outOfIn.upperBound)
      {
        return true
      }
    }
    return false
  }
}
