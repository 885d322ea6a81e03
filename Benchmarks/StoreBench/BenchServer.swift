import CaseStore
import Foundation
import LocalPostgres
import Postgres

/// A private server of the benchmark's own, with the program's own settings, in a temporary folder.
struct BenchServer: Sendable {
  let folder: String
  let server: LocalPostgres
  let admin: ConnectionParameters
  let app: ConnectionParameters
  /// A second empty store on the same server.
  let spare: ConnectionParameters
  static let spareName = "spare"

  static func start(logsStatements: Bool) async throws -> BenchServer {
    let folder = "/tmp/moneytrail-bench-\(ProcessInfo.processInfo.processIdentifier)"
    let extra = logsStatements ? ["log_min_duration_statement = 5"] : []
    let server = LocalPostgres(folder: folder, settings: ServerSettings(extra: extra))
    let endpoint = try await server.start()
    func parameters(
      _ user: String, _ database: String = LocalPostgres.database
    ) -> ConnectionParameters {
      ConnectionParameters(host: endpoint.socketFolder, database: database, user: user)
    }
    try await Store.migrate(asOwner: parameters(LocalPostgres.ownerRole))
    let made = BenchServer(
      folder: folder, server: server, admin: parameters(LocalPostgres.adminRole),
      app: parameters(LocalPostgres.appRole), spare: parameters(LocalPostgres.appRole, spareName))
    let maintenance = try await Connection.open(parameters(LocalPostgres.adminRole, "postgres"))
    _ = try await maintenance.perform { session in
      try session.execute(
        Query(
          name: "bench", text: "create database \(spareName) template \(LocalPostgres.database)"))
    }
    return made
  }

  func remove() async throws {
    if let log = try? String(contentsOfFile: folder + "/postgres.log", encoding: .utf8) {
      for line in log.split(separator: "\n") where line.contains("duration:") {
        FileHandle.standardError.write(Data((String(line.prefix(160)) + "\n").utf8))
      }
    }
    try await server.stop()
    try FileManager.default.removeItem(atPath: folder)
  }

  /// What was written before is on disk before the next phase starts.
  func checkpoint() async throws { try await run("checkpoint") }
  func analyze() async throws { try await run("vacuum analyze") }

  func run(_ text: String) async throws {
    let connection = try await Connection.open(admin)
    _ = try await connection.perform { session in
      try session.execute(Query(name: "bench", text: text))
    }
  }

  /// Bare binary COPY of the columns a trail needs, to a client that throws them away. Seconds.
  func copyTrailColumnsOut() async throws -> Double {
    let connection = try await Connection.open(admin)
    return try await Measure.time {
      try await connection.perform { session in
        try session.copyOut(
          Query(
            name: "bench",
            text: """
              copy entry (id, account, counterparty_account, amount_minor, booked_on, time_of_day,
                channel, statement, position) to stdout (format binary)
              """)
        ) { _ in }
      }
    }.1
  }
}
