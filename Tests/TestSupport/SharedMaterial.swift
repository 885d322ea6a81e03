import Foundation

/// Third-party material that lies beside the checkout and is never committed.
///
/// Tests that read it are skipped, and say so, when it is not there.
public enum SharedMaterial {
  /// The checkout's folder, found from this file's own place.
  public static let checkout: URL = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The folder `../shared` of the checkout, or the one `MONEYTRAIL_SHARED` names.
  public static let folder: URL? = {
    let named = ProcessInfo.processInfo.environment["MONEYTRAIL_SHARED"].map { URL(filePath: $0) }
    let url = named ?? checkout.deletingLastPathComponent().appending(path: "shared")
    return FileManager.default.fileExists(atPath: url.path) ? url : nil
  }()

  /// A path below the shared folder, or nil when it is not there.
  public static func url(_ path: String) -> URL? {
    guard let url = folder?.appending(path: path),
      FileManager.default.fileExists(atPath: url.path)
    else { return nil }
    return url
  }
}
