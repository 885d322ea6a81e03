import ArgumentParser
import Foundation
import Synchronization

/// The program's entry: parses, runs, and turns every outcome into a message and an exit code.
@main
enum Program {
  static func main() async {
    // A reader that closed its end of a pipe ends us quietly, not with a crash report.
    signal(SIGPIPE, SIG_DFL)
    let work = Task { try await run() }
    let interrupt = Interrupt { work.cancel() }
    do {
      try await work.value
    } catch {
      // Whatever broke off because of an interrupt is an interrupt, not a failure of its own.
      let outcome = Outcome(interrupt.wasMet ? CancellationError() : error)
      if let text = outcome.message {
        outcome.code == .success ? Terminal.out(text) : Terminal.message(text)
      }
      exit(outcome.code.rawValue)
    }
  }

  private static func run() async throws {
    var command = try Moneytrail.parseAsRoot()
    if var asynchronous = command as? any AsyncParsableCommand {
      try await asynchronous.run()
    } else {
      try command.run()
    }
  }
}

/// Ctrl-C: the first asks the work to stop, so that the transaction under way is undone; the second
/// quits at once. The server undoes what an ended session left open, so both leave nothing half done.
final class Interrupt: Sendable {
  private let count = Mutex(0)

  /// Where the signal handler writes and the waiting thread reads. Closed to programs we start; and as
  /// the handler is a function of ours, they start with the signals' usual effect.
  private static let ends: (read: Int32, write: Int32) = {
    var ends: [Int32] = [-1, -1]
    _ = pipe(&ends)
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    return (ends[0], ends[1])
  }()

  init(_ stop: @escaping @Sendable () -> Void) {
    let input = Self.ends.read
    Thread.detachNewThread { [self] in
      var byte: UInt8 = 0
      while read(input, &byte, 1) == 1 || errno == EINTR {
        let met = count.withLock { count in
          count += 1
          return count
        }
        if met > 1 { _exit(ExitStatus.interrupted.rawValue) }
        Terminal.message("stopping; once more quits at once")
        stop()
      }
    }
    for number in [SIGINT, SIGTERM] {
      signal(number) { _ in
        var byte: UInt8 = 1
        _ = write(Interrupt.ends.write, &byte, 1)
      }
    }
  }

  var wasMet: Bool { count.withLock { $0 > 0 } }
}
