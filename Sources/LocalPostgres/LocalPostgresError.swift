/// Why the private server in a folder could not be made, started or stopped. Each says what to do.
public enum LocalPostgresError: Error, Sendable, Hashable, CustomStringConvertible {
  /// No PostgreSQL server programs were found, or not of the version the folder was made with.
  case binariesMissing(neededMajor: Int?)
  /// Run as root, and there is no unprivileged user for the server.
  case serviceUserMissing(String)
  /// The folder, or one above it, cannot be entered by the user the server runs as.
  case notAccessible(path: String, user: String)
  /// The folder's data belong to another user.
  case ownedByAnother(path: String, owner: String)
  case diskFull(path: String, freeMiB: Int?, neededMiB: Int)
  /// A server that is not ours to use runs on the same data.
  case alreadyRunning(path: String, processID: Int32)
  /// Another program is starting or stopping the server right now.
  case busy(path: String)
  /// The folder holds no data yet.
  case notInitialised(path: String)
  /// The path is there and is no folder, or holds something else.
  case notAFolder(path: String)
  /// A server program failed in a way that has no case of its own: operation and last lines.
  case failed(operation: String, output: String)

  public var description: String {
    switch self {
    case .binariesMissing(nil):
      "no PostgreSQL server was found. Install it: apt-get install postgresql-15"
    case .binariesMissing(let major?):
      "the folder was made by PostgreSQL \(major), which is not installed. "
        + "Install it: apt-get install postgresql-\(major)"
    case .serviceUserMissing(let user):
      "PostgreSQL refuses to run as root, and the user \(user) to run it as is missing. "
        + "Install postgresql-common, or run as an ordinary user"
    case .notAccessible(let path, let user):
      "\(path): the user \(user), as whom the database server runs, cannot use it. "
        + "Choose another folder, or allow it: chmod o+x \(path)"
    case .ownedByAnother(let path, let owner):
      "\(path): belongs to the user \(owner). Run as \(owner) or as root, or choose another folder"
    case .diskFull(let path, let free, let needed):
      "\(path): the disk is full"
        + (free.map { " (\($0) MiB free, at least \(needed) MiB needed)" } ?? "")
        + ". Make room, then start again; nothing stored is lost"
    case .alreadyRunning(let path, let pid):
      "\(path): a database server already runs on this folder (process \(pid)). "
        + "Stop it first, or use it"
    case .busy(let path):
      "\(path): another program is starting or stopping this server. Wait, then try again"
    case .notInitialised(let path): "\(path): holds no database yet. Run: moneytrail init"
    case .notAFolder(let path): "\(path): is not a folder that can hold a database. Choose another"
    case .failed(let operation, let output): "\(operation) failed: \(output)"
    }
  }
}
