import CaseModel
import TrailGraph

/// Pairs of accounts between which enough came back that had been sent days before: ST-10.
struct StreamReturnWatch: StreamWatch {
  let detector: TwoPartyReturn
  /// Payments of a pair compared before it is named without more ado.
  private static let compared = 64

  func look(
    at portion: StreamPortion, _ trail: SlidingTrail, _ found: inout [StreamCandidate]
  ) {
    let since = StreamDay.start(of: portion.day, daysBefore: detector.windowDays - 1)
    var number = portion.first
    for back in portion.transfers {
      defer { number &+= 1 }
      guard back.source >= 0, back.destination >= 0, back.source != back.destination,
        hasEnough(number, since: since, trail),
        let sent = trail.latest(from: back.destination, to: back.source),
        comesBack(number, sent, since: since, trail)
      else { continue }
      found.append(
        StreamCandidate(
          day: portion.day, account: min(back.source, back.destination),
          partner: max(back.source, back.destination)))
    }
  }

  /// Whether the same two had enough payments the same way since a moment, this one included.
  private func hasEnough(_ number: UInt32, since start: Int64, _ trail: SlidingTrail) -> Bool {
    var place = number
    for _ in 1..<max(1, detector.returnsMin) {
      guard let before = trail.previousBetweenItsTwo(place),
        trail.transfer(before).time >= start
      else { return false }
      place = before
    }
    return true
  }

  /// Whether enough of the payments one way have one the other way before them that they may return.
  private func comesBack(
    _ last: UInt32, _ latestSent: UInt32, since start: Int64, _ trail: SlidingTrail
  ) -> Bool {
    let (tolerance, days) = (Int128(detector.toleranceBasisPoints), detector.returnDays)
    var (returns, steps) = (0, 0)
    var place: UInt32? = last
    while let number = place {
      let back = trail.transfer(number)
      guard back.time >= start else { return false }
      var candidate: UInt32? = latestSent
      let day = Trail.day(of: back.time)
      while let other = candidate {
        let sent = trail.transfer(other)
        if day - Trail.day(of: sent.time) > days { break }
        steps += 1
        if steps > Self.compared { return true }
        let (part, whole) = (Int128(back.amountMinor) * 10_000, Int128(sent.amountMinor))
        if sent.time < back.time, sent.currency == back.currency,
          part >= whole * (10_000 - tolerance), part <= whole * (10_000 + tolerance)
        {
          returns += 1
          break
        }
        candidate = trail.previousBetweenItsTwo(other)
      }
      if returns >= detector.returnsMin { return true }
      place = trail.previousBetweenItsTwo(number)
    }
    return false
  }
}

extension TwoPartyReturn: StreamedDetector {
  // Another return may join a run for a window after its last one; before its first, what was sent, and
  // what was open then.
  var streamSpan: StreamSpan {
    StreamSpan(
      beforeDays: 2 * returnDays + windowDays, afterDays: windowDays, looksFarBack: true)
  }
  var streamScope: StreamScope { .pair }
  func streamWatch() -> any StreamWatch { StreamReturnWatch(detector: self) }
}

/// Payers whose money a payment may have brought to one payee through enough others: ST-08.
struct StreamScatterWatch: StreamWatch {
  let detector: ScatterGather

  func look(
    at portion: StreamPortion, _ trail: SlidingTrail, _ found: inout [StreamCandidate]
  ) {
    let since = StreamDay.start(
      of: portion.day, daysBefore: detector.gatherDays + detector.scatterDays - 1)
    trail.forEachScatterer(
      closedBy: portion.first, count: portion.transfers.count, since: since,
      middles: detector.middlesMin
    ) { payer in
      found.append(StreamCandidate(day: portion.day, account: payer))
    }
  }
}

extension ScatterGather: StreamedDetector {
  // A later window joins when it shares a payment to an intermediary, and ends with what that one pays on.
  var streamSpan: StreamSpan {
    let days = 2 * scatterDays + gatherDays
    return StreamSpan(beforeDays: days, afterDays: days, looksFarBack: true)
  }
  var streamScope: StreamScope { .onward(days: gatherDays) }
  func streamWatch() -> any StreamWatch { StreamScatterWatch(detector: self) }
}
