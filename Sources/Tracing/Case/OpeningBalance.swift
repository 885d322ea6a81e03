// Opening balances of unknown origin, said in one sentence for all accounts that matter.

import CaseModel

/// What an account held before its first entry.
struct OpeningBalance: Hashable, Sendable {
  /// The account's name in the ledger.
  let account: String
  /// Nil when none is on record.
  let balance: Money?

  /// At most two sentences: how many accounts opened with money of unknown origin, how much in each
  /// currency, and how many have no opening balance. Only accounts that tainted money went through
  /// are counted, because the others cannot change a result.
  static func limits(_ openings: [OpeningBalance], touched: Set<String>) -> [String] {
    let own = openings.filter { touched.contains($0.account) }
    let known = own.compactMap(\.balance)
    var result: [String] = []
    if !known.isEmpty {
      let sums = Set(known.map(\.currency)).sorted().map { currency -> String in
        // Summed wide; balances of one case that leave 64 bits are named by their number only.
        var sum: Int128 = 0
        for one in known where one.currency == currency { sum += Int128(one.minorUnits) }
        return Int64(exactly: sum).map { Money(minorUnits: $0, currency: currency).text }
          ?? "a sum beyond reckoning in \(currency)"
      }
      let which =
        known.count == 1 ? "balance of 1 account" : "balances of \(known.count) accounts"
      result.append(
        "The origin of the opening \(which) that tainted money passed through is unknown "
          + "(\(sums.joined(separator: ", ")) in all); \(known.count == 1 ? "it counts" : "they count") as clean."
      )
    }
    let missing = own.count - known.count
    if missing > 0 {
      result.append(
        "\(missing) account\(missing == 1 ? "" : "s") that tainted money passed through "
          + "\(missing == 1 ? "has" : "have") no opening balance on record; it is taken as nothing."
      )
    }
    return result
  }
}
