import CaseModel

// A trail whose columns are the bytes of a snapshot file.

extension Trail {
  /// A trail over the bytes of a snapshot, checked and not copied.
  ///
  /// Every checksum is computed, and the parts are compared with each other, before anything is read.
  ///
  /// - Parameters:
  ///   - memory: all bytes of the file; the trail's columns keep it alive.
  ///   - file: what messages call it.
  ///   - hash: SHA-256.
  /// - Returns: the trail, and which records it was made of; whether these are the wanted ones is for the
  ///   caller to say.
  /// - Complexity: O(*n*), at the speed of the hash on two threads; labels are copied out.
  public static func ofSnapshot(
    _ memory: ColumnMemory, file: String, hash: @escaping SnapshotHash
  ) throws(SnapshotRefusal) -> (trail: Trail, origin: TrailOrigin) {
    var reader = SnapshotReader(memory, file: file, hash)
    return try reader.read()
  }
}

/// Reads one snapshot. One use.
private struct SnapshotReader {
  typealias Part = SnapshotLayout.Part

  let memory: ColumnMemory
  let file: String
  let bytes: UnsafeRawBufferPointer
  let hash: Trail.SnapshotHash
  private var ranges: [Part: Range<Int>] = [:]

  init(_ memory: ColumnMemory, file: String, _ hash: @escaping Trail.SnapshotHash) {
    self.memory = memory
    self.file = file
    bytes = memory.bytes
    self.hash = hash
  }

  private func refused(_ reason: SnapshotRefusal.Reason) -> SnapshotRefusal {
    SnapshotRefusal(reason, file: file)
  }

  mutating func read() throws(SnapshotRefusal) -> (trail: Trail, origin: TrailOrigin) {
    try readHeader()
    try checkParts()
    guard let origin = try TrailOrigin(fields: texts(.origin)) else {
      throw refused(.inconsistent(part: Part.origin.name))
    }
    let columns = Trail.Columns(
      source: try column(.source), destination: try column(.destination), time: try column(.time),
      amountMinor: try column(.amountMinor), currency: try column(.currency),
      channelBits: try column(.channel), entry: try column(.entry),
      outgoingStart: try column(.outgoingStart), incomingEdges: try column(.incomingEdges),
      incomingStart: try column(.incomingStart), pairedEdges: try column(.pairedEdges),
      pairedCredits: try column(.pairedCredits))
    let names = try names(accounts: columns.outgoingStart.count - 2)
    try compare(columns, accounts: names.accountCount)
    return (Trail(columns, names: names), origin)
  }

  // MARK: Header and checksums

  private func number<T: FixedWidthInteger>(_ place: Int, as: T.Type = T.self) -> T {
    bytes.loadUnaligned(fromByteOffset: place, as: T.self)
  }

  private mutating func readHeader() throws(SnapshotRefusal) {
    let prefix = min(bytes.count, SnapshotLayout.magic.count)
    guard prefix > 0, bytes[..<prefix].elementsEqual(SnapshotLayout.magic[..<prefix]) else {
      throw refused(.notASnapshot)
    }
    guard bytes.count >= SnapshotLayout.prefixBytes else {
      throw refused(.cutShort(found: bytes.count, expected: SnapshotLayout.headerBytes))
    }
    let order: UInt32 = number(8)
    guard order == SnapshotLayout.byteOrder else {
      throw refused(
        order == SnapshotLayout.byteOrder.byteSwapped
          ? .otherByteOrder : .damaged(part: "the header"))
    }
    let format: UInt32 = number(12)
    guard format == SnapshotLayout.format else {
      throw refused(.otherFormat(found: format, known: SnapshotLayout.format))
    }
    let size: UInt64 = number(16)
    guard size == UInt64(bytes.count) else {
      throw refused(.cutShort(found: bytes.count, expected: Int(clamping: size)))
    }
    guard number(24) == UInt64(SnapshotLayout.headerBytes),
      bytes.count >= SnapshotLayout.headerBytes
    else { throw refused(.damaged(part: "the header")) }
    var header = Array(bytes[..<SnapshotLayout.headerBytes])
    let stated = Array(header[SnapshotLayout.hashPlace])
    header.replaceSubrange(SnapshotLayout.hashPlace, with: repeatElement(0, count: stated.count))
    guard header.withUnsafeBytes({ hash($0) }) == stated else {
      throw refused(.damaged(part: "the header"))
    }
    try readTable()
  }

