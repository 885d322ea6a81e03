import CaseModel

/// The bytes of one file, as received: in memory, or held elsewhere when there are many.
public struct InputFile: ReceivedBytes {
  /// The name without folders.
  public let name: String
  public let sha256: ContentHash
  /// The archives it was taken out of, outermost first, each with its SHA-256; nil for a file that was
  /// received by itself. Recorded in the parser line of the import.
  public let container: String?
  private let storage: Storage

  private enum Storage: Sendable {
    case memory([UInt8])
    case held(HeldBytes)
  }

  public init(name: String, sha256: ContentHash, bytes: [UInt8], container: String? = nil) {
    self.container = container
    self.name = name
    self.sha256 = sha256
    storage = .memory(bytes)
  }

  /// A file whose bytes are held outside of memory. They must be those that were hashed.
  public init(name: String, sha256: ContentHash, held: HeldBytes) {
    container = nil
    self.name = name
    self.sha256 = sha256
    storage = .held(held)
  }

  public var byteCount: Int {
    switch storage {
    case .memory(let bytes): bytes.count
    case .held(let held): held.count
    }
  }

  /// All bytes as an array.
  /// - Complexity: O(*n*) and as much memory when the file is held elsewhere; formats of files that may
  ///   be large read through `withBytes`.
  public var bytes: [UInt8] {
    switch storage {
    case .memory(let bytes): bytes
    case .held: withBytes { Array($0) }
    }
  }

  /// Calls `body` with all bytes in place, without copying them. Formats read through this.
  public func withBytes<Result>(
    _ body: (UnsafeBufferPointer<UInt8>) throws -> Result
  ) rethrows -> Result {
    switch storage {
    case .memory(let bytes): return try bytes.withUnsafeBufferPointer(body)
    case .held(let held): return try held.withBytes(body)
    }
  }

  /// Says that the bytes before a place were read and are not needed soon, so that they need not take up
  /// memory. They stay readable.
  public func passed(_ offset: Int) {
    if case .held(let held) = storage { held.passed(offset) }
  }
}

/// Bytes that somebody holds for the reader, at one address for as long as this object lives: an own copy
/// of a file, mapped. Never a file that somebody else can still change or cut off.
public final class HeldBytes: @unchecked Sendable {
  // Safe to share: the bytes never change, and both closures may be called from any thread.
  private let bytes: UnsafeRawBufferPointer
  private let letGo: @Sendable (UnsafeRawBufferPointer, Int) -> Void
  private let release: @Sendable (UnsafeRawBufferPointer) -> Void

  /// - Parameters:
  ///   - letGo: told that the bytes before an offset are not needed soon.
  ///   - release: called once, when nobody needs the bytes any more.
  public init(
    _ bytes: UnsafeRawBufferPointer,
    letGo: @escaping @Sendable (UnsafeRawBufferPointer, Int) -> Void = { _, _ in },
    release: @escaping @Sendable (UnsafeRawBufferPointer) -> Void
  ) {
    self.bytes = bytes
    self.letGo = letGo
    self.release = release
  }

  deinit { release(bytes) }

  public var count: Int { bytes.count }

  public func withBytes<Result>(
    _ body: (UnsafeBufferPointer<UInt8>) throws -> Result
  ) rethrows -> Result {
    defer { withExtendedLifetime(self) {} }
    return try body(bytes.bindMemory(to: UInt8.self))
  }

  func passed(_ offset: Int) { letGo(bytes, offset) }
}

/// Room outside of memory for text that was decoded. Given by whoever may write files; stages do not.
public protocol Scratch: Sendable {
  func begin() throws -> any ScratchWriter
}

/// Takes bytes piece by piece and holds them in the end.
public protocol ScratchWriter: AnyObject {
  func append(_ bytes: UnsafeRawBufferPointer) throws
  /// Ends the writing. Called once.
  func finish() throws -> HeldBytes
}
