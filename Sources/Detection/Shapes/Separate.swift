/// Shapes that share no transfer: of those that overlap the first in rank is kept.
///
/// One scheme shows as many chains or circles that differ in a single transfer. A reader is given the best
/// and told how many others lean on the same transfers.
///
/// - Parameter ranked: the transfers of each shape, best first.
/// - Complexity: O(Σ lengths).
func separate(_ ranked: [[Int]]) -> [(shape: [Int], others: Int)] {
  var takenBy: [Int: Int] = [:]
  var kept: [(shape: [Int], others: Int)] = []
  for shape in ranked {
    let owners = Set(shape.compactMap { takenBy[$0] })
    if owners.isEmpty {
      for edge in shape { takenBy[edge] = kept.count }
      kept.append((shape, 0))
    } else {
      for owner in owners { kept[owner].others += 1 }
    }
  }
  return kept
}
