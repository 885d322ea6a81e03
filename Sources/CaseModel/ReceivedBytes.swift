/// The bytes of a received file, wherever they are held.
public protocol ReceivedBytes: Sendable {
  var byteCount: Int { get }
  /// Calls `body` with all bytes in place, without copying them.
  func withBytes<Result>(
    _ body: (UnsafeBufferPointer<UInt8>) throws -> Result
  ) rethrows -> Result
  /// Says that the bytes before a place are not needed soon; 0: none of them is.
  func passed(_ offset: Int)
}

/// How far an import has come.
public struct ImportProgress: Hashable, Sendable {
  public enum Phase: String, Sendable, CaseIterable {
    /// The file is taken in, and hashed.
    case taking
    /// Its records are read and checked.
    case reading
    /// Its bytes are stored; its records are stored.
    case keeping, storing
  }
  public let phase: Phase
  public let bytesDone: Int64
  public let bytesTotal: Int64
  /// Records of the phase so far; nil where none are counted.
  public let records: Int?
  public init(phase: Phase, bytesDone: Int64, bytesTotal: Int64, records: Int? = nil) {
    self.phase = phase
    self.bytesDone = bytesDone
    self.bytesTotal = bytesTotal
    self.records = records
  }
}
