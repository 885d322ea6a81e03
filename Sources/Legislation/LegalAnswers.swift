// What a profile answers: small values, each with the provision it rests on.

import CaseModel

/// The standard of proof of a track (confiscation.md §2.3).
public struct ProofStandard: Hashable, Sendable {
  /// `balance_of_probabilities`, `court_satisfied` …
  public let code: String
  public let provision: Proposal.Provision
}

/// Who bears the burden of proof in a track.
public struct ProofBurden: Hashable, Sendable {
  /// `state`, `respondent`, `shifting_on_trigger`, `evidential_only`.
  public let code: String
  public let provision: Proposal.Provision
}

/// How a profile takes one ground for a file without conviction (confiscation.md §2.5).
public struct GroundRule: Hashable, Sendable {
  public enum Acceptance: String, Sendable {
    /// Accepted as such.
    case yes
    /// The regime needs no ground; the code is recorded.
    case free
    /// Refused, with the rule's text as message.
    case no
    /// A lawyer must decide; the draft says so.
    case counsel
  }
  public let code: String
  public let acceptance: Acceptance
  public let provision: Proposal.Provision
}

/// The tracing methods a profile allows and the one it starts from.
public struct TracingRule: Hashable, Sendable {
  public let allowed: [String]
  public let defaultMethod: String
  /// The method between innocent contributors, where the profile names another.
  public let betweenInnocents: String?
  /// Reasons for the list, for the default, and for the method between innocents.
  public let provisions: [Proposal.Provision]
}

/// How the traced part of a thing bought with mixed money is measured (confiscation.md §3).
public enum MixedPurchaseRule: String, Hashable, Sendable {
  /// value now × tainted ÷ price.
  case share
  /// The lesser of the tainted sum and the value now.
  case charge
  /// The greater of the two.
  case claimantChooses = "claimant_chooses"
}

/// What is deducted from receipts when benefit is counted.
public enum BenefitMode: String, Hashable, Sendable {
  case gross
  case netDirectCost = "net_direct_cost"
  case netProfit = "net_profit"
}

/// The moment at which benefit is valued.
public enum ValuationMoment: String, Hashable, Sendable {
  case obtained, order
  case greaterIndexed = "greater_indexed"
}

/// Whether a sum is ordered for benefit that is not taken in kind.
public enum ValueOrderRule: String, Hashable, Sendable {
  case benefitLessInKind = "benefit-less-in-kind"
  case none
}

/// Who is paid first out of what is taken.
public enum VictimsRank: String, Hashable, Sendable {
  case victimsFirst = "victims_first"
  case stateThenVictims = "state_then_victims"
  case courtOrders = "court_orders"
}

/// A word of law with the provision it rests on.
public struct LegalChoice<Word: Hashable & Sendable>: Hashable, Sendable {
  public let word: Word
  public let provision: Proposal.Provision
}

/// A time limit (confiscation.md §2.7).
public struct LegalClock: Hashable, Sendable {
  public let name: String
  public let track: Track?
  /// The event that starts it, in words.
  public let starts: String
  /// Nil when the law names no length.
  public let length: Int?
  /// `calendar-day`, `working-day`, `month`, `year`, `unset`.
  public let unit: String
  public let provision: Proposal.Provision
}

/// An offence of the profile with the elements a count must support.
public struct OffenceRule: Hashable, Sendable {
  public struct Element: Hashable, Sendable {
    public let name: String
    public let text: String
    /// False when the law does not ask for it; it is recorded for other States' courts.
    public let isRequired: Bool
    /// False when it need not be shown for a person under eighteen (S-010).
    public let isRequiredForChild: Bool
  }
  public let code: String
  public let title: String
  public let elements: [Element]
  public let provision: Proposal.Provision
}

/// One section of a confiscation file (confiscation.md §2.1), counted from 1.
public struct FileSection: Hashable, Sendable {
  public let number: Int
  public let title: String
}
