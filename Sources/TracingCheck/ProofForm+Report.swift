// What is checked of a proof: the rows, and each chain behind them.

extension ProofForm {
  /// Computes the ledger anew and compares rows and chains.
  /// - Throws: `Refusal` when the ledger of the proof cannot be traced.
  public func report() throws(Refusal) -> CheckReport {
    let outcome = try CheckOutcome(of: ledger)
    var report = CheckReport()
    report.notChecked = [
      "the hash of the ledger's text (ledger_sha256)", "the sources of its steps",
      "the days of a chain beyond the order of its steps",
      "what had left where money was converted or an asset sold (left)",
    ]
    compareRows(results, with: outcome.rows, into: &report)
    if let shares {
      var computed: [CheckRow] = []
      for account in ledger.accounts {
        computed += try outcome.contributionShares(of: account.name)
      }
      compareRows(shares, with: computed, into: &report)
    }
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

  private func compareRows(
    _ results: [CheckRow], with computed: [CheckRow], into report: inout CheckReport
  ) {
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
      let before = index > 0 ? chain.links[index - 1] : nil
      if let before, before.to != link.from {
        wrong("step \(link.sequence) leaves from \(link.from), not from \(before.to)")
      }
      let most: Units
      if link.sequence == 0 {
        // An opening balance can only be where a chain begins.
        if before != nil { wrong("an opening balance stands in the middle") }
        most = opening(of: chain.sourceClass, on: link)
      } else if let position = checker.order[link.sequence] {
        if let before, let earlier = checker.order[before.sequence], earlier > position {
          wrong("step \(link.sequence) stands after step \(before.sequence), which is later")
        }
        for name in [link.from, link.to] where checker.accounts[name] != nil {
          if !(checker.booked[link.sequence] ?? []).contains(name) {
            wrong("step \(link.sequence) is not booked on \(name)")
          }
        }
        most = checker.most(of: chain.sourceClass, in: link.currency, by: link.sequence)
      } else {
        wrong("names step \(link.sequence), which the ledger has not")
        continue
      }
      if link.amount > most {
        wrong("step \(link.sequence) carries more of the class than it moved")
      }
    }
  }

  private func opening(of sourceClass: String, on link: Chain.Link) -> Units {
    ledger.accounts.filter { $0.name == link.to && $0.currency == link.currency }
      .flatMap(\.opening).filter { $0.sourceClass == sourceClass }
      .reduce(Units(0)) { $0 + $1.amount }
  }

  /// The chains of a place and class make up its row, when the file has chains and leaves none out.
  /// Under `poison` one class may have a tainted and a clean row at a place; chains do not say which.
  private func compareSums(into report: inout CheckReport) {
    func isOf(_ row: CheckRow, _ place: String, _ sourceClass: String, _ currency: String) -> Bool {
      row.place == place && row.sourceClass == sourceClass && row.currency == currency
    }
    for chain in chains {
      let rows = results.filter { isOf($0, chain.place, chain.sourceClass, chain.currency) }
      if rows.isEmpty {
        report.differences.append("\(chain.name): leads to a row that is not in the file")
      } else if let stated = chain.isTainted, !rows.contains(where: { $0.isTainted == stated }) {
        report.differences.append(
          "\(chain.name): is called \(stated ? "tainted" : "clean"), its row is "
            + (stated ? "clean" : "tainted"))
      }
    }
    guard hasChains, chainsLeftOut == 0 else { return }
    for row in results where row.isTainted {
      report.figures += 1
      let sum = chains.filter { isOf(row, $0.place, $0.sourceClass, $0.currency) }
        .reduce(Units(0)) { $0 + $1.amount }
      let both = results.filter { isOf($0, row.place, row.sourceClass, row.currency) }
        .reduce(Units(0)) { $0 + $1.amount }
      if sum != row.amount, sum != both {
        report.differences.append(
          "\(name(row)): its chains sum to "
            + "\(decimalText(sum, places: ledger.places[row.currency] ?? 0)) of \(text(row))")
      }
    }
  }
}
