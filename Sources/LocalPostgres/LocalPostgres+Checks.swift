import Foundation

// What is looked at before a server is made or started, and how failures are named.

extension LocalPostgres {
  func binaries() throws -> ServerBinaries {
    if let chosen { return chosen }
    guard let found = ServerBinaries.newest(major: folder.major) else {
      throw LocalPostgresError.binariesMissing(neededMajor: folder.major)
    }
    return found
  }

  func checkSpace() throws {
    if let free = folder.freeMiB(), free < settings.freeMiBMin {
      throw LocalPostgresError.diskFull(
        path: folder.root, freeMiB: free, neededMiB: settings.freeMiBMin)
    }
  }

  /// Every folder on the way down can be entered by the user the server runs as.
  func checkWay(for user: ServiceUser) async throws {
    let whole = try await user.run("/usr/bin/test", ["-x", folder.root])
    if whole.isSuccess { return }
    var path = ""
    for part in folder.root.split(separator: "/") {
      path += "/" + part
      let entered = try await user.run("/usr/bin/test", ["-x", path])
      if !entered.isSuccess {
        throw LocalPostgresError.notAccessible(path: path, user: user.name)
      }
    }
  }

  /// Runs `body` while no other program starts or stops this server.
  func locked<T>(_ body: () async throws -> T) async throws -> T {
    let descriptor = open(folder.lock, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      if errno == ENOSPC {
        throw LocalPostgresError.diskFull(
          path: folder.root, freeMiB: folder.freeMiB(), neededMiB: settings.freeMiBMin)
      }
      throw LocalPostgresError.notAccessible(
        path: folder.root, user: ServiceUser.userName(geteuid()))
    }
    defer { close(descriptor) }
    // Another start takes a few seconds; wait for it for at most two minutes.
    var attempts = 0
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      attempts += 1
      guard errno == EWOULDBLOCK || errno == EINTR, attempts < 1200 else {
        throw LocalPostgresError.busy(path: folder.root)
      }
      try await Task.sleep(for: .milliseconds(100))
    }
    return try await body()
  }

  /// The socket's folder with mode 0700 and the right owner. In a shared place such as `/tmp` a folder
  /// that somebody else put there is refused.
  func prepareSocket(_ path: String, _ user: ServiceUser) throws {
    if mkdir(path, 0o700) != 0 {
      var info = stat()
      guard errno == EEXIST, lstat(path, &info) == 0, info.st_mode & S_IFMT == S_IFDIR,
        info.st_uid == user.id || info.st_uid == geteuid()
      else { throw LocalPostgresError.notAccessible(path: path, user: user.name) }
    }
    try user.take(path, mode: 0o700)
    let lock = ServerFolder.socketPath(in: path) + ".lock"
    if let text = try? String(contentsOfFile: lock, encoding: .utf8),
      let pid = text.split(separator: "\n").first.flatMap({ Int32($0) })
    {
      guard !folder.isServer(pid) else {
        throw LocalPostgresError.alreadyRunning(path: folder.root, processID: pid)
      }
      unlink(lock)
      unlink(ServerFolder.socketPath(in: path))
    }
    try write(path + "\n", to: folder.socketRecord)
  }

  func writeConfiguration(_ user: ServiceUser, _ endpoint: Endpoint) throws {
    let main = folder.data + "/postgresql.conf"
    guard var text = try? String(contentsOfFile: main, encoding: .utf8) else {
      throw LocalPostgresError.notAccessible(path: folder.data, user: user.name)
    }
    let include = "include 'moneytrail.conf'"
    if !text.contains(include) {
      text += "\n" + include + "\n"
      try write(text, to: main)
      try user.take(main, mode: 0o600)
    }
    let people = ["root", user.name, ServiceUser.userName(geteuid())]
    for (name, content) in [
      ("moneytrail.conf", settings.configuration(socketFolder: endpoint.socketFolder)),
      ("pg_hba.conf", ServerSettings.hostBasedAccess),
      ("pg_ident.conf", ServerSettings.identities(people)),
    ] {
      try write(content, to: folder.data + "/" + name)
      try user.take(folder.data + "/" + name, mode: 0o600)
    }
  }

  private func write(_ text: String, to path: String) throws {
    do { try text.write(toFile: path, atomically: true, encoding: .utf8) } catch {
      if folder.freeMiB() ?? 1 < 1 {
        throw LocalPostgresError.diskFull(
          path: folder.root, freeMiB: folder.freeMiB(), neededMiB: settings.freeMiBMin)
      }
      throw LocalPostgresError.notAccessible(
        path: path, user: ServiceUser.userName(geteuid()))
    }
  }

  /// The typed error behind what a server program printed.
  func failure(_ operation: String, _ output: String, _ user: ServiceUser) -> LocalPostgresError {
    if output.contains("No space left on device") {
      return .diskFull(
        path: folder.root, freeMiB: folder.freeMiB(), neededMiB: settings.freeMiBMin)
    }
    if output.contains("postmaster.pid\" already exists")
      || output.contains("shared memory block") && output.contains("still in use")
    {
      return .alreadyRunning(path: folder.root, processID: folder.postmaster()?.pid ?? 0)
    }
    if output.contains("Permission denied") {
      return .notAccessible(path: folder.root, user: user.name)
    }
    return .failed(operation: operation, output: output)
  }
}
