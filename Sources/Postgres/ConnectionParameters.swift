import Foundation

/// Where the database is and as whom to speak to it, in libpq's own terms.
///
/// What is not given here comes from the usual places: `PG*` variables, a service file, the password
/// file. A password is never kept in `description`.
public struct ConnectionParameters: Sendable, Hashable, CustomStringConvertible {
  /// libpq keywords (`host`, `port`, `dbname`, `user`, `service`, …). A `dbname` may be a URI or
  /// a `key=value` string and is then expanded by libpq.
  public var keywords: [String: String]

  /// Everything from the environment.
  public init() { keywords = [:] }

  /// From a URI (`postgresql://host/db`), a `key=value` string, or a plain database name.
  public init(_ connectionString: String) { keywords = ["dbname": connectionString] }

  /// From a `pg_service.conf` entry.
  public init(service: String) { keywords = ["service": service] }

  /// A server on this machine's socket folder, or a host name.
  public init(host: String, port: Int = 5432, database: String, user: String) {
    keywords = ["host": host, "port": String(port), "dbname": database, "user": user]
  }

  /// The same server as another role.
  public func user(_ name: String) -> ConnectionParameters {
    var copy = self
    copy.keywords["user"] = name
    return copy
  }

  /// The same server, another database. A URI's other parts are kept by handing it to libpq first.
  public func database(_ name: String) -> ConnectionParameters {
    var copy = self
    copy.keywords["dbname"] = name
    return copy
  }

  /// Host, port, database and role; never a password, and a URI only by its kind.
  public var description: String {
    let shown = ["service", "host", "port", "dbname", "user"].compactMap { key -> String? in
      guard let value = keywords[key] else { return nil }
      let isConnectionString = key == "dbname" && (value.contains("=") || value.contains("://"))
      return isConnectionString ? "dbname=<connection string>" : "\(key)=\(value)"
    }
    return shown.isEmpty ? "the PG* environment" : shown.joined(separator: " ")
  }

  /// Keywords in the order they are handed over: by name, so that later ones never depend on hashing.
  var ordered: [(String, String)] {
    var all = keywords
    all["client_encoding"] = "UTF8"
    // Compiling a query of many views takes seconds where running it takes a tenth of one: measured on the
    // list of accounts of 4,219 entries, 5.4 s with and 0.09 s without.
    if all["options"] == nil, ProcessInfo.processInfo.environment["PGOPTIONS"] == nil {
      all["options"] = "-c jit=off"
    }
    if all["fallback_application_name"] == nil { all["fallback_application_name"] = "moneytrail" }
    if all["connect_timeout"] == nil,
      ProcessInfo.processInfo.environment["PGCONNECT_TIMEOUT"] == nil
    {
      all["connect_timeout"] = "15"
    }
    // dbname first: what stands in a URI is overridden by what is named beside it.
    return all.sorted { a, b in
      (a.key == "dbname" ? 0 : 1, a.key) < (b.key == "dbname" ? 0 : 1, b.key)
    }.map { ($0.key, $0.value) }
  }
}
