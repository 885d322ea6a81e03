import Glibc

/// Large pages of memory, 2 MiB each: a walk over hundreds of megabytes in no order spends as long on finding
/// small pages as on reading them. Only an advice: without it everything works, more slowly.
enum LargePages {
  static let size = 1 << 21
  /// From so many bytes on it is worth asking.
  static let worthwhile = 2 * size

  /// Asks for large pages under memory that was not written to yet. Its ends, less than a large page, stay as they are.
  static func ask(under memory: UnsafeMutableRawBufferPointer) {
    guard memory.count >= worthwhile, let start = memory.baseAddress else { return }
    let before = Int(bitPattern: start) & (size - 1)
    let skipped = before == 0 ? 0 : size - before
    let length = (memory.count - skipped) & ~(size - 1)
    // What it answers makes no difference to anything but time.
    if length > 0 { _ = madvise(start + skipped, length, MADV_HUGEPAGE) }
  }

  /// Memory of our own, set to zero, that begins with a large page.
  /// - Returns: nil when there is none.
  static func take(_ byteCount: Int) -> UnsafeMutableRawPointer? {
    let length = rounded(byteCount)
    // A large page more, so that one boundary lies inside; what is too much goes back at once.
    let flags = MAP_PRIVATE | MAP_ANONYMOUS
    guard let found = mmap(nil, length + size, PROT_READ | PROT_WRITE, flags, -1, 0),
      found != MAP_FAILED
    else { return nil }
    let skipped = (size - Int(bitPattern: found) & (size - 1)) & (size - 1)
    let start = found + skipped
    if skipped > 0 { munmap(found, skipped) }
    if skipped < size { munmap(start + length, size - skipped) }
    ask(under: UnsafeMutableRawBufferPointer(start: start, count: length))
    return start
  }

  /// Gives back what `take` gave for so many bytes.
  static func giveBack(_ start: UnsafeMutableRawPointer, _ byteCount: Int) {
    munmap(start, rounded(byteCount))
  }

  /// In whole small pages.
  private static func rounded(_ byteCount: Int) -> Int { (byteCount + 4095) & ~4095 }
}
