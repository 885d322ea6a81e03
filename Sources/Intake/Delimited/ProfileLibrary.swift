import CaseModel

/// The mapping profiles that come with the program, and the choice among them.
enum ProfileLibrary {
  /// Every file of the folder `Profiles`, by name. One that does not parse is left out; a test
  /// reads each of them.
  static let all: [MappingProfile] = IntakeFiles.all.filter { $0.folder == "Profiles" }
    .compactMap { try? MappingProfile(text: $0.text) }
    .sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }

  /// The profile that the operator states: its text, or the name of an embedded one.
  static func profile(_ text: String, file: String) throws -> MappingProfile {
    if let known = all.first(where: { $0.name == text }) { return known }
    do throws(ProfileFault) { return try MappingProfile(text: text) } catch {
      throw FileRefusal([
        Issue(
          .error, "E-PROFILE", file: file, at: Locator(text: "profile", ordinal: 0),
          found: error.reason, expected: "a mapping profile as the user guide describes it")
      ])
    }
  }

  /// The embedded profile whose header the file has, by fingerprint.
  /// - Throws: `E-HEADER` when most names of a profile are there but not all: the bank changed its
  ///   layout, and the old mapping may put amounts in the wrong place.
  static func match(
    _ text: DecodedText, file: InputFile, limits: ReadingOptions.Limits
  ) throws -> MappingProfile? {
    var near: (profile: MappingProfile, header: [String], line: Int)?
    for profile in all where !profile.headerRow.isEmpty {
      guard let (header, line) = header(text, profile, limits: limits) else { continue }
      if MappingProfile.fingerprint(header) == MappingProfile.fingerprint(profile.headerRow) {
        return profile
      }
      let names = Set(header.map(MappingProfile.normalised))
      let shared = profile.headerRow.count { names.contains(MappingProfile.normalised($0)) }
      if shared >= 4, shared * 10 >= max(profile.headerRow.count, header.count) * 8, near == nil {
        near = (profile, header, line)
      }
    }
    guard let near else { return nil }
    throw FileRefusal([
      Issue(
        .error, "E-HEADER", file: file.name, at: .line(near.line),
        found: ColumnMap.difference(near.profile.headerRow, near.header),
        expected: "the header of profile \(near.profile.name); state a profile for the new layout")
    ])
  }

  private static func header(
    _ text: DecodedText, _ profile: MappingProfile, limits: ReadingOptions.Limits
  ) -> ([String], Int)? {
    text.withBytes { buffer in
      let head = UnsafeBufferPointer(rebasing: buffer[..<min(buffer.count, 64 << 10)])
      var scanner = RowScanner(
        head, delimiter: profile.delimiter ?? 0x2C, quote: profile.quote, columnsMax: limits.columns
      )
      _ = scanner.skipLines(profile.skip)
      guard let names = try? Delimited.header(&scanner, file: "", limits: limits) else {
        return nil
      }
      return (names, scanner.rowLine)
    }
  }
}
