import CaseModel

/// Gathers what a format reads: statements with their entries, payment records, entities, issues and
/// quarantined records.
public final class CollectingSink: StatementSink {
  public private(set) var statements: [Statement] = []
  public private(set) var payments: [PaymentRecord] = []
  public private(set) var entities: [StatedEntity] = []
  private var keeper = IssueKeeper()
  public private(set) var quarantined: [QuarantinedRecord] = []
  public private(set) var skippedRecords = 0
  public private(set) var storedRecords = 0
  /// Records that the format says it read; nil when it does not count them itself.
  public private(set) var countedRecords: Int?

  /// Name, version and hash of the mapping profile that was used.
  public private(set) var profile: String?

  public init() {}

  public var issues: [Issue] { keeper.issues }

  public func begin(_ header: Statement) throws -> Int {
    statements.append(header)
    return statements.count - 1
  }

  public func append(_ entry: StatementEntry, to statement: Int) throws {
    statements[statement].entries.append(entry)
    storedRecords += 1
  }

  /// Takes the trailer over; its entries are those appended, whatever the trailer holds.
  public func end(_ trailer: Statement, of statement: Int) throws {
    let entries = statements[statement].entries
    statements[statement] = trailer
    statements[statement].entries = entries
  }

  /// Hands the statements over, so that they can be changed without being copied.
  func takeStatements() -> [Statement] {
    defer { statements = [] }
    return statements
  }

  public func record(_ payment: PaymentRecord) throws {
    payments.append(payment)
    storedRecords += 1
  }

  public func state(_ entity: StatedEntity) throws {
    entities.append(entity)
    storedRecords += 1
  }

  public func report(_ issue: Issue) throws { keeper.add(issue) }
  public func quarantine(_ record: QuarantinedRecord) throws { quarantined.append(record) }
  public func skip(records: Int) throws { skippedRecords += records }
  public func uses(profile line: String) throws { profile = line }
  public func counted(records: Int) throws { countedRecords = (countedRecords ?? 0) + records }
}
