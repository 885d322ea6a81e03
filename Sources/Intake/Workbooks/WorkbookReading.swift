import CaseModel

/// Reads the sheets of a workbook through the mapping profiles of delimited text (formats.md §4.1).
struct WorkbookReading {
  let file: InputFile
  let source: any SheetSource
  let options: ReadingOptions
  let sink: any StatementSink

  /// Reads every chosen sheet; the others are named in the report.
  /// - Throws: `FileRefusal` when no sheet, or no single one, is meant.
  func run() throws {
    let stated = try options.profile.map { try ProfileLibrary.profile($0, file: file.name) }
    let choice = try SheetChoice(of: source, stated: stated, file: file, limits: options.limits)
    for (name, reason) in choice.leftAside {
      try sink.report(
        Issue(
          .warning, "W-SHEET", file: file.name,
          at: Locator(text: CellName.sheet(name), ordinal: 0), found: reason,
          expected: "not imported; state sheet: with its name in the profile to read it"))
    }
    for picked in choice.picked { try read(picked, stated) }
  }

  private func read(_ picked: SheetChoice.Picked, _ stated: MappingProfile?) throws {
    let profile = picked.profile
    let text = try text(of: picked)
    let notes = text.notes
    let mapped = SheetSink(sink, notes: notes, sheet: picked.index)
    var options = options
    if stated == nil { options.profile = profile?.name }
    options.inexactCells = notes.inexact
    let content = InputFile(
      name: file.name, sha256: file.sha256, bytes: text.bytes, container: file.container)
    do { try Delimited().read(content, options: options, into: mapped) } catch let refusal
      as FileRefusal
    {
      throw FileRefusal(refusal.issues.map(mapped.issue))
    } catch let issue as Issue {
      throw FileRefusal([mapped.issue(issue)])
    }
    try report(notes)
  }

  /// The chosen sheet as delimited text.
  func text(of picked: SheetChoice.Picked) throws -> SheetText {
    let profile = picked.profile
    guard profile?.quote != 0 else {
      throw FileRefusal([
        Issue(
          .error, "E-PROFILE", file: file.name, at: Locator(text: "profile", ordinal: 0),
          found: "quote: none", expected: "a quote; the rows of a workbook are written with one")
      ])
    }
    var text = SheetText(
      profile, sheet: picked.name, width: picked.width, timed: picked.timed,
      includesHidden: profile?.includesHiddenRows ?? false,
      bytesMax: options.limits.archive.totalBytesMax)
    do {
      try source.rows(of: picked.index) { row in
        try text.add(row)
        return true
      }
    } catch is SheetText.SheetTooLarge {
      throw FileRefusal([
        Issue(
          .error, "E-SIZE", file: file.name,
          at: Locator(text: CellName.sheet(picked.name), ordinal: 0),
          found: "a sheet of more than \(options.limits.archive.totalBytesMax) bytes of text",
          expected: "at most that; split the sheet, or state the size of a bulk production")
      ])
    }
    return text
  }

  /// Formulas, rounding and hidden rows: one issue each, which names the cells.
  private func report(_ notes: SheetNotes) throws {
    let formulas = notes.formulas.keys.sorted().flatMap { row -> [String] in
      let unknown = notes.unknown[row] ?? []
      return (notes.formulas[row] ?? []).map(\.cell).filter { !unknown.contains($0) }
    }
    try report(
      "W-FORMULA", formulas, notes, found: "\(formulas.count) cells computed by a formula",
      expected: "values; the stored results are used, the formulas kept with the entries")
    try report(
      "W-ROUNDED", notes.rounded.map(\.cell), notes,
      found: notes.rounded.first.map { "'\($0.stored)', a number with binary noise" } ?? "",
      expected: "decimal digits; noise below 0.000000001 is cut off")
    guard !notes.hiddenRows.isEmpty else { return }
    try sink.skip(records: notes.hiddenRows.count)
    try sink.counted(records: notes.hiddenRows.count)
    try report(
      "W-HIDDEN", notes.hiddenRows.map { "\($0):\($0)" }, notes,
      found: "\(notes.hiddenRows.count) hidden rows",
      expected: "rows that are shown; not imported, state hidden-rows: import to read them")
  }

  private func report(
    _ code: String, _ cells: [String], _ notes: SheetNotes, found: String, expected: String
  ) throws {
    guard let first = cells.first else { return }
    let more = cells.dropFirst().prefix(7).joined(separator: ", ")
    let rest = cells.count > 8 ? " and \(cells.count - 8) more" : ""
    try sink.report(
      Issue(
        .warning, code, file: file.name,
        at: Locator(
          text: "\(notes.sheet)!\(first)" + (more.isEmpty ? "" : ", \(more)") + rest, ordinal: 0),
        found: found, expected: expected))
  }
}
