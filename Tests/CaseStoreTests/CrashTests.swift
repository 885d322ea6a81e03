import CaseModel
import CaseStore
import Foundation
import LocalPostgres
import Postgres
import Testing
import TestSupport

/// What is killed here is killed with SIGKILL at a moment of chance: this test program itself, run a second
/// time as a child that imports, and every process of a private server. `MONEYTRAIL_CRASH_ROUNDS` sets the
/// rounds of each.
@Suite("Imports that are killed", .serialized, .enabled(if: ThrowAwayDatabase.isAvailable))
struct CrashTests {
  private static let rounds =
    ProcessInfo.processInfo.environment["MONEYTRAIL_CRASH_ROUNDS"].flatMap { Int($0) } ?? 4

  /// Large enough that the import takes some hundred milliseconds.
  ///
  /// - Parameter start: the first line shown; files of one round with other starts overlap.
  static func file(_ round: Int, from start: Int = 0) -> ImportInput {
    let entries = (start..<(start + 4_000)).map { index in
      entry(
        "2024-02-0\(index % 9 + 1)", Int64(index + 1),
        to: index % 3 == 0 ? accountB : nil, purpose: "round \(round) line \(index)",
        line: index - start + 2, key: "\(round)-\(index)")
    }
    let payments = (0..<300).map {
      payment(
        Int64($0 + 1), on: "2024-02-03", from: accountA, to: accountC, uetr: "U-\(round)-\($0)",
        line: 5_000 + $0)
    }
    let entities = (0..<200).map {
      entity("Person", "P-\(round)-\($0)", ["name": ["Example"]], line: 6_000 + $0)
    }
    let text = (1...7_000).map { "line \($0) of \(round) from \(start)\n" }.joined()
    return input(
      "round-\(round)-\(start).csv", [statement(accountA, entries)], payments: payments,
      entities: entities, text: text)
  }

  private static func microseconds(_ duration: Duration) -> Int {
    let (seconds, attoseconds) = duration.components
    return max(1, Int(seconds) * 1_000_000 + Int(attoseconds / 1_000_000_000_000))
  }

  private struct Counts: Equatable {
    var rows: [Int]
    static let nothing = Counts(rows: [0, 0, 0, 0, 0, 0, 0, 0])
  }

  /// What the store holds of one file, from the file itself to the last part.
  private func counts(_ session: Session, _ round: Int) throws -> Counts {
    let hash = Self.file(round).file.sha256.hex
    let text = """
      with f as (select id from received_file where encode(sha256, 'hex') = '\(hash)')
      select (select count(*) from f), (select count(*) from import_batch where file in (table f)),
        (select count(*) from statement where file in (table f)),
        (select count(*) from entry where statement in (select id from statement where file in (table f))),
        (select count(*) from payment_place where file in (table f)),
        (select count(*) from payment_account where record in (
          select record from payment_place where file in (table f))),
        (select count(*) from entity_place where file in (table f)),
        (select count(*) from pg_locks where locktype = 'advisory'
          and database = (select oid from pg_database where datname = current_database()))
      """
    let rows = try session.first(Query(name: "counts", text: text)) { row in
      try (0..<8).map { Int(try row.get($0, as: Int64.self)) }
    }
    return Counts(rows: rows ?? [])
  }

  private static let whole = Counts(rows: [1, 1, 1, 4_000, 300, 600, 200, 0])

  /// The child's part: imports the file it is told to. Does nothing in an ordinary run.
  @Test(
    "child: imports one file and ends",
    .enabled(if: ProcessInfo.processInfo.environment["MONEYTRAIL_CRASH_CHILD"] != nil))
  func child() async throws {
    let told = ProcessInfo.processInfo.environment["MONEYTRAIL_CRASH_CHILD"] ?? ""
    let parts = told.split(separator: " ").map(String.init)
    guard parts.count == 4, let round = Int(parts[2]), let start = Int(parts[3]) else { return }
    let made = Self.file(round, from: start)
    let store = try await Store(
      connecting: ConnectionParameters(
        host: parts[0], database: parts[1], user: LocalPostgres.appRole), connections: 1)
    FileHandle.standardOutput.write(Data("CHILD READY\n".utf8))
    try await store.importFile(made)
    FileHandle.standardOutput.write(Data("CHILD DONE\n".utf8))
    await store.close()
  }

  private func startChild(
    _ parameters: ConnectionParameters, round: Int, from start: Int = 0
  ) throws -> (Process, Pipe) {
    let child = Process()
    child.executableURL = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
    child.arguments = [
      "--testing-library", "swift-testing", "--filter", "CaseStoreTests.CrashTests/child",
    ]
    let named = parameters.keywords
    let place = "\(named["host"] ?? "") \(named["dbname"] ?? "")"
    var environment = ProcessInfo.processInfo.environment
    environment["MONEYTRAIL_CRASH_CHILD"] = "\(place) \(round) \(start)"
    child.environment = environment
    let output = Pipe()
    child.standardOutput = output
    child.standardError = FileHandle.nullDevice
    try child.run()
    return (child, output)
  }

  /// Waits for a word in the child's output; false when the output ended without it.
  private func wait(for word: String, _ output: Pipe) -> Bool {
    var seen = ""
    while !seen.contains(word) {
      let data = output.fileHandleForReading.availableData
      guard !data.isEmpty else { return false }
      seen += String(decoding: data, as: UTF8.self)
    }
    return true
  }

