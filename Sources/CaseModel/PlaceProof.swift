/// Which money a debit takes, as the method's rule says it (confiscation.md §4.1).
public enum TakingRule: String, Sendable, Codable, CaseIterable {
  case oldestFirst = "oldest_first"
  case newestFirst = "newest_first"
  /// Every source in proportion to its balance just before.
  case proportional
  case taintedFirst = "tainted_first"
  case cleanFirst = "clean_first"
  /// Any taint taints the whole account; an upper bound.
  case everything
}

/// Why value of a place is what it is said to be: every payment into it, taken apart.
///
/// Made from the same run as the claims. Source: experience.md N1, N24.
public struct PlaceProof: Hashable, Sendable, Codable {
  public let place: Place
  /// The place as steps name it: `asset CAR`.
  public let title: String
  public let methodTitle: String
  /// In the order of the run.
  public let payments: [ProvenPayment]
  /// Payments that carried less tainted value than those given, and are left out.
  public let paymentsLeftOut: Int

  public init(
    place: Place, title: String, methodTitle: String, payments: [ProvenPayment],
    paymentsLeftOut: Int = 0
  ) {
    self.place = place
    self.title = title
    self.methodTitle = methodTitle
    self.payments = payments
    self.paymentsLeftOut = paymentsLeftOut
  }
}

/// One payment into a place: what it took from the account it came from, and what lay there.
public struct ProvenPayment: Hashable, Sendable, Codable {
  /// What brought the money.
  public enum Kind: String, Sendable, Codable {
    /// A debit or a transfer of an account of the ledger: `rule` says which money it took.
    case payment
    /// Money that came in from outside, an opening balance, or a balance after a gap.
    case receipt
    case interest
    /// The second leg of a transfer over several days: arrives as it had left.
    case arrival
    /// The price of an asset: split as the asset was.
    case sale
    /// Repayment of the debt that bought the asset, on an evidenced plan.
    case repayment
    /// A payment that came back, in the composition in which it had left.
    case takenBack = "taken_back"
  }
  public let kind: Kind
  public let date: CivilDate
  public let from: String
  public let to: String
  /// All of it, in the currency of the place.
  public let amount: Money
  public let sources: [SourceRef]
  /// Nil where no rule chose: receipts, arrivals, sales, money that came back.
  public let rule: TakingRule?
  /// What the account it left held just before, by class, in order of first sight.
  public let before: [ClassAmount]
  /// In the order in which they left.
  public let parts: [ProvenPart]

  public init(
    kind: Kind, date: CivilDate, from: String, to: String, amount: Money, sources: [SourceRef],
    rule: TakingRule?, before: [ClassAmount], parts: [ProvenPart]
  ) {
    self.kind = kind
    self.date = date
    self.from = from
    self.to = to
    self.amount = amount
    self.sources = sources
    self.rule = rule
    self.before = before
    self.parts = parts
  }
}

/// Units of one class.
public struct ClassAmount: Hashable, Sendable, Codable {
  public let sourceClass: SourceClassCode
  public let isTainted: Bool
  public let amount: Money
  public init(sourceClass: SourceClassCode, isTainted: Bool, amount: Money) {
    self.sourceClass = sourceClass
    self.isTainted = isTainted
    self.amount = amount
  }
}

/// What one class bore of a payment, and the receipts it came from.
public struct ProvenPart: Hashable, Sendable, Codable {
  public let sourceClass: SourceClassCode
  public let isTainted: Bool
  public let amount: Money
  /// What of other classes left before the last unit of this one, in the same payment.
  public let ahead: Money
  /// Where units of the class came in, oldest first; of many, the largest.
  public let receipts: [ProvenReceipt]
  public let receiptsLeftOut: Int

  public init(
    sourceClass: SourceClassCode, isTainted: Bool, amount: Money, ahead: Money,
    receipts: [ProvenReceipt], receiptsLeftOut: Int
  ) {
    self.sourceClass = sourceClass
    self.isTainted = isTainted
    self.amount = amount
    self.ahead = ahead
    self.receipts = receipts
    self.receiptsLeftOut = receiptsLeftOut
  }
}

/// The line on which money came in, and how much of it is meant.
public struct ProvenReceipt: Hashable, Sendable, Codable {
  public let date: CivilDate
  public let from: String
  public let to: String
  /// The part that is meant; in the currency in which it came in.
  public let amount: Money
  public let source: SourceRef?
  public init(date: CivilDate, from: String, to: String, amount: Money, source: SourceRef?) {
    self.date = date
    self.from = from
    self.to = to
    self.amount = amount
    self.source = source
  }
}