  private mutating func readTable() throws(SnapshotRefusal) {
    for (place, part) in Part.allCases.enumerated() {
      let row = SnapshotLayout.prefixBytes + place * SnapshotLayout.rowBytes
      let offset: UInt64 = number(row + 8)
      let cells: UInt64 = number(row + 16)
      let (length, isTooLong) = cells.multipliedReportingOverflow(by: UInt64(part.width))
      guard number(row) == part.rawValue, number(row + 4) == UInt32(part.width), !isTooLong,
        offset % UInt64(ColumnMemory.alignment) == 0, offset <= UInt64(bytes.count),
        length <= UInt64(bytes.count) - offset
      else { throw refused(.inconsistent(part: part.name)) }
      ranges[part] = Int(offset)..<Int(offset + length)
    }
  }

  /// The parts by turns on two threads.
  private func checkParts() throws(SnapshotRefusal) {
    // Shared for reading only.
    nonisolated(unsafe) let bytes = bytes
    let (hash, ranges) = (hash, ranges)
    @Sendable func firstDamaged(_ turn: Int) -> Part? {
      Part.allCases.enumerated().first { place, part in
        guard place % 2 == turn, let range = ranges[part] else { return false }
        let row = SnapshotLayout.prefixBytes + place * SnapshotLayout.rowBytes
        let sum = hash(UnsafeRawBufferPointer(rebasing: bytes[range]))
        return !bytes[(row + 32)..<(row + 64)].elementsEqual(sum)
      }?.element
    }
    let damaged = inParallel({ firstDamaged(0) }, { firstDamaged(1) })
    let first = [damaged.0, damaged.1].compactMap { $0 }.min { $0.rawValue < $1.rawValue }
    if let first { throw refused(.damaged(part: first.name)) }
  }

  // MARK: Parts

  private func column<T: BitwiseCopyable & Sendable>(_ part: Part) throws(SnapshotRefusal)
    -> Column<T>
  {
    guard let range = ranges[part],
      let column = Column<T>(UnsafeRawBufferPointer(rebasing: bytes[range]), in: memory)
    else { throw refused(.inconsistent(part: part.name)) }
    return column
  }

  private func texts(_ part: Part) throws(SnapshotRefusal) -> [String] {
    guard let range = ranges[part],
      let texts = SnapshotLayout.texts(UnsafeRawBufferPointer(rebasing: bytes[range]))
    else { throw refused(.inconsistent(part: part.name)) }
    return texts
  }

  private func names(accounts: Int) throws(SnapshotRefusal) -> Trail.Names {
    var currencies: [Currency] = []
    let words = try texts(.currencies)
    for place in stride(from: 0, to: words.count, by: 2) {
      guard place + 1 < words.count, let exponent = Int(words[place + 1]),
        (0...18).contains(exponent)
      else { throw refused(.inconsistent(part: Part.currencies.name)) }
      currencies.append(Currency(asset: words[place], exponent: exponent))
    }
    let channels = try texts(.channels)
    guard channels.count <= TransferColumns.channelLimit else {
      throw refused(.inconsistent(part: Part.channels.name))
    }
    let labels = try texts(.labels)
    guard labels.isEmpty || labels.count == accounts else {
      throw refused(.inconsistent(part: Part.labels.name))
    }
    let numbers: Column<Int64> = try column(.accountNumbers)
    guard accounts >= 0, numbers.isEmpty || numbers.count == accounts else {
      throw refused(.inconsistent(part: Part.accountNumbers.name))
    }
    return Trail.Names(
      accountCount: accounts, accountNumbers: numbers, labels: labels, currencies: currencies,
      channels: channels)
  }

  /// What `Trail` takes for granted, as a refusal instead of a stop.
  private func compare(_ columns: Trail.Columns, accounts: Int) throws(SnapshotRefusal) {
    let count = columns.source.count
    let lengths: [(Part, Int)] = [
      (.destination, columns.destination.count), (.time, columns.time.count),
      (.amountMinor, columns.amountMinor.count), (.currency, columns.currency.count),
      (.channel, columns.channelBits.count), (.entry, columns.entry.count),
      (.incomingEdges, columns.incomingEdges.count),
    ]
    if let other = lengths.first(where: { $0.1 != count }) {
      throw refused(.inconsistent(part: other.0.name))
    }
    for (part, starts) in [
      (Part.outgoingStart, columns.outgoingStart), (.incomingStart, columns.incomingStart),
    ] {
      guard starts.count == accounts + 2, starts[accounts + 1] == Int32(clamping: count) else {
        throw refused(.inconsistent(part: part.name))
      }
    }
    guard columns.pairedEdges.count == columns.pairedCredits.count else {
      throw refused(.inconsistent(part: Part.pairedEdges.name))
    }
  }
}
