// The ledger: what a tracing method is applied to. A pure value, made by hand, from a worked example
// or from a case.

public import CaseModel

/// Accounts with their opening money, and the steps that moved money, ready to be traced.
///
/// Amounts are minor units of the account's own currency. The order of `steps` does not matter;
/// `date`, the same-day order of the policy and `sequence` decide. Source: confiscation.md §4.2.
public struct Ledger: Hashable, Sendable {
  /// Money whose origin is a debt: what an overdraft paid. Never tainted.
  public static let borrowed = SourceClassCode("BORROWED")
  /// Interest posted to an account that held nothing, so that there was no composition to follow.
  public static let unknownInterest = SourceClassCode("interest, origin unknown")
  /// A refund that names no payment it returns (confiscation.md §4.2, reversal).
  public static let unknownRefund = SourceClassCode("refund, unknown")

  public var classes: [LedgerClass]
  public var accounts: [LedgerAccount]
  public var steps: [LedgerStep]

  /// Takes the parts as they are; `validated()` refuses what does not fit together.
  public init(classes: [LedgerClass], accounts: [LedgerAccount], steps: [LedgerStep]) {
    self.classes = classes
    self.accounts = accounts
    self.steps = steps
  }
}

/// A label that follows money: one criminal receipt, one clean source, one claimant.
public struct LedgerClass: Hashable, Sendable {
  public let code: SourceClassCode
  public let isTainted: Bool
  public init(_ code: SourceClassCode, isTainted: Bool) {
    self.code = code
    self.isTainted = isTainted
  }
}

/// One account of the ledger with what it held at the start.
public struct LedgerAccount: Hashable, Sendable {
  /// The name steps refer to, and documents print.
  public let name: String
  public let currency: Currency
  /// What lay on the account at the start, oldest first.
  public internal(set) var opening: [OpeningLot]
  /// Minor units by which the account was overdrawn at the start; 0 when it was not.
  public let openingDebt: Int64
  /// The first day the records cover, when they say; a step before it is refused.
  public let opensOn: CivilDate?
  /// False for a pool of cash: what is not in it cannot be taken out of it.
  public let mayOwe: Bool

  public init(
    name: String, currency: Currency, opening: [OpeningLot] = [], openingDebt: Int64 = 0,
    opensOn: CivilDate? = nil, mayOwe: Bool = true
  ) {
    self.mayOwe = mayOwe
    self.name = name
    self.currency = currency
    self.opening = opening
    self.openingDebt = openingDebt
    self.opensOn = opensOn
  }
}

/// Part of an opening balance, of one source class.
public struct OpeningLot: Hashable, Sendable {
  public let sourceClass: SourceClassCode
  /// Minor units, not negative.
  public let amount: Int64
  public let sources: [SourceRef]
  public init(_ sourceClass: SourceClassCode, amount: Int64, sources: [SourceRef] = []) {
    self.sourceClass = sourceClass
    self.amount = amount
    self.sources = sources
  }
}
