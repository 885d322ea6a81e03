public import CaseModel
import CaseStore
public import Exchange
public import Foundation

extension CaseWork {
  /// A matter as other systems may receive it: what the case team may see, never more.
  ///
  /// - Throws: `StoreError.matterMissing`.
  public func exportRecord(
    of matter: MatterCode, selection: ExportSelection
  ) async throws -> ExportRecord {
    let caseFile = try await store.caseFile(matter: matter)
    let accounts = Set(caseFile.accounts.map(\.key))
    var payments: [Recorded<PaymentRecord>] = []
    var named: Set<String> = []
    try await store.forEachPaymentRecord { stored in
      guard stored.record.parties.contains(where: { $0.accountKey.map(accounts.contains) ?? false })
      else { return }
      named.formUnion(stored.record.parties.compactMap(\.entity))
      if let place = stored.places.first { payments.append(Recorded(stored.record, source: place)) }
    }
    return ExportRecord(
      caseFile: caseFile, payments: payments,
      entities: try await entities(of: accounts, named: named), selection: selection)
  }

  /// What registers, reports and party lists state of the case's accounts: the accounts, the relations
  /// that name one of them or a party of a payment, and the parties of those relations.
  private func entities(
    of accounts: Set<AccountKey>, named: Set<String>
  ) async throws -> [Recorded<StatedEntity>] {
    var all: [StoredEntity] = []
    var last: StoredEntity?
    repeat {
      let page = try await store.statedEntities(after: last)
      all += page
      last = page.last
    } while last != nil
    let keys = Set(accounts.map(\.text))
    var wanted = Set(
      all.filter { stored in
        named.contains(stored.entity.id)
          || stored.entity.properties["moneytrail:accountKey"]?.contains(where: keys.contains)
            ?? false
          || stored.entity.first("iban").map { keys.contains("iban:" + $0) } ?? false
      }.map(\.entity.id))
    // Relations name their ends by id; one step brings the other end.
    for stored in all where Self.ends(of: stored.entity).contains(where: wanted.contains) {
      wanted.insert(stored.entity.id)
      wanted.formUnion(Self.ends(of: stored.entity))
    }
    return all.compactMap { stored in
      guard wanted.contains(stored.entity.id), let place = stored.places.first else { return nil }
      return Recorded(stored.entity, source: place)
    }
  }

  private static func ends(of entity: StatedEntity) -> [String] {
    ["owner", "asset", "director", "organization", "subject", "object", "debtor", "creditor"]
      .flatMap { entity.properties[$0] ?? [] }
  }

  /// Exports a record into a folder that is not there yet: whole or not at all.
  ///
  /// Everything is made in memory, checked, written into a folder beside the target and renamed.
  /// - Throws: `ExportError`; a `CocoaError` when the folder exists or cannot be written.
  @discardableResult
  public static func export(
    _ record: ExportRecord, as entry: any ExchangeCatalogueEntry, settings: ExportSettings,
    into folder: URL
  ) throws -> ExportReceipt {
    var files = try entry.files(of: record, settings: settings)
    let receipt = ExportReceipt(of: record, format: entry.name, settings: settings, files: files)
    files.append(try receipt.file())
    let target = folder.standardizedFileURL
    let manager = FileManager.default
    guard !manager.fileExists(atPath: target.path) else {
      throw CocoaError(.fileWriteFileExists, userInfo: [NSFilePathErrorKey: folder.path])
    }
    let work = target.deletingLastPathComponent().appending(
      path: ".exporting-\(target.lastPathComponent)-\(ProcessInfo.processInfo.processIdentifier)")
    try manager.createDirectory(at: work, withIntermediateDirectories: true)
    defer { try? manager.removeItem(at: work) }
    for file in files { try Data(file.bytes).write(to: work.appending(path: file.name)) }
    // Fails when another export made the folder meanwhile.
    try manager.moveItem(at: work, to: target)
    return receipt
  }
}
