import TrailGraph

/// How far a screening of everything has come.
public struct ScreeningProgress: Hashable, Sendable {
  public let detectorsDone: Int
  public let detectorsTotal: Int
  /// The detector that ended last.
  public let detector: String
}

/// Runs detectors over everything a scene asks for, several at a time.
///
/// The same results for every number of threads: each detector sees the same trail, and results are
/// given in the order of the detectors.
/// - Parameters:
///   - threads: detectors that run at the same time, at least 1.
///   - progress: told when a detector ends, one at a time, from any thread.
/// - Throws: `CancellationError` between two detectors.
public func screenWhole(
  _ scene: Scene, detectors: [any Detector] = DetectionCatalogue.byRow, threads: Int = 2,
  progress: (@Sendable (ScreeningProgress) -> Void)? = nil
) async throws -> [DetectionResult] {
  precondition(threads >= 1, "somebody must look")
  return try await withThrowingTaskGroup(of: (Int, DetectionResult).self) { group in
    var results = [DetectionResult?](repeating: nil, count: detectors.count)
    var next = 0
    func start() {
      guard next < detectors.count else { return }
      let (place, detector) = (next, detectors[next])
      next += 1
      group.addTask {
        try Task.checkCancellation()
        return (place, detector.findings(in: scene))
      }
    }
    for _ in 0..<min(threads, detectors.count) { start() }
    var done = 0
    while let (place, result) = try await group.next() {
      results[place] = result
      done += 1
      progress?(
        ScreeningProgress(
          detectorsDone: done, detectorsTotal: detectors.count, detector: result.detector))
      start()
    }
    return results.compactMap { $0 }
  }
}

extension Trail {
  /// Accounts at most so many transfers from some accounts, whatever the direction, those included.
  /// - Complexity: O(*m*) in the transfers of the accounts found.
  func around(_ accounts: Set<Int32>, transfers: Int) -> Set<Int32> {
    var found = accounts
    var edge = accounts.sorted()
    for _ in 0..<transfers {
      var further: [Int32] = []
      for account in edge {
        for index in outgoing(of: account) {
          let other = destination[index]
          if other >= 0, found.insert(other).inserted { further.append(other) }
        }
        for index in incoming(of: account) {
          let other = source[Int(index)]
          if other >= 0, found.insert(other).inserted { further.append(other) }
        }
      }
      edge = further
    }
    return found
  }
}
