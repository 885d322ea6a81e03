/// Why a document was not published. Nothing of it is left in the folder.
public enum PublishingError: Error, Hashable, Sendable {
  /// A program that draws or sets the document is not on this machine.
  case toolMissing(tool: String, remedy: String)
  /// A program ran and failed.
  case toolFailed(tool: String, message: String)
  /// The folder or a file in it cannot be written.
  case unwritable(path: String, reason: String)
  /// The tree points to a section it does not have, or names one twice.
  case brokenTree(String)
  /// libxlsxwriter refused a call.
  case workbook(operation: String, message: String)
}

extension PublishingError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .toolMissing(let tool, let remedy): "\(tool) is not there — \(remedy)"
    case .toolFailed(let tool, let message): "\(tool) failed: \(message) — nothing was published"
    case .unwritable(let path, let reason):
      "\(path): cannot be written: \(reason) — choose a folder you may write to, with space left; nothing was published"
    case .brokenTree(let what):
      "the document's tree is broken: \(what) — this is a defect in the drafting"
    case .workbook(let operation, let message):
      "workbook: \(operation): \(message) — nothing was published"
    }
  }
}
