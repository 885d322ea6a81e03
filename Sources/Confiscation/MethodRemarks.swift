// What must stand beside a traced figure: whether the methods agree, whether the highest was taken, and
// what it depends on. Source: confiscation.md §4.1, experience.md N2, N13, N15.

import CaseModel

extension SlicingRules {
  /// The lowest and highest traced sum of an item over all methods and orders compared.
  func envelope(
    of item: PropertyItem, _ traced: TracedMoney, _ table: SensitivityTable
  ) -> MethodEnvelope? {
    table.envelope(at: index.caseFile.places(of: item), in: traced.currency)
  }

  /// Why the traced figure of an item is no single sum: the order within a day, missing records.
  func dependence(
    of item: PropertyItem, _ traced: TracedMoney, _ run: TracingRun
  ) -> [String] {
    func sentences(_ interval: TracedInterval?, _ what: String) -> [String] {
      guard let interval, !interval.isPoint else { return [] }
      let kind = interval.isExact ? "" : " (outer limits; the true range may be narrower)"
      return ["The traced sum depends on \(what): \(interval.text)\(kind)."]
    }
    return run.bounds(at: index.caseFile.places(of: item), in: traced.currency).flatMap { one in
      sentences(one.overOrders, "the order of the entries of a day")
        + sentences(one.overRecords, "records that are missing or do not agree")
    }
  }

  /// The remarks of an item's row.
  func methodRemarks(
    _ item: PropertyItem, _ traced: TracedMoney, run: TracingRun, _ table: SensitivityTable
  ) -> [String] {
    var remarks: [String] = []
    let method = index.matter.method(of: item.code, besides: run.method)
    if method != run.method {
      remarks.append(
        "Traced by \(method), not by \(run.method): a signed override, see the choice of method.")
    }
    if let range = envelope(of: item, traced, table) {
      let own = run.tainted(at: index.caseFile.places(of: item), in: range.highest.currency)
      if range.agrees {
        remarks.append("All methods and orders compared trace the same sum into it.")
      } else if own == range.highest {
        remarks.append(
          "The traced sum, \(own.text), is the highest of those compared, which go down to "
            + "\(range.lowest.text).")
      }
    }
    return remarks + dependence(of: item, traced, run)
  }
}

extension CandourBuilder {
  /// Who chose the method and why, and every item that has another one, as signed (N3).
  func methodReasons() throws -> [Candour.Point] {
    guard let facts = matter.tracing else { return [] }
    var points: [Candour.Point] = []
    if let choice = facts.choice {
      points.append(
        Candour.Point(
          text: choice.method == run.method
            ? "The case sheet chose it for this reason: \(choice.reason)"
            : "The case sheet chose \(choice.method) (\(choice.reason)); this run was asked for "
              + "\(run.method).", sources: [choice.source]))
    }
    let chains = TracingChains(of: run, in: index.caseFile)
    for one in facts.overrides.sorted(by: { $0.property < $1.property })
    where one.method != run.method {
      let mates = chains.mates(of: one.property).filter {
        matter.method(of: $0, besides: run.method) != one.method
      }
      points.append(
        Candour.Point(
          text: "\(one.property) is traced by \(one.method) and not by \(run.method). Reason: "
            + "\(one.reason) Signed by \(one.signedBy) on \(one.signedOn)."
            + (mates.isEmpty
              ? ""
              : " Of the same chain of money and traced by another method: "
                + mates.map(\.text).joined(separator: ", ") + "."),
          sources: [one.source]))
    }
    return points
  }

  /// What the methods compared give for each item, and whether this file took the highest.
  func envelopes() throws -> [Candour.Point] {
    try schedule.assets.sorted { $0.item.code < $1.item.code }.compactMap { asset in
      let traced = try TracedMoney(
        in: asset.item, run: run, index: index, currency: asset.netValue?.amount.currency,
        reaches: rules.reaches)
      guard let range = rules.envelope(of: asset.item, traced, sensitivity) else { return nil }
      if range.agrees {
        return none(
          "\(asset.item.code): all methods and orders compared trace \(range.highest.text).")
      }
      let own = run.tainted(
        at: index.caseFile.places(of: asset.item), in: range.highest.currency)
      let text =
        "\(asset.item.code): the methods and orders compared trace between "
        + "\(range.lowest.text) and \(range.highest.text)"
      return none(
        own == range.highest ? text + "; this file takes the highest of them." : text + ".")
    }
  }
}
