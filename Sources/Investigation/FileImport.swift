import CaseModel
import CaseStore
import Digests
import Intake

/// Brings one received file into the store, whatever it is: bank records, a case sheet, a sealed sheet.
///
/// One file is one transaction. What is refused is kept as bytes with its reasons, and nothing else.
public struct FileImport: Sendable {
  let store: Store
  let program: String

  /// What the operator states about a file.
  public struct Receipt: Sendable {
    public var profile: String?
    public var isStrict: Bool
    public var exhibit: String?
    public var authority: String?
    public var custodian: String?
    public var receivedOn: CivilDate?
    public var limits = ReadingOptions.Limits()

    public init(
      profile: String? = nil, isStrict: Bool = false, exhibit: String? = nil,
      authority: String? = nil, custodian: String? = nil, receivedOn: CivilDate? = nil
    ) {
      self.profile = profile
      self.isStrict = isStrict
      self.exhibit = exhibit
      self.authority = authority
      self.custodian = custodian
      self.receivedOn = receivedOn
    }
  }

  /// What one import did.
  public struct Report: Sendable, Encodable {
    public let file: String
    public let format: String
    public let outcome: ImportReport.Outcome
    public let statements: Int
    public let read: Int
    public let stored: Int
    public let known: Int
    public let quarantined: Int
    public let skipped: Int
    public let conflicts: Int
    public let reconciled: Int
    public let unreconciled: Int
    /// How many of the records stored or known are payment records, and how many stated entities.
    public let payments: Int
    public let entities: Int
    /// The matter, when the file was its case sheet.
    public let matter: String?
    /// For a copy: what the first receipt of the same bytes is called, by its exhibit mark, else its name.
    public let copyOf: String?
    public let issues: [Issue]

    enum CodingKeys: String, CodingKey {
      case file, format, outcome, statements, read, stored, known, quarantined, skipped, conflicts
      case reconciled, unreconciled, payments, entities, matter, issues
      case copyOf = "copy_of"
    }

    /// A container: its records are those of its members, which have reports of their own.
    public var isContainer: Bool { format == Archive().name }

    /// Nothing of the file was refused or set aside: no record, no statement, no member.
    public var isWhole: Bool {
      outcome != .refused && quarantined == 0 && !issues.contains { $0.severity == .error }
    }
  }

  /// From here on a file's records are stored while they are read, and none is held.
  public static let streamedBytes = 4 << 20

  let scratch: (any Scratch)?
  let threads: Int
  let streamsFrom: Int

  /// - Parameters:
  ///   - scratch: room for long texts that have to be decoded; nil: memory.
  ///   - threads: that may read one file.
  ///   - streamsFrom: bytes from which on records are not held.
  public init(
    into store: Store, program: String, scratch: (any Scratch)? = nil, threads: Int = 1,
    streamsFrom: Int = streamedBytes
  ) {
    self.store = store
    self.program = program
    self.scratch = scratch
    self.threads = threads
    self.streamsFrom = streamsFrom
  }

  /// - Parameter progress: told how far the import has come, from any thread.
  /// - Throws: `FileRefusal` for a sheet with mistakes; `StoreError` or `PostgresError` when the store
  ///   cannot take it. Then nothing of the file is stored.
  public func bring(
    _ file: InputFile, _ receipt: Receipt = Receipt(),
    progress: (@Sendable (ImportProgress) -> Void)? = nil
  ) async throws -> Report {
    switch sheetKind(of: file) {
    case .caseSheet: return try await bringCaseSheet(file, receipt)
    case .sealedIdentities: return try await bringSealedSheet(file)
    case nil: return try await bringRecords(file, receipt, progress)
    }
  }

  /// A file's name as the store keeps it: without folders, so a member of an archive is
  /// `archive.zip > member.csv`.
  public static func storedName(of file: InputFile) -> String {
    file.name.replacing("/", with: " > ")
  }

  private func received(_ file: InputFile, _ receipt: Receipt, format: String, parser: String)
    -> ReceivedFile
  {
    ReceivedFile(
      sha256: file.sha256, name: Self.storedName(of: file), byteCount: Int64(file.byteCount),
      format: format,
      exhibit: receipt.exhibit, authority: receipt.authority, custodian: receipt.custodian,
      receivedOn: receipt.receivedOn, parser: parser)
  }

