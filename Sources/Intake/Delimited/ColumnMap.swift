import CaseModel

/// The positions of a profile's columns in one file.
struct ColumnMap: Sendable {
  private var indexes = [Int?](repeating: nil, count: MappingProfile.Role.allCases.count)
  let purposes: [Int]
  let flag: Int?
  let recordType: Int?
  let keepOnly: Int?
  let status: Int?
  let channels: Int?

  subscript(_ role: MappingProfile.Role) -> Int? { indexes[role.rawValue] }

  /// Every position that something is read from.
  var read: Set<Int> {
    Set((indexes + [flag, recordType, keepOnly, status, channels]).compactMap { $0 } + purposes)
  }

  /// Finds each column of the profile in the header.
  /// - Throws: `Issue` `E-HEADER`, which names what is missing, doubled or changed.
  init(_ profile: MappingProfile, header: [String]?, file: String, line: Int) throws {
    let names = header?.map(MappingProfile.normalised)
    func fail(_ found: String, _ expected: String) -> Issue {
      Issue(.error, "E-HEADER", file: file, at: .line(line), found: found, expected: expected)
    }
    func position(_ column: MappingProfile.Column, _ what: String) throws -> Int {
      switch column {
      case .index(let index): return index
      case .named(let spellings):
        guard let names, let header else {
          throw fail("no header row", "column numbers in the profile, as it says header: false")
        }
        for spelling in spellings {
          let wanted = MappingProfile.normalised(spelling)
          let found = names.indices.filter { names[$0] == wanted }
          if found.count > 1 {
            throw fail(
              "\(found.count) columns named '\(Issue.escaped(spelling))'",
              "one column for \(what); say by number which one is meant")
          }
          if let first = found.first { return first }
        }
        let list = header.map { Issue.escaped($0) }.joined(separator: ", ")
        throw fail(
          "no column '\(Issue.escaped(spellings.joined(separator: "' or '")))' for \(what); columns found: \(list)",
          "the header that profile \(profile.name) was made for; check whether the bank changed it")
      }
    }
    if let header, !profile.headerRow.isEmpty {
      let wanted = profile.headerRow.map(MappingProfile.normalised)
      if let names, wanted != names {
        throw fail(
          HeaderDifference(from: profile.headerRow, to: header).text,
          "the header of profile \(profile.name)")
      }
    }
    for role in MappingProfile.Role.allCases {
      guard let column = profile.columns[role] else { continue }
      indexes[role.rawValue] = try position(column, role.text)
    }
    purposes = try profile.purposes.map { try position($0, "purpose") }
    flag = try profile.flag.map { try position($0.column, "the debit or credit flag") }
    recordType = try profile.recordType.map { try position($0.column, "the record type") }
    keepOnly = try profile.keepOnly.map { try position($0.column, "keep-only") }
    status = try profile.status.map { try position($0.column, "status") }
    channels = try profile.channels.map { try position($0.column, "channels") }
    guard self[.bookingDate] != nil || self[.valueDate] != nil else {
      throw fail("no column for the date", "a profile that names one")
    }
    guard self[.amount] != nil || self[.debit] != nil || self[.credit] != nil else {
      throw fail("no column for the amount", "a profile that names amount, or debit and credit")
    }
  }
}
