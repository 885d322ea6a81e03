public import CaseModel
import Digests
import Postgres

extension Store {
  /// Findings that go to the server in one statement.
  private static let findingBatch = 1_000

  /// Keeps findings under codes made from detector, parameters and the content keys of their entries.
  ///
  /// The same finding again adds nothing. All of them are kept, or none.
  /// - Returns: the codes, in the order given.
  /// - Throws: `StoreError.unknownSource` when an entry is not in the store.
  /// - Complexity: three statements for each 1,000 findings.
  @discardableResult
  public func saveFindings(_ findings: [Finding], matter: MatterCode?) async throws
    -> [FindingCode]
  {
    try await pool.withSession { session in
      try session.transaction {
        var codes: [FindingCode] = []
        codes.reserveCapacity(findings.count)
        for start in stride(from: 0, to: findings.count, by: Self.findingBatch) {
          let part = findings[start..<min(start + Self.findingBatch, findings.count)]
          let own = try Self.codes(of: part, session)
          try self.save(part, own, matter, session)
          codes += own
        }
        return codes
      }
    }
  }

  private func save(
    _ findings: ArraySlice<Finding>, _ codes: [FindingCode], _ matter: MatterCode?,
    _ session: Session
  ) throws {
    let added = try session.query(
      sql("insert_findings"),
      [
        .texts(codes.map(\.text)), .optional(matter?.text), .texts(findings.map(\.detector)),
        .int32s(findings.map { Int32($0.version) }),
        .texts(try findings.map { storable(try Self.encoded($0)) }),
      ]
    ) { try $0.get(0, as: String.self) }
    var new = Set(added)
    var (owners, positions, entries): ([String], [Int32], [Int64]) = ([], [], [])
    for (code, finding) in zip(codes, findings) where new.remove(code.text) != nil {
      for (place, entry) in finding.entries.enumerated() {
        owners.append(code.text)
        positions.append(Int32(place + 1))
        entries.append(entry.value)
      }
    }
    guard !entries.isEmpty else { return }
    try session.execute(
      sql("insert_finding_entries"), [.texts(owners), .int32s(positions), .int64s(entries)])
  }

  private static func codes(
    of findings: ArraySlice<Finding>, _ session: Session
  ) throws -> [FindingCode] {
    let wanted = Set(findings.flatMap(\.entries)).sorted()
    var keys: [Int64: String] = [:]
    for (id, key) in try session.query(
      sql("entry_keys"), [.int64s(wanted.map(\.value))],
      row: { (try $0.get(0, as: Int64.self), try $0.get(1, as: [UInt8].self)) })
    {
      keys[id] = hexadecimal(key)
    }
    return try findings.map { finding in
      var parts = [finding.detector, String(finding.version)]
      parts += finding.parameters.map { "\($0.name)=\($0.value)/\($0.limit)" }
      for entry in finding.entries {
        guard let key = keys[entry.value] else {
          throw StoreError.unknownSource("finding \(finding.detector)")
        }
        parts.append(key)
      }
      let hash = ContentHash(of: parts.joined(separator: "\n"))
      return FindingCode("\(finding.detector)-\(hash.hex.prefix(12))")
    }
  }
}
