import Synchronization

/// Holds the newest version of a trail for many readers.
///
/// Whoever takes a version keeps it, unchanged, for as long as they like: a walk that began on one version
/// ends on it. A new version is made beside the old one and then put in its place; readers wait for no
/// more than that exchange.
public final class TrailShelf: Sendable {
  /// A trail and the records it was made of.
  public struct Version: Sendable {
    public let trail: Trail
    public let origin: TrailOrigin
    public init(trail: Trail, origin: TrailOrigin) {
      self.trail = trail
      self.origin = origin
    }
  }

  private let held: Mutex<Version>

  public init(_ version: Version) { held = Mutex(version) }

  /// The newest version.
  public var current: Version { held.withLock { $0 } }

  /// Puts a new version in the place of the one it was made from.
  /// - Returns: false when that one is no longer the newest: another maker came first, and the new version
  ///   must be made again from theirs.
  public func replace(_ origin: TrailOrigin, with version: Version) -> Bool {
    // The old version, should nobody else hold it, is let go outside of the lock.
    let old: Version? = held.withLock { held in
      guard held.origin == origin else { return nil }
      let old = held
      held = version
      return old
    }
    return old != nil
  }
}
