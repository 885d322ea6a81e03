import CaseModel

/// The containers that are unpacked, told apart by their first bytes (formats.md §3.1).
enum ArchiveKind: Sendable {
  case zip, sevenZip, tar, single

  /// What the file is, or nil for a file that is no container.
  init?(_ head: UnsafeBufferPointer<UInt8>) {
    if head.starts(with: [0x50, 0x4B, 3, 4]) || head.starts(with: [0x50, 0x4B, 5, 6]) {
      self = .zip
    } else if head.starts(with: [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C]) {
      self = .sevenZip
    } else if head.count > 262, head[257...].starts(with: "ustar".utf8) {
      self = .tar
    } else if head.starts(with: [0x1F, 0x8B]) || Self.isBzip2(head)
      || head.starts(with: [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0])
    {
      self = .single
    } else {
      return nil
    }
  }

  /// `BZh`, a digit and the digits of pi that open the first block.
  private static func isBzip2(_ head: UnsafeBufferPointer<UInt8>) -> Bool {
    head.count > 10 && head.starts(with: "BZh".utf8)
      && head[4...].starts(with: [0x31, 0x41, 0x59, 0x26, 0x53, 0x59])
  }

  /// The number under which CArchive knows it.
  var number: Int32 {
    switch self {
    case .zip: 0
    case .sevenZip: 1
    case .tar: 2
    case .single: 3
    }
  }

  var words: String {
    switch self {
    case .zip: "a ZIP container"
    case .sevenZip: "a 7-Zip archive"
    case .tar: "a TAR archive"
    case .single: "a compressed file"
    }
  }
}

/// Names of members: what is refused, and what a compressed file's content is called.
enum MemberName {
  /// Why a name may not be used, or nil. A name never reaches a file system; one that tries is a sign of
  /// an archive made to do harm (formats.md §3.2).
  static func fault(_ name: String) -> String? {
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    let drive = name.utf8.prefix(2)
    let hasDrive =
      drive.count == 2 && drive.last == 0x3A && (drive.first ?? 0) | 0x20 >= 0x61
      && (drive.first ?? 0) | 0x20 <= 0x7A
    if name.hasPrefix("/") || name.contains("\\") || parts.contains("..") || hasDrive {
      return "an archive member whose name leaves the folder"
    }
    if name.utf8.contains(0) || name.isEmpty { return "an archive member without a usable name" }
    return nil
  }

  /// Files that packing programs add and nobody wrote.
  static func isLitter(_ name: String) -> Bool {
    let last = name.split(separator: "/").last.map(String.init) ?? name
    return name.hasPrefix("__MACOSX/") || last == ".DS_Store" || last == "Thumbs.db"
      || last == "desktop.ini"
  }

  /// `march.csv.gz` holds `march.csv`.
  static func inner(of name: String) -> String {
    for (ending, inner) in [
      (".tgz", ".tar"), (".tbz2", ".tar"), (".txz", ".tar"), (".gz", ""), (".bz2", ""), (".xz", ""),
    ] where name.lowercased().hasSuffix(ending) && name.count > ending.count {
      return String(name.dropLast(ending.count)) + inner
    }
    return name + ".content"
  }
}
