import CaseModel
import Digests
import Foundation
import Intake

/// Takes a file in: reads it once and holds exactly what was hashed.
public enum ReceivedCopy {
  /// Up to here a file is held in memory.
  public static let memoryBytes = 8 << 20
  private static let pieceBytes = 1 << 20

  /// - Parameters:
  ///   - memoryBytes: up to this length the file is held in memory.
  ///   - progress: told how many bytes are read, and how many there are.
  /// - Throws: `ReceivingError`.
  /// - Complexity: O(*n*) in the bytes; memory for at most `memoryBytes`.
  public static func open(
    _ path: String, memoryBytes: Int = memoryBytes, progress: (Int, Int) -> Void = { _, _ in }
  ) throws -> InputFile {
    let descriptor = Foundation.open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      switch errno {
      case ENOENT, ENOTDIR: throw ReceivingError.missing(path: path)
      case EACCES, EPERM: throw ReceivingError.forbidden(path: path)
      default: throw ReceivingError.unreadable(path: path, reason: lastReason())
      }
    }
    defer { close(descriptor) }
    let before = try state(of: descriptor, path)
    guard before.st_mode & S_IFMT != S_IFDIR else { throw ReceivingError.isFolder(path: path) }
    let name = URL(filePath: path).lastPathComponent
    let expected = Int(before.st_size)
    let isRegular = before.st_mode & S_IFMT == S_IFREG
    let file =
      isRegular && expected <= memoryBytes
      ? try memory(descriptor, name: name, expected: expected, path)
      : try copy(descriptor, name: name, expected: expected, path, progress)
    let after = try state(of: descriptor, path)
    if isRegular,
      file.byteCount != expected || after.st_size != before.st_size
        || after.st_mtim.tv_sec != before.st_mtim.tv_sec
        || after.st_mtim.tv_nsec != before.st_mtim.tv_nsec
    {
      throw ReceivingError.changed(path: path)
    }
    return file
  }

  private static func memory(
    _ descriptor: Int32, name: String, expected: Int, _ path: String
  ) throws -> InputFile {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(expected)
    try pieces(of: descriptor, path) { bytes.append(contentsOf: $0) }
    return InputFile(name: name, sha256: ContentHash(of: bytes), bytes: bytes)
  }

  private static func copy(
    _ descriptor: Int32, name: String, expected: Int, _ path: String,
    _ progress: (Int, Int) -> Void
  ) throws -> InputFile {
    let copy = try OwnCopy()
    var hash = SHA256()
    var done = 0
    try pieces(of: descriptor, path) { piece in
      hash.update(piece)
      try copy.append(piece)
      done += piece.count
      progress(done, max(done, expected))
    }
    return InputFile(
      name: name, sha256: ContentHash(digest: hash.finish()), held: try copy.finish())
  }

  private static func pieces(
    of descriptor: Int32, _ path: String, _ take: (UnsafeRawBufferPointer) throws -> Void
  ) throws {
    let room = UnsafeMutableRawBufferPointer.allocate(byteCount: pieceBytes, alignment: 64)
    defer { room.deallocate() }
    while true {
      let count = read(descriptor, room.baseAddress, room.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else {
        throw ReceivingError.unreadable(path: path, reason: lastReason())
      }
      if count == 0 { return }
      try take(UnsafeRawBufferPointer(rebasing: room[..<count]))
    }
  }

  private static func state(of descriptor: Int32, _ path: String) throws -> stat {
    var state = stat()
    guard fstat(descriptor, &state) == 0 else {
      throw ReceivingError.unreadable(path: path, reason: lastReason())
    }
    return state
  }
}
