// Builds small parts of an OFX file and hands them over: accounts, entries, balances, answers.

import CaseModel

/// Receives the elements of an OFX file. Only what is being read is held: each transaction is handed over
/// when it closes and forgotten.
final class OFXReader {
  /// An element that is open: its text and its closed children that are still wanted.
  struct Node {
    let name: String
    let offset: Int64?
    /// As printed in a place: `STMTTRN[2]`, or the bare name of what comes once.
    let step: String
    var text = ""
    var children: [Node] = []

    /// The text of the first child of that name, nil when empty.
    func value(_ name: String) -> String? {
      guard let text = children.first(where: { $0.name == name })?.text.trimmed, !text.isEmpty
      else {
        return nil
      }
      return text
    }
    func child(_ name: String) -> Node? { children.first { $0.name == name } }
    func at(_ path: String...) -> Node? {
      path.reduce(Optional(self)) { $0?.child($1) }
    }
    /// All text in document order, for a record that is set aside.
    var markup: String {
      children.isEmpty
        ? "<\(name)>\(text.trimmed)" : "<\(name)>" + children.map(\.markup).joined() + "</\(name)>"
    }
  }

  let desk: ReadingDesk
  private var stack: [Node] = []
  /// How often each name was opened under the elements that are open.
  private var counts: [[String: Int]] = [[:]]
  private var ordinal: Int64 = 0
  private var isFinished = false
  var institution: String?
  var statement: OFXStatement?
  var statements = 0

  init(_ desk: ReadingDesk) { self.desk = desk }

  /// Elements that come many times and are numbered even when they come once.
  private static let numbered: Set<String> = ["STMTTRN", "STMTTRNP", "ACCTINFO"]

  func open(_ name: String, at offset: Int64?) throws {
    guard stack.count < desk.options.limits.xmlDepth else {
      throw desk.refusal(
        "E-XML-DEPTH", place(), "elements nested too deep",
        "at most \(desk.options.limits.xmlDepth) levels")
    }
    // A transaction is never inside another: the first was not closed.
    if Self.records.contains(name), let open = stack.lastIndex(where: { $0.name == name }) {
      while stack.count > open { try pop(isCut: false) }
    }
    let count = (counts[counts.count - 1][name] ?? 0) + 1
    counts[counts.count - 1][name] = count
    ordinal += 1
    let step = count > 1 || Self.numbered.contains(name) ? "\(name)[\(count)]" : name
    stack.append(Node(name: name, offset: offset, step: step))
    counts.append([:])
    try opened(name)
  }

  func text(_ text: String) {
    guard !stack.isEmpty else { return }
    stack[stack.count - 1].text += text
  }

  /// Closes the innermost open element of that name, and what is open inside it.
  func close(_ name: String) throws {
    guard let index = stack.lastIndex(where: { $0.name == name }) else { return }
    while stack.count > index { try pop(isCut: false) }
    if name == "OFX" { isFinished = true }
  }

  private func pop(isCut: Bool) throws {
    let place = place()
    guard let node = stack.popLast() else { return }
    counts.removeLast()
    let isKept = try closed(node, place, isCut: isCut)
    if isKept, !stack.isEmpty { stack[stack.count - 1].children.append(node) }
  }

  /// The path of what is open.
  func place() -> Locator {
    Locator(text: "/" + stack.map(\.step).joined(separator: "/"), ordinal: ordinal)
  }

  /// The name of the element around the one that closes.
  var parent: String? { stack.last?.name }

  func finish() throws {
    if !isFinished {
      let end = Locator(text: "end of file", ordinal: ordinal + 1)
      statement?.isCut = true
      while !stack.isEmpty { try pop(isCut: true) }
      try desk.warn(
        "W-INCOMPLETE", end, "the file ends before </OFX>",
        "a whole file; what was complete is kept, the statement is incomplete")
    }
    try desk.close()
  }
}
