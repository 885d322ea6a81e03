import CaseModel
import Detection
import Digests
import Foundation
import Legislation
import TrailGraph

/// Every detector of the catalogue over the whole trail, as `screen` runs them over a store.
///
/// The law is a profile of the program, as for `screen`. A transfers file states no facts around its records,
/// so what needs them says that it does not apply; that line is printed, not left out.
enum DetectorBench {
  static let profile = "gb"

  static func run(_ trail: Trail, options: Options) async throws {
    let scene = Scene(trail, under: try Law(profile: profile))
    let asked = DetectionCatalogue.byRow.filter { options.asksDetector($0.id) }
    var results: [DetectionResult] = []
    var total = 0.0
    if options.threads == 1 {
      for detector in asked {
        let before = Measure.processorTime()
        let (found, seconds) = try await Measure.time {
          try await screenWhole(scene, detectors: [detector], threads: 1)
        }
        total += seconds
        report("detector_\(detector.id)", seconds, "s")
        report("detector_\(detector.id)_cpu", Measure.processorTime() - before, "s")
        report("detector_\(detector.id)_peak", Measure.peak, "MiB")
        tell(found)
        results += found
      }
    } else {
      // Detectors overlap, so that only the whole has a time.
      (results, total) = try await Measure.time {
        try await screenWhole(scene, detectors: asked, threads: options.threads)
      }
      tell(results)
    }
    report("detectors", total, "s")
    report("detectors_threads", options.threads)
    report("detectors_peak", Measure.peak, "MiB")
    let findings = results.flatMap(\.findings)
    report("findings", findings.count)
    let (groups, seconds) = Measure.time { FindingGroup.groups(of: findings) }
    report("finding_groups", seconds, "s")
    report("finding_groups_count", groups.count)
  }

  /// With a hash over all that a detector said, to be compared with another run's.
  private static func tell(_ results: [DetectionResult]) {
    for result in results {
      report("detector_\(result.detector)_findings", result.findings.count)
      print("# detector_\(result.detector)_digest", digest(result))
      if let reason = result.notApplicable {
        print("# detector_\(result.detector)_not_applicable", reason)
      }
      if let bound = result.truncation {
        print("# detector_\(result.detector)_truncated", bound)
      }
    }
  }

  private static func digest(_ result: DetectionResult) -> String {
    var hash = SHA256()
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    for finding in result.findings {
      guard let text = try? encoder.encode(finding) else { return "none" }
      text.withUnsafeBytes { hash.update($0) }
    }
    return hash.finish().prefix(6).map { String(format: "%02x", $0) }.joined()
  }
}
