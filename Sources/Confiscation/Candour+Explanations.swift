// The best innocent account of each asset and each finding, with what supports it.

import CaseModel

extension CandourBuilder {
  /// One point an item, by code, then one a finding, in the order given. None is empty: where
  /// nothing was found the point says what was searched.
  func otherExplanations() throws -> [Candour.Point] {
    try matter.property.sorted { $0.code < $1.code }.map(explanation)
      + explanationsOfFindings
  }

  /// Facts that help the respondent without explaining where an item came from.
  private static let otherHeadings: Set<String> = [
    "hardship", "proportionality", "prior-proceedings",
  ]

  private func explanation(of item: PropertyItem) throws -> Candour.Point {
    let facts = wall.usable.filter {
      $0.helpsRespondent && $0.property.contains(item.code)
        && !Self.otherHeadings.contains($0.topic)
    }
    let traced = try TracedMoney(
      in: item, run: run, index: index, currency: nil, reaches: rules.reaches)
    let clean = traced.claims.filter {
      !$0.isTainted && $0.sourceClass != TracedMoney.borrowedClass
    }
    var texts = facts.map(\.statement)
    var sources = facts.map(\.source)
    let byCurrency = Dictionary(grouping: clean, by: \.amount.amount.currency)
    for (currency, claims) in byCurrency.sorted(by: { $0.key < $1.key }) {
      try refuseOverflow(claims.map(\.amount.amount), at: "clean money in \(item.code)")
      let sum = claims.map(\.amount.amount).sum(in: currency)
      guard sum.minorUnits > 0 else { continue }
      texts.append(
        "The records show \(sum.text) from other sources in it; it may have been paid for from them."
      )
      sources += claims.flatMap(\.amount.sources)
    }
    guard !texts.isEmpty else {
      return none(
        "\(item.code): none found after search of \(index.caseFile.entries.count) entries, the "
          + "sources of every payment traced into it and \(wall.usable.count) facts.")
    }
    return Candour.Point(
      text: "\(item.code): " + texts.joined(separator: " "), sources: Set(sources).sorted())
  }

  /// Findings that one explanation fits share a point, which counts them and rests on all lines.
  private var explanationsOfFindings: [Candour.Point] {
    var order: [String] = []
    var groups: [String: [Finding]] = [:]
    for finding in findings {
      let key = text(of: [finding])
      if groups[key] == nil { order.append(key) }
      groups[key, default: []].append(finding)
    }
    return order.compactMap { groups[$0] }.map { group in
      Candour.Point(
        text: text(of: group),
        sources: Set(group.flatMap(\.entries).compactMap { index.entry($0)?.source }).sorted())
    }
  }

  private func text(of group: [Finding]) -> String {
    guard let finding = group.first else { return "" }
    var text = "\(finding.detector) (\(finding.title)"
    text += group.count == 1 ? "): " : ", \(group.count) findings): "
    text +=
      finding.innocentExplanations.isEmpty
      ? "none found after search of the entries that show it."
      : "it may also be explained so: " + sentences(finding.innocentExplanations)
    if !finding.cautionsChecked.isEmpty {
      text += " Checked: " + sentences(finding.cautionsChecked)
    }
    return text
  }

  private func sentences(_ parts: [String]) -> String {
    let joined = parts.map { $0.hasSuffix(".") ? String($0.dropLast()) : $0 }.joined(
      separator: "; ")
    return joined + "."
  }
}
