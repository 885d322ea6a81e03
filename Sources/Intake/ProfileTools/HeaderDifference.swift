import CaseModel

/// What changed between the header that a profile was made for and the one of a file: which columns are
/// new, missing, renamed or moved (formats.md §4.1).
public struct HeaderDifference: Hashable, Sendable {
  /// Names that stand at the place of another, both without a place elsewhere: old, new, column from 1.
  public private(set) var renamed: [Renaming] = []
  public private(set) var missing: [Column] = []
  public private(set) var new: [Column] = []
  /// Names that are in both but no longer in the same order.
  public private(set) var moved: [Move] = []

  public struct Column: Hashable, Sendable {
    public let name: String
    /// From 1.
    public let column: Int
  }
  public struct Renaming: Hashable, Sendable {
    public let old: String
    public let new: String
    public let column: Int
  }
  public struct Move: Hashable, Sendable {
    public let name: String
    public let from: Int
    public let to: Int
  }

  /// - Complexity: O(*n* · *m*) in the columns, of which there are at most 1,024.
  public init(from old: [String], to new: [String]) {
    let before = old.map(MappingProfile.normalised)
    let after = new.map(MappingProfile.normalised)
    let gone = before.indices.filter { !after.contains(before[$0]) }
    let come = after.indices.filter { !before.contains(after[$0]) }
    // A name in the place of another is a new name when the neighbours stand as they stood.
    for index in gone where come.contains(index) && Self.neighboursStand(before, after, index) {
      renamed.append(Renaming(old: old[index], new: new[index], column: index + 1))
    }
    let taken = Set(renamed.map { $0.column - 1 })
    missing = gone.filter { !taken.contains($0) }.map { Column(name: old[$0], column: $0 + 1) }
    self.new = come.filter { !taken.contains($0) }.map { Column(name: new[$0], column: $0 + 1) }
    moved = Self.moves(before, after).map { Move(name: old[$0.0], from: $0.0 + 1, to: $0.1 + 1) }
  }

  private static func neighboursStand(_ before: [String], _ after: [String], _ index: Int) -> Bool {
    func at(_ names: [String], _ place: Int) -> String? {
      names.indices.contains(place) ? names[place] : nil
    }
    return at(before, index - 1) == at(after, index - 1)
      || at(before, index + 1) == at(after, index + 1)
  }

  /// Columns outside the longest run that kept its order.
  private static func moves(_ before: [String], _ after: [String]) -> [(Int, Int)] {
    var used: Set<Int> = []
    var places: [(Int, Int)] = []
    for (index, name) in before.enumerated() {
      guard let place = after.indices.first(where: { after[$0] == name && !used.contains($0) })
      else { continue }
      used.insert(place)
      places.append((index, place))
    }
    var best = [Int](repeating: 1, count: places.count)
    var previous = [Int?](repeating: nil, count: places.count)
    for i in places.indices {
      for j in 0..<i where places[j].1 < places[i].1 && best[j] + 1 > best[i] {
        best[i] = best[j] + 1
        previous[i] = j
      }
    }
    var kept: Set<Int> = []
    var next = best.indices.max { best[$0] < best[$1] }
    while let index = next {
      kept.insert(index)
      next = previous[index]
    }
    return places.indices.filter { !kept.contains($0) }.map { places[$0] }
  }

  public var isEmpty: Bool { renamed.isEmpty && missing.isEmpty && new.isEmpty && moved.isEmpty }

  /// As an issue says it, names escaped.
  public var text: String {
    func list(_ word: String, _ items: [String]) -> String? {
      items.isEmpty ? nil : "\(word): \(items.joined(separator: ", "))"
    }
    func name(_ text: String) -> String { "'\(Issue.escaped(text))'" }
    let parts = [
      list("renamed", renamed.map { "\(name($0.old)) to \(name($0.new)) (column \($0.column))" }),
      list("missing", missing.map { "\(name($0.name)) (was column \($0.column))" }),
      list("new", new.map { "\(name($0.name)) (column \($0.column))" }),
      list("moved", moved.map { "\(name($0.name)) from column \($0.from) to \($0.to)" }),
    ].compactMap { $0 }
    return "a changed header; " + (parts.isEmpty ? "the same names" : parts.joined(separator: "; "))
  }
}
