// On which day each source class is first seen: ties of rounding go to the class seen first.

import CaseModel

/// First sights over a whole ledger, as far as they do not depend on the order within a day.
///
/// A class is seen where it is credited, received or found after a gap. Interest on an account that
/// may be empty may or may not show its class; all its days until the first sure one count as possible.
struct FirstSights {
  /// Classes of opening lots in the order of accounts and lots.
  private(set) var atOpening: [SourceClassCode] = []
  /// Days on which a class may be first seen, with the accounts where that happens.
  private var possible: [SourceClassCode: [DayKey: Set<String>]] = [:]
  /// Accounts that may be empty when interest is posted to them.
  private(set) var emptyAccounts: Set<String> = []

  init(_ ledger: Ledger) {
    for lot in ledger.accounts.flatMap(\.opening) where !atOpening.contains(lot.sourceClass) {
      atOpening.append(lot.sourceClass)
    }
    let opened = Set(atOpening)
    let balances = LowestDailyBalances(ledger)
    for step in ledger.steps {
      for code in step.movement.classCodes where !opened.contains(code) {
        note(code, step)
      }
      if case .interest(let to, _) = step.movement, !opened.contains(Ledger.unknownInterest),
        balances.mayBeEmpty(to, on: DayKey(step))
      {
        note(Ledger.unknownInterest, step)
        emptyAccounts.insert(to)
      }
    }
    for (code, days) in possible where code != Ledger.unknownInterest {
      if let first = days.keys.min() { possible[code] = days.filter { $0.key == first } }
    }
  }

  private mutating func note(_ code: SourceClassCode, _ step: LedgerStep) {
    let names =
      switch step.movement {
      case .transfer(_, let to, _, _, _): [to]
      default: step.movement.accountNames
      }
    possible[code, default: [:]][DayKey(step), default: []].formUnion(names)
  }

  /// Days on which some of these classes may be first seen, in order.
  func days(of classes: Set<SourceClassCode>) -> [(day: DayKey, codes: Set<SourceClassCode>)] {
    var result: [DayKey: Set<SourceClassCode>] = [:]
    for code in classes {
      for day in possible[code, default: [:]].keys { result[day, default: []].insert(code) }
    }
    return result.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  /// The accounts on which these classes may be first seen that day, in order.
  func accounts(showing codes: Set<SourceClassCode>, on day: DayKey) -> [String] {
    var result: Set<String> = []
    for code in codes { result.formUnion(possible[code]?[day] ?? []) }
    return result.sorted()
  }

  /// Sights on other accounts before which a part must count the class as seen: at most one class a
  /// day, as parts that could tie are joined.
  func sights(
    of classes: Set<SourceClassCode>, outside own: Set<String>
  ) -> [DayKey: [SourceClassCode]] {
    var result: [DayKey: [SourceClassCode]] = [:]
    for (day, codes) in days(of: classes) {
      for code in codes.sorted(by: { $0.text < $1.text })
      where code != Ledger.unknownInterest
        && possible[code]?[day].map({ !$0.isDisjoint(with: own) }) == false
      {
        result[day, default: []].append(code)
      }
    }
    return result
  }
}
