/// Between which amounts the traced value lies when something is not known.
public struct TracedInterval: Hashable, Sendable, Codable {
  public let lowest: Money
  /// Nil when no upper bound can be given; `reasons` says why.
  public let highest: Money?
  /// True when both ends are reached by an admissible reading; false for a proven bound that may be
  /// wider than the truth.
  public let isExact: Bool
  /// What is not known, a sentence each, in a fixed order.
  public let reasons: [String]

  public init(lowest: Money, highest: Money?, isExact: Bool, reasons: [String]) {
    precondition(highest.map { lowest <= $0 } ?? true, "an interval ends before it begins")
    self.lowest = lowest
    self.highest = highest
    self.isExact = isExact
    self.reasons = reasons
  }

  /// True iff nothing depends on what is not known.
  public var isPoint: Bool { highest == lowest }
}

/// The tainted value at one place in one currency, with what it depends on.
public struct PlaceBounds: Hashable, Sendable, Codable {
  public let place: Place
  /// As the run states it.
  public let traced: Money
  /// Over every order in which the entries of one day may have been booked (N15); nil when not asked.
  public let overOrders: TracedInterval?
  /// Over everything that missing or unreconciled records may hide (N13); nil when nothing is missing.
  public let overRecords: TracedInterval?

  public init(
    place: Place, traced: Money, overOrders: TracedInterval?, overRecords: TracedInterval?
  ) {
    self.place = place
    self.traced = traced
    self.overOrders = overOrders
    self.overRecords = overRecords
  }
}
