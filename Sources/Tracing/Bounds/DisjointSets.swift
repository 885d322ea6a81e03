// Numbers that fall into sets as they are joined, pair by pair.

/// Numbers in sets that can be joined. The root of a set is its smallest number.
struct DisjointSets {
  private var parents: [Int]
  init(count: Int) { parents = Array(0..<count) }

  func root(_ number: Int) -> Int {
    var root = number
    while parents[root] != root { root = parents[root] }
    return root
  }

  /// True iff the two were apart.
  @discardableResult
  mutating func join(_ a: Int, _ b: Int) -> Bool {
    let (first, second) = (root(a), root(b))
    guard first != second else { return false }
    parents[max(first, second)] = min(first, second)
    return true
  }
}
