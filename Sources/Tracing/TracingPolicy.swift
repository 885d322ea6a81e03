// The choices of law and evidence that are not the method itself.

public import CaseModel

/// How a method is applied: the order within a day, and the doctrines that are switched on.
///
/// Kept apart from the ledger, so that one ledger, with one hash, can be run under many policies.
public struct TracingPolicy: Hashable, Sendable {
  /// What a reversal linked to its original does.
  public enum Reversal: String, Sendable, CaseIterable {
    /// A full reversal voids both entries; a part reversal restores the composition.
    case voidPair = "void_pair"
    /// Every reversal restores the composition of the original debit on its own day.
    case restoreComposition = "restore_composition"
  }

  public var sameDayOrder: SameDayOrder
  /// Follow repayment of a debt into the asset the debt bought, where co-ordination is evidenced.
  public var backwardTracing: Bool
  public var reversal: Reversal
  /// Clean credits restore what was lost from the account, under `libr` only; off unless evidence
  /// shows the intent.
  public var replenishIntent: Bool
  /// Under `poison`: an account that reaches zero is clean again.
  public var poisonClearsAtZero: Bool

  public init(
    sameDayOrder: SameDayOrder = .bankSequence, backwardTracing: Bool = false,
    reversal: Reversal = .voidPair, replenishIntent: Bool = false, poisonClearsAtZero: Bool = false
  ) {
    self.sameDayOrder = sameDayOrder
    self.backwardTracing = backwardTracing
    self.reversal = reversal
    self.replenishIntent = replenishIntent
    self.poisonClearsAtZero = poisonClearsAtZero
  }
}
