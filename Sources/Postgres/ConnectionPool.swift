/// A few sessions shared by many tasks.
///
/// A task that finds none free waits its turn; a cancelled task leaves the queue at once. A session is
/// checked before it is used again and replaced when the server has gone or left it in a transaction.
public actor ConnectionPool {
  private let parameters: ConnectionParameters
  private let limit: Int
  private var idle: [Connection] = []
  private var open = 0
  private var waiters: [(id: UInt64, continuation: CheckedContinuation<Void, any Error>)] = []
  private var nextWaiter: UInt64 = 0
  private var isClosed = false

  public init(_ parameters: ConnectionParameters, limit: Int = 4) {
    precondition(limit > 0, "a pool holds at least one connection")
    self.parameters = parameters
    self.limit = limit
  }

  /// Runs `body` on a session of the pool's.
  ///
  /// - Throws: `CancellationError` when cancelled while waiting or running; `PostgresError`; what
  ///   `body` throws.
  public func withSession<T: Sendable>(
    _ body: @escaping @Sendable (Session) throws -> T
  ) async throws -> T {
    let connection = try await acquire()
    do {
      let value = try await connection.perform(body)
      release(connection)
      return value
    } catch {
      release(connection)
      throw error
    }
  }

  /// Tasks waiting for a session now.
  public var waiting: Int { waiters.count }

  /// Ends idle sessions; those in use end when they come back. Waiting tasks are refused.
  public func close() {
    isClosed = true
    idle.removeAll()
    for waiter in waiters { waiter.continuation.resume(throwing: Self.closed) }
    waiters.removeAll()
  }

  private static let closed = PostgresError(
    operation: "connect", message: "the pool is closed", connectionLost: true)

  /// Takes a place, waiting when all are taken, then fills it with a session that answers.
  private func acquire() async throws -> Connection {
    try Task.checkCancellation()
    if isClosed { throw Self.closed }
    if open < limit { open += 1 } else { try await wait() }
    do {
      while let candidate = idle.popLast() {
        if await candidate.isUsable() { return candidate }
        try Task.checkCancellation()
      }
      return try await Connection.open(parameters)
    } catch {
      leavePlace()
      throw error
    }
  }

  private func release(_ connection: Connection) {
    if !isClosed { idle.append(connection) }
    leavePlace()
  }

  /// Hands the place to the task that waits longest, else frees it.
  private func leavePlace() {
    if waiters.isEmpty { open -= 1 } else { waiters.removeFirst().continuation.resume() }
  }

  private func wait() async throws {
    let id = nextWaiter
    nextWaiter += 1
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation {
        (continuation: CheckedContinuation<Void, any Error>) in
        if Task.isCancelled {
          continuation.resume(throwing: CancellationError())
        } else {
          waiters.append((id, continuation))
        }
      }
    } onCancel: {
      Task { await self.abandon(id) }
    }
  }

  private func abandon(_ id: UInt64) {
    guard let index = waiters.firstIndex(where: { $0.id == id }) else { return }
    waiters.remove(at: index).continuation.resume(throwing: CancellationError())
  }
}
