public import TrailGraph

/// What a transfer would do, with the transfers that show it. Nothing here accuses anybody: it is what a
/// person looks at before money leaves.
public struct LiveAnswer: Sendable, Hashable {
  /// Circles the transfer would close: the transfers before it from the first to the last, the shortest
  /// circle first, then by the caller's numbers.
  public let circles: [[StreamTransfer]]
  /// Of the paying account, and of the receiving one; an account outside the records has none.
  public let payer: Flow?
  public let payee: Flow?
  /// The fans the transfer belongs to, in the order of the limits.
  public let fans: [Fan]
  /// Which bounds were met; what they left out is not known.
  public let truncations: [String]

  /// What an account received and paid in the window, the transfer included, in the transfer's currency.
  public struct Flow: Sendable, Hashable {
    public let account: Int32
    /// Minor units.
    public let received: Int128
    public let paid: Int128
    /// The caller's numbers of what is held of them, the newest first.
    public let receipts: [Int64]
    public let payments: [Int64]
    /// True when receipts, their count and paid ÷ received reach their limits with the transfer.
    public let passesThrough: Bool
    /// True when they do with the transfer and did not before.
    public let crossesLimit: Bool
    /// True when received ÷ paid lies above the limit asked for with the transfer (FinBench CR7); where nothing
    /// was paid there is no ratio.
    public let exceedsInOverOut: Bool
    /// True when `movementsMax` stopped the look: sums and lists are of the newest movements only.
    public let isTruncated: Bool
  }

  /// How many others an account dealt with, the transfer's other side included.
  public struct Fan: Sendable, Hashable {
    public let limit: LiveLimits.Fan
    public let account: Int32
    public let counterparties: Int
    /// The newest transfer of each other side but the transfer's own, the newest first.
    public let transfers: [Int64]
    /// True when the count reaches the limit with the transfer and did not before.
    public let crossesLimit: Bool
    /// True when `movementsMax` stopped the look: there are at least so many.
    public let isTruncated: Bool
  }
}
