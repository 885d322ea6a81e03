import CaseModel

/// Hands the elements of an OFX 2 document to the reader.
enum OFXDocument {
  /// - Throws: `FileRefusal` for XML that is not well formed, has a document type or breaks a limit.
  static func read(
    _ file: InputFile, _ options: ReadingOptions, into reader: OFXReader
  ) throws {
    // White space before the declaration is no XML, and occurs.
    let blank = file.bytes.prefix { [9, 10, 13, 32].contains($0) }.count
    let bytes = blank == 0 ? file.bytes : Array(file.bytes[blank...])
    let lines = file.bytes[..<blank].count { $0 == 10 }
    do {
      try XMLPull.read(bytes, limits: options.limits) { pull in
        while true {
          switch try pull.next() {
          case .start(let name): try reader.open(name.uppercased(), at: nil)
          case .text(let text): reader.text(text)
          case .end(let name): try reader.close(name.uppercased())
          case .finished: return
          }
        }
      }
    } catch let refusal as XMLRefusal {
      throw FileRefusal([
        Issue(
          .error, refusal.code, file: file.name, at: .line(refusal.line + lines),
          found: refusal.found, expected: refusal.expected)
      ])
    }
  }
}
