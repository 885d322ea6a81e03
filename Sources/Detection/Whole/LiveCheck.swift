public import TrailGraph

/// What a single transfer would do, asked before it is booked: does it close a circle, does it push an
/// account's out ÷ in, or the number of those it deals with, over a limit (typologies.md ST-09, ST-04 to
/// ST-06; LDBC FinBench RW1 and RW2).
///
/// Holds the transfers of the largest window and nothing else. `answer` changes nothing and may be asked by
/// several threads at once, of one copy; `book` takes a transfer in. What is as old as a window, or of the
/// very moment of the transfer asked about, stands to it as in the whole trail's questions: a circle needs
/// strictly rising times, ratio and fans take all that was booked up to that moment.
///
/// Departures: circles are told with ST-09's share from hop to hop in one currency, and every one of them;
/// RW1 of FinBench asks for three transfers in any order of time. RW2's ratio is told of each account; whether
/// one or both must exceed is the caller's.
public struct LiveCheck: Sendable {
  public let limits: LiveLimits
  public private(set) var trail: SlidingTrail
  /// Account numbers are below this.
  public let accountLimit: Int

  /// - Parameter window: seconds held, where that shall be more than the limits need.
  public init(
    _ limits: LiveLimits = LiveLimits(), accountLimit: Int = Int(Int32.max), window: Int64 = 0
  ) {
    self.limits = limits
    self.accountLimit = accountLimit
    trail = SlidingTrail(window: max(window, limits.window))
  }

  /// Takes a transfer as booked. Nothing is taken when it is refused.
  /// - Throws: when it is earlier than what was booked last, or names an account that cannot be.
  /// - Complexity: O(1), amortized: a ring that is full is laid out anew.
  public mutating func book(_ transfer: StreamTransfer) throws(StreamRefusal) {
    if trail.count > 0 {
      let latest = trail.transfer(trail.next &- 1).time
      if transfer.time < latest {
        throw StreamRefusal(
          .tooLate(time: transfer.time, earliest: latest, slack: 0), row: 0, entry: transfer.entry)
      }
    }
    let account = max(transfer.source, transfer.destination)
    if Int(account) >= accountLimit {
      throw StreamRefusal(
        .unknownAccount(account, limit: accountLimit), row: 0, entry: transfer.entry)
    }
    trail.append(transfer)
    trail.drop(before: transfer.time)
  }

  /// - Complexity: `visitLimit` transfers for circles, at most twice `movementsMax` an account for the ratio and
  ///   once for each fan.
  public func answer(_ transfer: StreamTransfer) -> LiveAnswer {
    let (circles, end) = circles(closedBy: transfer)
    let payer = flow(of: transfer.source, with: transfer)
    let payee = flow(of: transfer.destination, with: transfer)
    let fans = limits.fans.compactMap { fan($0, with: transfer) }
    var truncations = end.truncation.map { [$0] } ?? []
    if payer?.isTruncated ?? false || payee?.isTruncated ?? false {
      truncations.append("sums stopped at \(limits.movementsMax) movements of an account")
    }
    if fans.contains(where: \.isTruncated) {
      truncations.append("fans stopped at \(limits.movementsMax) movements of an account")
    }
    return LiveAnswer(
      circles: circles, payer: payer, payee: payee, fans: fans, truncations: truncations)
  }

  /// The circles a transfer would close.
  public func circles(
    closedBy transfer: StreamTransfer
  ) -> (circles: [[StreamTransfer]], end: Trail.End) {
    let search = Trail.CycleSearch(
      lengths: limits.hopsMin...limits.hopsMax, window: Int64(limits.circleDays) * 86_400,
      visitLimit: limits.visitLimit)
    let (least, most) = (Int128(limits.keptMinBasisPoints), Int128(limits.keptMaxBasisPoints))
    var found: [[StreamTransfer]] = []
    let end = trail.forEachCycle(thatWouldClose: transfer, search) { earlier, later in
      guard earlier.currency == later.currency, earlier.amountMinor > 0 else { return false }
      let (part, whole) = (Int128(later.amountMinor) * 10_000, Int128(earlier.amountMinor))
      return part >= whole * least && part <= whole * most
    } found: { path in
      found.append(path.map { trail.transfer($0) })
    }
    found.sort { a, b in
      a.count != b.count
        ? a.count < b.count : a.map(\.entry).lexicographicallyPrecedes(b.map(\.entry))
    }
    return (found, end)
  }
}
