import CaseModel

/// The case as FollowTheMoney entities, one JSON object a line.
///
/// `case.ftm.json` holds what is booked: accounts, persons, and each movement once. `records.ftm.json`
/// holds what other documents state. They are apart so that nobody adds a payment order or a report to
/// the booked line that shows the same money. Mapping: formats.md §8.1; schema: followthemoney 4.
public struct FollowTheMoney: ExchangeCatalogueEntry {
  public init() {}
  public let name = "ftm"
  public let title = "FollowTheMoney entities, JSON lines"

  public func files(of record: ExportRecord, settings: ExportSettings) throws -> [ExportFile] {
    let index = RecordIndex(record)
    let booked =
      index.fileEntities() + index.personEntities() + index.accountEntities()
      + index.paymentEntities()
    var files = [ExportFile(name: "case.ftm.json", bytes: try lines(booked))]
    let stated = index.statedEntities().entities + index.paymentRecordEntities()
    if !stated.isEmpty {
      files.append(ExportFile(name: "records.ftm.json", bytes: try lines(merged(stated))))
    }
    return files
  }

  /// One line an id: the accounts that several payment records name come once, with all that is said.
  private func merged(_ entities: [FTMEntity]) -> [FTMEntity] {
    var order: [String] = []
    var byID: [String: FTMEntity] = [:]
    for entity in entities {
      guard var known = byID[entity.id] else {
        order.append(entity.id)
        byID[entity.id] = entity
        continue
      }
      for property in entity.properties.keys.sorted(by: RecordIndex.byBytes) {
        known.add(property, entity.properties[property] ?? [])
      }
      byID[entity.id] = known
    }
    return order.compactMap { byID[$0] }
  }

  private func lines(_ entities: [FTMEntity]) throws -> [UInt8] {
    var bytes: [UInt8] = []
    for entity in entities { bytes += try JSONValue.bytes(entity, indented: false) }
    return bytes
  }
}
