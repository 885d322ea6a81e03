import ArgumentParser
import CaseModel
import CaseStore
import Foundation
import LocalPostgres
import Postgres

/// Which store a command works on, and how it prints.
struct StoreOptions: ParsableArguments {
  @Option(help: "The folder of the private server.")
  var folder = "moneytrail-data"

  @Option(
    help: ArgumentHelp(
      "A server of your own instead: a URI, a key=value string or service=NAME, without user and"
        + " password: the program takes its own roles, passwords come from ~/.pgpass."))
  var database: String?

  @Flag(help: "Print JSON.")
  var json = false

  var server: LocalPostgres { LocalPostgres(folder: folder) }

  /// The store's connection as the program's own role.
  func applicationParameters() throws -> ConnectionParameters {
    if let given = try sharedDatabase() { return given.user(LocalPostgres.appRole) }
    return ConnectionParameters(try server.endpoint(), as: LocalPostgres.appRole)
  }

  /// The store's connection as the role that owns the tables, for migrations only.
  func ownerParameters() throws -> ConnectionParameters {
    if let given = try sharedDatabase() { return given.user(LocalPostgres.ownerRole) }
    return ConnectionParameters(try server.endpoint(), as: LocalPostgres.ownerRole)
  }

  private func sharedDatabase() throws -> ConnectionParameters? {
    guard let database else { return nil }
    guard !database.lowercased().contains("password="),
      database.firstMatch(of: /:\/\/[^\/@]*:[^\/@]*@/) == nil
    else {
      throw ProgramError(
        .usage,
        "--database: a password on the command line can be read by everyone on this machine — "
          + "put it into ~/.pgpass or a service file")
    }
    return ConnectionParameters(database)
  }

  /// Opens the store, starting the private server when it is not running.
  func open() async throws -> Store {
    if database == nil {
      switch server.status() {
      case .absent:
        throw ProgramError(
          .database, "\(folder): holds no store yet — run: moneytrail init --folder \(folder)")
      case .stopped, .stale: try await server.start()
      case .running: break
      }
    }
    return try await Store(connecting: try applicationParameters())
  }
}

/// Which matter a command works on.
struct MatterOptions: ParsableArguments {
  @Option(help: "The matter's code. Needed when the store holds more than one.")
  var matter: String?

  func code(in store: Store) async throws -> MatterCode {
    if let matter { return MatterCode(matter) }
    let all = try await store.matters()
    switch all.count {
    case 1: return all[0]
    case 0:
      throw ProgramError(
        .inputRejected, "the store holds no matter yet — import a case sheet first")
    default:
      throw ProgramError(
        .usage,
        "the store holds several matters — name one with --matter: "
          + all.map(\.text).joined(separator: ", "))
    }
  }
}

extension ConnectionParameters {
  /// A role's way into a private server.
  init(_ endpoint: LocalPostgres.Endpoint, as role: String) {
    self.init(
      host: endpoint.socketFolder, port: endpoint.port, database: endpoint.database, user: role)
  }
}
