// Documents to files: every format rendered first, then all put in place.

import CaseModel
import Digests
import Foundation

/// What a document can be published as.
public enum Format: String, Hashable, Sendable, Codable, CaseIterable {
  case pdf, docx, xlsx
}

/// One file that was published.
public struct PublishedFile: Hashable, Sendable, Codable {
  /// The file's name in the folder.
  public let name: String
  public let format: Format
  public let sha256: ContentHash
  public let byteCount: Int64
  /// Pages of a PDF; nil for the others.
  public let pages: Int?
}

/// Renders documents. The same tree gives the same bytes on the same machine, whatever the time
/// zone, the locale and the clock.
public struct Publisher: Sendable {
  private let tools: Tools

  public init(tools: Tools) { self.tools = tools }

  /// Renders a document in the given formats and puts the files into a folder.
  ///
  /// Whole or nothing: a folder holds the finished file or the one that was there before.
  ///
  /// - Parameters:
  ///   - folder: made when it is not there.
  ///   - name: the files' name without ending; else `<matter>-<kind>`.
  /// - Throws: `PublishingError`, with what to do.
  public func publish(
    _ document: Document, formats: [Format], into folder: URL, name: String? = nil
  ) async throws -> [PublishedFile] {
    let layout = try Layout(document)
    let stem = Self.fileName(name ?? document.matter.text + "-" + document.kind)
    let work = folder.appending(
      path: ".publishing-" + stem + "-\(ProcessInfo.processInfo.processIdentifier)")
    do {
      try FileManager.default.createDirectory(at: work, withIntermediateDirectories: true)
    } catch {
      throw PublishingError.unwritable(path: folder.path, reason: Self.reason(error))
    }
    defer { try? FileManager.default.removeItem(at: work) }
    do {
      var finished: [(format: Format, file: URL, pages: Int?)] = []
      for format in Format.allCases where formats.contains(format) {
        let (file, pages) = try await render(layout, as: format, in: work)
        finished.append((format, file, pages))
      }
      return try finished.map { format, file, pages in
        let bytes = [UInt8](try Data(contentsOf: file))
        let published = "\(stem).\(format.rawValue)"
        try replace(folder.appending(path: published), with: file)
        return PublishedFile(
          name: published, format: format, sha256: ContentHash(of: bytes),
          byteCount: Int64(bytes.count), pages: pages)
      }
    } catch let error as PublishingError {
      throw error
    } catch {
      throw PublishingError.unwritable(path: folder.path, reason: Self.reason(error))
    }
  }

  private func render(_ layout: Layout, as format: Format, in work: URL) async throws -> (URL, Int?)
  {
    switch format {
    case .pdf:
      try await tools.draw(layout, as: "svg", in: work)
      let source = TypstSource.text(layout, template: Self.template("court.typ"))
      try Data(source.utf8).write(to: work.appending(path: "document.typ"))
      let pages = try await tools.typeset(in: work, driver: Self.template("typeset.py"))
      return (work.appending(path: "document.pdf"), pages)
    case .docx:
      try await tools.draw(layout, as: "png", in: work)
      let parts = work.appending(path: "parts")
      let names = try WordDocument(layout).write(to: parts, picturesFrom: work)
      let output = work.appending(path: "document.docx")
      try await tools.pack(names, of: parts, into: output, driver: Self.template("pack.py"))
      return (output, nil)
    case .xlsx:
      let output = work.appending(path: "document.xlsx")
      try Workbook.write(layout, to: output)
      return (output, nil)
    }
  }

  /// Renames a finished file over an older one, in one step.
  private func replace(_ target: URL, with file: URL) throws {
    guard rename(file.path, target.path) == 0 else {
      throw PublishingError.unwritable(path: target.path, reason: String(cString: strerror(errno)))
    }
  }

  static func template(_ name: String) -> String {
    guard let file = PublishingFiles.all.first(where: { $0.name == name }) else {
      preconditionFailure("\(name) is not among the templates")
    }
    return file.text
  }

  /// Letters, digits, point, hyphen and underscore; everything else becomes a hyphen.
  static func fileName(_ text: String) -> String {
    let name = String(
      text.unicodeScalars.map { scalar -> Character in
        let isPlain =
          ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
          || ("0"..."9").contains(scalar)
          || scalar == "." || scalar == "-" || scalar == "_"
        return isPlain ? Character(scalar) : "-"
      })
    let trimmed = String(name.drop { $0 == "." || $0 == "-" }.prefix(100))
    return trimmed.isEmpty ? "document" : trimmed
  }

  private static func reason(_ error: any Error) -> String {
    let cause = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError
    return cause?.localizedDescription ?? (error as NSError).localizedDescription
  }
}