  /// Brings the files of one production set, the table of booked lines first (`ProductionSet.groups`).
  ///
  /// The set is read before anything is stored, and everything it holds stands with that first file. The
  /// other members are stored before it, as bytes and a note, so that no record stands in the store whose
  /// set is not all there; when the set is refused each member is kept with the reason and nothing else.
  /// - Returns: One report a file, in the order given.
  public func bring(
    set files: [InputFile], _ receipt: Receipt = Receipt(),
    progress: (@Sendable (ImportProgress) -> Void)? = nil
  ) async throws -> [Report] {
    guard let main = files.first, files.count > 1,
      ProductionSet.isMember(main, profile: receipt.profile)
    else {
      // Names alike, and no set by what is in them: each file for itself.
      var reports: [Report] = []
      for file in files { reports.append(try await bring(file, receipt, progress: progress)) }
      return reports
    }
    var options = options(receipt)
    options.companions = Array(files.dropFirst())
    let result = readStatements(file: main, options: options, strict: receipt.isStrict)
    var reports: [Report] = []
    for member in files.dropFirst() {
      let issue =
        result.isRefused || result.nothingUsable != nil
        ? Issue(
          .error, "E-SET", file: member.name, at: .line(1),
          found: "a member of a set that was refused, see \(main.name)",
          expected: "the whole set in order; nothing of it is stored")
        : Issue(
          .note, "N-SET", file: member.name, at: .line(1), found: "a member of a set",
          expected: "its records stand with \(main.name)")
      let empty = ReadResult(member: member, of: result, issue: issue)
      reports.append(try await store(input(empty, member, receipt), of: member))
    }
    return [try await store(input(result, main, receipt), of: main)] + reports
  }

  private func options(_ receipt: Receipt) -> ReadingOptions {
    var options = ReadingOptions(
      profile: receipt.profile, limits: receipt.limits, receivedOn: receipt.receivedOn)
    options.scratch = scratch
    options.threads = threads
    return options
  }

  private func bringRecords(
    _ file: InputFile, _ receipt: Receipt, _ progress: (@Sendable (ImportProgress) -> Void)?
  ) async throws -> Report {
    // A copy of what is there is recognised by its hash, and a long one is not read for that.
    if file.byteCount >= streamsFrom,
      let known = try await store.importedFormat(of: file.sha256)
    {
      let copy = ImportInput(
        file: received(file, receipt, format: known.format, parser: known.parser), content: file,
        profileSHA256: receipt.profile.map { ContentHash(of: $0) }, program: program, recordsRead: 0
      )
      return try await store(copy, of: file)
    }
    var options = options(receipt)
    let total = Int64(file.byteCount)
    options.progress = { done in
      progress?(ImportProgress(phase: .reading, bytesDone: Int64(done), bytesTotal: total))
    }
    var input: ImportInput
    if file.byteCount >= streamsFrom,
      let survey = try? surveyStatements(
        file: file, options: options, strict: receipt.isStrict, forImport: true)
    {
      input = self.input(survey, file, receipt)
    } else {
      input = self.input(
        readStatements(file: file, options: options, strict: receipt.isStrict), file, receipt)
    }
    input.progress = progress
    return try await store(input, of: file)
  }

  private func store(_ input: ImportInput, of file: InputFile) async throws -> Report {
    let report: ImportReport
    do {
      report = try await store.importFile(input)
    } catch let error as StoreError where error.isAboutTheFile {
      // One file the store cannot take must not end the import of the others.
      throw FileRefusal([
        Issue(
          .error, "E-STORE", file: file.name, at: .line(1), found: "\(error)",
          expected: "a file the store can take; nothing of it was stored")
      ])
    }
    // Of a copy nothing was taken, so nothing of this reading is reported: it may be by another profile.
    let isCopy = report.outcome == .copy
    let statuses = isCopy ? [] : input.statements.map(\.status)
    let isFruitless =
      report.outcome == .refused
      && input.issues.contains { $0.code == Issue.nothingUsableCode }
    return Report(
      file: file.name, format: input.file.format, outcome: report.outcome,
      statements: report.statements, read: isFruitless ? input.recordsRead : report.read,
      stored: report.stored, known: report.known,
      quarantined: isFruitless ? input.recordsRead - input.skipped : report.quarantined,
      skipped: isFruitless ? input.skipped : report.skipped, conflicts: report.conflicts,
      reconciled: statuses.count { $0 == .reconciled },
      unreconciled: statuses.count { $0 == .unreconciled },
      payments: report.records.paymentsStored + report.records.paymentsKnown,
      entities: report.records.entitiesStored + report.records.entitiesKnown, matter: nil,
      copyOf: isCopy ? try await store.importedFile(named: file.sha256.hex).label : nil,
      issues: isCopy ? report.issues : input.issues + report.issues)
  }

