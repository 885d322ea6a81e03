import CaseModel

/// Why the store would not take or give something.
public enum StoreError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The database holds no store, or an older one.
  case needsMigration(applied: Int, known: Int)
  /// The database was made by a newer program.
  case newerThanProgram(applied: Int, known: Int)
  /// An applied migration is not the one this program carries.
  case migrationChanged(number: Int, name: String)
  case serverTooOld(version: Int, least: Int)
  /// Bytes and stated hash or length of a file do not belong together.
  case fileMismatch(name: String)
  case fileTooLarge(name: String, byteCount: Int64, limit: Int64)
  /// Records read are not all stored, known, quarantined or skipped. Nothing was stored.
  case countsDoNotAddUp(read: Int, stored: Int, known: Int, quarantined: Int, skipped: Int)
  /// An entry without the key that tells it from others, or two entries of one file that share one
  /// and do not agree. A mistake in the importer; nothing was stored.
  case unusableKey(file: String, locator: Locator)
  /// A code with two different numbers of decimals.
  case currencyMismatch(code: String)
  case matterMissing(MatterCode)
  case unknownCode(String)
  /// No received file has the name, mark or hash, or the one that has was never imported.
  case unknownImport(String)
  /// Several received files have the name, mark or hash; their hashes.
  case ambiguousImport(String, [ContentHash])
  case alreadyWithdrawn(String)
  /// A withdrawal without author or reason.
  case unexplainedWithdrawal
  /// No kept tracing run has the code, or several begin with it.
  case unknownRun(String)
  /// A figure or finding names a file or entry that is not in the store.
  case unknownSource(String)
  /// A replacement for an identity that is not plain text of 1 to 60 characters.
  case unusableReplacement(person: PersonCode)

  public var description: String {
    switch self {
    case .needsMigration(let applied, let known):
      "the database is at step \(applied) of \(known). Run: moneytrail init"
    case .newerThanProgram(let applied, let known):
      "the database is at step \(applied), this program knows \(known). Use the newer program"
    case .migrationChanged(let number, let name):
      "step \(number) (\(name)) of the database is not the one this program carries. "
        + "Use the program that made the database, or restore a backup"
    case .serverTooOld(let version, let least):
      "the server is PostgreSQL \(version / 10_000); \(least / 10_000) or later is needed"
    case .fileMismatch(let name):
      "\(name): the bytes do not have the stated hash and length. Read the file again"
    case .fileTooLarge(let name, let count, let limit):
      "\(name): \(count) bytes are more than the limit of \(limit) bytes for one file. "
        + "Split the file at statement ends"
    case .countsDoNotAddUp(let read, let stored, let known, let quarantined, let skipped):
      "\(read) records were read, but stored \(stored) + known \(known) + quarantined "
        + "\(quarantined) + skipped \(skipped) is another number; nothing was stored. "
        + "This is a defect of the program: please report it"
    case .unusableKey(let file, let locator):
      "\(file): \(locator): the entry has no usable key; nothing was stored. "
        + "This is a defect of the importer: please report it"
    case .currencyMismatch(let code):
      "the unit \(code) is used with two different numbers of decimals. Give them two codes"
    case .matterMissing(let code): "there is no matter \(code). Import its case sheet first"
    case .unknownCode(let code): "there is no figure, finding or entry \(code)"
    case .unknownImport(let text):
      "no import is called \(text). Give the exhibit mark, the file's name or 8 digits of its hash"
    case .ambiguousImport(let text, let hashes):
      "\(text) names \(hashes.count) files. Give the hash: "
        + hashes.map { String($0.hex.prefix(16)) }.joined(separator: ", ")
    case .alreadyWithdrawn(let label):
      "the import of \(label) is withdrawn already. To restore it, import the file again"
    case .unexplainedWithdrawal:
      "a withdrawal needs an author and a reason. State both"
    case .unknownRun(let code):
      "there is no kept tracing run \(code) — see: moneytrail runs"
    case .unknownSource(let what): "\(what): names a source that is not in the store"
    case .unusableReplacement(let person):
      "\(person): a pseudonym is 1 to 60 letters, digits, spaces or ()/._-"
    }
  }
}
