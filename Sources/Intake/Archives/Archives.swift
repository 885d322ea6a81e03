import CaseModel
import Digests

/// Unpacks containers of files in memory, so that each member is read as a file of its own
/// (formats.md §3.1, §3.2).
///
/// ZIP, 7-Zip, TAR, and files compressed by gzip, bzip2 or xz, through libarchive. A container inside a
/// container is opened once; deeper ones are refused. Workbooks are containers too and stay whole.
public enum Archives {
  /// Limits of formats.md §3.2; each breach is an error that states the limit.
  public struct Limits: Sendable {
    /// Unpacked over packed size.
    public var ratioMax = 100
    /// Bytes of one member.
    public var partBytesMax = 128 << 20
    /// Bytes of all members together, inner containers included.
    public var totalBytesMax = 256 << 20
    /// Our own default: no production seen had more than a few hundred files.
    public var members = 10_000
    /// Below this size a high ratio does no harm: small texts pack very well.
    static let ratioFloor = 1 << 20

    public init() {}

    /// The limits for a production that its sender declared to be large: `bytes` for all members
    /// together and for each of them; the ratio holds as before, up to that size.
    public init(bulkBytes bytes: Int) {
      partBytesMax = max(partBytesMax, bytes)
      totalBytesMax = max(totalBytesMax, bytes)
      if bytes > 256 << 20 { ratioMax = 1000 }
    }

    func breach(file: String, member: String, unpacked: Int, packed: Int) -> Issue {
      Issue(
        .error, "E-ZIPBOMB", file: file, at: Locator(text: Issue.escaped(member), ordinal: 0),
        found: "\(unpacked) bytes from \(packed)",
        expected:
          "a ratio of at most \(ratioMax), \(partBytesMax) bytes a part, \(totalBytesMax) in all; "
          + "for a declared bulk production state the size")
    }
  }

  /// A container's members and what was said about it.
  public struct Unpacked: Sendable {
    /// In the container's order, each with its own hash, named `archive.zip/member.csv`.
    public var files: [InputFile] = []
    /// Members that could not be taken out, and those left aside.
    public var issues: [Issue] = []
  }

  /// True for a container of files. A workbook is none, although it is packed the same way.
  public static func isArchive(_ file: InputFile) -> Bool {
    guard let kind = file.withBytes({ ArchiveKind($0) }) else { return false }
    guard kind == .zip, let names = ZIPDirectory(file)?.names else { return true }
    return !WorkbookKind.isWorkbook(names)
  }

  /// The members of a container, inner containers opened once.
  /// - Throws: `FileRefusal` when the container is damaged, breaks a limit, or holds a name that leaves
  ///   the folder. Then nothing of it may be read.
  /// - Complexity: O(*n*) in the bytes unpacked; all members are held in memory.
  public static func unpack(_ file: InputFile, limits: Limits = Limits()) throws -> Unpacked {
    var left = limits
    return try unpack(file, origin: nil, level: 1, left: &left)
  }

  /// Containers one inside the other: the received one, and one inside it.
  private static let levelsMax = 2

  private static func unpack(
    _ file: InputFile, origin: String?, level: Int, left: inout Limits
  ) throws -> Unpacked {
    guard let kind = file.withBytes({ ArchiveKind($0) }) else {
      throw FileRefusal([
        Issue(
          .error, "E-FORMAT", file: file.name, at: Locator(text: "byte 0", ordinal: 0),
          found: "no archive", expected: "ZIP, 7-Zip, TAR, gzip, bzip2 or xz")
      ])
    }
    if kind == .zip, let issue = ArchiveCheck.breach(of: file, limits: left) {
      throw FileRefusal([issue])
    }
    let content = try ArchiveReader(file: file, kind: kind, limits: left).content()
    var result = Unpacked(issues: content.issues)
    let origin = [origin, "\(file.name) (SHA-256 \(file.sha256.hex))"].compactMap { $0 }
      .joined(separator: " > ")
    for member in content.members {
      left.totalBytesMax -= member.bytes.count
      let inner = InputFile(
        name: file.name + "/" + member.name, sha256: ContentHash(of: member.bytes),
        bytes: member.bytes, container: origin)
      guard isArchive(inner) else {
        result.files.append(inner)
        continue
      }
      // `x.tar.gz` is one container in two wrappings: the wrapping is no level of its own.
      let isWrapping = kind == .single && inner.withBytes({ ArchiveKind($0) }) == .tar
      let next = isWrapping ? level : level + 1
      guard next <= levelsMax else {
        result.issues.append(tooDeep(inner))
        continue
      }
      let nested = try unpack(inner, origin: origin, level: next, left: &left)
      result.files += nested.files
      result.issues += nested.issues
    }
    return result
  }

  private static func tooDeep(_ file: InputFile) -> Issue {
    Issue(
      .error, "E-ZIP-DEPTH", file: file.name, at: Locator(text: "byte 0", ordinal: 0),
      found: "an archive inside an archive inside an archive",
      expected: "archives nested once; unpack the inner one and hand it over by itself")
  }
}
