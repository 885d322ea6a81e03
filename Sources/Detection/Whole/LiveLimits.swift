public import TrailGraph

/// What a single transfer is measured against before it is booked, and how far the look goes.
public struct LiveLimits: Sendable, Hashable {
  /// Circles: ST-09's days, hops and share kept from hop to hop.
  public var circleDays = 30
  public var hopsMin = 3
  public var hopsMax = 6
  public var keptMinBasisPoints = 7_000
  public var keptMaxBasisPoints = 10_500
  /// Transfers looked at for circles before the search stops and says so.
  public var visitLimit = 4_096  // default: a tenth of a millisecond where memory is quick

  /// Ratio: seconds, this moment included; 48 hours, the stay of ST-04.
  public var flowWindow: Int64 = 2 * 86_400
  /// Movements of at most this are no part of the ratio (FinBench CR7's threshold), in minor units.
  public var amountAboveMinor: Int64 = 0
  public var receiptsMin = 5
  public var outMinBasisPoints = 9_000
  public var outMaxBasisPoints = 10_200
  /// FinBench RW2: received ÷ paid above this is said of either account; nil asks nothing.
  public var inOverOutMaxBasisPoints: Int?

  /// Fans, by default those of ST-05 and ST-06, all partners counted, new or not.
  public var fans = [
    Fan(.into, counterparties: 10, window: 7 * 86_400),
    Fan(.outOf, counterparties: 10, window: 3 * 86_400),
  ]
  /// Movements of one account looked at for its ratio, and for each of its fans.
  public var movementsMax = 2_048  // default: more than a person's or a small firm's week

  public init() {}

  /// So many different payers, or payees, of one account within so many seconds, as in `FanCount`: what is
  /// as old as the window does not count.
  public struct Fan: Sendable, Hashable {
    public let side: FanCount.Side
    public let counterparties: Int
    /// Seconds.
    public let window: Int64

    public init(_ side: FanCount.Side, counterparties: Int, window: Int64) {
      precondition(counterparties > 0 && window > 0)
      self.side = side
      self.counterparties = counterparties
      self.window = window
    }
  }

  /// Seconds that must be held to answer.
  var window: Int64 {
    max(Int64(circleDays) * 86_400, flowWindow, fans.map(\.window).max() ?? 0)
  }
}
