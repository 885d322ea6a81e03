/// The records of one received file, read from its bytes as often as they are asked for, so that nobody
/// has to hold them all.
public protocol RecordSource: Sendable {
  /// Reads the whole file in its order and hands every record on. Each reading hands on the same.
  /// - Returns: issues that only a whole reading shows, such as records that come twice.
  /// - Throws: what the visitor throws; an error when the file no longer reads as before.
  func read(into visitor: any RecordVisitor) throws -> [Issue]
}

/// Takes the records of one file, one by one. What a visitor does not ask for is passed over.
public protocol RecordVisitor: AnyObject {
  /// An entry with its key, and the place of its statement among those of the file.
  func take(_ entry: StatementEntry, of statement: Int) throws
  func take(_ payment: PaymentRecord) throws
  func take(_ entity: StatedEntity) throws
  /// A record that could not be used, with its raw text.
  func setAside(_ locator: Locator, code: String, reason: String, raw: String) throws
}

extension RecordVisitor {
  public func take(_ entry: StatementEntry, of statement: Int) throws {}
  public func take(_ payment: PaymentRecord) throws {}
  public func take(_ entity: StatedEntity) throws {}
  public func setAside(_ locator: Locator, code: String, reason: String, raw: String) throws {}
}
