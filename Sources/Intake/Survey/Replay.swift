import CaseModel

extension Survey {
  /// The records of the surveyed file, read from its bytes again. The file must be the one surveyed.
  public func records(of file: InputFile) -> any RecordSource {
    Replay(survey: self, file: file)
  }
}

/// Reads a surveyed file again and hands its records on with their keys.
private struct Replay: RecordSource {
  let survey: Survey
  let file: InputFile

  func read(into visitor: any RecordVisitor) throws -> [Issue] {
    guard !survey.isRefused else { return [] }
    let sink = ReplaySink(survey, visitor)
    try survey.reader.read(file, options: survey.options, into: sink)
    guard sink.isWhole else {
      throw FileRefusal([
        Issue(
          .error, "E-INTERNAL", file: file.name, at: .line(1),
          found: "a second reading that differs from the first",
          expected: "the same records; report this defect")
      ])
    }
    return sink.repetitions.issues(in: file.name, known: survey.issues)
  }
}

private final class ReplaySink: StatementSink {
  private let survey: Survey
  private let visitor: any RecordVisitor
  private let hashes: [UInt64]
  private let plan: KeyPlan
  private var keys = KeyMaker()
  private var recordKeys = RecordKeys.Maker()
  private var entityKeys = RecordKeys.Maker()
  private(set) var repetitions = RepetitionTally()
  private var begun = 0
  private var current = -1
  private var handled = 0

  init(_ survey: Survey, _ visitor: any RecordVisitor) {
    self.survey = survey
    self.visitor = visitor
    plan = survey.plan
    hashes = survey.statements.map { KeyNotes.account($0.accountKey) }
  }

  var isWhole: Bool { begun == survey.statements.count && handled == survey.recordsRead }

  func begin(_ header: Statement) throws -> Int {
    begun += 1
    return begun - 1
  }

  func append(_ entry: StatementEntry, to statement: Int) throws {
    guard statement < hashes.count else { return }
    if statement != current {
      keys.begin(survey.statements[statement].accountKey)
      current = statement
    }
    var entry = entry
    entry.transactionKey = keys.key(of: entry, account: hashes[statement], by: plan)
    for repetition in keys.takeRepetitions() { repetitions.add(repetition) }
    handled += 1
    try visitor.take(entry, of: statement)
  }

  func end(_ trailer: Statement, of statement: Int) throws {}

  func record(_ payment: PaymentRecord) throws {
    var payment = payment
    recordKeys.give(to: &payment)
    handled += 1
    try visitor.take(payment)
  }

  func state(_ entity: StatedEntity) throws {
    var entity = entity
    entityKeys.give(to: &entity)
    handled += 1
    try visitor.take(entity)
  }

  func report(_ issue: Issue) throws {}

  func quarantine(_ record: QuarantinedRecord) throws {
    handled += 1
    try visitor.setAside(
      record.locator, code: record.code, reason: record.reason, raw: record.raw)
  }

  func skip(records: Int) throws { handled += records }
}
