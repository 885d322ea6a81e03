import CaseModel
import Digests
import Glibc
import TrailGraph

/// A snapshot of a trail as a file: mapped to be read, and replaced whole when it is written.
struct SnapshotFile: Sendable {
  let path: String

  /// What messages call it: the name without folders.
  var name: String { path.split(separator: "/").last.map(String.init) ?? path }

  /// The SHA-256 that a snapshot's checksums are.
  static let hash: Trail.SnapshotHash = { bytes in
    var hash = SHA256()
    hash.update(bytes)
    return hash.finish()
  }

  /// Maps and checks the file. Its bytes stay in place for as long as a column of the trail lives, whatever
  /// is written under the same path later.
  /// - Returns: nil when there is no file.
  func read() throws(SnapshotRefusal) -> TrailShelf.Version? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      if errno == ENOENT { return nil }
      throw SnapshotRefusal(.unreadable(Self.lastReason), file: name)
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      throw SnapshotRefusal(.unreadable(Self.lastReason), file: name)
    }
    guard status.st_mode & S_IFMT == S_IFREG, status.st_size > 0 else {
      throw SnapshotRefusal(.notASnapshot, file: name)
    }
    let count = Int(status.st_size)
    guard let start = mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0), start != MAP_FAILED
    else { throw SnapshotRefusal(.unreadable(Self.lastReason), file: name) }
    let memory = ColumnMemory(mapped: UnsafeRawBufferPointer(start: start, count: count)) { bytes in
      munmap(UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count)
    }
    let read = try Trail.ofSnapshot(memory, file: name, hash: Self.hash)
    return TrailShelf.Version(trail: read.trail, origin: read.origin)
  }

  /// Writes beside the old file, has it on disk, then puts it in the old one's place: whoever has the old
  /// version mapped keeps it, and a crash leaves one of the two whole.
  ///
  /// Only the owner may read it: it shows who paid whom.
  /// - Throws: `SnapshotRefusal` with `unwritable`.
  func write(_ version: TrailShelf.Version) throws(SnapshotRefusal) {
    var template = Array((path + ".XXXXXX").utf8CString)
    let descriptor = mkstemp(&template)
    guard descriptor >= 0 else { throw SnapshotRefusal(.unwritable(Self.lastReason), file: name) }
    do {
      try version.trail.writeSnapshot(origin: version.origin, hash: Self.hash) { bytes in
        try Self.write(bytes, to: descriptor)
      }
      guard fsync(descriptor) == 0 else { throw WriteFailure(reason: Self.lastReason) }
      guard rename(template, path) == 0 else { throw WriteFailure(reason: Self.lastReason) }
      close(descriptor)
    } catch {
      close(descriptor)
      unlink(template)
      let reason = (error as? WriteFailure)?.reason ?? String(describing: error)
      throw SnapshotRefusal(.unwritable(reason), file: name)
    }
    keepFolder()
  }

  private struct WriteFailure: Error { let reason: String }

  private static func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) throws {
    var rest = bytes
    while !rest.isEmpty {
      let count = Glibc.write(descriptor, rest.baseAddress, rest.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw WriteFailure(reason: lastReason) }
      rest = UnsafeRawBufferPointer(rebasing: rest[count...])
    }
  }

  /// The new name is on disk as well. A folder that cannot be opened for this is no reason to fail: the
  /// snapshot can be made again.
  private func keepFolder() {
    let folder =
      path.contains("/")
      ? String(path.prefix(upTo: path.lastIndex(of: "/") ?? path.startIndex)) : "."
    let descriptor = open(folder.isEmpty ? "/" : folder, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }

  private static var lastReason: String { String(cString: strerror(errno)) }
}
