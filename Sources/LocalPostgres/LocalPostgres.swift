import Foundation
import SQLScripts

/// A private PostgreSQL server in a folder: socket only, peer authentication, never as root.
///
/// Each call may be repeated; it brings about the state it names and does nothing when that is so.
/// Everything lies in the folder (`pgdata`, `socket`, `postgres.log`), but for the socket when its path
/// would be too long; `socket.path` then says where.
public struct LocalPostgres: Sendable {
  public static let port = 5432
  /// Administers the server: made by `initdb`, makes roles and databases.
  public static let adminRole = "moneytrail_admin"
  /// Owns the store's tables and runs its migrations.
  public static let ownerRole = "moneytrail_owner"
  /// The program's own role.
  public static let appRole = "moneytrail_app"
  public static let database = "moneytrail"

  /// Where to connect.
  public struct Endpoint: Sendable, Hashable {
    /// Goes where libpq expects a host.
    public let socketFolder: String
    public let port: Int
    public let database: String
  }

  public enum Status: Sendable, Hashable {
    /// No data in the folder.
    case absent
    case stopped
    /// A process number is left over from a server that is gone.
    case stale(processID: Int32)
    case running(processID: Int32)
  }

  public enum IfRunning: Sendable { case use, refuse }

  let folder: ServerFolder
  let settings: ServerSettings
  let chosen: ServerBinaries?

  /// - Parameters:
  ///   - folder: made when it is not there.
  ///   - binaries: nil for the newest installed, or those of the version the data were made with.
  public init(
    folder: String, settings: ServerSettings = ServerSettings(), binaries: ServerBinaries? = nil
  ) {
    self.folder = ServerFolder(folder)
    self.settings = settings
    chosen = binaries
  }

  /// The server's state, told from its files and processes without connecting.
  public func status() -> Status {
    guard folder.isInitialised else { return .absent }
    guard let postmaster = folder.postmaster() else { return .stopped }
    return folder.isServer(postmaster.pid)
      ? .running(processID: postmaster.pid) : .stale(processID: postmaster.pid)
  }

  /// Where to connect, running or not.
  public func endpoint() throws -> Endpoint {
    let user = try ServiceUser.forData(at: folder.data)
    return Endpoint(
      socketFolder: folder.socketFolder(for: user), port: Self.port, database: Self.database)
  }

  /// Makes the server's data: checksums on, ICU, UTF-8. Does nothing when they are there.
  public func initialise() async throws {
    try makeFolder()
    try await locked { try await initialiseUnlocked() }
  }

  /// Starts the server, making data, roles and database when they are missing.
  ///
  /// A server whose programs were upgraded while it ran is restarted, for it would fail later when it
  /// loads a library of the new version (stack.md §2).
  @discardableResult
  public func start(ifRunning: IfRunning = .use) async throws -> Endpoint {
    try makeFolder()
    return try await locked {
      try await initialiseUnlocked()
      return try await startUnlocked(ifRunning)
    }
  }

  /// Stops the server, letting statements under way fail. Does nothing when it does not run.
  public func stop() async throws {
    guard folder.isInitialised else { return }
    try await locked {
      let user = try ServiceUser.forData(at: folder.data)
      try await stopUnlocked(try binaries(), user)
    }
  }

  // MARK: Making

