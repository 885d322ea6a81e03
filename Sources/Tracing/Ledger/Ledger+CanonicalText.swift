// The canonical text of a ledger and its SHA-256: two ledgers are the same iff the texts are.

public import CaseModel
import Digests

extension Ledger {
  /// One line a class, account, opening lot and step, fields separated by tabs.
  ///
  /// Holds nothing that depends on a store: sources appear as file hash and place, never as numbers
  /// of rows. Backslash, tab and line breaks inside a field are escaped.
  public var canonicalText: String {
    var lines = ["moneytrail-ledger\t1"]
    for each in classes {
      lines.append(line("class", each.code.text, each.isTainted ? "tainted" : "clean"))
    }
    for account in accounts {
      lines.append(
        line(
          [
            "account", account.name, account.currency.code, "\(account.currency.exponent)",
            "\(account.openingDebt)", account.opensOn?.description ?? "-",
          ] + (account.mayOwe ? [] : ["never owes"])))
      for lot in account.opening {
        lines.append(
          line("opening", account.name, lot.sourceClass.text, "\(lot.amount)", text(lot.sources)))
      }
    }
    let ordered = steps.sorted {
      ($0.date, $0.phase, $0.sequence) < ($1.date, $1.phase, $1.sequence)
    }
    for step in ordered {
      lines.append(
        line(
          ["step", "\(step.sequence)", step.date.description, "\(step.phase)"]
            + step.movement.canonicalFields + [text(step.sources)]))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// SHA-256 over the UTF-8 of `canonicalText`.
  public var ledgerHash: ContentHash { ContentHash(of: canonicalText) }

  private func line(_ fields: String...) -> String { line(fields) }
  private func line(_ fields: [String]) -> String {
    fields.map(Self.escaped).joined(separator: "\t")
  }

  private func text(_ sources: [SourceRef]) -> String {
    sources.sorted().map { "\($0.file.hex) \($0.label) \($0.locator.text)" }.joined(separator: "; ")
  }

  private static func escaped(_ field: String) -> String {
    guard field.utf8.contains(where: { $0 == 0x5C || $0 == 9 || $0 == 10 || $0 == 13 }) else {
      return field
    }
    var result = ""
    for scalar in field.unicodeScalars {
      switch scalar {
      case "\\": result += "\\\\"
      case "\t": result += "\\t"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}

extension Movement {
  fileprivate var canonicalFields: [String] {
    switch self {
    case .credit(let to, let amount, let sourceClass, let restores):
      ["credit", to, "\(amount)", sourceClass.text, restores ? "restores" : "-"]
    case .debit(let from, let to, let amount, let isCoordinated):
      ["debit", from] + to.canonicalFields + ["\(amount)", isCoordinated ? "coordinated" : "-"]
    case .transfer(let from, let to, let amount, let credited, let obtainedAs):
      [
        "transfer", from, to, "\(amount)", credited.map { "\($0)" } ?? "-",
        obtainedAs.map { "as " + $0.text } ?? "-",
      ]
    case .departure(let from, let transit, let amount):
      ["departure", from, transit, "\(amount)"]
    case .arrival(let transit, let to, let amount, let obtainedAs):
      ["arrival", transit, to, "\(amount)", obtainedAs.map { "as " + $0.text } ?? "-"]
    case .interest(let to, let amount): ["interest", to, "\(amount)"]
    case .fee(let from, let amount): ["fee", from, "\(amount)"]
    case .reversal(let of, let amount): ["reversal", "\(of)", "\(amount)"]
    case .sale(let asset, let to, let amount, let fraction):
      ["sale", asset, to, "\(amount)", "\(fraction.numerator)/\(fraction.denominator)"]
    case .gap(let account, let balance, let sourceClass):
      ["gap", account, "\(balance)", sourceClass.text]
    }
  }
}

extension Destination {
  fileprivate var canonicalFields: [String] {
    switch self {
    case .asset(let name): ["asset", name]
    case .dissipated: ["dissipated", "-"]
    case .outside(let name): ["outside", name]
    case .untraced(let name): ["untraced", name]
    }
  }
}
