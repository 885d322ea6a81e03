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
    ExportRecord(caseFile: try await store.caseFile(matter: matter), selection: selection)
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
