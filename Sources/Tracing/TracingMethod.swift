// What a tracing method is: which money a debit takes. One file a method in Catalogue/.

public import CaseModel

/// A legal rule that says which money leaves a mixed account first.
///
/// The engine keeps lots, debts and places; a method only answers two questions: in which order a
/// debit takes the lots, and how the closing balance is shared. Source: confiscation.md §4.
public protocol TracingMethod: Sendable {
  init()
  /// The stable name: `fifo`, `libr`, `rolling_pro_rata`.
  var name: String { get }
  var title: String { get }
  /// The decisions and statutes the rule rests on.
  var authorities: [Citation] { get }
  /// Where the arithmetic departs from them, or decides what they leave open; printed as limits.
  var departures: [String] { get }
  /// Which lots a debit to this kind of destination takes.
  func consumption(towardsAsset: Bool) -> Consumption
  /// How lots are kept, so that taking them is cheap.
  var arrangement: LotArrangement { get }
  /// The closing balance is shared by contributions instead of by what is left of each.
  var sharesClosingByContribution: Bool { get }
  /// Any taint taints the whole account.
  var poisons: Bool { get }
  /// A credit meant to restore a loss restores the lost class (`replenish_intent`).
  var restoresOnIntent: Bool { get }
}

public typealias TracingCatalogueEntry = TracingMethod

extension TracingMethod {
  public var sharesClosingByContribution: Bool { false }
  public var poisons: Bool { false }
  public var restoresOnIntent: Bool { false }
}

/// The order in which a debit takes lots.
public enum Consumption: Sendable {
  case oldestFirst
  case newestFirst
  /// Every class in proportion to its balance just before the debit.
  case proportional
  /// Tainted lots oldest first, then clean lots oldest first; and the other way round.
  case taintedFirst
  case cleanFirst
}

/// How an account keeps its lots.
public enum LotArrangement: Sendable {
  case oneQueue, byTaint, byClass
}

extension TracingCatalogue {
  /// The method of that name.
  /// - Throws: `TracingError.unknownMethod`, naming those there are.
  public static func method(named name: String) throws(TracingError) -> any TracingMethod {
    for method in all where method.name == name { return method }
    let known = all.map(\.name).sorted().joined(separator: ", ")
    throw TracingError(.unknownMethod(name), at: "method", remedy: "use one of: \(known)")
  }
}
