import CaseModel
import Postgres

/// Brings payment records and stated entities into the store while they are read, in batches.
struct RecordStream {
  private static let batch = 2_000

  let session: Session
  let file: Int64

  func write(_ stream: StreamedRecords) throws -> RecordCounts {
    guard stream.recordCount > 0 else { return RecordCounts() }
    let batches = RecordBatches(RecordWriter(session, file: file), size: Self.batch)
    _ = try stream.source.read(into: batches)
    try batches.flush()
    return batches.counts
  }
}

private final class RecordBatches: RecordVisitor {
  private let writer: RecordWriter
  private let size: Int
  private var payments: [PaymentRecord] = []
  private var entities: [StatedEntity] = []
  private(set) var counts = RecordCounts()

  init(_ writer: RecordWriter, size: Int) {
    self.writer = writer
    self.size = size
  }

  func take(_ payment: PaymentRecord) throws {
    payments.append(payment)
    if payments.count + entities.count >= size { try flush() }
  }

  func take(_ entity: StatedEntity) throws {
    entities.append(entity)
    if payments.count + entities.count >= size { try flush() }
  }

  func flush() throws {
    guard !payments.isEmpty || !entities.isEmpty else { return }
    counts.add(try writer.write(payments, entities))
    payments.removeAll(keepingCapacity: true)
    entities.removeAll(keepingCapacity: true)
  }
}

extension RecordCounts {
  fileprivate mutating func add(_ other: RecordCounts) {
    paymentsStored += other.paymentsStored
    paymentsKnown += other.paymentsKnown
    entitiesStored += other.entitiesStored
    entitiesKnown += other.entitiesKnown
  }
}

/// Encodes quarantined records into the COPY buffer of `copy_quarantined.sql`, under running numbers.
final class QuarantineRows: RecordVisitor {
  private let writer: BinaryCopyWriter
  private let file: Int64
  private var next: Int32

  init(_ writer: BinaryCopyWriter, file: Int64, next: Int32) {
    self.writer = writer
    self.file = file
    self.next = next
  }

  func setAside(_ locator: Locator, code: String, reason: String, raw: String) throws {
    try writer.row(7)
    try writer.int64(file)
    try writer.int32(next)
    try writer.text(storable(code))
    try writer.text(storable(reason))
    try writer.text(storable(locator.text))
    try writer.int64(locator.ordinal)
    try writer.text(storable(raw))
    next += 1
  }
}
