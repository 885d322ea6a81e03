import CaseModel

/// A mapping profile proposed for a file that came without one, with the grounds of every guess and what
/// the file gives when it is read so. A person looks at it and saves it; nothing is stored.
public struct ProfileProposal: Sendable, Encodable {
  /// Why one setting is proposed as it is.
  public struct Ground: Sendable, Encodable, Hashable {
    public let setting: String
    public let value: String
    public let because: String
  }
  /// One row as it would be read.
  public struct Row: Sendable, Encodable, Hashable {
    public let place: String
    public let day: String
    public let amount: String
    public let balance: String
    public let counterparty: String
    public let purpose: String
  }
  /// A row that could not be read, or that does not follow from its neighbour.
  public struct Doubt: Sendable, Encodable, Hashable {
    public let place: String
    public let code: String
    public let reason: String
  }

  public let file: String
  /// The profile as `import --profile` takes it.
  public let yaml: String
  public let grounds: [Ground]
  /// The first twenty rows.
  public let firstRows: [Row]
  /// Rows set aside, and warnings that name rows; the first twenty.
  public let doubts: [Doubt]
  /// What the file holds when it is read so: counts, totals, balances and their check.
  public let inspection: Inspection
  /// Settings that the file does not decide and that may be left open.
  public let open: [String]

  enum CodingKeys: String, CodingKey {
    case file, yaml, grounds, doubts, inspection, open
    case firstRows = "first_rows"
  }
}

/// Proposes a profile for delimited text or a workbook (formats.md §4.1, the assistant).
///
/// - Parameter name: the new profile's name.
/// - Returns: A profile that gives the same reading when it is stated.
/// - Throws: `FileRefusal` or `Issue` where a column can be read in two ways: both readings are named,
///   none is chosen. Also for files of other formats, which need no profile.
/// - Complexity: O(*n*) in the bytes, a few passes.
public func proposeProfile(
  for file: InputFile, name: String, options: ReadingOptions = ReadingOptions()
) throws -> ProfileProposal {
  guard !Archives.isArchive(file), var view = try DelimitedView(file, options: options) else {
    throw Issue(
      .error, "E-PROFILE", file: file.name, at: Locator(text: "file", ordinal: 0),
      found: Archives.isArchive(file)
        ? "an archive of files" : "a format that is read without a profile",
      expected: "delimited text or a workbook; unpack an archive, inspect other formats")
  }
  let grounds = try ProposalGrounds(&view, receivedOn: options.receivedOn)
  if view.isDetected {
    view.profile.name = name
    view.profile.describes = "Proposed from \(file.name); look at it before use."
  }
  let yaml =
    view.isDetected
    ? ProfileText(profile: view.profile, header: grounds.header, sheet: view.sheet).text
    : options.profile.flatMap { ProfileLibrary.text(named: $0) ?? $0 }
      ?? ProfileLibrary.text(named: view.profile.name) ?? ""
  var stated = options
  stated.profile = yaml
  let result = readStatements(file: file, options: stated)
  if result.isRefused { throw FileRefusal(result.issues.filter { $0.severity == .error }) }
  let rows = result.statements.flatMap(\.entries)
    .sorted { $0.locator.ordinal < $1.locator.ordinal }.prefix(20)
  let doubts =
    result.quarantined.map {
      ProfileProposal.Doubt(place: $0.locator.text, code: $0.code, reason: $0.reason)
    }
    + result.issues.filter { $0.severity == .warning }.map {
      ProfileProposal.Doubt(place: $0.locator.text, code: $0.code, reason: $0.found)
    }
  return ProfileProposal(
    file: file.name, yaml: yaml, grounds: grounds.list,
    firstRows: rows.map {
      ProfileProposal.Row(
        place: $0.locator.text, day: ($0.bookedOn ?? $0.valueOn)?.description ?? "—",
        amount: $0.amount.description, balance: $0.balanceAfter?.description ?? "—",
        counterparty: Issue.escaped($0.counterparty.name ?? "—"),
        purpose: Issue.escaped($0.purpose ?? "—"))
    }, doubts: Array(doubts.prefix(20)), inspection: Inspection(result), open: grounds.open)
}
