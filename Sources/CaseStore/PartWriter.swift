import CRowScan
import CaseModel
import Digests
import Postgres

/// Keeps the bytes of a long file in parts of at most 8 MiB, cut behind line ends where that can be.
struct PartWriter {
  /// Files up to here are kept in one piece.
  static let partBytes = 8 << 20

  /// Where one part begins and ends, the line it begins in, and the hash of its bytes.
  private struct Part {
    let start: Int
    let end: Int
    let firstLine: Int
    let sha256: [UInt8]
  }

  private let content: any ReceivedBytes
  private var parts: [Part] = []
  /// Of all bytes, and of the hashes of the parts in their order.
  let sha256: ContentHash
  let partsSHA256: ContentHash

  /// Reads the bytes once: finds the parts and hashes them.
  /// - Complexity: O(*n*) in the bytes.
  init(_ content: any ReceivedBytes) {
    self.content = content
    var parts: [Part] = []
    var whole = SHA256()
    var ofParts = SHA256()
    content.withBytes { bytes in
      var start = 0
      var line = 1
      while start < bytes.count {
        let end = Self.end(of: bytes, from: start)
        let piece = UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: bytes[start..<end]))
        whole.update(piece)
        var hash = SHA256()
        hash.update(piece)
        let digest = hash.finish()
        ofParts.update(digest)
        parts.append(Part(start: start, end: end, firstLine: line, sha256: digest))
        if let base = bytes.baseAddress {
          line += Int(
            crowscan_kinds(base + start, end - start, end < bytes.count ? bytes[end] : 0).line_ends)
        }
        start = end
        content.passed(start)
      }
    }
    content.passed(0)
    self.parts = parts
    sha256 = ContentHash(digest: whole.finish())
    partsSHA256 = ContentHash(digest: ofParts.finish())
  }

  /// Behind the last line end that fits; in a longer line, before a character of UTF-8.
  private static func end(of bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    let most = min(start + partBytes, bytes.count)
    if most == bytes.count { return most }
    var end = most
    while end > start {
      let last = bytes[end - 1]
      if last == 10 || (last == 13 && bytes[end] != 10) { return end }
      end -= 1
    }
    end = most
    while end > most - 4, end > start + 1, bytes[end] & 0xC0 == 0x80 { end -= 1 }
    return end
  }

  /// Sends the parts.
  /// - Parameter progress: told how many bytes are sent.
  func write(_ session: Session, file: Int64, progress: (Int) -> Void) throws {
    try session.copyIn(sql("copy_parts")) { writer in
      try content.withBytes { bytes in
        for (number, part) in parts.enumerated() {
          try writer.row(6)
          try writer.int64(file)
          try writer.int32(Int32(number))
          try writer.int64(Int64(part.start))
          try writer.int64(Int64(part.firstLine))
          try writer.bytes(
            UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: bytes[part.start..<part.end])))
          try writer.bytes(part.sha256)
          content.passed(part.end)
          progress(part.end)
        }
      }
    }
    content.passed(0)
  }
}
