// The confiscation file, with or without conviction: fifteen sections in the order of
// confiscation.md §2.1, each filled or saying what is missing.

import CaseModel

/// Draws up the confiscation file of one track as a tree of cited blocks.
///
/// Pure: the same values give the same tree. Words come from `Templates/`, figures from the stages
/// before; this function only chooses and orders sentences. It refuses rather than leave out: an
/// uncited statement of fact, a barred word, a fact that helps the respondent and is missing from
/// the candour section, or rows that do not add up, all throw.
///
/// - Parameters:
///   - track: which of the two files; must be the proposal's own.
///   - findings: printed without any measure of suspicion, in the order given.
/// - Throws: `DossierError`.
public func confiscationFile(
  track: Track, caseFile: CaseFile, proposal: Proposal, run: TracingRun, findings: [Finding],
  manifest: Manifest
) throws -> Document {
  guard track == proposal.track else {
    throw DossierError.track(asked: track.rawValue, proposed: proposal.track.rawValue)
  }
  let drafting = Drafting(
    track: track, caseFile: caseFile, proposal: proposal, run: run, findings: findings,
    manifest: manifest, wording: try Wording(language: "en"))
  try drafting.checkCandour()
  try drafting.checkTotals()
  let document = Document(
    kind: track.rawValue + "-file",
    title: try drafting.wording.title("document.\(track.rawValue)"),
    subtitle: caseFile.matter.title,
    matter: caseFile.matter.code,
    language: try drafting.wording.label("language"),
    watermark: try drafting.wording.label("watermark"),
    audience: try drafting.wording.label("audience"),
    cover: try drafting.coverFields(),
    sections: try [
      drafting.status(), drafting.parties(), drafting.legalBasis(), drafting.offence(),
      drafting.narrative(), drafting.benefit(), drafting.assets(), drafting.instrumentalities(),
      drafting.thirdParties(), drafting.preservation(), drafting.victims(),
      drafting.foreignProperty(), drafting.candour(), drafting.draftOrder(), drafting.exhibits(),
    ],
    manifest: manifest)
  try BarredWords(language: "en").check(document)
  return document
}

extension Drafting {
  func coverFields() throws -> [Document.Field] {
    try [
      field("matter", [.strong(matter.code.text)]),
      field("office", text(matter.office)),
      field("kind", text(wording.label("track.\(track.rawValue)"))),
      field("profile", text("\(manifest.profile), \(manifest.profileVersion)")),
      field("verifier", wording.frame("cover.verifier")),
      field("as-of", day(manifest.asOf)),
      field(
        "method",
        text(
          "\(run.methodTitle) (\(run.method)), \(wording.word("same-day", run.sameDayOrder.rawValue))"
        )),
      field("readers", text(wording.label("audience"))),
      field("program", text("\(manifest.program) \(manifest.version)")),
      field("run", text(manifest.runHash.hex)),
    ]
  }

  /// Section 1: what this draft is, whether it may go forward, and its main amounts.
  func status() throws -> Section {
    var blocks: [Block] = [
      try paragraph("status.nature"), try paragraph("status.advice", ["day": day(manifest.asOf)]),
    ]
    if !proposal.isOpen {
      blocks.append(
        .callout(
          .warning,
          try wording.fact(
            "status.closed",
            ["refusal": text(proposal.refusal), "sources": [.sources([matter.source])]])))
    }
    var rows: [Table.Row] = []
    func row(_ label: String, _ figures: [Figure], _ none: String) throws {
      if figures.isEmpty {
        rows.append(Table.Row([text(try wording.label(label)), text(try wording.label(none))]))
      }
      for (place, one) in figures.enumerated() {
        rows.append(Table.Row([place == 0 ? text(try wording.label(label)) : [], [.figure(one)]]))
      }
    }
    if let benefit = proposal.benefit {
      try row("benefit-per-currency", benefit.perCurrency, "none")
      try row("benefit-total", benefit.total.map { [$0] } ?? [], "no-rate")
    } else {
      try row("benefit-total", [], "not-computed")
    }
    try row("claimed-per-currency", proposal.claimedPerCurrency, "none")
    try row("claimed-total", proposal.claimedTotal.map { [$0] } ?? [], "no-rate")
    if track == .convictionBased {
      try row("value-order", proposal.valueOrder.map { [$0] } ?? [], "not-computed")
    }
    blocks.append(
      .table(
        Table(
          anchor: "key-figures", caption: try wording.title("key-figures"),
          columns: [
            .init(try wording.label("column.what"), weight: 5),
            .init(try wording.label("column.amount"), weight: 4, .right),
          ], rows: rows, note: try wording.frame("note.figures"))))
    let unreconciled = caseFile.statements.filter {
      $0.status == .unreconciled || $0.status == .incomplete
    }
    if !caseFile.gaps.isEmpty || !unreconciled.isEmpty {
      blocks.append(
        .callout(
          .warning,
          try wording.fact(
            "status.limits",
            [
              "gaps": text(String(caseFile.gaps.count)),
              "statements": text(String(unreconciled.count)),
              "sources": [
                .sources(
                  Set(caseFile.gaps.flatMap(\.sources) + unreconciled.map(\.source)).sorted())
              ],
            ])))
    }
    return try section("status", blocks)
  }

  /// Every amount claimed is one of the rows, or the file is not printed.
  func checkTotals() throws {
    let claimed = proposal.assets.compactMap(\.claimed).map(\.amount)
    let currencies = Set(
      claimed.map(\.currency) + proposal.claimedPerCurrency.map(\.amount.currency))
    for currency in currencies.sorted() {
      let rows = claimed.filter { $0.currency == currency }.sum(in: currency)
      let stated = proposal.claimedPerCurrency.map(\.amount).filter { $0.currency == currency }
        .sum(in: currency)
      guard rows == stated else {
        throw DossierError.totals(
          what: "claimed amounts in \(currency)", rows: rows.description, total: stated.description)
      }
    }
  }
}
