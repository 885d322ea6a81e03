import CLibxml2

/// A document against an XML Schema (W3C XSD 1.0) by libxml2, both from memory.
///
/// The schema is one file: it may not include, import or redefine another, so that nothing is read that
/// the operator did not name. Neither may declare a document type.
struct SchemaCheck {
  /// One thing the schema refuses, and the line of the document.
  struct Problem: Hashable {
    let line: Int
    let message: String
  }

  /// Problems listed at the most; the rest is counted.
  static let problemsMax = 200

  let schema: GivenFile

  /// What the schema refuses in a document, by line; empty when it is valid.
  /// - Throws: `ExportError.unusable` when the schema itself cannot be used.
  func problems(of document: [UInt8]) throws -> (listed: [Problem], total: Int) {
    let tree = try parsed(schema.bytes, what: "an XML Schema")
    defer { xmlFreeDoc(tree) }
    guard cxml_reads_others(tree) == 0 else {
      throw refused("it includes or imports other files", "one file that holds the whole schema")
    }
    var fault = Collected()
    guard let compiled = fault.collect({ cxml_schema(tree, $0) }) else {
      throw refused(
        fault.problems.first?.message ?? "it does not compile", "a schema as the unit published it")
    }
    defer { xmlSchemaFree(compiled) }
    let report = try parsed(document, what: "well-formed XML")
    defer { xmlFreeDoc(report) }
    var found = Collected()
    let result = found.collect { cxml_validate(compiled, report, $0) }
    guard result >= 0 else {
      throw refused("libxml2 could not check against it", "a usable schema")
    }
    if result > 0, found.total == 0 {
      throw refused("libxml2 names no reason for its refusal", "a usable schema")
    }
    return (found.problems, found.total)
  }

  private func parsed(_ bytes: [UInt8], what: String) throws -> xmlDocPtr {
    guard let length = Int32(exactly: bytes.count),
      let tree = bytes.withUnsafeBufferPointer({ cxml_tree($0.baseAddress, length) })
    else { throw refused("it is not well formed, or larger than 2 GiB", what) }
    guard cxml_has_dtd(tree) == 0 else {
      xmlFreeDoc(tree)
      throw refused("it declares a document type", "\(what) without one")
    }
    return tree
  }

  private func refused(_ found: String, _ expected: String) -> ExportError {
    .unusable(file: schema.name, place: "schema", found: found, expected: expected)
  }

  /// What libxml2 said.
  private struct Collected {
    var problems: [Problem] = []
    var total = 0

    mutating func collect<Result>(
      _ work: (UnsafeMutablePointer<cxml_problems>) -> Result
    ) -> Result {
      let room = SchemaCheck.problemsMax
      let buffer = UnsafeMutablePointer<cxml_problem>.allocate(capacity: room)
      defer { buffer.deallocate() }
      var all = cxml_problems(problems: buffer, room: Int32(room), met: 0)
      let result = work(&all)
      total = Int(all.met)
      problems = (0..<min(room, total)).map { place in
        let message = withUnsafeBytes(of: buffer[place].message) { bytes in
          String(decoding: bytes.prefix { $0 != 0 && $0 != 10 }, as: UTF8.self)
        }
        return Problem(line: Int(buffer[place].line), message: message)
      }
      return result
    }
  }
}
