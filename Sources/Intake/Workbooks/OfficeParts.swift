import CaseModel

/// The parts of an office document, taken out of its container when they are asked for.
struct OfficeParts {
  let file: InputFile
  let limits: ReadingOptions.Limits
  let names: Set<String>

  /// - Throws: `FileRefusal` for a container that is damaged or breaks a limit.
  init(_ file: InputFile, limits: ReadingOptions.Limits) throws {
    if let issue = ArchiveCheck.breach(of: file, limits: limits.archive) {
      throw FileRefusal([issue])
    }
    guard let directory = ZIPDirectory(file) else { throw FileRefusal([]) }
    self.file = file
    self.limits = limits
    names = Set(directory.names)
  }

  /// The bytes of one part; nil when the document has none of that name.
  func bytes(_ name: String) throws -> [UInt8]? {
    guard names.contains(name) else { return nil }
    let content = try ArchiveReader(file: file, kind: .zip, limits: limits.archive)
      .content { $0 == name }
    if let issue = content.issues.first(where: { $0.severity == .error }) {
      throw FileRefusal([issue])
    }
    return content.members.first?.bytes
  }

  /// Reads one part as XML, with its name in every refusal.
  func read(_ name: String, _ body: (XMLPull) throws -> Void) throws {
    guard let bytes = try bytes(name) else {
      throw refusal("E-FORMAT", name, "a workbook without its part \(name)", "a whole workbook")
    }
    do { try XMLPull.read(bytes, limits: limits, body) } catch let fault as XMLRefusal {
      throw refusal(
        fault.code, "\(name) line \(fault.line)", fault.found, fault.expected)
    }
  }

  func refusal(
    _ code: String, _ place: String, _ found: String, _ expected: String
  ) -> FileRefusal {
    FileRefusal([
      Issue(
        .error, code, file: file.name, at: Locator(text: Issue.escaped(place), ordinal: 0),
        found: Issue.escaped(found), expected: expected)
    ])
  }

  /// Refuses a text that was cut at the limit of one field.
  func checkWhole(_ pull: XMLPull, _ part: String) throws {
    guard pull.cutText else { return }
    throw refusal(
      "E-SIZE", "\(part) line \(pull.line)", "a cell of more than \(limits.fieldBytes) bytes",
      "at most \(limits.fieldBytes) bytes a cell")
  }
}
