// Long lists of lines said shortly and completely: `PX-003 lines 12, 14–20; PX-004 entry 7`.

import CaseModel

/// The places some statement or amount rests on, file by file, runs of lines joined.
public struct SourceList: Hashable, Sendable {
  /// One file and its places.
  public struct Part: Hashable, Sendable {
    public let label: String
    public let file: ContentHash
    /// `lines 12, 14–20`.
    public let places: String
  }

  /// Sorted by label, then hash.
  public let parts: [Part]
  /// How many places were joined.
  public let count: Int

  /// - Parameter isAmbiguous: labels that two files share; their parts name the hash too.
  public init(_ sources: [SourceRef], ambiguous isAmbiguous: Set<String> = []) {
    let sorted = Set(sources).sorted()
    count = sorted.count
    var groups: [(label: String, file: ContentHash, locators: [Locator])] = []
    for source in sorted {
      let label =
        isAmbiguous.contains(source.label)
        ? source.label + " (" + source.file.hex.prefix(8) + ")" : source.label
      if let place = groups.firstIndex(where: { $0.label == label && $0.file == source.file }) {
        groups[place].locators.append(source.locator)
      } else {
        groups.append((label, source.file, [source.locator]))
      }
    }
    parts = groups.map {
      Part(label: $0.label, file: $0.file, places: Self.join($0.locators.map(\.text)))
    }
  }

  /// All parts in one line.
  public var text: String { parts.map { $0.label + " " + $0.places }.joined(separator: "; ") }

  /// As `text`, for Annex A, which says how to read it: bare line numbers, and entries of XML files
  /// without the path that all of them share.
  public var compact: String {
    parts.map { $0.label + " " + Self.bare($0.places) }.joined(separator: "; ")
  }

  private static func bare(_ places: String) -> String {
    let path = "/Document/BkToCstmrStmt/"
    let short = places.replacing(path, with: "")
    for word in ["lines ", "line "] where short.hasPrefix(word) {
      let rest = short.dropFirst(word.count)
      if rest.allSatisfy({ !$0.isLetter }) { return String(rest) }
    }
    return short
  }

  /// A place as stem and number, when it has that form: `line 12`, `…/Ntry[7]`.
  private struct Numbered {
    var stem: String
    var tail: String
    var number: Int

    init?(_ text: String) {
      if text.hasSuffix("]"), let open = text.lastIndex(of: "["),
        let number = Int(text[text.index(after: open)...].dropLast())
      {
        (stem, tail, self.number) = (String(text[...open]), "]", number)
      } else if let space = text.lastIndex(of: " "),
        let number = Int(text[text.index(after: space)...]),
        text[..<space].allSatisfy(\.isLetter)
      {
        (stem, tail, self.number) = (String(text[..<space]), "", number)
      } else {
        return nil
      }
    }
  }

  private static func join(_ places: [String]) -> String {
    var result: [String] = []
    var run: (stem: String, tail: String, numbers: [Int])?
    func flush() {
      guard let done = run else { return }
      let numbers = ranges(done.numbers)
      if done.tail.isEmpty {
        result.append(done.stem + (done.numbers.count > 1 ? "s " : " ") + numbers)
      } else {
        result.append(done.stem + numbers + done.tail)
      }
      run = nil
    }
    for place in places {
      guard let one = Numbered(place) else {
        flush()
        result.append(place)
        continue
      }
      if run?.stem == one.stem, run?.tail == one.tail {
        run?.numbers.append(one.number)
      } else {
        flush()
        run = (one.stem, one.tail, [one.number])
      }
    }
    flush()
    return result.joined(separator: ", ")
  }

  private static func ranges(_ numbers: [Int]) -> String {
    var parts: [String] = []
    var place = 0
    while place < numbers.count {
      var end = place
      while end + 1 < numbers.count, numbers[end + 1] == numbers[end] + 1 { end += 1 }
      parts.append(
        end == place
          ? "\(numbers[place])"
          : end == place + 1
            ? "\(numbers[place]), \(numbers[end])" : "\(numbers[place])–\(numbers[end])")
      place = end + 1
    }
    return parts.joined(separator: ", ")
  }
}
