// A laid-out document as WordprocessingML (ECMA-376): real footnotes, repeated header rows, column
// widths, turned pages, numbered pages. Written part by part; the parts are packed elsewhere.

import CaseModel
import Foundation

struct WordDocument {
  let layout: Layout
  /// Text widths in twentieths of a point: A4 less its margins.
  static let portraitWidth = 9_240
  static let landscapeWidth = 14_800

  init(_ layout: Layout) { self.layout = layout }

  /// Writes every part below a folder. Returns their names in the order of packing.
  func write(to folder: URL, picturesFrom pictures: URL) throws -> [String] {
    var body = WordBody(layout, pictures: pictures)
    let document = try body.xml()
    var parts: [(name: String, text: String)] = [
      ("[Content_Types].xml", WordParts.contentTypes),
      ("_rels/.rels", WordParts.packageRelations),
      ("docProps/core.xml", WordParts.core(layout.document)),
      ("word/document.xml", document),
      ("word/footnotes.xml", WordParts.footnotes(body.footnotes)),
      ("word/styles.xml", WordParts.styles(layout.document.language)),
      ("word/settings.xml", WordParts.settings),
      ("word/header1.xml", WordParts.header(layout)),
      ("word/footer1.xml", WordParts.footer(layout.document)),
      ("word/_rels/document.xml.rels", WordParts.documentRelations(body.pictureNames)),
    ]
    let files = FileManager.default
    for directory in ["_rels", "docProps", "word/_rels", "word/media"] {
      try files.createDirectory(
        at: folder.appending(path: directory), withIntermediateDirectories: true)
    }
    for part in parts { try Data(part.text.utf8).write(to: folder.appending(path: part.name)) }
    for name in body.pictureNames {
      let target = "word/media/" + name
      try Data(contentsOf: pictures.appending(path: name)).write(to: folder.appending(path: target))
      parts.append((target, ""))
    }
    return parts.map(\.name)
  }
}

/// Text as XML character data.
func xml(_ text: String, breaks: Bool = false) -> String {
  var result = ""
  for scalar in (breaks ? VisibleText.breakable(text) : VisibleText.of(text)).unicodeScalars {
    switch scalar {
    case "&": result += "&amp;"
    case "<": result += "&lt;"
    case ">": result += "&gt;"
    case "\"": result += "&quot;"
    default:
      // U+FFFE and U+FFFF are no XML characters; VisibleText shows the other forbidden ones by name.
      if scalar.value & 0xFFFE == 0xFFFE {
        result += "\u{FFFD}"
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
  }
  return result
}
