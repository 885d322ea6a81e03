import CaseModel
import Digests
import Foundation
import TrailGraph

/// A snapshot of the trail written to a temporary folder and mapped again, with every checksum computed.
///
/// The page cache is warm, as it is for a server that wrote the file a moment ago.
enum SnapshotBench {
  static func run(_ trail: Trail) throws {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "trail-bench-\(ProcessInfo.processInfo.processIdentifier)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "trail.snapshot").path
    let hash: Trail.SnapshotHash = { bytes in
      var hash = SHA256()
      hash.update(bytes)
      return hash.finish()
    }
    let origin = TrailOrigin(
      store: "bench", lastEntry: Int64(trail.edgeCount), importCount: 1, imports: "bench",
      lastPair: 0, changes: 0, furtherPlaces: 0)
    let writing = try Measure.time { try write(trail, origin, hash, path) }.1
    report("snapshot_write", writing, "s")
    let (mapped, seconds) = try Measure.time { try map(path, hash) }
    report("snapshot_map", seconds, "s")
    report("snapshot_bytes", mapped.bytes, "B")
    guard mapped.trail.edgeCount == trail.edgeCount, mapped.trail.time == trail.time,
      mapped.trail.amountMinor == trail.amountMinor, mapped.origin == origin
    else { throw BenchError("the mapped trail is not the one that was written") }
  }

  private static func write(
    _ trail: Trail, _ origin: TrailOrigin, _ hash: Trail.SnapshotHash, _ path: String
  ) throws {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw failure("\(path) cannot be written") }
    defer { close(descriptor) }
    try trail.writeSnapshot(origin: origin, hash: hash) { bytes in
      var rest = bytes
      while !rest.isEmpty {
        let count = Glibc.write(descriptor, rest.baseAddress, rest.count)
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { throw failure("\(path) cannot be written") }
        rest = UnsafeRawBufferPointer(rebasing: rest[count...])
      }
    }
    guard fsync(descriptor) == 0 else { throw failure("\(path) cannot be kept on disk") }
  }

  private static func map(
    _ path: String, _ hash: @escaping Trail.SnapshotHash
  ) throws -> (trail: Trail, origin: TrailOrigin, bytes: Int) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure("\(path) cannot be read") }
    defer { close(descriptor) }
    let count = Int(lseek(descriptor, 0, SEEK_END))
    guard count > 0, let start = mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0),
      start != MAP_FAILED
    else { throw failure("\(path) cannot be mapped") }
    let memory = ColumnMemory(mapped: UnsafeRawBufferPointer(start: start, count: count)) { bytes in
      munmap(UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count)
    }
    let read = try Trail.ofSnapshot(memory, file: "trail.snapshot", hash: hash)
    return (read.trail, read.origin, count)
  }

  private static func failure(_ what: String) -> BenchError {
    BenchError("\(what): \(String(cString: strerror(errno)))")
  }
}
