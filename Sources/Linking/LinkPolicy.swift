/// Windows and bounds of the matching. All are our own defaults, chosen conservative.
public struct LinkPolicy: Hashable, Sendable, Codable {
  /// Calendar days between bookings of one movement that are matched without a reference: a weekend and a
  /// day. The same as in the view `v_transfer_candidate`.
  public var settlementDays = 3
  /// Days up to which a movement is proposed: a weekend between two holidays.
  public var proposalDays = 5
  /// Days that a shared reference bridges: two weeks of banking days, for correspondent chains.
  public var referenceDays = 10
  /// Characters a reference needs to stand for a payment where no account is known.
  public var referenceLengthMin = 6
  /// Choices of one record that are listed. Beyond them nothing is listed and nothing matched.
  public var choicesMax = 64
  /// Legs among which a batch is searched, and steps the search may take (each step adds or leaves a leg).
  public var batchPoolMax = 40
  public var batchStepsMax = 20_000

  public init() {}
}
