import Foundation
import Intake

/// A file without a name that only this process can reach: written from start to end, then mapped.
final class OwnCopy: ScratchWriter {
  private let descriptor: Int32
  private let folder: String
  private var written = 0

  /// - Throws: `ReceivingError.noRoom`.
  init() throws {
    folder = Self.folder
    var template = Array((folder + "/moneytrail-XXXXXX").utf8CString)
    descriptor = mkstemp(&template)
    guard descriptor >= 0 else { throw ReceivingError.noRoom(folder: folder, reason: lastReason()) }
    // From here on it has no name: nobody else can open it, and it is gone when this process is.
    unlink(template)
  }

  deinit { close(descriptor) }

  /// Where copies lie: the folder the user names, else one that survives in disk space and not in memory.
  private static var folder: String {
    if let named = ProcessInfo.processInfo.environment["TMPDIR"], !named.isEmpty { return named }
    return access("/var/tmp", W_OK) == 0 ? "/var/tmp" : "/tmp"
  }

  func append(_ bytes: UnsafeRawBufferPointer) throws {
    var rest = bytes
    while !rest.isEmpty {
      let count = write(descriptor, rest.baseAddress, rest.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw ReceivingError.noRoom(folder: folder, reason: lastReason()) }
      rest = UnsafeRawBufferPointer(rebasing: rest[count...])
    }
    written += bytes.count
  }

  /// The bytes written, mapped read only.
  func finish() throws -> HeldBytes {
    guard written > 0 else {
      return HeldBytes(UnsafeRawBufferPointer(start: nil, count: 0)) { _ in }
    }
    guard let start = mmap(nil, written, PROT_READ, MAP_PRIVATE, descriptor, 0),
      start != MAP_FAILED
    else { throw ReceivingError.noRoom(folder: folder, reason: lastReason()) }
    _ = madvise(start, written, MADV_SEQUENTIAL)
    let page = Int(sysconf(Int32(_SC_PAGESIZE)))
    return HeldBytes(
      UnsafeRawBufferPointer(start: start, count: written),
      letGo: { bytes, offset in
        // Offset 0: a pass over the bytes has ended, and none of them is needed soon.
        let count = offset == 0 ? bytes.count : offset / page * page
        guard count > 0, let start = bytes.baseAddress else { return }
        _ = madvise(UnsafeMutableRawPointer(mutating: start), count, MADV_DONTNEED)
      },
      release: { bytes in
        guard let start = bytes.baseAddress else { return }
        munmap(UnsafeMutableRawPointer(mutating: start), bytes.count)
      })
  }
}

/// Gives decoded text its room on disk.
public struct CopyScratch: Scratch {
  public init() {}
  public func begin() throws -> any ScratchWriter { try OwnCopy() }
}

func lastReason() -> String { String(cString: strerror(errno)) }
