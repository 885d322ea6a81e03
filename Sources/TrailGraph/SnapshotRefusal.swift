/// Why a snapshot of a trail was not used. Nothing is lost: the store holds everything it was made of.
public struct SnapshotRefusal: Error, Hashable, Sendable, CustomStringConvertible {
  public enum Reason: Error, Hashable, Sendable {
    case notASnapshot
    /// Written by a machine that stores numbers the other way round.
    case otherByteOrder
    case otherFormat(found: UInt32, known: UInt32)
    case cutShort(found: Int, expected: Int)
    /// The checksum of a part is not that of its bytes.
    case damaged(part: String)
    /// The checksums hold and the parts do not fit together.
    case inconsistent(part: String)
    case ofAnotherStore
    /// The store does not have what the snapshot was made of: it was put back to an earlier state.
    case newerThanStore
    /// The store has more than the snapshot, and what came cannot be merged in.
    case olderThanStore(why: String)
    case unreadable(String)
    case unwritable(String)
  }

  public let reason: Reason
  /// What messages call the file.
  public let file: String

  public init(_ reason: Reason, file: String) {
    self.reason = reason
    self.file = file
  }

  public var description: String { "\(file): \(words)\n  \(remedy)" }

  private var words: String {
    switch reason {
    case .notASnapshot: "not a snapshot of a trail"
    case .otherByteOrder: "a snapshot from a machine with another byte order"
    case .otherFormat(let found, let known):
      "a snapshot in format \(found), this program knows format \(known)"
    case .cutShort(let found, let expected): "cut short: \(found) of \(expected) bytes"
    case .damaged(let part): "damaged: the checksum of \(part) does not hold"
    case .inconsistent(let part): "\(part) does not fit the rest of the snapshot"
    case .ofAnotherStore: "a snapshot of another store"
    case .newerThanStore: "the store no longer has what the snapshot was made of"
    case .olderThanStore(let why): "older than the store: \(why)"
    case .unreadable(let why): "cannot be read: \(why)"
    case .unwritable(let why): "cannot be written: \(why)"
    }
  }

  private var remedy: String {
    switch reason {
    case .notASnapshot: "Name another file; this one was not touched."
    case .unreadable, .unwritable:
      "Check the path, the rights of the folder and the room on the disk."
    default: "The trail is built anew from the store; write the snapshot again."
    }
  }
}
