// A trail as the bytes of a snapshot file.

extension Trail {
  /// SHA-256 of some bytes, as 32 bytes; whoever has a library for it hands it in.
  public typealias SnapshotHash = @Sendable (UnsafeRawBufferPointer) -> [UInt8]

  /// Hands out the bytes of a snapshot, from the first to the last.
  ///
  /// Equal trails of equal origin give equal bytes.
  ///
  /// - Parameters:
  ///   - origin: which records the trail was made of.
  ///   - hash: SHA-256.
  ///   - write: receives the bytes piece by piece; each piece is valid during the call only.
  /// - Complexity: O(*n*): every column is hashed, then handed out as it lies.
  public func writeSnapshot(
    origin: TrailOrigin, hash: SnapshotHash,
    to write: (UnsafeRawBufferPointer) throws -> Void
  ) rethrows {
    let parts = SnapshotLayout.Part.allCases
    let texts = textParts(origin)
    var header = [UInt8](repeating: 0, count: SnapshotLayout.headerBytes)
    var offset = SnapshotLayout.headerBytes
    var offsets: [Int] = []
    for (place, part) in parts.enumerated() {
      offset = SnapshotLayout.aligned(offset)
      offsets.append(offset)
      let row = SnapshotLayout.prefixBytes + place * SnapshotLayout.rowBytes
      withPart(part, texts) { bytes in
        header.put(part.rawValue, at: row)
        header.put(UInt32(part.width), at: row + 4)
        header.put(UInt64(offset), at: row + 8)
        header.put(UInt64(bytes.count / part.width), at: row + 16)
        header.put(hash(bytes), at: row + 32)
        offset += bytes.count
      }
    }
    header.put(SnapshotLayout.magic, at: 0)
    header.put(SnapshotLayout.byteOrder, at: 8)
    header.put(SnapshotLayout.format, at: 12)
    header.put(UInt64(offset), at: 16)
    header.put(UInt64(SnapshotLayout.headerBytes), at: 24)
    header.put(header.withUnsafeBytes { hash($0) }, at: SnapshotLayout.hashPlace.lowerBound)
    try header.withUnsafeBytes { try write($0) }
    var written = SnapshotLayout.headerBytes
    for (part, offset) in zip(parts, offsets) {
      let gap = [UInt8](repeating: 0, count: offset - written)
      try gap.withUnsafeBytes { try write($0) }
      written = offset
      try withPart(part, texts) { bytes in
        try write(bytes)
        written += bytes.count
      }
    }
  }

  private func textParts(_ origin: TrailOrigin) -> [SnapshotLayout.Part: [UInt8]] {
    [
      .origin: SnapshotLayout.bytes(of: origin.fields),
      .currencies: SnapshotLayout.bytes(
        of: names.currencies.flatMap { [$0.code, String($0.exponent)] }),
      .channels: SnapshotLayout.bytes(of: names.channels),
      .labels: SnapshotLayout.bytes(of: names.labels),
    ]
  }

  private func withPart(
    _ part: SnapshotLayout.Part, _ texts: [SnapshotLayout.Part: [UInt8]],
    _ body: (UnsafeRawBufferPointer) throws -> Void
  ) rethrows {
    switch part {
    case .origin, .currencies, .channels, .labels:
      try (texts[part] ?? []).withUnsafeBytes { try body($0) }
    case .accountNumbers: try names.accountNumbers.withBytes(body)
    case .source: try source.withBytes(body)
    case .destination: try destination.withBytes(body)
    case .time: try time.withBytes(body)
    case .amountMinor: try amountMinor.withBytes(body)
    case .currency: try currency.withBytes(body)
    case .channel: try channelBits.withBytes(body)
    case .entry: try entry.withBytes(body)
    case .outgoingStart: try outgoingStart.withBytes(body)
    case .incomingEdges: try incomingEdges.withBytes(body)
    case .incomingStart: try incomingStart.withBytes(body)
    case .pairedEdges: try pairedEdges.withBytes(body)
    case .pairedCredits: try pairedCredits.withBytes(body)
    }
  }
}

extension [UInt8] {
  /// A number as this machine stores it.
  fileprivate mutating func put(_ number: some FixedWidthInteger, at place: Int) {
    withUnsafeMutableBytes { $0.storeBytes(of: number, toByteOffset: place, as: type(of: number)) }
  }

  fileprivate mutating func put(_ bytes: [UInt8], at place: Int) {
    replaceSubrange(place..<(place + bytes.count), with: bytes)
  }
}
