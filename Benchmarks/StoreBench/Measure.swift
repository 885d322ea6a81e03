import Foundation
import TrailGraph

/// Times by the monotonic clock, memory by the kernel's own count.
enum Measure {
  static func time<T>(_ body: () throws -> T) rethrows -> (T, Double) {
    let clock = ContinuousClock()
    let start = clock.now
    let value = try body()
    return (value, seconds(clock.now - start))
  }

  static func time<T>(_ body: () async throws -> T) async rethrows -> (T, Double) {
    let clock = ContinuousClock()
    let start = clock.now
    let value = try await body()
    return (value, seconds(clock.now - start))
  }

  /// Processor time of this process, all threads, in seconds: what a phase costs when others use the
  /// machine as well.
  static func processorTime() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  private static func seconds(_ duration: Duration) -> Double {
    Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
  }

  /// The most memory a process held at once, in MiB (Linux `VmHWM`).
  static func peakMiB(process: String = "self") -> Int { statusMiB("VmHWM", process) }

  /// The memory this process holds now, in MiB (Linux `VmRSS`).
  static func currentMiB() -> Int { statusMiB("VmRSS", "self") }

  private static func statusMiB(_ name: String, _ process: String) -> Int {
    let status = (try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix(name) } ?? ""
    return line.split { $0 == " " || $0 == "\t" }.compactMap { Int($0) }.first.map { $0 / 1024 }
      ?? 0
  }

  /// Starts the count of the most memory anew.
  static func resetPeak() {
    try? "5".write(toFile: "/proc/self/clear_refs", atomically: false, encoding: .utf8)
  }

  /// The trail's own columns, by their declared widths (see `Trail`).
  static func bytesPerEdge(_ trail: Trail) -> Double {
    guard trail.edgeCount > 0 else { return 0 }
    let accounts = trail.names.accountNumbers.isEmpty ? 8 : 16
    let pairs = (0..<trail.edgeCount).count { trail.entries($0).count == 2 }
    return 39
      + Double(accounts * (trail.accountCount + 2) + 12 * pairs) / Double(trail.edgeCount)
  }
}

/// One line of output.
func report(_ name: String, _ value: Double, _ unit: String) {
  print(name, String(format: value >= 1000 ? "%.0f" : "%.3f", value), unit)
}

func report(_ name: String, _ value: Int, _ unit: String) { print(name, value, unit) }
