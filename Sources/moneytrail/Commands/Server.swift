import ArgumentParser
import CaseStore
import Foundation
import LocalPostgres

/// `moneytrail init`: a folder, its private server and the tables.
struct Init: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Make the folder, its private server and the tables; or bring the tables up to date.",
    discussion: """
      EXAMPLES
        moneytrail init
        moneytrail init --folder /srv/case-14
        moneytrail init --database service=moneytrail
      """)

  @OptionGroup var options: StoreOptions

  func run() async throws {
    if options.database == nil { try await options.server.start() }
    let steps = try await Store.migrate(asOwner: try options.ownerParameters())
    if options.json {
      try Terminal.json(Report(folder: options.folder, steps: steps))
    } else {
      Terminal.out(
        steps.isEmpty
          ? "the store is up to date" : "the store stands: \(steps.count) steps applied")
      let place = options.database == nil ? "--folder \(options.folder)" : "--database …"
      Terminal.message("next: moneytrail import FILE… \(place)")
    }
  }

  private struct Report: Encodable {
    let schema = "moneytrail-init/1"
    let folder: String
    let steps: [String]
  }
}

/// `moneytrail start`: starts the private server.
struct Start: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Start the private server.",
    discussion: """
      EXAMPLES
        moneytrail start
        psql -h "$(moneytrail start --json | jq -r .socket)" \\
          -U moneytrail_app moneytrail
      """)

  @OptionGroup var options: StoreOptions

  func run() async throws {
    guard options.database == nil else {
      throw ProgramError(.usage, "start works on the private server — leave out --database")
    }
    if case .absent = options.server.status() {
      throw ProgramError(
        .database,
        "\(options.folder): holds no store yet — run: moneytrail init --folder \(options.folder)")
    }
    let endpoint = try await options.server.start()
    if options.json {
      try Terminal.json(
        Report(
          socket: endpoint.socketFolder, port: endpoint.port, database: endpoint.database))
    } else {
      Terminal.out("the server runs; socket \(endpoint.socketFolder), port \(endpoint.port)")
    }
  }

  private struct Report: Encodable {
    let schema = "moneytrail-start/1"
    let socket: String
    let port: Int
    let database: String
  }
}

/// `moneytrail stop`: stops the private server.
struct Stop: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Stop the private server.",
    discussion: """
      EXAMPLES
        moneytrail stop
        moneytrail stop --folder /srv/case-14
      """)

  @OptionGroup var options: StoreOptions

  func run() async throws {
    guard options.database == nil else {
      throw ProgramError(.usage, "stop works on the private server — leave out --database")
    }
    let isAbsent = options.server.status() == .absent
    try await options.server.stop()
    if options.json {
      try Terminal.json(
        ["schema": "moneytrail-stop/1", "state": isAbsent ? "absent" : "stopped"])
    } else {
      Terminal.out(
        isAbsent
          ? "\(options.folder): holds no store; nothing to stop" : "the server is stopped")
    }
  }
}
