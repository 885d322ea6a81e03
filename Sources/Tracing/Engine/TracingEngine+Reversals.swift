// Reversals in part: the money comes back in the composition in which it left.

import CaseModel

/// A step that a later step takes back in part: the pieces it moved and did not yet get back.
struct ReversibleStep {
  enum Target {
    case place(Int32)
    case account(Int)
  }
  var pieces: [Lot]
  let from: Int
  let to: Target
}

extension TracingEngine {
  /// Keeps what the present step moved, because a reversal names it.
  mutating func noteReversible(_ pieces: [Lot], from account: Int, to target: ReversibleStep.Target)
  {
    reversible[current] = ReversibleStep(pieces: Array(pieces[...]), from: account, to: target)
  }

  /// Takes back `amount` of the step at that position (confiscation.md §4.2, reversal).
  mutating func restore(_ amount: Int64, of position: Int32) throws(TracingError) {
    guard amount > 0 else { return }
    guard var original = reversible.removeValue(forKey: position) else {
      return try takeBackReceipt(amount, of: position)
    }
    let sequence = numbered.step(at: position).sequence
    let whole = original.pieces.reduce(Int128(0)) { $0 + Int128($1.amount) }
    guard Int128(amount) <= whole else {
      throw TracingError(
        .reversalExceedsOriginal, at: place, remedy: "check the link: step \(sequence) moved less")
    }
    let returning = try rescaled(original.pieces, to: amount)
    original.reduce(by: returning)
    reversible[position] = original

    switch original.to {
    case .place(let target):
      guard let index = knownHolding(of: target) else { return }
      var pieces: [Lot] = []
      var missing: Int64 = 0
      for piece in returning {
        missing +=
          piece.amount
          - withdraw(piece.amount, of: piece.sourceClass, from: index, into: &pieces)
      }
      // The place no longer holds that composition (sold, or a debt repaid since): the rest comes
      // back in the composition it has now.
      if missing > 0 {
        guard Int128(missing) <= holdings[index].totals.sum else {
          throw TracingError(
            .reversalExceedsOriginal, at: place,
            remedy: "what step \(sequence) paid for is gone; book the refund as a credit")
        }
        for part in split(missing, over: holdings[index].totals) {
          withdraw(part.units, of: part.sourceClass, from: index, into: &pieces)
        }
      }
      try comeBack(&pieces, amount: amount, to: original.from)
    case .account(let target):
      // A transfer taken back in part: the receiver gives back what it still has of those classes.
      guard accounts[target].currency == accounts[original.from].currency else {
        throw TracingError(
          .unknownRate(
            from: currencies[accounts[target].currency].code,
            to: currencies[accounts[original.from].currency].code), at: place,
          remedy: "enter the part returned as a transfer with both amounts")
      }
      var pieces = try returned(returning, from: target)
      try comeBack(&pieces, amount: amount, to: original.from)
    }
  }

  /// Pieces of the given classes out of an account, as far as it has them; the rest by the method.
  private mutating func returned(_ wanted: [Lot], from account: Int) throws(TracingError) -> [Lot] {
    var found: [Lot] = []
    var missing: Int64 = 0
    for piece in wanted {
      let taken = accounts[account].takeNewest(
        piece.amount, of: piece.sourceClass, rank: classes.ranks[Int(piece.sourceClass)],
        into: &found)
      missing += piece.amount - taken
      try book(-taken, on: account)
    }
    release(found[...], currency: accounts[account].currency)
    try draw(missing, from: account, into: &found)
    return found
  }

  private mutating func comeBack(
    _ pieces: inout [Lot], amount: Int64, to account: Int
  ) throws(TracingError) {
    try book(amount, on: account)
    try deposit(&pieces, into: account, from: label("payment taken back"), contributes: false)
  }

  /// A receipt taken back in part leaves like any other debit, to where it came from.
  private mutating func takeBackReceipt(
    _ amount: Int64, of position: Int32
  ) throws(TracingError) {
    guard takenAndReversed.contains(position) else {
      throw TracingError(
        .unknownReversedStep(numbered.step(at: position).sequence), at: place,
        remedy: "name an earlier step, or book the refund as a credit")
    }
    let account: Int
    switch numbered.steps[Int(position)].movement {
    case .credit(let to, _, _, _), .interest(let to, _), .arrival(_, let to, _, _),
      .sale(_, let to, _, _):
      account = Int(to)
    default:
      throw TracingError(
        .unknownReversedStep(numbered.step(at: position).sequence), at: place,
        remedy: "this kind of step cannot be reversed")
    }
    var pieces: [Lot] = []
    try draw(amount, from: account, into: &pieces)
    hold(
      &pieces, at: numbered.places.returnedToPayer(currency: accounts[account].currency),
      from: account, label: label("returned to payer"))
  }
}

extension ReversibleStep {
  /// Forgets what came back, class by class, the first pieces first.
  mutating func reduce(by returning: [Lot]) {
    var missing: [Int32: Int64] = [:]
    for piece in returning { missing[piece.sourceClass, default: 0] += piece.amount }
    for index in pieces.indices {
      guard let left = missing[pieces[index].sourceClass], left > 0 else { continue }
      let taken = min(left, pieces[index].amount)
      pieces[index].amount -= taken
      missing[pieces[index].sourceClass] = left - taken
    }
    pieces.removeAll { $0.amount == 0 }
  }
}
