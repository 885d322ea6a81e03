import Foundation

/// Times by the monotonic clock, memory by the kernel's own count.
enum Measure {
  static func time<T>(_ body: () throws -> T) rethrows -> (T, Double) {
    let clock = ContinuousClock()
    let start = clock.now
    let value = try body()
    let spent = (clock.now - start).components
    return (value, Double(spent.seconds) + Double(spent.attoseconds) / 1e18)
  }

  /// Processor time of this process, in seconds: what the same work takes on an idle machine.
  static func processorSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  /// The most memory this process held at once, in MiB (Linux `VmHWM`).
  static func peakMiB() -> Int {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM") } ?? ""
    return line.split { $0 == " " || $0 == "\t" }.compactMap { Int($0) }.first.map { $0 / 1024 }
      ?? 0
  }

  /// Starts the count of the most memory anew.
  static func resetPeak() {
    try? "5".write(toFile: "/proc/self/clear_refs", atomically: false, encoding: .utf8)
  }
}

/// One line of output: `name value unit`, written at once, so that a run that is stopped leaves its
/// lines behind.
func report(_ name: String, _ value: Double, _ unit: String) {
  print(name, String(format: value >= 1000 ? "%.0f" : "%.3f", value), unit)
  fflush(nil)
}

func report(_ name: String, _ value: Int, _ unit: String) {
  print(name, value, unit)
  fflush(nil)
}

/// Sebastiano Vigna's SplitMix64: short, and the same on every machine.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// A number from 0 up to, not including, `bound`.
  mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }
}
