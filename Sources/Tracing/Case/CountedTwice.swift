// Shares by contribution that count one unit at two accounts.

import CaseModel

/// A class of which the closing shares, with what lies elsewhere, state more than the ledger holds.
struct CountedTwice {
  let sourceClass: SourceClassCode
  let stated: Money
  let held: Money

  var sentence: String {
    "Of \(sourceClass) the shares by contribution state \(stated), but only \(held) is there: money that "
      + "passed from one account of the case to another contributed to both. No more than \(held) can be claimed."
  }
}

extension TracingEngine {
  /// Tainted classes that `pari_passu` counts at more than one account: an account's closing balance is
  /// shared by all that was ever paid into it, also by what has gone on to another account since. The rule
  /// is stated for one fund; over several it can exceed what was received (confiscation.md §3 rule 3).
  var countedTwice: [CountedTwice] {
    guard method.sharesClosingByContribution else { return [] }
    let lots = outcome
    let stated = lots.rows(sharedBy: method)
    func sums(_ rows: [LedgerOutcome.Row]) -> [SourceClassCode: [Currency: Int128]] {
      var result: [SourceClassCode: [Currency: Int128]] = [:]
      for row in rows where row.isTainted {
        result[row.sourceClass, default: [:]][row.amount.currency, default: 0] += Int128(
          row.amount.minorUnits)
      }
      return result
    }
    let (there, said) = (sums(lots.rows), sums(stated))
    return said.keys.sorted().flatMap { code in
      (said[code] ?? [:]).sorted { $0.key < $1.key }.compactMap { currency, units in
        let held = there[code]?[currency] ?? 0
        guard units > held, let stated = Int64(exactly: units), let held = Int64(exactly: held)
        else {
          return nil
        }
        return CountedTwice(
          sourceClass: code, stated: Money(minorUnits: stated, currency: currency),
          held: Money(minorUnits: held, currency: currency))
      }
    }
  }
}

extension CaseLedger {
  /// The first class of which a run would claim more than there is; nil when none.
  /// - Throws: `TracingError` for an unknown method or a ledger that cannot be run.
  public func countedTwice(
    method name: String, policy: TracingPolicy = TracingPolicy()
  ) throws(TracingError) -> (sourceClass: SourceClassCode, stated: Money, held: Money)? {
    let method = try TracingCatalogue.method(named: name)
    var engine = try TracingEngine(ledger, method: method, policy: policy, recordsPaths: false)
    try engine.run()
    return engine.countedTwice.first.map { ($0.sourceClass, $0.stated, $0.held) }
  }
}
