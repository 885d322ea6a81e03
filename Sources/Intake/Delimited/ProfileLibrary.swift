import CaseModel
import Digests

/// The mapping profiles that come with the program, and the choice among them.
enum ProfileLibrary {
  /// Every file of the folder `Profiles`, by name. One that does not parse is left out; a test
  /// reads each of them.
  static let all: [MappingProfile] = IntakeFiles.all.filter { $0.folder == "Profiles" }
    .compactMap { try? MappingProfile(text: $0.text) }
    .sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }

  /// The text of an embedded profile, as written; nil for a name that is none.
  static func text(named name: String) -> String? {
    guard let known = all.first(where: { $0.name == name }) else { return nil }
    return IntakeFiles.all.first {
      $0.folder == "Profiles" && ContentHash(of: $0.text) == known.hash
    }?.text
  }

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
    try match(file: file) { header(text, $0, limits: limits) }
  }

  /// The same for the first rows of a sheet.
  static func match(_ rows: [SheetRow], file: InputFile) throws -> MappingProfile? {
    try match(file: file) { profile in
      guard let header = rows.first(where: { $0.number > profile.skip && $0.width > 0 }) else {
        return nil
      }
      // A sheet ends a row at its last filled cell; names at the end may be empty.
      return (header.names(profile.headerRow.count), header.number)
    }
  }

  private static func match(
    file: InputFile, _ header: (MappingProfile) -> ([String], Int)?
  ) throws -> MappingProfile? {
    var near: (profile: MappingProfile, header: [String], line: Int)?
    for profile in all where profile.isMatched && !profile.headerRow.isEmpty {
      guard let (header, line) = header(profile) else { continue }
      if MappingProfile.fingerprint(header) == MappingProfile.fingerprint(profile.headerRow) {
        return profile
      }
      let names = Set(header.map(MappingProfile.normalised))
      let shared = profile.headerRow.count { names.contains(MappingProfile.normalised($0)) }
      // Short headers are too much alike to say that one is another changed.
      if shared >= 6, shared * 10 >= max(profile.headerRow.count, header.count) * 8, near == nil {
        near = (profile, header, line)
      }
    }
    guard let near else { return nil }
    throw FileRefusal([
      Issue(
        .error, "E-HEADER", file: file.name, at: .line(near.line),
        found: HeaderDifference(from: near.profile.headerRow, to: near.header).text,
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
