// The profiles that ship with the program, embedded when it was built.

import CaseModel

extension Law {
  /// Names of the profiles, in byte order.
  public static var profileNames: [String] {
    LegislationFiles.all
      .filter { $0.folder == "Jurisdictions" && $0.name.hasSuffix(".yaml") }
      .map { String($0.name.dropLast(5)) }
  }

  /// Every profile, in the order of `profileNames`.
  /// - Throws: `LawRefused` when a file does not hold; the tests of this target read them all.
  public static var all: [Law] {
    get throws { try profileNames.map { try Law(profile: $0) } }
  }

  /// The profile with a name: `gb`, `untoc`.
  /// - Throws: `LawError.unknownProfile`, or `LawRefused` when the file does not hold.
  public init(profile: String) throws {
    guard
      let file = LegislationFiles.all.first(where: {
        $0.folder == "Jurisdictions" && $0.name == profile + ".yaml"
      })
    else { throw LawError.unknownProfile(profile, known: Self.profileNames) }
    try self.init(reading: file.text, file: "Jurisdictions/" + file.name)
    guard self.profile == profile else {
      throw LawRefused(issues: [
        Issue(
          .error, "E-LAW", file: file.name, at: .line(1), found: "profile \(self.profile)",
          expected: "the file's own name, \(profile)")
      ])
    }
  }

  /// The law a profile text states.
  /// - Parameter file: what messages call the text.
  /// - Throws: `LawRefused` with every problem and its line.
  public init(reading text: String, file: String) throws {
    var reader = LawReader(file: file)
    self = try reader.law(in: text)
  }
}
