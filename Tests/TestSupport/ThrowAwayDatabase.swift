import CaseStore
import Foundation
import LocalPostgres
import Postgres
import Synchronization

/// A database of a test's own on a private server that the test process starts once.
///
/// Cloned from one migrated template, so that a test pays milliseconds and not migrations.
public struct ThrowAwayDatabase: Sendable {
  public let admin: ConnectionParameters
  public let owner: ConnectionParameters
  public let app: ConnectionParameters

  /// False where no PostgreSQL server is installed: such tests are skipped, and say so.
  public static var isAvailable: Bool { ServerBinaries.newest() != nil }

  /// A migrated, empty store.
  public static func make(migrated: Bool = true) async throws -> ThrowAwayDatabase {
    try await TestServer.shared.database(migrated: migrated)
  }

  /// The store in it, as the program's own role.
  public func store() async throws -> Store { try await Store(connecting: app) }
}

/// The server of this test process, stopped and removed when the process ends.
actor TestServer {
  static let shared = TestServer()
  private static let toRemove = Mutex<(folder: String, pid: Int32)?>(nil)
  private var starting: Task<LocalPostgres.Endpoint, any Error>?
  private var made = 0

  func database(migrated: Bool) async throws -> ThrowAwayDatabase {
    let endpoint = try await endpoint()
    made += 1
    let name = "test_\(made)"
    func parameters(_ user: String, _ database: String) -> ConnectionParameters {
      ConnectionParameters(host: endpoint.socketFolder, database: database, user: user)
    }
    let template = migrated ? LocalPostgres.database : "template0"
    let admin = try await Connection.open(parameters(LocalPostgres.adminRole, "postgres"))
    try await admin.perform { session in
      try session.script(
        Query(
          name: "clone", text: "create database \(name) template \(template) owner moneytrail_owner"
        ))
    }
    if !migrated {
      let inside = try await Connection.open(parameters(LocalPostgres.adminRole, name))
      try await inside.perform { try $0.script("alter schema public owner to moneytrail_owner") }
    }
    return ThrowAwayDatabase(
      admin: parameters(LocalPostgres.adminRole, name),
      owner: parameters(LocalPostgres.ownerRole, name),
      app: parameters(LocalPostgres.appRole, name))
  }

  private func endpoint() async throws -> LocalPostgres.Endpoint {
    if let starting { return try await starting.value }
    let task = Task { try await Self.start() }
    starting = task
    return try await task.value
  }

  /// Servers of test processes that were killed before they could clean up.
  private static func removeLeftovers() async {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "/tmp")) ?? []
    for name in names where name.hasPrefix("moneytrail-test-") {
      guard let pid = Int32(name.dropFirst("moneytrail-test-".count)), kill(pid, 0) != 0,
        errno == ESRCH
      else { continue }
      try? await LocalPostgres(folder: "/tmp/" + name).stop()
      try? FileManager.default.removeItem(atPath: "/tmp/" + name)
    }
  }

  private static func start() async throws -> LocalPostgres.Endpoint {
    await removeLeftovers()
    let folder = "/tmp/moneytrail-test-\(getpid())"
    let server = LocalPostgres(
      folder: folder,
      settings: ServerSettings(sharedBuffersMiB: 64, extra: ["max_connections = 200"]))
    let endpoint = try await server.start()
    if case .running(let pid) = server.status() { toRemove.withLock { $0 = (folder, pid) } }
    atexit {
      guard let (folder, pid) = TestServer.toRemove.withLock({ $0 }) else { return }
      kill(pid, SIGQUIT)
      // A child of init, not of ours: wait until it is gone, then remove what it leaves.
      for _ in 0..<100 where kill(pid, 0) == 0 { usleep(50_000) }
      try? FileManager.default.removeItem(atPath: folder)
    }
    let owner = ConnectionParameters(
      host: endpoint.socketFolder, database: LocalPostgres.database, user: LocalPostgres.ownerRole)
    try await Store.migrate(asOwner: owner)
    return endpoint
  }
}
