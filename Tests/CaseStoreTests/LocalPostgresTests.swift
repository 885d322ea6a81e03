import CaseModel
import CaseStore
import Foundation
import LocalPostgres
import Postgres
import Testing
import TestSupport

@Suite("The private server", .enabled(if: ThrowAwayDatabase.isAvailable), .serialized)
struct LocalPostgresTests {
  private let settings = ServerSettings(sharedBuffersMiB: 16)

  /// A folder of the test's own, and its server stopped and removed whatever happens.
  private func withFolder(
    _ suffix: String = "", _ body: (String, LocalPostgres) async throws -> Void
  ) async throws {
    let root = "/tmp/moneytrail-lp-\(getpid())-\(UInt32.random(in: 0 ... .max))"
    let server = LocalPostgres(folder: root + suffix, settings: settings)
    do { try await body(root + suffix, server) } catch {
      try? await server.stop()
      try? FileManager.default.removeItem(atPath: root)
      throw error
    }
    try await server.stop()
    try FileManager.default.removeItem(atPath: root)
  }

  @Test(
    "starting, starting again and stopping twice bring the state they name; a second server is refused"
  )
  func startIsIdempotent() async throws {
    try await withFolder { folder, server in
      #expect(server.status() == .absent)
      let endpoint = try await server.start()
      guard case .running(let pid) = server.status() else {
        Issue.record("the server does not run")
        return
      }
      #expect(try await server.start() == endpoint)
      #expect(server.status() == .running(processID: pid))
      await #expect(
        throws: LocalPostgresError.alreadyRunning(
          path: URL(filePath: folder).path, processID: pid)
      ) { try await server.start(ifRunning: .refuse) }
      for role in [LocalPostgres.ownerRole, LocalPostgres.appRole, LocalPostgres.adminRole] {
        let connection = try await Connection.open(
          ConnectionParameters(
            host: endpoint.socketFolder, database: endpoint.database, user: role))
        let settings = try await connection.perform { session in
          try session.first(
            "select current_user::text, current_setting('listen_addresses'), current_setting('data_checksums')"
          ) {
            try [
              $0.get(0, as: String.self), $0.get(1, as: String.self), $0.get(2, as: String.self),
            ]
          }
        }
        #expect(settings == [role, "", "on"])
      }
      try await server.stop()
      try await server.stop()
      #expect(server.status() == .stopped)
    }
  }

  @Test("a process number left by a crash, taken over by another program, does not stop a start")
  func staleNumbersAreSeenThrough() async throws {
    try await withFolder { folder, server in
      let endpoint = try await server.start()
      try await server.stop()
      // Our own number: alive, and no server of this folder.
      let left = "\(getpid())\n\(folder)/pgdata\n1700000000\n5432\n\(endpoint.socketFolder)\n\n"
      try left.write(toFile: folder + "/pgdata/postmaster.pid", atomically: false, encoding: .utf8)
      try left.write(
        toFile: endpoint.socketFolder + "/.s.PGSQL.5432.lock", atomically: false, encoding: .utf8)
      #expect(server.status() == .stale(processID: getpid()))
      try await server.start()
      guard case .running = server.status() else {
        Issue.record("the server does not run")
        return
      }
    }
  }

  @Test(
    "a server killed in the middle of an import comes back with everything before it and nothing of it"
  )
  func crashesLoseNothing() async throws {
    try await withFolder { _, server in
      let endpoint = try await server.start()
      func parameters(_ role: String) -> ConnectionParameters {
        ConnectionParameters(host: endpoint.socketFolder, database: endpoint.database, user: role)
      }
      try await Store.migrate(asOwner: parameters(LocalPostgres.ownerRole))
      let store = try await Store(connecting: parameters(LocalPostgres.appRole))
      try await store.importFile(
        input("a.csv", [statement(accountA, [entry("2024-01-02", 1, line: 2)])]))
      // Hold the import's turn, so that the second import is surely under way when the server goes.
      let holder = try await Connection.open(parameters(LocalPostgres.adminRole))
      _ = try await holder.perform { try $0.execute("select pg_advisory_lock(7209061002)") }
      let second = input("b.csv", [statement(accountA, [entry("2024-01-03", 2, line: 2)])])
      let task = Task { try await store.importFile(second) }
      var waiting: Int64 = 0
      while waiting == 0 {
        waiting =
          try await holder.perform { session in
            try session.first(
              "select count(*) from pg_locks where locktype = 'advisory' and not granted"
            ) {
              try $0.get(0, as: Int64.self)
            }
          } ?? 0
      }
      guard case .running(let pid) = server.status() else { return }
      kill(pid, SIGQUIT)
      let error = await #expect(throws: PostgresError.self) { try await task.value }
      #expect(error?.connectionLost == true)
      while case .running = server.status() { await Task.yield() }
      try await server.start()
      #expect(try await store.entries().count == 1)
      #expect(try await store.importFile(second).stored == 1)
      #expect(try await store.verify().isSound)
    }
  }

  @Test("a path too long for a socket moves the socket to a private folder elsewhere")
  func longPathsWork() async throws {
    let long = "/" + String(repeating: "a-long-folder-name-", count: 6)
    try await withFolder(long) { folder, server in
      let endpoint = try await server.start()
      #expect(endpoint.socketFolder.utf8.count < 90)
      let recorded = try String(contentsOfFile: folder + "/socket.path", encoding: .utf8)
      #expect(recorded == endpoint.socketFolder + "\n")
      let mode = try FileManager.default.attributesOfItem(atPath: endpoint.socketFolder)
      #expect(mode[.posixPermissions] as? Int == 0o700)
      _ = try await Connection.open(
        ConnectionParameters(
          host: endpoint.socketFolder, database: endpoint.database, user: LocalPostgres.appRole))
      try await server.stop()
      try? FileManager.default.removeItem(atPath: endpoint.socketFolder)
    }
  }

  @Test("programs upgraded under a running server restart it")
  func upgradesRestart() async throws {
    try await withFolder { folder, server in
      try await server.start()
      guard case .running(let before) = server.status(), let real = ServerBinaries.newest() else {
        return
      }
      // The real programs, but for a postgres that calls itself a later build.
      let fake =
        URL(filePath: folder).deletingLastPathComponent().path + "/moneytrail-bin-\(getpid())"
      try FileManager.default.createDirectory(
        atPath: fake, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o755])
      defer { try? FileManager.default.removeItem(atPath: fake) }
      for program in ["pg_ctl", "psql", "initdb"] {
        try FileManager.default.createSymbolicLink(
          atPath: fake + "/" + program, withDestinationPath: real.path(program))
      }
      let script = "#!/bin/sh\necho 'postgres (PostgreSQL) \(real.major).99 (later)'\n"
      try script.write(toFile: fake + "/postgres", atomically: true, encoding: .utf8)
      try FileManager.default.setAttributes(
        [.posixPermissions: 0o755], ofItemAtPath: fake + "/postgres")
      let upgraded = LocalPostgres(
        folder: folder, settings: settings,
        binaries: ServerBinaries(folder: fake, major: real.major))
      try await upgraded.start()
      guard case .running(let after) = server.status() else {
        Issue.record("the server does not run")
        return
      }
      #expect(before != after)
      try await server.start()
      #expect(server.status() == .running(processID: after))
    }
  }

  @Test("a full disk, a file in the folder's place and a closed folder are named with their remedy")
  func badPlacesAreNamed() async throws {
    try await withFolder { folder, _ in
      let hungry = LocalPostgres(folder: folder, settings: ServerSettings(freeMiBMin: 1 << 40))
      let full = await #expect(throws: LocalPostgresError.self) { try await hungry.start() }
      guard case .diskFull(_, _, let needed)? = full else {
        Issue.record("\(String(describing: full))")
        return
      }
      #expect(needed == 1 << 40)
      let file = folder + "/file"
      try "x".write(toFile: file, atomically: true, encoding: .utf8)
      await #expect(throws: LocalPostgresError.notAFolder(path: file)) {
        try await LocalPostgres(folder: file).start()
      }
      // Only root has another user to step down to, who then stands before the closed folder.
      guard geteuid() == 0 else { return }
      try FileManager.default.createDirectory(
        atPath: folder + "/closed", withIntermediateDirectories: true,
        attributes: [.posixPermissions: 0o700])
      let closed = await #expect(throws: LocalPostgresError.self) {
        try await LocalPostgres(folder: folder + "/closed/store").start()
      }
      #expect(closed == .notAccessible(path: folder + "/closed", user: "postgres"))
      #expect(closed.map { "\($0)".contains("chmod o+x") } == true)
    }
  }

  @Test("a missing server is named with the package that brings it")
  func missingServersAreNamed() {
    #expect(ServerBinaries.newest(major: 3) == nil)
    #expect(
      "\(LocalPostgresError.binariesMissing(neededMajor: 15))".contains(
        "apt-get install postgresql-15"))
  }
}
