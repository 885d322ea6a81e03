// What is checked of a proof: the rows, and each chain behind them.

extension ProofForm {
  /// Computes the ledger anew and compares rows and chains.
  /// - Throws: `Refusal` when the ledger of the proof cannot be traced.
  public func report() throws(Refusal) -> CheckReport {
    let outcome = try CheckOutcome(of: ledger)
    var report = CheckReport()
    compareRows(with: outcome.rows, into: &report)
    for chain in chains { check(chain, with: outcome.checker, into: &report) }
    compareSums(into: &report)
    return report
  }

  private func text(_ row: CheckRow) -> String {
    "\(decimalText(row.amount, places: ledger.places[row.currency] ?? 0)) \(row.currency)"
  }

  private func name(_ row: CheckRow) -> String {
    "\(row.place), \(row.isTainted ? "tainted" : "clean") class \(row.sourceClass)"
  }

  private func compareRows(with computed: [CheckRow], into report: inout CheckReport) {
    func same(_ left: CheckRow, _ right: CheckRow) -> Bool {
      (left.place, left.sourceClass, left.currency) == (
        right.place, right.sourceClass, right.currency
      )
        && left.isTainted == right.isTainted
    }
    for (index, row) in results.enumerated() {
      report.figures += 1
      if results[..<index].contains(where: { same($0, row) }) {
        report.differences.append("\(name(row)): the row occurs twice")
      } else if let found = computed.first(where: { same($0, row) }) {
        if found.amount != row.amount {
          report.differences.append(
            "\(name(row)): stated as \(text(row)), computed as \(text(found))")
        }
      } else {
        report.differences.append("\(name(row)): stated as \(text(row)), computed as nothing")
      }
    }
    for row in computed where !results.contains(where: { same($0, row) }) {
      report.differences.append("\(name(row)): computed as \(text(row)), not in the file")
    }
  }

  private func check(_ chain: Chain, with checker: Checker, into report: inout CheckReport) {
    report.figures += 1
    func wrong(_ what: String) { report.differences.append("\(chain.name): \(what)") }
    guard !chain.links.isEmpty else { return wrong("has no links") }
    for (index, link) in chain.links.enumerated() {
      guard let position = checker.order[link.sequence] else {
        if link.sequence != 0 { wrong("names step \(link.sequence), which the ledger has not") }
        continue
      }
      if index > 0 {
        let before = chain.links[index - 1]
        if before.to != link.from {
          wrong("step \(link.sequence) leaves from \(link.from), not from \(before.to)")
        }
        if let earlier = checker.order[before.sequence], earlier > position {
          wrong("step \(link.sequence) stands after step \(before.sequence), which is later")
        }
      }
      let most = (checker.moved[link.sequence] ?? [])
        .filter { $0.sourceClass == chain.sourceClass && $0.currency == link.currency }
        .reduce(Units(0)) { $0 + $1.amount }
      if link.amount > most {
        wrong("step \(link.sequence) carries more of the class than it moved")
      }
    }
  }

  /// The chains of a place and class make up its row, when the file leaves none out.
  private func compareSums(into report: inout CheckReport) {
    guard !chains.isEmpty, chainsLeftOut == 0 else { return }
    for row in results where row.isTainted {
      report.figures += 1
      let sum = chains.filter {
        $0.place == row.place && $0.sourceClass == row.sourceClass && $0.currency == row.currency
      }.reduce(Units(0)) { $0 + $1.amount }
      if sum != row.amount {
        report.differences.append(
          "\(name(row)): its chains sum to "
            + decimalText(sum, places: ledger.places[row.currency] ?? 0)
            + " of \(text(row))")
      }
    }
    for chain in chains
    where !results.contains(where: {
      $0.place == chain.place && $0.sourceClass == chain.sourceClass
        && $0.currency == chain.currency
    }) {
      report.differences.append("\(chain.name): leads to a row that is not in the file")
    }
  }
}