  private func makeFolder() throws {
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: folder.root, isDirectory: &isFolder) {
      guard isFolder.boolValue else { throw LocalPostgresError.notAFolder(path: folder.root) }
      return
    }
    do {
      try FileManager.default.createDirectory(
        atPath: folder.root, withIntermediateDirectories: true,
        attributes: [.posixPermissions: 0o755])
    } catch {
      throw LocalPostgresError.notAccessible(
        path: folder.root, user: ServiceUser.userName(geteuid()))
    }
  }

  private func initialiseUnlocked() async throws {
    guard !folder.isInitialised else { return }
    let binaries = try binaries()
    let user = try ServiceUser.forData(at: folder.data)
    try await checkWay(for: user)
    try checkSpace()
    // Made beside and renamed, so that an interrupted start leaves no half-made data behind.
    let part = folder.data + ".part"
    try? FileManager.default.removeItem(atPath: part)
    guard mkdir(part, 0o700) == 0 else {
      throw LocalPostgresError.notAccessible(path: folder.root, user: user.name)
    }
    try user.take(part, mode: 0o700)
    let made = try await user.run(
      binaries.path("initdb"),
      [
        "-D", part, "-U", Self.adminRole, "-E", "UTF8", "--locale-provider=icu",
        "--icu-locale=und", "--locale=C.UTF-8", "--data-checksums", "-A", "peer",
        "--no-instructions",
      ])
    guard made.isSuccess else {
      try? FileManager.default.removeItem(atPath: part)
      throw failure("initdb", made.tail, user)
    }
    guard rename(part, folder.data) == 0 else {
      throw LocalPostgresError.notAccessible(path: folder.root, user: user.name)
    }
  }

  // MARK: Starting and stopping

  private func startUnlocked(_ ifRunning: IfRunning) async throws -> Endpoint {
    let binaries = try binaries()
    let user = try ServiceUser.forData(at: folder.data)
    let endpoint = try endpoint()
    try await checkWay(for: user)
    if let postmaster = folder.postmaster() {
      if folder.isServer(postmaster.pid) {
        guard ifRunning == .use, postmaster.socketFolder == endpoint.socketFolder else {
          throw LocalPostgresError.alreadyRunning(path: folder.root, processID: postmaster.pid)
        }
        if try await isCurrent(binaries, user, endpoint) {
          try await makeRolesAndDatabase(binaries, user, endpoint)
          return endpoint
        }
        try await stopUnlocked(binaries, user)
      } else {
        // Left over from a crash. PostgreSQL still guards its data by the shared memory's key.
        unlink(folder.pidFile)
      }
    }
    try checkSpace()
    try prepareSocket(endpoint.socketFolder, user)
    try writeConfiguration(user, endpoint)
    if !FileManager.default.fileExists(atPath: folder.log) {
      _ = FileManager.default.createFile(atPath: folder.log, contents: nil)
    }
    try user.take(folder.log, mode: 0o600)
    let started = try await user.run(
      binaries.path("pg_ctl"), ["-D", folder.data, "-l", folder.log, "-w", "-t", "120", "start"])
    guard started.isSuccess else {
      throw failure("starting the server", started.tail + "\n" + folder.logTail(), user)
    }
    try await makeRolesAndDatabase(binaries, user, endpoint)
    return endpoint
  }

  private func stopUnlocked(_ binaries: ServerBinaries, _ user: ServiceUser) async throws {
    guard let postmaster = folder.postmaster(), folder.isServer(postmaster.pid) else { return }
    let stopped = try await user.run(
      binaries.path("pg_ctl"), ["-D", folder.data, "-m", "fast", "-w", "-t", "120", "stop"])
    guard stopped.isSuccess else { throw failure("stopping the server", stopped.tail, user) }
  }

  /// The running server and the installed programs are of the same build.
  private func isCurrent(
    _ binaries: ServerBinaries, _ user: ServiceUser, _ endpoint: Endpoint
  ) async throws -> Bool {
    let installed = try await user.run(binaries.path("postgres"), ["--version"])
    let running = try await psql(
      binaries, user, endpoint, database: "postgres", input: "show server_version;")
    guard installed.isSuccess, running.isSuccess else { return false }
    func version(_ text: String) -> Substring {
      let line = text.split(separator: "\n").first ?? ""
      let prefix = "postgres (PostgreSQL) "
      return line.hasPrefix(prefix) ? line.dropFirst(prefix.count) : line
    }
    return version(installed.output) == version(running.output)
  }

  private func makeRolesAndDatabase(
    _ binaries: ServerBinaries, _ user: ServiceUser, _ endpoint: Endpoint
  ) async throws {
    let roles = try await psql(
      binaries, user, endpoint, database: "postgres", input: SQL.query("create_roles").text)
    guard roles.isSuccess else { throw failure("making the roles", roles.tail, user) }
    let found = try await psql(
      binaries, user, endpoint, database: "postgres", input: SQL.query("list_databases").text)
    if found.output.split(separator: "\n").contains(Substring(Self.database)) { return }
    let made = try await psql(
      binaries, user, endpoint, database: "postgres", input: SQL.query("create_database").text)
    guard made.isSuccess else { throw failure("making the database", made.tail, user) }
    let given = try await psql(
      binaries, user, endpoint, database: Self.database, input: SQL.query("hand_over_schema").text)
    guard given.isSuccess else { throw failure("making the database", given.tail, user) }
  }

  private func psql(
    _ binaries: ServerBinaries, _ user: ServiceUser, _ endpoint: Endpoint, database: String,
    input: String
  ) async throws -> ServiceUser.Outcome {
    try await user.run(
      binaries.path("psql"),
      [
        "-X", "-q", "-A", "-t", "-w", "-v", "ON_ERROR_STOP=1", "-h", endpoint.socketFolder, "-p",
        String(endpoint.port), "-U", Self.adminRole, "-d", database,
      ], input: input)
  }
}
