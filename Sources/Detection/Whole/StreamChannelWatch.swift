import CaseModel
import TrailGraph

/// Accounts with enough movements of some channels on one side within some days: ST-01, ST-02, ST-22, ST-23.
struct StreamChannelWatch: StreamWatch {
  let side: FanCount.Side
  let channels: Set<Channel>
  let days: Int
  let least: Int
  /// Whether the other side must be known.
  var isNamed = false

  func look(
    at portion: StreamPortion, _ trail: SlidingTrail, _ found: inout [StreamCandidate]
  ) {
    let counts = portion.meanings.map { channels.contains($0) }
    guard counts.contains(true) else { return }
    let day = portion.day
    let since = StreamDay.start(of: day, daysBefore: days - 1)
    for transfer in portion.transfers where counts[transfer.channelNumber] {
      let account = side == .into ? transfer.destination : transfer.source
      let other = side == .into ? transfer.source : transfer.destination
      guard account >= 0, !isNamed || (other >= 0 && other != account) else { continue }
      var count = 0
      let body: (UInt32, StreamTransfer) -> Bool = { _, near in
        if counts[near.channelNumber] { count += 1 }
        return count < least
      }
      if side == .into {
        trail.forEachReceipt(of: account, since: since, body)
      } else {
        trail.forEachPayment(of: account, since: since, body)
      }
      if count >= least { found.append(StreamCandidate(day: day, account: account)) }
    }
  }
}

extension Structuring: StreamedDetector {
  // A run ends when no deposit follows within the window; twice the window so that the deposits before the
  // first are known to belong to none.
  var streamSpan: StreamSpan { StreamSpan(beforeDays: 2 * windowDays, afterDays: windowDays) }
  func streamWatch() -> any StreamWatch {
    StreamChannelWatch(side: .into, channels: [.cashDeposit], days: windowDays, least: depositsMin)
  }
}

extension CryptoRamp: StreamedDetector {
  var streamSpan: StreamSpan {
    StreamSpan(beforeDays: 2 * windowDays + (withinHours + 23) / 24, afterDays: windowDays)
  }
  func streamWatch() -> any StreamWatch {
    StreamChannelWatch(
      side: .outOf, channels: [.cryptoOut, .atmWithdrawal, .cashWithdrawal], days: windowDays,
      least: passagesMin)
  }
}

extension Smurfing: StreamedDetector {
  var streamSpan: StreamSpan {
    StreamSpan(beforeDays: 2 * windowDays, afterDays: windowDays, looksFarBack: true)
  }
  func streamWatch() -> any StreamWatch {
    StreamChannelWatch(
      side: .into, channels: [.cashDeposit], days: windowDays, least: depositorsMin, isNamed: true)
  }
}

extension PrepaidLadder: StreamedDetector {
  var streamSpan: StreamSpan {
    StreamSpan(beforeDays: 2 * windowDays, afterDays: windowDays, looksFarBack: true)
  }
  func streamWatch() -> any StreamWatch {
    StreamChannelWatch(
      side: .outOf, channels: [.prepaidLoad], days: windowDays, least: loadsMin, isNamed: true)
  }
}
