// The sum for benefit that is not taken in kind. Source: confiscation.md §3 rule 7.

import CaseModel
import Legislation

enum ValueOrder {
  /// benefit − traced in kind − set-offs, floor 0 (rule `equivalent_value`). Instrumentalities are
  /// taken for their use and pay no benefit back. No set-off is known to a matter; the note says so.
  ///
  /// Nil, with the reason, when a claimed amount could not be converted: the order would then take
  /// the same value twice.
  static func figure(
    benefit: Benefit, schedule: Schedule, rule: LegalChoice<ValueOrderRule>
  ) throws -> (figure: Figure?, note: Candour.Point) {
    let law = "\(rule.provision.text) (\(rule.provision.citation.text))"
    func note(_ text: String) -> Candour.Point {
      Candour.Point(text: "Value order: \(text) \(law)", sources: [])
    }
    guard rule.word != .none else { return (nil, note("the profile has none.")) }
    guard let total = benefit.total else {
      return (nil, note("not computed, as no benefit is counted in the reporting currency."))
    }
    guard schedule.unconverted.isEmpty else {
      return (
        nil, note("not computed, as a claimed amount has no rate and would be taken twice.")
      )
    }
    let claimed = schedule.tracedTotal
    let inKind = claimed?.amount ?? .zero(total.amount.currency)
    try refuseOverflow([total.amount, -inKind], at: "value order")
    let rest = max(total.amount - inKind, .zero(total.amount.currency))
    let figure = Figure(
      rest, label: "value order",
      derivation:
        "benefit \(total.amount.text) − traced and claimed in kind \(inKind.text) − set-offs "
        + "\(Money.zero(total.amount.currency).text), not below zero",
      from: total.sources + (claimed?.sources ?? []))
    return (
      figure,
      note(
        "benefit less what is traced and claimed in kind. No compensation, tax, fine or foreign order is "
          + "recorded, so set-offs count zero; each is deducted once when shown.")
    )
  }
}
