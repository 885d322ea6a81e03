// Ledgers in the notation of the style guide, so that a lawyer can check a test.

import CaseModel
import Foundation

@testable import Tracing

/// A trail as text: one movement a line, `date from -> to amount currency`.
///
/// A name that begins with a capital is an account. On the left, other names are source classes, or
/// `interest`; on the right they are assets, or `spent`. `tainted: a, b` names the tainted classes;
/// `overdrawn: A 2500.00` an opening overdraft. After a line `---` comes the expected table.
struct TrailText {
  var ledger = Ledger(classes: [], accounts: [], steps: [])
  var expected = ""
  struct Mistake: Error { let line: String }

  init(_ text: String, currency code: String = "EUR") throws {
    let parts = text.components(separatedBy: "\n---\n")
    if parts.count > 1 { expected = parts[1].trimmingCharacters(in: .newlines) }
    var tainted: Set<String> = []
    var overdrawn: [String: Int64] = [:]
    guard let base = Currency(iso: code) else { throw Mistake(line: code) }
    for line in parts[0].split(separator: "\n") where !line.hasPrefix("#") {
      if line.hasPrefix("tainted:") {
        tainted.formUnion(
          line.dropFirst(8).split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) })
        continue
      }
      let words = line.split(separator: " ").map(String.init)
      if words.count == 3, words[0] == "overdrawn:", let sum = Money(words[2], in: base) {
        overdrawn[words[1]] = sum.minorUnits
        continue
      }
      guard words.count >= 6, words[2] == "->", let date = CivilDate(words[0]),
        let currency = Currency(iso: words[5]), let amount = Money(words[4], in: currency)
      else { throw Mistake(line: String(line)) }
      let (from, to, units) = (words[1], words[3], amount.minorUnits)
      for name in [from, to] where Self.isAccount(name) {
        if !ledger.accounts.contains(where: { $0.name == name }) {
          ledger.accounts.append(
            LedgerAccount(name: name, currency: currency, openingDebt: overdrawn[name] ?? 0))
        }
      }
      let movement: Movement
      switch (Self.isAccount(from), Self.isAccount(to)) {
      case (true, true):
        let arrives =
          words.count >= 9 && words[6] == "as"
          ? Currency(iso: words[8]).flatMap { Money(words[7], in: $0) } : nil
        if let arrives, let index = ledger.accounts.firstIndex(where: { $0.name == to }),
          !ledger.steps.contains(where: { $0.movement.accountNames.contains(to) })
        {
          ledger.accounts[index] = LedgerAccount(name: to, currency: arrives.currency)
        }
        movement = .transfer(from: from, to: to, amount: units, credited: arrives?.minorUnits)
      case (true, false):
        movement = .debit(
          from: from, to: to == "spent" ? .dissipated : .asset(to), amount: units,
          isCoordinated: words.last == "co-ordinated")
      case (false, true) where from == "interest": movement = .interest(to: to, amount: units)
      case (false, true):
        let sourceClass = SourceClassCode(from)
        if !ledger.classes.contains(where: { $0.code == sourceClass }) {
          ledger.classes.append(LedgerClass(sourceClass, isTainted: tainted.contains(from)))
        }
        movement = .credit(to: to, amount: units, sourceClass: sourceClass)
      case (false, false): throw Mistake(line: String(line))
      }
      ledger.steps.append(
        LedgerStep(sequence: ledger.steps.count + 1, date: date, movement: movement))
    }
  }

  private static func isAccount(_ name: String) -> Bool {
    name.unicodeScalars.first?.properties.isUppercase ?? false
  }

  /// Tainted of whole, for each place that holds money: assets and spent money first, as used, then
  /// accounts.
  static func table(_ outcome: LedgerOutcome) -> String {
    var names: [String] = []
    var sums: [String: (tainted: Money, whole: Money)] = [:]
    let others = outcome.rows.filter { if case .account = $0.place { false } else { true } }
    for row in others + outcome.rows.filter({ if case .account = $0.place { true } else { false } })
    {
      let name =
        switch row.place {
        case .dissipated: "spent"
        case .debtDischarge: "debt"
        default: row.place.title.replacingOccurrences(of: "asset ", with: "")
        }
      if sums[name] == nil { names.append(name) }
      let zero = Money.zero(row.amount.currency)
      var sum = sums[name] ?? (zero, zero)
      sum.whole += row.amount
      if row.isTainted { sum.tainted += row.amount }
      sums[name] = sum
    }
    return names.compactMap { name in
      sums[name].map { "\(name) \($0.tainted.decimalText) of \($0.whole.decimalText)" }
    }.joined(separator: "\n")
  }
}

extension TracingCatalogue {
  static func named(_ name: String) throws -> any TracingMethod { try method(named: name) }
}
