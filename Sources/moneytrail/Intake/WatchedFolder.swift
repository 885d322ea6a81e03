import CaseModel
import Digests
import Foundation

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
  }

  init(inbox: String, outbox: String, settle: Int) throws {
    self.inbox = URL(filePath: inbox).standardizedFileURL
    self.outbox = URL(filePath: outbox).standardizedFileURL
    self.settle = settle
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: inbox, isDirectory: &isFolder), isFolder.boolValue
    else { throw ProgramError(.inputRejected, "\(inbox): no such folder — check the path") }
    guard self.inbox.path != self.outbox.path else {
      throw ProgramError(.usage, "--outbox \(outbox): is the watched folder — name another")
    }
    try FileManager.default.createDirectory(at: self.outbox, withIntermediateDirectories: true)
  }

  /// The files that are complete and have no letter yet, by name.
  func arrivals(now: Date) throws -> [Arrival] {
    let names = try FileManager.default.contentsOfDirectory(atPath: inbox.path).sorted()
    let announced = try manifest(names)
    let answered = Set(try FileManager.default.contentsOfDirectory(atPath: outbox.path))
    return try names.compactMap { name in
      guard !name.hasPrefix("."), !name.hasSuffix(".done"), name != Self.manifestName else {
        return nil
      }
      let url = inbox.appending(path: name)
      let facts = try FileManager.default.attributesOfItem(atPath: url.path)
      guard facts[.type] as? FileAttributeType == .typeRegular else { return nil }
      let changed = facts[.modificationDate] as? Date ?? now
      let isSettled = Int(now.timeIntervalSince(changed)) >= settle
      guard names.contains(name + ".done") || announced[name] != nil || isSettled else {
        return nil
      }
      let bytes = try InputFiles.bytes(of: url.path)
      let hash = ContentHash(of: bytes)
      if let wanted = announced[name], wanted != hash.hex, !isSettled { return nil }
      let arrival = Arrival(
        path: url.path, name: name, byteCount: bytes.count, sha256: hash,
        fault: announced[name].flatMap {
          $0 == hash.hex ? nil : "its SHA-256 is not the one in \(Self.manifestName)"
        })
      return answered.contains { $0.hasPrefix(Self.stem(of: arrival) + ".") } ? nil : arrival
    }
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
  private static func stem(of arrival: Arrival) -> String {
    "\(arrival.name).\(arrival.sha256.hex.prefix(12))"
  }

  /// Writes a letter whole or not at all.
  func write(_ letter: ArrivalLetter, for arrival: Arrival) throws {
    let ending = letter.isAccepted ? "accepted.txt" : "rejected.txt"
    let place = outbox.appending(path: "\(Self.stem(of: arrival)).\(ending)")
    try Data(letter.text.utf8).write(to: place, options: .atomic)
  }
}
