import CLibpq
import Dispatch
import Synchronization

/// One session with the server, on its own serial queue.
///
/// libpq's calls block; they block this queue and never one of Swift's own threads (stack.md §9).
/// Cancelling the task that waits for `perform` cancels the statement on the server.
public final class Connection: Sendable {
  /// The pointers are only used on `queue`, except the cancel handle, which libpq allows anywhere.
  private struct Handle: @unchecked Sendable {
    let connection: OpaquePointer
    let cancel: OpaquePointer
  }

  /// What `perform` is running, so that a late cancellation cannot hit the next caller's statement.
  private struct Running {
    var turn: UInt64 = 0
    var isActive = false
    var isCancelled = false
  }

  private let handle: Handle
  private let queue: DispatchQueue
  private let running = Mutex(Running())

  private init(handle: Handle, queue: DispatchQueue) {
    self.handle = handle
    self.queue = queue
  }

  deinit {
    let handle = handle
    queue.async {
      PQfreeCancel(handle.cancel)
      PQfinish(handle.connection)
    }
  }

  /// Opens a session. Waits at most 15 seconds unless `connect_timeout` says otherwise.
  /// - Throws: `PostgresError` with the operation `connect`.
  public static func open(_ parameters: ConnectionParameters) async throws -> Connection {
    try Task.checkCancellation()
    let queue = DispatchQueue(label: "moneytrail.postgres.connection")
    return try await withCheckedThrowingContinuation { continuation in
      queue.async {
        continuation.resume(
          with: Result { Connection(handle: try connect(parameters), queue: queue) })
      }
    }
  }

  private static func connect(_ parameters: ConnectionParameters) throws -> Handle {
    let ordered = parameters.ordered
    let made = withCStrings(ordered.map(\.0)) { keywords in
      withCStrings(ordered.map(\.1)) { values in PQconnectdbParams(keywords, values, 1) }
    }
    guard let made else {
      throw PostgresError(operation: "connect", message: "out of memory", connectionLost: true)
    }
    guard PQstatus(made) == CONNECTION_OK, let cancel = PQgetCancel(made) else {
      defer { PQfinish(made) }
      throw PostgresError(
        operation: "connect",
        message: PostgresError.oneLine(String(cString: PQerrorMessage(made))),
        connectionLost: true)
    }
    // Notices are for people at a prompt; here they would spill over the program's own output.
    _ = PQsetNoticeProcessor(made, { _, _ in }, nil)
    return Handle(connection: made, cancel: cancel)
  }

  /// Runs `body` on the connection's queue and waits for it.
  ///
  /// - Throws: `CancellationError` when the task was cancelled before or while it ran, else what
  ///   `body` throws.
  public func perform<T: Sendable>(
    _ body: @escaping @Sendable (Session) throws -> T
  ) async throws -> T {
    let token = Mutex<UInt64?>(nil)
    let wasCancelledEarly = Mutex(false)
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        queue.async { [self] in
          let turn = running.withLock { running in
            running.turn += 1
            running.isActive = true
            running.isCancelled = false
            return running.turn
          }
          token.withLock { $0 = turn }
          if wasCancelledEarly.withLock({ $0 }) { running.withLock { $0.isCancelled = true } }
          let session = Session(
            connection: handle.connection,
            isCancelled: { [self] in running.withLock { $0.isCancelled } })
          let result = Result { try body(session) }
          running.withLock { $0.isActive = false }
          continuation.resume(with: result)
        }
      }
    } onCancel: {
      wasCancelledEarly.withLock { $0 = true }
      guard let turn = token.withLock({ $0 }) else { return }
      cancel(turn)
    }
  }

  /// Asks the server to cancel what the turn is running.
  ///
  /// A request that reaches the server between two statements is lost there, so it is repeated until the
  /// turn ends. The lock is held while it travels, so that the turn cannot end under it.
  private func cancel(_ turn: UInt64) {
    let goesOn = running.withLock { running in
      guard running.isActive, running.turn == turn else { return false }
      running.isCancelled = true
      var message = [CChar](repeating: 0, count: 256)
      _ = PQcancel(handle.cancel, &message, 256)
      return true
    }
    guard goesOn else { return }
    DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(100)) { [self] in
      cancel(turn)
    }
  }

  /// True when the session answers and no transaction is left open. One round trip.
  public func isUsable() async -> Bool {
    let usable = try? await perform { session in
      guard PQstatus(session.connection) == CONNECTION_OK,
        PQtransactionStatus(session.connection) == PQTRANS_IDLE
      else { return false }
      return (try? session.execute("")) != nil
    }
    return usable ?? false
  }
}

/// Null-terminated C strings, and a null after the last, for the length of a call.
private func withCStrings<R>(
  _ strings: [String], _ body: (UnsafePointer<UnsafePointer<CChar>?>) -> R
) -> R {
  var storage: [CChar] = []
  var offsets: [Int] = []
  for string in strings {
    offsets.append(storage.count)
    storage.append(contentsOf: string.utf8CString)
  }
  return storage.withUnsafeBufferPointer { bytes in
    var pointers = offsets.map { offset in bytes.baseAddress.map { $0 + offset } }
    pointers.append(nil)
    return pointers.withUnsafeBufferPointer { list in
      guard let start = list.baseAddress else { preconditionFailure("a list with a null in it") }
      return body(start)
    }
  }
}
