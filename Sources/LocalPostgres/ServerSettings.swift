import Foundation

/// How the private server is set up: socket only, no password, durable (stack.md §2).
public struct ServerSettings: Sendable, Hashable {
  /// Memory for pages; by default an eighth of the machine, at most 1 GiB.
  public var sharedBuffersMiB: Int
  /// Free space that must be there before a server is made or started.
  public var freeMiBMin: Int
  /// Further lines of `name = value`, in order. Never used to switch durability off.
  public var extra: [String]

  public init(sharedBuffersMiB: Int? = nil, freeMiBMin: Int = 200, extra: [String] = []) {
    let machineMiB = Int(ProcessInfo.processInfo.physicalMemory >> 20)
    self.sharedBuffersMiB = sharedBuffersMiB ?? max(64, min(1024, machineMiB / 8))
    self.freeMiBMin = freeMiBMin
    self.extra = extra
  }

  /// fsync, full page writes, synchronous commit and checksums stay on; an import is one commit.
  func configuration(socketFolder: String) -> String {
    ([
      "# Written by moneytrail at every start. Put settings of your own into postgresql.auto.conf.",
      "listen_addresses = ''",
      "port = \(LocalPostgres.port)",
      "unix_socket_directories = '\(socketFolder)'",
      "unix_socket_permissions = 0700",
      "shared_buffers = \(sharedBuffersMiB)MB",
      "maintenance_work_mem = \(max(64, sharedBuffersMiB / 2))MB",
      "work_mem = 64MB",
      "max_wal_size = 8GB",
      "checkpoint_timeout = 15min",
      "wal_compression = lz4",
      "default_toast_compression = lz4",
      "random_page_cost = 1.1",
      "jit = off",
      "timezone = 'UTC'",
      "log_timezone = 'UTC'",
      "log_statement = none",
      // A failing statement could carry parameters; the log keeps identifiers only (invariant 11).
      "log_min_error_statement = panic",
      "log_error_verbosity = terse",
      "log_parameter_max_length_on_error = 0",
    ] + extra).joined(separator: "\n") + "\n"
  }

  static let hostBasedAccess = """
    # Written by moneytrail: the operating system says who is asking; nothing comes by network.
    local all all peer map=moneytrail

    """

  /// The people who may speak for the server's roles: root, the server's own user, and its owner.
  static func identities(_ users: [String]) -> String {
    var text = "# Written by moneytrail: operating system user, database role.\n"
    for user in Set(users).sorted() {
      for role in [LocalPostgres.adminRole, LocalPostgres.ownerRole, LocalPostgres.appRole] {
        text += "moneytrail \"\(user)\" \(role)\n"
      }
    }
    return text
  }
}