  @Test("a program killed at any moment of an import leaves all of it or nothing")
  func killedPrograms() async throws {
    let database = try await ThrowAwayDatabase.make()
    let admin = try await Connection.open(database.admin)
    // How long an import takes here, so that the moments of death lie all over it and a little after.
    // The first import meets an empty account and is faster than all that follow.
    var span = 1
    for round in [-1, -2] {
      let (first, told) = try startChild(database.app, round: round)
      try #require(wait(for: "CHILD READY", told), "the child did not start")
      let clock = ContinuousClock()
      let started = clock.now
      #expect(wait(for: "CHILD DONE", told))
      span = Self.microseconds(clock.now - started)
      first.waitUntilExit()
    }
    var random = RandomFiles(seed: 4711)
    var met = (nothing: 0, whole: 0)
    for round in 0..<Self.rounds {
      let (child, output) = try startChild(database.app, round: round)
      try #require(wait(for: "CHILD READY", output), "the child did not start")
      usleep(UInt32(random.next(span + span / 2)))
      kill(child.processIdentifier, SIGKILL)
      child.waitUntilExit()
      // The server ends the session by itself; its lock says when it is over.
      let counts = try await settled(admin, round)
      #expect(counts == .nothing || counts == Self.whole, "round \(round): \(counts.rows)")
      if counts == .nothing { met.nothing += 1 } else { met.whole += 1 }
      // And the store goes on: the same file again completes or adds nothing.
      let store = try await database.store()
      let report = try await store.importFile(Self.file(round))
      #expect(report.outcome == (counts == .nothing ? .imported : .copy), "round \(round)")
      await store.close()
    }
    let store = try await database.store()
    #expect(try await store.verify().isSound)
    #expect(try await store.entries().count == 4_000 * (Self.rounds + 2))
    print("killed programs: \(Self.rounds) rounds, nothing \(met.nothing), whole \(met.whole)")
  }

  @Test("two programs that import overlapping files at once add every line once and block neither")
  func twoPrograms() async throws {
    let database = try await ThrowAwayDatabase.make()
    let started = try [0, 2_000].map { try startChild(database.app, round: 7, from: $0) }
    for (child, output) in started {
      #expect(wait(for: "CHILD DONE", output))
      child.waitUntilExit()
      #expect(child.terminationStatus == 0)
    }
    let together = try await database.contentDump()
    let other = try await ThrowAwayDatabase.make()
    let store = try await other.store()
    for start in [2_000, 0] { try await store.importFile(Self.file(7, from: start)) }
    #expect(try await store.entries().count == 6_000)
    #expect(try await other.contentDump() == together)
    #expect(try await store.verify().isSound)
  }

  private func settled(_ admin: Connection, _ round: Int) async throws -> Counts {
    var found = try await admin.perform { try counts($0, round) }
    while found.rows.last != 0 {
      try await Task.sleep(for: .milliseconds(20))
      found = try await admin.perform { try counts($0, round) }
    }
    return found
  }

  @Test("a server killed at any moment of an import comes back with all of it or nothing")
  func killedServers() async throws {
    let folder = "/tmp/moneytrail-crash-\(getpid())"
    let server = LocalPostgres(folder: folder)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    var endpoint = try await server.start()
    func parameters(_ role: String) -> ConnectionParameters {
      ConnectionParameters(host: endpoint.socketFolder, database: endpoint.database, user: role)
    }
    try await Store.migrate(asOwner: parameters(LocalPostgres.ownerRole))
    let clock = ContinuousClock()
    let started = clock.now
    let before = try await Store(connecting: parameters(LocalPostgres.appRole), connections: 1)
    try await before.importFile(Self.file(-1))
    await before.close()
    let span = Self.microseconds(clock.now - started)
    var random = RandomFiles(seed: 815)
    var met = (nothing: 0, whole: 0)
    for round in 0..<Self.rounds {
      let store = try await Store(connecting: parameters(LocalPostgres.appRole), connections: 1)
      let made = Self.file(round)
      let task = Task { try await store.importFile(made) }
      try await Task.sleep(for: .microseconds(random.next(span + span / 4)))
      guard case .running(let pid) = server.status() else { return }
      killServer(pid)
      let report = try? await task.value
      await store.close()
      endpoint = try await server.start()
      let admin = try await Connection.open(parameters(LocalPostgres.adminRole))
      let counts = try await settled(admin, round)
      #expect(counts == .nothing || counts == Self.whole, "round \(round): \(counts.rows)")
      // What was reported as stored is there after the crash.
      if report != nil { #expect(counts == Self.whole, "round \(round)") }
      if counts == .nothing { met.nothing += 1 } else { met.whole += 1 }
      let after = try await Store(connecting: parameters(LocalPostgres.appRole), connections: 1)
      #expect(
        try await after.importFile(made).outcome == (counts == .nothing ? .imported : .copy),
        "round \(round)")
      await after.close()
    }
    let store = try await Store(connecting: parameters(LocalPostgres.appRole), connections: 1)
    #expect(try await store.verify().isSound)
    #expect(try await store.entries().count == 4_000 * (Self.rounds + 1))
    await store.close()
    try await server.stop()
    print("killed servers: \(Self.rounds) rounds, nothing \(met.nothing), whole \(met.whole)")
  }

  /// SIGKILL to the postmaster and to every process it started, as when the power goes.
  private func killServer(_ postmaster: Int32) {
    kill(postmaster, SIGSTOP)  // no new children while we look
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    let children = names.compactMap { Int32($0) }.filter { pid in
      guard let stat = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8),
        let rest = stat.split(separator: ")").last?.split(separator: " "), rest.count > 1
      else { return false }
      return Int32(rest[1]) == postmaster
    }
    for pid in [postmaster] + children { kill(pid, SIGKILL) }
    for pid in [postmaster] + children {
      // Gone, or a dead entry that its parent has not collected.
      while let stat = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8),
        !stat.contains(") Z ")
      { usleep(5_000) }
    }
  }
}
