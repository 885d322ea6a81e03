// One rule of a profile file and the words a profile may use. The reader refuses anything else.

import CaseModel

/// One named rule with its values by first day of application, earliest first.
struct LegalRule: Sendable {
  /// The part of the file a rule stands in, and so which keys its values carry.
  enum Section: String, Sendable, CaseIterable {
    case legalBasis = "legal-basis"
    case triggers, standards, burdens, basis, choices, benefit
    case thirdParties = "third-parties"
    case goodFaith = "good-faith"
    case victims, restraint, clocks, grounds, tracing, offences, files, amounts
  }

  struct Value: Sendable {
    let from: CivilDate
    let citation: Citation
    var text = ""
    var word: String?
    var list: [String] = []
    var title: String?
    var elements: [(name: String, text: String)] = []
    var optional: [String] = []
    var notForChild: [String] = []
    var amount: Money?
    var starts: String?
    var length: Int?
    var unit: String?
  }

  let section: Section
  let name: String
  let track: Track?
  /// What the rule is for, when its name says more than that: a basis, an amount.
  let subject: String?
  let values: [Value]
}

extension LegalRule.Section {
  /// The keys a value must carry besides `source` and `grade`, and those it may carry.
  var keys: (required: [String], allowed: [String]) {
    switch self {
    case .standards, .burdens, .choices, .grounds: (["value", "text"], [])
    case .tracing: (["text"], ["value", "list"])
    case .offences:
      (["title", "elements", "text"], ["optional", "not-required-for-a-child"])
    case .files: (["list"], [])
    case .amounts: (["amount", "text"], [])
    case .clocks: (["starts", "unit", "text"], ["length"])
    default: (["text"], [])
    }
  }

  /// The words `value` may take, for the named rule; nil when any text may stand there.
  func words(for name: String) -> [String]? {
    switch self {
    case .standards: LegalWords.standards
    case .burdens: LegalWords.burdens
    case .grounds: LegalWords.acceptances
    case .choices: LegalWords.choices[name]
    default: nil
    }
  }

  /// Rule names that must stand in the section; nil when the file chooses its names.
  var requiredNames: [String]? {
    switch self {
    case .standards, .burdens, .triggers, .goodFaith, .files: ["cb", "ncb"]
    case .choices: LegalWords.choices.keys.sorted()
    case .grounds: LegalWords.grounds
    case .tracing: ["allowed", "default"]
    default: nil
    }
  }

  /// Whether names outside `requiredNames` are refused.
  var isClosed: Bool {
    switch self {
    case .choices, .grounds, .standards, .burdens, .files, .goodFaith: true
    default: false
    }
  }
}

/// The closed vocabularies of confiscation.md §2.2, §2.3 and §3.
enum LegalWords {
  /// §2.3, weakest first; `court_satisfied` has no fixed rank.
  static let standards = [
    "reasonable_grounds_to_suspect", "reasonable_grounds_to_believe", "probable_cause",
    "balance_of_probabilities", "preponderance", "clear_and_convincing", "court_satisfied",
    "beyond_reasonable_doubt",
  ]
  static let burdens = ["state", "respondent", "shifting_on_trigger", "evidential_only"]
  static let acceptances = ["yes", "free", "no", "counsel"]
  static let grounds = [
    "fled", "absent", "deceased", "unfit_ill", "immune", "unknown_owner", "unknown_offender",
    "insufficient_for_conviction", "acquitted_property_still_tainted", "time_barred", "amnesty",
    "foreign_predicate_not_triable", "abandoned", "standalone_by_law",
  ]
  static let choices: [String: [String]] = [
    "benefit-mode": ["gross", "net_direct_cost", "net_profit"],
    "valuation-moment": ["obtained", "order", "greater_indexed"],
    "mixed-purchase": ["share", "charge", "claimant_chooses"],
    "victims-rank": ["victims_first", "state_then_victims", "court_orders"],
    "value-order": ["benefit-less-in-kind", "none"],
    "conversion-days": (0...31).map(String.init),
  ]
  static let units = ["calendar-day", "working-day", "month", "year", "unset"]
}
