import CaseModel
import Digests
import Foundation
import Intake

/// A folder into which senders put files, and one for the letters that answer them.
struct WatchedFolder {
  let inbox: URL
  let outbox: URL
  /// Seconds without a change.
  let settle: Int

  static let manifestName = "MANIFEST.sha256"

  /// A file whose time has come.
  struct Arrival {
    let path: String
    let name: String
    let byteCount: Int
    let sha256: ContentHash
    /// Why it may not be imported: its hash is not the one that the sender announced.
    let fault: String?
    /// A letter about these very bytes lies in the outbox.
    let isAnswered: Bool
  }

  /// What was hashed, and what the file looked like then: a file that did not change is not read again.
  private struct Hashed {
    let byteCount: Int
    let changed: Date
    let sha256: ContentHash
  }

  private var hashes: [String: Hashed] = [:]

  /// - Parameter outbox: nil: a folder beside the watched one, named after it: `inbox-letters`.
  init(inbox: String, outbox: String?, settle: Int) throws {
    self.inbox = URL(filePath: inbox).standardizedFileURL
    self.outbox =
      outbox.map { URL(filePath: $0).standardizedFileURL }
      ?? self.inbox.deletingLastPathComponent()
      .appending(path: self.inbox.lastPathComponent + "-letters")
    self.settle = settle
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: inbox, isDirectory: &isFolder), isFolder.boolValue
    else { throw ProgramError(.inputRejected, "\(inbox): no such folder — check the path") }
    guard self.inbox.path != self.outbox.path else {
      throw ProgramError(
        .usage, "--outbox \(self.outbox.path): is the watched folder — name another")
    }
    try FileManager.default.createDirectory(at: self.outbox, withIntermediateDirectories: true)
  }

  /// What is to be taken: files that are complete and have no letter yet, by name; the files of a production
  /// set together, also those that were answered before the others came.
  /// - Parameter profile: what the operator states, by which a set of one's own is known.
  mutating func arrivals(now: Date, profile: String?) throws -> [[Arrival]] {
    let complete = try complete(now: now)
    return ProductionSet.groups(ofPaths: complete.map(\.path), profile: profile)
      .map { $0.map { complete[$0] } }
      .filter { $0.contains { !$0.isAnswered } }
  }

  /// The files that do not change any more, by name.
  private mutating func complete(now: Date) throws -> [Arrival] {
    let names = try FileManager.default.contentsOfDirectory(atPath: inbox.path).sorted()
    let announced = try manifest(names)
    let answered = Set(try FileManager.default.contentsOfDirectory(atPath: outbox.path))
    var complete: [Arrival] = []
    for name in names {
      guard !name.hasPrefix("."), !name.hasSuffix(".done"), name != Self.manifestName else {
        continue
      }
      let url = inbox.appending(path: name)
      let facts = try FileManager.default.attributesOfItem(atPath: url.path)
      guard facts[.type] as? FileAttributeType == .typeRegular else { continue }
      let changed = facts[.modificationDate] as? Date ?? now
      let isSettled = Int(now.timeIntervalSince(changed)) >= settle
      guard names.contains(name + ".done") || announced[name] != nil || isSettled else {
        continue
      }
      let hashed = try hashed(url, changed)
      let hash = hashed.sha256
      if let wanted = announced[name], wanted != hash.hex, !isSettled { continue }
      let stem = Self.stem(of: name, hash)
      complete.append(
        Arrival(
          path: url.path, name: name, byteCount: hashed.byteCount, sha256: hash,
          fault: announced[name].flatMap {
            $0 == hash.hex ? nil : "its SHA-256 is not the one in \(Self.manifestName)"
          },
          isAnswered: ArrivalLetter.Verdict.endings.contains { answered.contains("\(stem).\($0)") })
      )
    }
    return complete
  }

  private mutating func hashed(_ url: URL, _ changed: Date) throws -> Hashed {
    let file = try InputFiles.read(url.path)
    if let known = hashes[url.path], known.byteCount == file.byteCount, known.changed == changed {
      return known
    }
    let hashed = Hashed(byteCount: file.byteCount, changed: changed, sha256: file.sha256)
    hashes[url.path] = hashed
    return hashed
  }

  /// Hashes by name, as `sha256sum` writes them.
  private func manifest(_ names: [String]) throws -> [String: String] {
    guard names.contains(Self.manifestName) else { return [:] }
    let text = String(
      decoding: try InputFiles.bytes(of: inbox.appending(path: Self.manifestName).path),
      as: UTF8.self)
    var hashes: [String: String] = [:]
    for line in text.split(whereSeparator: \.isNewline) {
      let parts = line.split(separator: " ", maxSplits: 1)
      guard parts.count == 2, parts[0].count == 64 else { continue }
      hashes[String(parts[1].drop { $0 == " " || $0 == "*" })] = parts[0].lowercased()
    }
    return hashes
  }

  /// The same name with other bytes gets a letter of its own.
  private static func stem(of name: String, _ hash: ContentHash) -> String {
    "\(name).\(hash.hex.prefix(12))"
  }

  /// Writes a letter whole or not at all.
  func write(_ letter: ArrivalLetter) throws {
    let arrival = letter.arrival
    let place = outbox.appending(
      path: "\(Self.stem(of: arrival.name, arrival.sha256)).\(letter.verdict.ending)")
    try Data(letter.text.utf8).write(to: place, options: .atomic)
  }
}
