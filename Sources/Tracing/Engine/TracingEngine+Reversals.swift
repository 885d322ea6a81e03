// Reversals in part: the money comes back in the composition in which it left.

import CaseModel

/// A step that a later step takes back in part: the pieces it moved and did not yet get back.
struct ReversibleStep {
  enum Target {
    case holding(HoldingKey)
    case account(Int)
  }
  var pieces: [Lot]
  let from: Int
  let to: Target
}

extension TracingEngine {
  /// Takes back `amount` of the step with that sequence (confiscation.md §4.2, reversal).
  mutating func restore(_ amount: Int64, of sequence: Int) throws(TracingError) {
    guard amount > 0 else { return }
    guard var original = reversible[sequence] else {
      return try takeBackReceipt(amount, of: sequence)
    }
    let whole = original.pieces.reduce(Int128(0)) { $0 + Int128($1.amount) }
    guard Int128(amount) <= whole else {
      throw TracingError(
        .reversalExceedsOriginal, at: place, remedy: "check the link: step \(sequence) moved less")
    }
    let returning = try rescaled(original.pieces, to: amount)
    for piece in returning {
      var missing = piece.amount
      for index in original.pieces.indices where missing > 0 {
        guard original.pieces[index].sourceClass == piece.sourceClass else { continue }
        let taken = min(missing, original.pieces[index].amount)
        original.pieces[index].amount -= taken
        missing -= taken
      }
    }
    original.pieces.removeAll { $0.amount == 0 }
    reversible[sequence] = original

    var pieces: [Lot] = []
    switch original.to {
    case .holding(let key):
      guard let index = holdingIndexes[key] else { return }
      var missing: Int64 = 0
      for piece in returning {
        let found = withdraw(piece.amount, of: piece.sourceClass, from: index)
        missing += piece.amount - found.reduce(0) { $0 + $1.amount }
        pieces += found
      }
      // The place no longer holds that composition (sold, or a debt repaid since): the rest comes
      // back in the composition it has now.
      if missing > 0 {
        let available = holdings[index].totals.reduce(Int128(0)) { $0 + Int128($1) }
        guard Int128(missing) <= available else {
          throw TracingError(
            .reversalExceedsOriginal, at: place,
            remedy: "what step \(sequence) paid for is gone; book the refund as a credit")
        }
        for (sourceClass, part) in split(missing, over: holdings[index].totals) {
          pieces += withdraw(part, of: sourceClass, from: index)
        }
      }
      try comeBack(pieces, amount: amount, to: original.from)
    case .account(let target):
      // A transfer taken back in part: the receiver gives back what it still has of those classes.
      guard accounts[target].currency == accounts[original.from].currency else {
        throw TracingError(
          .unknownRate(
            from: currencies[accounts[target].currency].code,
            to: currencies[accounts[original.from].currency].code), at: place,
          remedy: "enter the part returned as a transfer with both amounts")
      }
      pieces = try giveBack(returning, from: target)
      try comeBack(pieces, amount: amount, to: original.from)
    }
  }

  /// Pieces of the given classes out of an account, as far as it has them; the rest by the method.
  private mutating func giveBack(_ wanted: [Lot], from account: Int) throws(TracingError) -> [Lot] {
    var found: [Lot] = []
    var missing: Int64 = 0
    for piece in wanted {
      var taken: Int64 = 0
      for lane in accounts[account].lanes.indices where taken < piece.amount {
        taken += accounts[account].lanes[lane].takeNewest(
          piece.amount - taken, of: piece.sourceClass, into: &found)
      }
      missing += piece.amount - taken
      accounts[account].totals[Int(piece.sourceClass)] -= taken
      accounts[account].held -= taken
      try book(-taken, on: account)
    }
    for piece in found { release(piece, currency: accounts[account].currency) }
    return found
      + (try draw(missing, from: account, towardsAsset: false, coordinatedAsset: -1))
  }

  private mutating func comeBack(
    _ pieces: [Lot], amount: Int64, to account: Int
  ) throws(TracingError) {
    try book(amount, on: account)
    let from = provenance.label("payment taken back")
    try deposit(pieces, into: account, from: from, contributes: false)
  }

  /// A receipt taken back in part leaves like any other debit, to where it came from.
  private mutating func takeBackReceipt(
    _ amount: Int64, of sequence: Int
  ) throws(TracingError) {
    guard let original = order[..<Int(now)].first(where: { $0.sequence == sequence }) else {
      throw TracingError(
        .unknownReversedStep(sequence), at: place,
        remedy: "name an earlier step, or book the refund as a credit")
    }
    let name: String
    switch original.movement {
    case .credit(let to, _, _, _), .interest(let to, _), .arrival(_, let to, _, _),
      .sale(_, let to, _, _):
      name = to
    default:
      throw TracingError(
        .unknownReversedStep(sequence), at: place, remedy: "this kind of step cannot be reversed")
    }
    let account = try accountIndex(name)
    let pieces = try draw(amount, from: account, towardsAsset: false, coordinatedAsset: -1)
    hold(
      pieces, at: .outside("returned to payer", currency: accounts[account].currency),
      currency: accounts[account].currency, from: account, to: "returned to payer")
  }
}
