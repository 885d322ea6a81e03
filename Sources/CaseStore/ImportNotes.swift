import CaseModel
import Postgres

/// What only the store can say of a file that was brought in: where it contradicts what is there, and where
/// it tells of days that another file tells of, in lines that are not the same.
struct ImportNotes {
  let session: Session
  let input: ImportInput
  /// Contradictions listed one by one; then it is said that there are more.
  static let conflictsMax = 100

  /// `W-CONFLICT`, one a pair: both lines are kept, neither is chosen (formats.md §3.6). Reads the temporary
  /// table of the merge.
  func conflicts() throws -> [Issue] {
    let currencies = try CurrencyTable(session)
    var issues = try session.query(
      sql("list_import_conflicts"), [.int64(Int64(Self.conflictsMax + 1))]
    ) { row in
      let currency = try currencies.currency(try row.get(7))
      func line(_ amount: Int, _ day: Int) throws -> String {
        let money = Money(minorUnits: try row.get(amount), currency: currency)
        return try row.day(day).map { "\(money) on \($0)" } ?? "\(money)"
      }
      let place = "\(try row.get(8, as: String.self)): \(try row.get(9, as: String.self))"
      return Issue(
        .warning, "W-CONFLICT", file: input.file.name,
        at: Locator(text: try row.get(0), ordinal: try row.get(1)),
        found: "\(try line(2, 3)); \(place) says \(try line(5, 6)) "
          + "(\(try row.get(4, as: String.self)))",
        expected: "one content for one line; both are kept, none is chosen")
    }
    if issues.count > Self.conflictsMax {
      issues[Self.conflictsMax] = Issue(
        .warning, "W-CONFLICT", file: input.file.name, at: issues[Self.conflictsMax].locator,
        found: "more contradictions than the \(Self.conflictsMax) listed",
        expected: "one content for one line; all are kept")
    }
    return issues
  }

  /// `W-OVERLAP`, one for each account and other file: days that both tell of, and lines there that were not
  /// recognised as the same.
  ///
  /// Asked for the days of new lines; a day whose lines were all known needs no word.
  /// - Parameter base: the greatest entry before the import.
  func overlaps(file: Int64, after base: Int64) throws -> [Issue] {
    try session.query(sql("list_overlaps"), [.int64(file), .int64(base)]) { row in
      let place = Int(try row.get(0, as: Int32.self))
      let statement = input.statements.indices.contains(place) ? input.statements[place] : nil
      let label: String = try row.get(1)
      let (first, last) = (try row.day(3), try row.day(4))
      let days =
        first == last
        ? first?.description ?? "" : "\(first?.description ?? "") to \(last?.description ?? "")"
      let (new, theirs) = (try row.get(5, as: Int64.self), try row.get(6, as: Int64.self))
      let common = try row.get(7, as: Int64.self)
      return Issue(
        .warning, "W-OVERLAP", file: input.file.name, at: statement?.locator ?? .line(1),
        found:
          "account \(statement?.accountText ?? "—"), \(days): \(label) tells of these days too; "
          + "\(new) lines here and \(theirs) there were not recognised as the same, \(common) were",
        expected: "each line once; what may be the same is proposed by: links find")
    }
  }
}
