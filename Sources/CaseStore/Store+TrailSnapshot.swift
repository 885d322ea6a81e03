import CaseModel
import Postgres
public import TrailGraph

/// A trail, and how it was come by.
public struct KeptTrail: Sendable {
  public enum Means: Hashable, Sendable {
    /// Read whole from the store; the reason, when a snapshot was there and could not be used.
    case loaded(SnapshotRefusal?)
    /// A snapshot of exactly what the store has.
    case mapped
    /// A snapshot, with so many entries that were recorded since.
    case broughtForward(entries: Int)
  }
  public let version: TrailShelf.Version
  public let means: Means
}

extension Store {
  /// The trail of everything booked, by way of a snapshot file where that is possible.
  ///
  /// A snapshot of exactly this store and version is mapped. An older one is brought forward by reading
  /// only what was recorded since, when that gives what reading everything would give. Otherwise the trail
  /// is read whole, and the reason is in the result; a file that is no snapshot at all is an error and is
  /// never overwritten.
  ///
  /// - Parameters:
  ///   - path: the snapshot file; it need not exist.
  ///   - refreshes: whether to write the file when it does not hold what is returned.
  /// - Throws: `SnapshotRefusal` when the file is no snapshot, or cannot be written; what `loadTrail` throws.
  /// - Complexity: O(*n*) to check the file at the speed of SHA-256 on two threads; see `loadTrail`.
  public func trail(keptAt path: String, refreshes: Bool = true) async throws -> KeptTrail {
    let file = SnapshotFile(path: path)
    let kept = try await keptTrail(in: file)
    if refreshes, kept.means != .mapped { try file.write(kept.version) }
    return kept
  }

  private func keptTrail(in file: SnapshotFile) async throws -> KeptTrail {
    var refusal: SnapshotRefusal?
    do {
      if let old = try file.read() {
        switch try await broughtForward(old, file.name) {
        case .success(let kept): return kept
        case .failure(let why): refusal = why
        }
      }
    } catch let why as SnapshotRefusal {
      if why.reason == .notASnapshot { throw why }
      refusal = why
    }
    return KeptTrail(version: try await loadTrail(), means: .loaded(refusal))
  }

  /// The newest version from an older one, by what was recorded since; or why that cannot be.
  func broughtForward(
    _ old: TrailShelf.Version, _ name: String
  ) async throws -> Result<KeptTrail, SnapshotRefusal> {
    try await pool.withSession { session in
      try session.transaction(Self.reading) {
        let plan = try TrailPlan(session, importCount: old.origin.importCount)
        if plan.origin == old.origin {
          return .success(KeptTrail(version: old, means: .mapped))
        }
        do {
          let forward = try TrailForward(session, plan, old)
          return .success(
            KeptTrail(
              version: try forward.version(),
              means: .broughtForward(entries: forward.rows.bookedCount)))
        } catch let why as SnapshotRefusal.Reason {
          return .failure(SnapshotRefusal(why, file: name))
        }
      }
    }
  }
}
