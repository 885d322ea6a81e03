import CaseModel

/// Extracts of registers: companies, land, vehicles, vessels, aircraft, bank accounts (formats.md §6). Rows
/// of delimited text become stated entities through a profile of kind `record: entity`.
public struct Register: StatementFormat {
  public init() {}
  public var name: String { "register" }
  public var version: Int { 1 }

  public func confidence(head: ArraySlice<UInt8>, name: String) -> Int {
    RegisterProfile.match(head) == nil ? 0 : 88
  }

  public func takes(profile: String) -> Bool {
    RegisterProfile.all.contains { $0.name == profile } || ProfileNode.kind(of: profile) == "entity"
  }

  public func read(_ file: InputFile, options: ReadingOptions, into sink: any StatementSink) throws
  {
    let profile: RegisterProfile
    do throws(ProfileFault) {
      let head = Identification.head(of: file)
      guard
        let found = try RegisterProfile.stated(options.profile) ?? RegisterProfile.match(head[...])
      else { throw ProfileFault(reason: "no register profile has these columns") }
      profile = found
    } catch {
      throw FileRefusal([
        Issue(
          .error, "E-PROFILE", file: file.name, at: Locator(text: "profile", ordinal: 0),
          found: error.reason, expected: "a register profile as the user guide describes it")
      ])
    }
    try sink.uses(profile: profile.line)
    var reader = RegisterReader(file: file, profile: profile, options: options, sink: sink)
    try reader.read(limits: options.limits)
  }
}
