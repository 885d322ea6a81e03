import Glibc

/// One column of a trail: plain values of one width, side by side, that never change.
///
/// The values were either computed by this program, or lie in a snapshot file that is mapped into
/// memory; whoever reads them sees no difference. Copying a column copies no values.
///
/// Reading outside of the column stops the program, in every build: a wrong edge number must not become
/// a wrong figure. Inner loops that have checked their bounds read through `withUnsafeBufferPointer`.
public struct Column<Element: BitwiseCopyable & Sendable>: RandomAccessCollection,
  @unchecked Sendable
{
  // Safe to share: nobody writes to the memory once a column is made of it.
  @usableFromInline let base: UnsafePointer<Element>
  @usableFromInline let memory: ColumnMemory
  public let count: Int

  /// A column over memory that lives as long as `memory` does.
  /// - Returns: nil when the bytes are no whole number of values or do not lie where such values may lie.
  public init?(_ bytes: UnsafeRawBufferPointer, in memory: ColumnMemory) {
    guard let start = bytes.baseAddress, bytes.count % MemoryLayout<Element>.stride == 0,
      Int(bitPattern: start) % MemoryLayout<Element>.alignment == 0
    else { return nil }
    base = start.assumingMemoryBound(to: Element.self)
    self.memory = memory
    count = bytes.count / MemoryLayout<Element>.stride
  }

  /// A column of so many cells.
  /// - Parameter fill: must set every cell; cells that it leaves alone are zero.
  init(count: Int, _ fill: (UnsafeMutableBufferPointer<Element>) -> Void) {
    let memory = ColumnMemory(byteCount: count * MemoryLayout<Element>.stride)
    let cells = memory.start.bindMemory(to: Element.self, capacity: count)
    fill(UnsafeMutableBufferPointer(start: cells, count: count))
    base = UnsafePointer(cells)
    self.memory = memory
    self.count = count
  }

  public init(_ values: [Element]) {
    self.init(count: values.count) { _ = $0.initialize(from: values) }
  }

  @inlinable public var startIndex: Int { 0 }
  @inlinable public var endIndex: Int { count }

  @inlinable
  public subscript(position: Int) -> Element {
    precondition(UInt(bitPattern: position) < UInt(bitPattern: count), "outside of a column")
    return withExtendedLifetime(memory) { base[position] }
  }

  /// All cells in place, for inner loops that have checked their bounds themselves.
  @inlinable
  public func withUnsafeBufferPointer<Result>(
    _ body: (UnsafeBufferPointer<Element>) throws -> Result
  ) rethrows -> Result {
    try withExtendedLifetime(memory) {
      try body(UnsafeBufferPointer(start: base, count: count))
    }
  }

  /// The cells as bytes, in the order of this machine.
  func withBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
    try withUnsafeBufferPointer { try body(UnsafeRawBufferPointer($0)) }
  }
}

extension Column: Equatable where Element: Equatable {
  public static func == (a: Column, b: Column) -> Bool { a.elementsEqual(b) }
}

extension Column: ExpressibleByArrayLiteral {
  public init(arrayLiteral elements: Element...) { self.init(elements) }
}

/// The memory under columns: taken by this program, or held by somebody who maps a file.
public final class ColumnMemory: @unchecked Sendable {
  // Safe to share: read only once columns are made of it; `release` is called once, by the last owner.
  @usableFromInline let start: UnsafeMutableRawPointer
  /// Bytes at `start`.
  public let byteCount: Int
  /// Whether the bytes are those of a file.
  public let isMapped: Bool
  private let release: @Sendable (UnsafeRawBufferPointer) -> Void

  /// Memory that somebody else holds until `release` is called.
  /// - Parameter bytes: must not change while this object lives.
  public init(
    mapped bytes: UnsafeRawBufferPointer,
    release: @escaping @Sendable (UnsafeRawBufferPointer) -> Void
  ) {
    guard let address = bytes.baseAddress else { preconditionFailure("no memory was mapped") }
    start = UnsafeMutableRawPointer(mutating: address)
    byteCount = bytes.count
    isMapped = true
    self.release = release
  }

  /// Memory of our own, set to zero.
  init(byteCount: Int) {
    // Not cleared by hand: the kernel hands out cleared pages, and only when they are written to.
    let isLarge = byteCount >= LargePages.worthwhile
    guard let address = isLarge ? LargePages.take(byteCount) : calloc(Swift.max(byteCount, 1), 1)
    else { preconditionFailure("no memory for a column of \(byteCount) bytes") }
    start = address
    self.byteCount = byteCount
    isMapped = false
    release = { bytes in
      guard let start = UnsafeMutableRawPointer(mutating: bytes.baseAddress) else { return }
      if isLarge { LargePages.giveBack(start, bytes.count) } else { free(start) }
    }
  }

  deinit { release(UnsafeRawBufferPointer(start: start, count: byteCount)) }

  /// The bytes as they lie.
  public var bytes: UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: start, count: byteCount)
  }

  /// Where columns begin, in a snapshot file too: a cache line.
  static let alignment = 64
}
