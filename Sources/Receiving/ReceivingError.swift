/// Why a file could not be taken in. Names the operation and what to do; never what is in the file.
public enum ReceivingError: Error, Sendable, Hashable, CustomStringConvertible {
  case missing(path: String)
  case isFolder(path: String)
  case forbidden(path: String)
  case unreadable(path: String, reason: String)
  /// Length or time of change moved while the file was copied.
  case changed(path: String)
  /// The own copy could not be made.
  case noRoom(folder: String, reason: String)

  public var description: String {
    switch self {
    case .missing(let path): "\(path): no such file — check the path"
    case .isFolder(let path):
      "\(path): this is a folder — name the files in it, for example \(path)/*"
    case .forbidden(let path): "\(path): may not be read — check the file's rights"
    case .unreadable(let path, let reason): "\(path): cannot be read: \(reason)"
    case .changed(let path):
      "\(path): the file changed while it was read — wait until it is complete, then read it again"
    case .noRoom(let folder, let reason):
      "\(folder): the working copy could not be written: \(reason) — make room, or name another "
        + "folder with TMPDIR"
    }
  }
}