  private func input(
    _ result: ReadResult, _ file: InputFile, _ receipt: Receipt
  ) -> ImportInput {
    let nothing = result.nothingUsable
    return ImportInput(
      file: received(file, receipt, format: result.format, parser: result.parser),
      content: file, profileSHA256: receipt.profile.map { ContentHash(of: $0) },
      program: program, statements: result.statements, payments: result.payments,
      entities: result.entities, issues: result.issues + [nothing].compactMap { $0 },
      quarantined: result.quarantined.map(QuarantinedRow.init),
      skipped: result.skippedRecords, recordsRead: result.recordsRead,
      isRefused: result.isRefused || nothing != nil)
  }

  /// The same for a file whose records are read again while they are stored.
  private func input(_ survey: Survey, _ file: InputFile, _ receipt: Receipt) -> ImportInput {
    let nothing = survey.nothingUsable
    var input = ImportInput(
      file: received(file, receipt, format: survey.format, parser: survey.parser),
      content: file, profileSHA256: receipt.profile.map { ContentHash(of: $0) },
      program: program, statements: survey.statements,
      issues: survey.issues + [nothing].compactMap { $0 },
      quarantined: survey.quarantined.map(QuarantinedRow.init),
      skipped: survey.skippedRecords, recordsRead: survey.recordsRead,
      isRefused: survey.isRefused || nothing != nil)
    if !input.isRefused {
      input.stream = StreamedRecords(
        source: survey.records(of: file), summaries: survey.summaries, accounts: survey.accounts,
        quarantinedCount: survey.quarantinedCount,
        recordCount: survey.payments.values.reduce(0) { $0 + $1.count }
          + survey.entities.values.reduce(0, +))
    }
    return input
  }

  private func bringCaseSheet(_ file: InputFile, _ receipt: Receipt) async throws -> Report {
    let matter = try readCaseSheet(file)
    try await store.saveMatter(
      matter, sheet: received(file, receipt, format: "case-sheet", parser: "case-sheet 1"),
      bytes: file.bytes, program: program)
    return sheetReport(file, format: "case-sheet", matter: matter.code.text)
  }

  private func bringSealedSheet(_ file: InputFile) async throws -> Report {
    let sheet = try readSealedSheet(file)
    try await store.saveSealed(sheet, sheetName: file.name, bytes: file.bytes)
    return sheetReport(file, format: "sealed-identities", matter: sheet.matter.text)
  }

  private func sheetReport(_ file: InputFile, format: String, matter: String) -> Report {
    Report(
      file: file.name, format: format, outcome: .imported, statements: 0, read: 0, stored: 0,
      known: 0, quarantined: 0, skipped: 0, conflicts: 0, reconciled: 0, unreconciled: 0,
      payments: 0, entities: 0, matter: matter, copyOf: nil, issues: [])
  }
}

extension QuarantinedRow {
  fileprivate init(_ record: QuarantinedRecord) {
    self.init(
      locator: record.locator, code: record.code, reason: record.reason, raw: record.raw)
  }
}

extension StoreError {
  /// The store is sound and would take another file.
  fileprivate var isAboutTheFile: Bool {
    switch self {
    case .fileMismatch, .fileTooLarge, .currencyMismatch, .unusableKey: true
    case .needsMigration, .newerThanProgram, .migrationChanged, .serverTooOld,
      .countsDoNotAddUp, .matterMissing, .unknownCode, .unknownRun, .unknownLink, .unknownSource,
      .unknownImport, .ambiguousImport, .alreadyWithdrawn, .unexplainedWithdrawal,
      .unusableReplacement:
      false
    }
  }
}
