// What the tracing run found in an item, sorted by whose money it is.

import CaseModel

/// The claims at an item's place, in the order of the run, with their sums by kind of money.
struct TracedMoney {
  let claims: [Claim]
  /// Nil when nothing was traced there.
  let currency: Currency?
  /// Sums in `currency`; `rest` is clean money.
  let paid: ValueParts
  /// Borrowed money that still stands in the item: no capital of anybody.
  let borrowed: Int64
  /// Set when claims came in more than one currency and were not summed.
  let isMixedCurrency: Bool

  /// The class of money that an overdraft lent (confiscation.md §4.2).
  static let borrowedClass = SourceClassCode("BORROWED")

  /// - Parameter reaches: whether the track reaches a tainted class.
  init(
    in item: PropertyItem, run: TracingRun, index: CaseIndex, currency wanted: Currency?,
    reaches: (SourceClassCode) -> Bool
  ) throws {
    let accounts = Set((item.account.map(index.accounts) ?? []).map(\.id))
    let found = run.claims.filter { claim in
      switch claim.place {
      case .asset(let code): code == item.code
      case .account(let id): accounts.contains(id)
      default: false
      }
    }
    let currencies = Set(found.map(\.amount.amount.currency)).sorted()
    if item.account != nil, let wanted, currencies.contains(wanted) {
      // An account key may hold several currencies; an item is one of them.
      claims = found.filter { $0.amount.amount.currency == wanted }
      currency = wanted
      isMixedCurrency = false
    } else {
      claims = found
      currency = currencies.count == 1 ? currencies.first : nil
      isMixedCurrency = currencies.count > 1
    }
    var sums = ValueParts()
    var lent: Int64 = 0
    if currency != nil {
      try refuseOverflow(claims.map(\.amount.amount), at: "money traced into \(item.code)")
      for claim in claims {
        let units = claim.amount.amount.minorUnits
        if claim.sourceClass == Self.borrowedClass {
          lent += units
        } else if claim.isTainted, reaches(claim.sourceClass) {
          sums.reached += units
        } else if claim.isTainted {
          sums.otherTainted += units
        } else if index.classes[claim.sourceClass]?.nature == .claimant {
          sums.own += units
        } else {
          sums.rest += units
        }
      }
    }
    paid = sums
    borrowed = lent
  }

  var tainted: [Claim] { claims.filter(\.isTainted) }
  var isEmpty: Bool { claims.isEmpty }
}
