/// Disjoint groups of numbers; the smallest number stands for its group.
struct Groups {
  private var parent: [Int]
  init(_ count: Int) { parent = Array(0..<count) }

  mutating func root(_ member: Int) -> Int {
    var member = member
    while parent[member] != member {
      parent[member] = parent[parent[member]]
      member = parent[member]
    }
    return member
  }

  mutating func join(_ a: Int, _ b: Int) {
    let (x, y) = (root(a), root(b))
    if x != y { parent[max(x, y)] = min(x, y) }
  }
}
