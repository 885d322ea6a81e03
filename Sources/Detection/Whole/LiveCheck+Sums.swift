public import TrailGraph

// What an account received, paid and dealt with in the days before a transfer.

extension LiveCheck {
  /// What an account received and paid in the window, a transfer included; nil of an account outside.
  public func flow(of account: Int32, with transfer: StreamTransfer) -> LiveAnswer.Flow? {
    guard account >= 0 else { return nil }
    let start = start(of: limits.flowWindow, before: transfer.time)
    let into = side(of: account, since: start, asFar: transfer) { body in
      trail.forEachReceipt(of: account, since: start, body)
    }
    let out = side(of: account, since: start, asFar: transfer) { body in
      trail.forEachPayment(of: account, since: start, body)
    }
    let counts = transfer.source != transfer.destination && isLarge(transfer)
    let amount = counts ? Int128(transfer.amountMinor) : 0
    let received = into.sum + (transfer.destination == account ? amount : 0)
    let paid = out.sum + (transfer.source == account ? amount : 0)
    let receipts = into.entries.count + (counts && transfer.destination == account ? 1 : 0)
    let after = passes(received, paid, receipts: receipts)
    let exceeds =
      limits.inOverOutMaxBasisPoints.map { paid > 0 && received * 10_000 > paid * Int128($0) }
    return LiveAnswer.Flow(
      account: account, received: received, paid: paid, receipts: into.entries,
      payments: out.entries, passesThrough: after,
      crossesLimit: after && !passes(into.sum, out.sum, receipts: into.entries.count),
      exceedsInOverOut: exceeds ?? false, isTruncated: into.isCut || out.isCut)
  }

  private func side(
    of account: Int32, since start: Int64, asFar transfer: StreamTransfer,
    _ forEach: ((UInt32, StreamTransfer) -> Bool) -> Void
  ) -> (sum: Int128, entries: [Int64], isCut: Bool) {
    var (sum, entries, looked) = (Int128(0), [Int64](), 0)
    var isCut = false
    forEach { _, other in
      if other.time > transfer.time { return true }
      if looked == limits.movementsMax {
        isCut = true
        return false
      }
      looked += 1
      if other.currency == transfer.currency, other.source != other.destination, isLarge(other) {
        sum += Int128(other.amountMinor)
        entries.append(other.entry)
      }
      return true
    }
    return (sum, entries, isCut)
  }

  private func isLarge(_ transfer: StreamTransfer) -> Bool {
    transfer.amountMinor > limits.amountAboveMinor
  }

  private func passes(_ received: Int128, _ paid: Int128, receipts: Int) -> Bool {
    receipts >= limits.receiptsMin && received > 0
      && paid * 10_000 >= received * Int128(limits.outMinBasisPoints)
      && paid * 10_000 <= received * Int128(limits.outMaxBasisPoints)
  }

  /// How many others the account on a fan's side dealt with, a transfer included; nil where either side is
  /// outside or both are one.
  public func fan(_ limit: LiveLimits.Fan, with transfer: StreamTransfer) -> LiveAnswer.Fan? {
    guard transfer.source >= 0, transfer.destination >= 0, transfer.source != transfer.destination
    else { return nil }
    let isInto = limit.side == .into
    let account = isInto ? transfer.destination : transfer.source
    let own = isInto ? transfer.source : transfer.destination
    // What is as old as the window does not count.
    let start = start(of: limit.window - 1, before: transfer.time)
    // When nothing later is held, the newest of a pair is the newest up to the transfer.
    let isLatest = trail.count == 0 || trail.transfer(trail.next &- 1).time <= transfer.time
    var seen: Set<Int32> = []
    var transfers: [Int64] = []
    var (looked, hasOwn, isCut) = (0, false, false)
    let body: (UInt32, StreamTransfer) -> Bool = { number, other in
      if other.time > transfer.time { return true }
      if looked == limits.movementsMax {
        isCut = true
        return false
      }
      looked += 1
      let party = isInto ? other.source : other.destination
      guard party >= 0, party != account else { return true }
      if party == own {
        hasOwn = true
      } else if isLatest ? trail.isNewestOfItsPair(number) : seen.insert(party).inserted {
        transfers.append(other.entry)
      }
      return true
    }
    if isInto {
      trail.forEachReceipt(of: account, since: start, body)
    } else {
      trail.forEachPayment(of: account, since: start, body)
    }
    let count = transfers.count + 1
    return LiveAnswer.Fan(
      limit: limit, account: account, counterparties: count, transfers: transfers,
      crossesLimit: !isCut && count >= limit.counterparties
        && (hasOwn ? count : count - 1) < limit.counterparties,
      isTruncated: isCut)
  }

  private func start(of window: Int64, before time: Int64) -> Int64 {
    let (difference, overflow) = time.subtractingReportingOverflow(window)
    return overflow ? .min : difference
  }
}
