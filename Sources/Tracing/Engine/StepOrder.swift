// The steps of one run, in the order in which they are taken.

import CaseModel

/// Steps in processing order, as positions in the bank's order. Reads like a list of steps.
struct StepOrder: RandomAccessCollection {
  let numbered: NumberedLedger
  private(set) var positions: [Int32]

  var startIndex: Int { 0 }
  var endIndex: Int { positions.count }
  subscript(index: Int) -> LedgerStep { numbered.step(at: positions[index]) }

  /// The order under a policy, without what full reversals void, and the voided steps.
  /// - Throws: `TracingError` for the first reversal that names no step, or more than it moved.
  /// - Complexity: O(steps).
  init(of numbered: NumberedLedger, under policy: TracingPolicy) throws(TracingError) {
    self.numbered = numbered
    positions = Self.reordered(numbered, policy.sameDayOrder)
    let voided = try Self.voided(numbered, in: positions, policy.reversal)
    if !voided.isEmpty { positions.removeAll { voided.contains($0) } }
  }

  /// The bank's order, or in each phase of a day credits before the rest, or after it; among
  /// themselves both keep the bank's order.
  private static func reordered(_ numbered: NumberedLedger, _ order: SameDayOrder) -> [Int32] {
    let steps = numbered.steps
    guard order != .bankSequence else { return steps.indices.map { Int32($0) } }
    var result: [Int32] = []
    result.reserveCapacity(steps.count)
    var start = 0
    while start < steps.count {
      let first = numbered.step(at: Int32(start))
      var end = start + 1
      while end < steps.count {
        let step = numbered.step(at: Int32(end))
        guard step.date == first.date, step.phase == first.phase else { break }
        end += 1
      }
      for takesCredits in order == .creditsFirst ? [true, false] : [false, true] {
        for position in start..<end
        where steps[position].movement.countsAsCredit == takesCredits {
          result.append(Int32(position))
        }
      }
      start = end
    }
    return result
  }

  /// Full reversals and what they take back: neither is taken (confiscation.md §4.2, reversal).
  private static func voided(
    _ numbered: NumberedLedger, in order: [Int32], _ policy: TracingPolicy.Reversal
  ) throws(TracingError) -> Set<Int32> {
    var voided: Set<Int32> = []
    var takenBack: [Int32: Int128] = [:]
    // The latest first: a reversal that is itself taken back leaves what it had reversed standing.
    for position in order.reversed() where !voided.contains(position) {
      guard case .reversal(let original, let amount) = numbered.steps[Int(position)].movement else {
        continue
      }
      let step = numbered.step(at: position)
      guard let original else {
        guard case .reversal(let sequence, _) = step.movement else { continue }
        throw step.refused(
          .unknownReversedStep(sequence),
          remedy: "name an earlier step, or book the refund as a credit")
      }
      let reversed = numbered.step(at: original)
      let total = takenBack[original, default: 0] + Int128(amount)
      takenBack[original] = total
      guard total <= Int128(reversed.movement.amount) else {
        throw step.refused(
          .reversalExceedsOriginal,
          remedy: "check the link: step \(reversed.sequence) moved less")
      }
      if amount == reversed.movement.amount, policy == .voidPair {
        voided.insert(original)
        voided.insert(position)
      }
    }
    return voided
  }
}
