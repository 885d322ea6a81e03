import Foundation
import TrailGraph

/// Times by the monotonic clock, memory by the kernel's own count.
enum Measure {
  static func time<T>(_ body: () async throws -> T) async rethrows -> (T, Double) {
    let clock = ContinuousClock()
    let start = clock.now
    let value = try await body()
    return (value, seconds(clock.now - start))
  }

  static func time<T>(_ body: () throws -> T) rethrows -> (T, Double) {
    let clock = ContinuousClock()
    let start = clock.now
    let value = try body()
    return (value, seconds(clock.now - start))
  }

  private static func seconds(_ duration: Duration) -> Double {
    Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
  }

  /// Processor time of this process so far, all its threads, in seconds: what a loaded machine changes least.
  static func processorTime() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  /// The same of this thread alone. What a body takes of it is not lengthened by others at work.
  static func threadTime() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  /// Of sorted figures, with the straight line between two neighbours, as NumPy has it.
  static func percentile(_ share: Int, of sorted: [Double]) -> Double {
    guard let last = sorted.last else { return 0 }
    let place = Double(share) / 100 * Double(sorted.count - 1)
    let low = Int(place)
    guard low + 1 < sorted.count else { return last }
    return sorted[low] + (place - Double(low)) * (sorted[low + 1] - sorted[low])
  }

  /// The most that this process held so far, in MiB.
  static var peak: Double { Double(memory("VmHWM")) / 1_048_576 }

  /// A number that the kernel states about this process in KiB, in bytes; 0 when it states none.
  static func memory(_ word: String) -> Int {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix(word + ":") } ?? ""
    return line.split { $0 == " " || $0 == "\t" }.compactMap { Int($0) }.first.map { $0 * 1024 }
      ?? 0
  }
}

/// One line of output: `name value unit`.
func report(_ name: String, _ value: Double, _ unit: String) {
  print(name, String(format: "%.6g", value), unit)
  fflush(nil)
}

func report(_ name: String, _ value: Int, _ unit: String = "count") {
  print(name, value, unit)
  fflush(nil)
}
