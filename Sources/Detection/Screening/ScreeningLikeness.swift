import CaseModel
import TrailGraph

/// Dealings that are like those of the findings, where the file itself shows that being like them means something.
///
/// The shapes find schemes by where they are dense; what is spread out over weeks escapes them. Two things are
/// asked of each dealing of a pair that deals only once: does it stand where those of the findings stand
/// (`LikenessPlaces`), and is it made when and in sums they are made (`ScreeningHabits`)? Sorted by
/// the sum of both, the share *p* of dealings in findings among the hundred about a dealing says how far
/// likeness carries in this file. Among those most like them it reaches *c*: a share below one where findings
/// leave many out, one where they leave out none. A dealing not in a finding is then of the same making
/// with chance *p*·(1 − *c*) ÷ (*c*·(1 − *p*)) (Elkan and Noto, KDD 2008: learning from positive and unlabelled
/// cases). No label and nothing from outside the file is used.
///
/// Findings are dense and so unlike what is spread out; place alone overrates. A dealing whose hour and sum
/// speak for it needs a chance of one in five, any other two in five.
struct ScreeningLikeness {
  let background: Background
  /// Fewer dealings in findings, or at all, are too few to learn from.
  var foundMin = 100
  var dealingsMin = 1000
  /// Dealings about one in the order of likeness whose share is taken; odd.
  var about = 101
  /// What is found in a round counts as found in the next.
  var rounds = 2
  var habitBits = Bits.one
  /// Likeness must carry: among the dealings most like those of findings, a quarter are in findings, and five times
  /// the share over all. Else nothing in the file tells them apart, and the formula below would call everything alike.
  var mostMin = 25
  var liftMin = 5

  /// A dealing like those of findings.
  struct Alike {
    let edge: Int
    /// Of `about` dealings about it, how many are in findings.
    let share: Int
    /// How much likelier its hour and sum are among the findings than at all, in bits.
    let habit: Int
  }

  struct Outcome {
    var alike: [Alike] = []
    /// The least share, of `about`, from which a dealing is reported.
    var least = 0
    /// Why nothing could be learnt.
    var reason: String?
  }

  /// - Parameter used: transfers of reported findings.
  /// - Complexity: O(*n* log *n*) in the only dealings, and 8,192 steps for each.
  func alike(to used: Set<Int>) -> Outcome {
    let trail = background.trail
    let dealings = (0..<trail.edgeCount).filter { background.uses[$0] == 1 }
    let isFound = dealings.map(used.contains)
    let found = isFound.count(where: { $0 })
    guard found >= foundMin, dealings.count >= dealingsMin else {
      return Outcome(
        reason:
          "\(found) of \(dealings.count) dealings between parties that deal only once are in findings; "
          + "learning what is like them needs \(foundMin) of \(dealingsMin)")
    }
    let places = LikenessPlaces(of: dealings, in: trail)
    var counted = isFound
    var outcome = Outcome()
    for _ in 0..<rounds {
      let habits = ScreeningHabits(of: dealings, isFound: counted, in: trail)
      let habit = dealings.map(habits.bits)
      let worth = zip(places.likeness(to: counted), habit).map { $0 + $1 }
      let shares = shares(worth, isFound)
      let most = shares.indices.filter { isFound[$0] }.map { shares[$0] }.sorted()[found * 95 / 100]
      guard most >= mostMin, most * dealings.count >= liftMin * about * found else {
        return Outcome(
          reason: "of the \(about) dealings most like those of findings only \(most) are in one, "
            + "beside \(found) of \(dealings.count) in all: likeness says nothing in this file")
      }
      guard most < about else { return outcome }
      let (least, placed) = (self.least(most, 1), self.least(most, 2))
      outcome = Outcome(least: least)
      for place in dealings.indices where !isFound[place] {
        let isAlike = shares[place] >= (habit[place] >= habitBits ? least : placed)
        counted[place] = isAlike
        if isAlike {
          outcome.alike.append(
            Alike(edge: dealings[place], share: shares[place], habit: habit[place]))
        }
      }
    }
    return outcome
  }

  /// The least share *p* at which *p*·(1 − *c*) ÷ (*c*·(1 − *p*)) is `fifths` fifths or more.
  private func least(_ most: Int, _ fifths: Int) -> Int {
    (0...about).first { 5 * $0 * (about - most) >= fifths * most * (about - $0) } ?? about
  }

  /// For each dealing, how many of the `about` dealings nearest to it in worth are in findings, never fewer
  /// than for one worth less.
  private func shares(_ worth: [Int], _ isFound: [Bool]) -> [Int] {
    let order = worth.indices.sorted { worth[$0] != worth[$1] ? worth[$0] < worth[$1] : $0 < $1 }
    var sums = [0]
    for place in order { sums.append((sums.last ?? 0) + (isFound[place] ? 1 : 0)) }
    var result = [Int](repeating: 0, count: worth.count)
    var highest = 0
    for (rank, place) in order.enumerated() {
      let low = min(max(0, rank - about / 2), order.count - about)
      highest = max(highest, sums[low + about] - sums[low])
      result[place] = highest
    }
    return result
  }
}
