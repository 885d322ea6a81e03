import Foundation

/// The paths of one private server, and what its own files say about it.
struct ServerFolder: Sendable, Hashable {
  /// Absolute, symbolic links resolved as far as the folder exists.
  let root: String

  init(_ path: String) {
    let url = URL(filePath: path).standardizedFileURL
    // realpath only for what is there: the last parts may not exist yet.
    var base = url
    var rest: [String] = []
    while realpath(base.path, nil).map({ free($0) }) == nil, base.path != "/" {
      rest.insert(base.lastPathComponent, at: 0)
      base = base.deletingLastPathComponent()
    }
    var resolved = base.path
    if let real = realpath(base.path, nil) {
      resolved = String(cString: real)
      free(real)
    }
    root = ([resolved == "/" ? "" : resolved] + rest).joined(separator: "/")
  }

  var data: String { root + "/pgdata" }
  var log: String { root + "/postgres.log" }
  var lock: String { root + "/moneytrail.lock" }
  var socketRecord: String { root + "/socket.path" }
  var pidFile: String { data + "/postmaster.pid" }
  /// Data of another user cannot be looked into; they are there all the same.
  var isInitialised: Bool {
    if access(data + "/PG_VERSION", F_OK) == 0 { return true }
    return errno == EACCES && access(data, F_OK) == 0
  }

  /// The major version the data were made with.
  var major: Int? {
    (try? String(contentsOfFile: data + "/PG_VERSION", encoding: .utf8))
      .flatMap { Int($0.trimmingCharacters(in: .whitespacesAndNewlines)) }
  }

  /// The longest path a Unix socket's address holds on Linux, without its closing zero.
  static let socketPathMax = 107

  /// The socket's folder: inside the folder, or a short one elsewhere when the path is too long.
  func socketFolder(for user: ServiceUser) -> String {
    let inside = root + "/socket"
    if Self.socketPath(in: inside).utf8.count <= Self.socketPathMax { return inside }
    let runtime = ProcessInfo.processInfo.environment["XDG_RUNTIME_DIR"]
    let base = !user.stepsDown && runtime?.hasPrefix("/") == true ? runtime ?? "/tmp" : "/tmp"
    return "\(base)/moneytrail-\(user.id)-\(Self.shortHash(root))"
  }

  static func socketPath(in folder: String) -> String {
    folder + "/.s.PGSQL.\(LocalPostgres.port)"
  }

  /// 64-bit FNV-1a: a short name for a path, no protection against anyone.
  private static func shortHash(_ text: String) -> String {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    return String(hash, radix: 16)
  }

  /// What `postmaster.pid` says: process, and the socket folder in its fifth line.
  func postmaster() -> (pid: Int32, socketFolder: String)? {
    guard let text = try? String(contentsOfFile: pidFile, encoding: .utf8) else { return nil }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    guard let first = lines.first, let pid = Int32(first) else { return nil }
    return (pid, lines.count > 4 ? lines[4] : "")
  }

  /// True when the process is a server of this very folder: the postmaster works in its data folder.
  /// After a crash the number may belong to any other program.
  func isServer(_ pid: Int32) -> Bool {
    guard pid > 0, kill(pid, 0) == 0 || errno == EPERM else { return false }
    var buffer = [CChar](repeating: 0, count: 4096)
    let count = readlink("/proc/\(pid)/cwd", &buffer, 4095)
    guard count > 0 else { return false }
    let path = String(decoding: buffer.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return path == data
  }

  /// The last lines of the server's log.
  func logTail(_ lines: Int = 8) -> String {
    guard let handle = FileHandle(forReadingAtPath: log) else { return "" }
    defer { try? handle.close() }
    let size = (try? handle.seekToEnd()) ?? 0
    try? handle.seek(toOffset: size > 8192 ? size - 8192 : 0)
    let text = String(decoding: (try? handle.readToEnd()) ?? Data(), as: UTF8.self)
    return text.split(separator: "\n").suffix(lines).joined(separator: "\n")
  }

  /// Free space of the disk the folder lies on, as far as ordinary users may use it.
  func freeMiB() -> Int? {
    var path = root
    var info = statvfs()
    while statvfs(path, &info) != 0 {
      let parent = URL(filePath: path).deletingLastPathComponent().path
      if parent == path { return nil }
      path = parent
    }
    return Int((UInt64(info.f_bavail) * UInt64(info.f_frsize)) >> 20)
  }
}
