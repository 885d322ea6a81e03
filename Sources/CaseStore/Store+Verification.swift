import CaseModel
import Postgres

/// Whether what the store holds is still what was received.
public struct VerificationReport: Sendable, Hashable, Codable {
  public let filesChecked: Int
  /// Labels of files whose bytes no longer have their hash.
  public let damagedFiles: [String]
  public let damagedSheets: Int
  /// Places that name no line or byte of their file.
  public let lostPlaces: Int
  public let entries: Int
  public let places: Int
  /// The store's own sums agree: entries and places against what the imports recorded.
  public let countsAddUp: Bool
  /// Payment records and stated entities.
  public let records: Int

  public var isSound: Bool {
    damagedFiles.isEmpty && damagedSheets == 0 && lostPlaces == 0 && countsAddUp
  }
}

/// One thing a doctor looked at.
public struct HealthCheck: Sendable, Hashable, Codable {
  public let name: String
  public let passed: Bool
  public let found: String
  /// What to do when it did not pass.
  public let remedy: String

  public init(name: String, passed: Bool, found: String, remedy: String) {
    self.name = name
    self.passed = passed
    self.found = found
    self.remedy = remedy
  }
}

extension Store {
  /// Computes every file's hash anew, follows every place, and adds up every count.
  /// - Complexity: O(bytes stored).
  public func verify() async throws -> VerificationReport {
    try await pool.withSession { session in
      try session.transaction("begin isolation level repeatable read read only") {
        let files = try Self.readFiles(session, withdrawn: true)
        var damaged: [String] = []
        for file in files {
          try session.checkCancellation()
          let now = try session.first(sql("file_hash"), [.int64(file.id?.value ?? 0)]) {
            try $0.hash(0)
          }
          if now != file.sha256 { damaged.append(file.label) }
        }
        let sheets = try session.first(sql("damaged_sheets")) { try $0.get(0, as: Int64.self) }
        let lost = try session.query(sql("count_lost_places")) { try $0.get(1, as: Int64.self) }
        let sums =
          try session.first(sql("count_balance")) { row in
            try (0..<6).map { try row.get($0, as: Int64.self) }
          } ?? [0, 0, 0, 0, 0, 0]
        return VerificationReport(
          filesChecked: files.count, damagedFiles: damaged, damagedSheets: Int(sheets ?? 0),
          lostPlaces: Int(lost.reduce(0, +)), entries: Int(sums[0]), places: Int(sums[3]),
          countsAddUp: sums[0] + sums[1] == sums[2] && sums[3] + sums[4] == sums[5],
          records: Int(sums[1]))
      }
    }
  }

  /// Looks at server, privileges and schema. Changes nothing.
  public func doctor() async throws -> [HealthCheck] {
    var checks = try await pool.withSession { session in
      try session.first(sql("health")) { try Self.checks($0) } ?? []
    }
    checks.append(
      HealthCheck(
        name: "evidence cannot be changed", passed: try await isRefused(sql("probe_update")),
        found: "an update of entries, tried as the program's role",
        remedy: "Revoke what was granted beyond sql/migrations"))
    checks.append(
      HealthCheck(
        name: "identities cannot be read", passed: try await isRefused(sql("probe_sealed")),
        found: "a reading of sealed identities, tried as the program's role",
        remedy: "Revoke what was granted beyond sql/migrations"))
    return checks
  }

  private static func checks(_ row: Row) throws -> [HealthCheck] {
    let version = try row.get(0, as: Int64.self)
    let encoding = try row.get(1, as: String.self)
    let checksums = try row.get(2, as: String.self)
    let fsync = try row.get(3, as: String.self)
    let role = try row.get(4, as: String.self)
    let isPowerful = try row.getIfPresent(5, as: Bool.self) ?? true
    let size = try row.get(6, as: Int64.self)
    return [
      HealthCheck(
        name: "server version", passed: version >= Int64(serverVersionLeast),
        found: "\(version / 10_000).\(version % 10_000)", remedy: "Use PostgreSQL 15 or later"),
      HealthCheck(
        name: "encoding", passed: encoding == "UTF8", found: encoding,
        remedy: "Make the database with encoding UTF8"),
      HealthCheck(
        name: "page checksums", passed: checksums == "on", found: checksums,
        remedy: "Stop the server and run pg_checksums --enable"),
      HealthCheck(
        name: "durable writes", passed: fsync == "on", found: "fsync \(fsync)",
        remedy: "Set fsync = on"),
      HealthCheck(
        name: "least privilege", passed: !isPowerful, found: role,
        remedy: "Connect as moneytrail_app, not as an administrator"),
      HealthCheck(
        name: "database size", passed: true, found: "\(size >> 20) MiB", remedy: ""),
    ]
  }

  private func isRefused(_ query: Query) async throws -> Bool {
    do {
      _ = try await pool.withSession { try $0.execute(query) }
      return false
    } catch let error as PostgresError where error.isInsufficientPrivilege {
      return true
    } catch let error as PostgresError where error.sqlState == "23001" {
      return false  // the trigger still stood in the way, but the privilege should have
    }
  }
}
