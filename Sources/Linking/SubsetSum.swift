/// Exact search for the parts of a pool that add up to a sum.
///
/// Depth first over the amounts from the greatest down; a branch ends when what is left is too little or
/// would overshoot. Exact where it finishes; where it stops at its bound it says so. The general problem is
/// NP-complete (Karp 1972, "Knapsack"), so a bound there must be.
struct SubsetSum {
  /// At most two solutions, as positions in the pool: a second shows that the first is not the only one.
  private(set) var solutions: [[Int]] = []
  /// False when the search stopped at its bound.
  private(set) var isExhausted = true
  private var stepsLeft: Int

  /// - Parameters:
  ///   - amounts: positive.
  ///   - sizeMin: the fewest members of a solution.
  /// - Complexity: O(2^*n*) in the amounts, stopped after `stepsMax` steps.
  init(_ amounts: [Int64], to sum: Int64, sizeMin: Int, stepsMax: Int) {
    stepsLeft = stepsMax
    let order = amounts.indices.sorted { (amounts[$1], $0) < (amounts[$0], $1) }
    let sorted = order.map { Int128(amounts[$0]) }
    var rest = Array(repeating: Int128(0), count: sorted.count + 1)
    for index in sorted.indices.reversed() { rest[index] = rest[index + 1] + sorted[index] }
    var chosen: [Int] = []
    search(0, Int128(sum), sorted, rest, order, &chosen, sizeMin)
    solutions = solutions.map { $0.sorted() }
  }

  private mutating func search(
    _ index: Int, _ missing: Int128, _ sorted: [Int128], _ rest: [Int128], _ order: [Int],
    _ chosen: inout [Int], _ sizeMin: Int
  ) {
    if missing == 0 {
      if chosen.count >= sizeMin { solutions.append(chosen) }
      return
    }
    guard solutions.count < 2, isExhausted, index < sorted.count, missing <= rest[index] else {
      return
    }
    guard stepsLeft > 0 else {
      isExhausted = false
      return
    }
    stepsLeft -= 1
    if sorted[index] <= missing {
      chosen.append(order[index])
      search(index + 1, missing - sorted[index], sorted, rest, order, &chosen, sizeMin)
      chosen.removeLast()
    }
    search(index + 1, missing, sorted, rest, order, &chosen, sizeMin)
  }
}
