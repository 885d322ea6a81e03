import Foundation
import Subprocess

/// The user the server runs as: never root.
struct ServiceUser: Sendable, Hashable {
  let name: String
  let id: uid_t
  let group: gid_t
  /// True when we are root and step down for every server program.
  let stepsDown: Bool

  /// The owner of existing data; else `postgres` when we are root; else ourselves.
  static func forData(at path: String) throws -> ServiceUser {
    var info = stat()
    let owner: uid_t? = stat(path, &info) == 0 ? info.st_uid : nil
    let me = geteuid()
    if me != 0 {
      if let owner, owner != me {
        throw LocalPostgresError.ownedByAnother(path: path, owner: userName(owner))
      }
      return ServiceUser(name: userName(me), id: me, group: getegid(), stepsDown: false)
    }
    if let owner, owner != 0 {
      return ServiceUser(name: userName(owner), id: owner, group: info.st_gid, stepsDown: true)
    }
    guard let entry = getpwnam("postgres") else {
      throw LocalPostgresError.serviceUserMissing("postgres")
    }
    return ServiceUser(
      name: "postgres", id: entry.pointee.pw_uid, group: entry.pointee.pw_gid, stepsDown: true)
  }

  static func userName(_ id: uid_t) -> String {
    guard let entry = getpwuid(id) else { return String(id) }
    return String(cString: entry.pointee.pw_name)
  }

  /// Hands a file or folder to the service user with a mode.
  func take(_ path: String, mode: mode_t) throws {
    guard !stepsDown || chown(path, id, group) == 0, chmod(path, mode) == 0 else {
      throw LocalPostgresError.notAccessible(path: path, user: name)
    }
  }

  struct Outcome: Sendable {
    let isSuccess: Bool
    let output: String
    let errors: String
    /// The last lines of both, for a person.
    var tail: String {
      (output + "\n" + errors).split(separator: "\n").suffix(6).joined(separator: "; ")
    }
  }

  /// Runs a program as the service user, with English messages and without the caller's `PG*`
  /// variables. `setpriv` needs no login session (stack.md §2).
  func run(_ program: String, _ arguments: [String], input: String = "") async throws -> Outcome {
    var command = [program] + arguments
    if stepsDown {
      command =
        [
          "/usr/bin/setpriv", "--reuid=\(id)", "--regid=\(group)", "--clear-groups",
          "--reset-env",
        ] + command
    }
    let result = try await Subprocess.run(
      .path(.init(command[0])), arguments: Arguments(Array(command.dropFirst())),
      environment: .custom([
        "PATH": "/usr/bin:/bin:/usr/sbin:/sbin", "LC_ALL": "C.UTF-8", "TZ": "UTC",
      ]),
      workingDirectory: .init("/"),
      input: .string(input), output: .string(limit: 1 << 20), error: .string(limit: 1 << 20))
    return Outcome(
      isSuccess: result.terminationStatus.isSuccess, output: result.standardOutput,
      errors: result.standardError)
  }
}
