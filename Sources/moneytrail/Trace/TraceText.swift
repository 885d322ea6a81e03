import CaseModel
import Tracing

/// A trace as lines for a terminal. Persons appear as the store shows them: pseudonyms.
struct TraceText {
  private let accounts: [AccountID: Account]
  private let titles: PlaceTitles

  init(_ caseFile: CaseFile) {
    titles = PlaceTitles(caseFile)
    accounts = Dictionary(
      caseFile.accounts.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
  }

  func name(_ place: Place) -> String {
    switch place {
    case .account(let id): accounts[id]?.displayName ?? "—"
    case .asset(let code): "asset \(code)"
    case .untraced, .abroad, .cash, .debtDischarge, .dissipated: titles.title(of: place)
    }
  }

  func text(_ report: TraceReport) -> String {
    let run = report.run
    var parts = [
      "\(run.methodTitle) (\(run.method), \(run.sameDayOrder.rawValue)); ledger \(run.ledgerHash.hex.prefix(16))"
        + (report.start.map { "\n\($0)" } ?? "")
    ]
    if let proof = report.proof {
      parts.append(ProofText(title: name(proof.place)).text(proof))
    } else if let carried = report.carried {
      parts.append(self.carried(carried))
    } else if let funding = report.funding {
      parts.append(self.funding(funding))
    } else {
      parts.append(claims(run))
      parts.append(BoundsText(name: name).text(run))
    }
    if let ladder = report.ladder {
      parts.append(LadderText.text(ladder, leftOut: report.ladderLeftOut ?? 0))
    } else if let sensitivity = report.sensitivity, report.proof == nil {
      parts.append(self.sensitivity(sensitivity, at: run.sameDayOrder))
    }
    if report.proof == nil {
      parts.append(run.limits.map { "limit: \($0)".folded() }.joined(separator: "\n"))
    }
    return parts.filter { !$0.isEmpty }.joined(separator: "\n\n")
  }

  private func claims(_ run: TracingRun) -> String {
    var table = TextTable(["tainted value at", "source", "amount", "lines"], right: [2, 3])
    for claim in run.claims where claim.isTainted {
      table.add([
        name(claim.place), claim.sourceClass.text, claim.amount.amount.description,
        String(claim.amount.sources.count),
      ])
    }
    return table.isEmpty ? "no tainted value was traced" : table.text
  }

  private func carried(_ amounts: [CarriedAmount]) -> String {
    var table = TextTable(["units now at", "source", "", "amount"], right: [3])
    for one in amounts {
      table.add([
        name(one.place), one.sourceClass.text, one.isTainted ? "tainted" : "clean",
        one.amount.description,
      ])
    }
    return table.isEmpty ? "nothing is left of it: the payment was taken back in full" : table.text
  }

  private func funding(_ receipts: [FundingReceipt]) -> String {
    var table = TextTable(["received", "from", "on", "source", "", "part", "line"], right: [5])
    for one in receipts {
      table.add([
        one.date.description, one.from, one.to, one.sourceClass.text,
        one.isTainted ? "tainted" : "clean", one.amount.description,
        one.source.map { "\($0.label) \($0.locator)" } ?? "—",
      ])
    }
    return table.isEmpty ? "no receipt is behind it" : table.text
  }

  /// A row a place: between which amounts it lies over all methods and the three orders, then each
  /// method at the order of the run. Every figure stands in the JSON.
  private func sensitivity(_ table: SensitivityTable, at order: SameDayOrder) -> String {
    guard !table.rows.isEmpty else { return "" }
    var methods: [String] = []
    for column in table.columns where !methods.contains(column.method) {
      methods.append(column.method)
    }
    var text = TextTable(
      ["place", "lowest", "highest"] + methods, right: Set(1...(methods.count + 2)))
    var dependsOnOrder = false
    for row in table.rows {
      let ends = row.envelope
      let cells = methods.map { method in
        let ofMethod = table.columns.indices.filter { table.columns[$0].method == method }
        let isMoved = Set(ofMethod.map { row.tainted[$0] }).count > 1
        dependsOnOrder = dependsOnOrder || isMoved
        let shown = ofMethod.first { table.columns[$0].sameDayOrder == order } ?? ofMethod[0]
        return (row.tainted[shown]?.description ?? "—") + (isMoved ? "*" : " ")
      }
      text.add(
        [
          name(row.place), ends?.lowerBound.description ?? "—",
          ends.map { $0.lowerBound == $0.upperBound ? "same" : $0.upperBound.description } ?? "—",
        ] + cells)
    }
    return "What the other methods and same-day orders would give:\n" + text.text + "\n"
      + ("by \(order.rawValue); lowest and highest are over \(methods.count) methods and the three "
      + "same-day orders (bank_sequence, credits_first, debits_first)").folded()
      + (dependsOnOrder ? "\n* another of the three gives another amount: --json has all" : "")
  }
}
