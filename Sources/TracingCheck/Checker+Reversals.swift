// Reversals: both entries void, or the composition of the original restored.

extension Checker.Taken {
  var accounts: [String] {
    let names = [from].compactMap { $0 }
    if case .account(let name) = target { return names + [name] }
    return names
  }
}

extension Checker {
  /// Steps that count as never booked: under `void_pair` a payment and the reversal that takes all
  /// of it back, whichever a same-day order puts first. Source: tracing-examples/1, other.
  func voidedSteps() throws(Refusal) -> Set<Int> {
    var amounts: [Int: Units] = [:]
    for step in ledger.steps {
      guard amounts.updateValue(step.kind == .gap ? 0 : step.amount, forKey: step.sequence) == nil
      else {
        throw Refusal(
          .malformed("the number occurs twice"), at: step.place, remedy: "number each step once")
      }
    }
    var voided: Set<Int> = []
    var back: [Int: Units] = [:]
    // The latest first: a reversal that is itself taken back leaves what it had reversed standing.
    for step in ledger.orderedSteps.reversed() where step.kind == .reversal {
      guard let number = step.reverses, !voided.contains(step.sequence) else { continue }
      guard let paid = amounts[number] else {
        throw Refusal(
          .unknown(kind: "step", name: "\(number)"), at: step.place, remedy: "name an earlier step")
      }
      back[number, default: 0] += step.amount
      guard back[number, default: 0] <= paid else {
        throw Refusal(.exceedsOriginal, at: step.place, remedy: "reverse no more than was paid")
      }
      if ledger.policy.voidsPairs, step.amount == paid {
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
        sourceClass: Checker.unknownRefund, isTainted: isTainted(Checker.unknownRefund),
        amount: step.amount)
      note([piece], in: try account(step.to).currency, by: step)
      return try put([piece], into: step.to, contributes: true)
    }
    guard step.amount > 0 else { return }
    guard var original = taken[number] else {
      throw Refusal(
        .unknown(kind: "earlier step that can be reversed", name: "\(number)"), at: "reverses",
        remedy: "name an earlier payment")
    }
    guard let payer = original.from else { return try takeBack(receipt: original, step) }
    guard step.amount <= original.pieces.reduce(Units(0), { $0 + $1.amount }) else {
      throw Refusal(.exceedsOriginal, at: "amount", remedy: "reverse no more than arrived")
    }
    let wanted = try scaled(original.pieces, to: step.amount)
    for piece in wanted { original.pieces = less(piece, from: original.pieces) }
    taken[number] = original
    let back =
      switch original.target {
      case .place(let place):
        try giveBack(wanted, from: place, currency: try account(payer).currency)
      case .account(let name): try giveBack(wanted, fromAccount: name, to: payer)
      }
    note(back, in: try account(payer).currency, by: step)
    try put(back, into: payer, contributes: false)
  }

  private func less(_ piece: Piece, from pieces: [Piece]) -> [Piece] {
    var left = piece.amount
    return pieces.compactMap { each in
      guard each.sourceClass == piece.sourceClass, each.isTainted == piece.isTainted else {
        return each
      }
      var rest = each
      let part = min(left, rest.amount)
      rest.amount -= part
      left -= part
      return rest.amount > 0 ? rest : nil
    }
  }

  /// What the place still has of it; the rest in the composition it has now.
  private mutating func giveBack(
    _ wanted: [Piece], from place: String, currency: String
  ) throws(Refusal) -> [Piece] {
    var back: [Piece] = []
    var missing: Units = 0
    for piece in wanted {
      let found = remove(piece, from: place, currency: currency)
      back += found
      missing += piece.amount - found.reduce(Units(0)) { $0 + $1.amount }
    }
    guard missing > 0 else { return back }
    let rest = holdings.first { $0.place == place && $0.currency == currency }?.pieces ?? []
    guard rest.reduce(Units(0), { $0 + $1.amount }) >= missing else {
      throw Refusal(
        .exceedsOriginal, at: place, remedy: "what was paid for is gone; book a credit")
    }
    for piece in try scaled(byClass(rest), to: missing) {
      back += remove(piece, from: place, currency: currency)
    }
    return back
  }

  /// The receiver gives back what it still has of those classes, the newest first; the rest leaves
  /// it by the method.
  private mutating func giveBack(
    _ wanted: [Piece], fromAccount name: String, to payer: String
  ) throws(Refusal) -> [Piece] {
    var receiver = try account(name)
    guard receiver.currency == (try account(payer).currency) else {
      throw Refusal(.noRate, at: name, remedy: "enter the part returned as a transfer")
    }
    var back: [Piece] = []
    var missing: Units = 0
    for piece in wanted {
      var left = piece.amount
      for index in receiver.lots.indices.reversed()
      where receiver.lots[index].sourceClass == piece.sourceClass
        && receiver.lots[index].isTainted == piece.isTainted && left > 0
      {
        var part = receiver.lots[index]
        part.amount = min(part.amount, left)
        receiver.lots[index].amount -= part.amount
        left -= part.amount
        back.append(part)
      }
      receiver.lots.removeAll { $0.amount == 0 }
      missing += left
    }
    try change(name) { $0 = receiver }
    return back + (try draw(missing, from: name, towardsAsset: false, debtFor: nil))
  }

  /// A receipt taken back in part leaves like any other debit, to where it came from.
  private mutating func takeBack(
    receipt: Taken, _ step: CheckLedger.Step
  ) throws(Refusal) {
    guard case .account(let name) = receipt.target else { return }
    let pieces = try draw(step.amount, from: name, towardsAsset: false, debtFor: nil)
    let currency = try account(name).currency
    note(pieces, in: currency, by: step)
    try add(pieces, to: "outside:returned to payer", currency: currency)
  }

  /// Under `libr` a credit meant to make good a loss returns the lost classes, the first seen first,
  /// from what was spent, and the credit's own class takes their place there.
  mutating func restored(_ credit: Piece, to name: String) throws(Refusal) -> [Piece] {
    let spent = "dissipated:\(name)"
    let currency = try account(name).currency
    var left = credit
    var back: [Piece] = []
    for sourceClass in seen where isTainted(sourceClass) && left.amount > 0 {
      let wanted = Piece(sourceClass: sourceClass, isTainted: true, amount: left.amount)
      for piece in remove(wanted, from: spent, currency: currency) {
        left.amount -= piece.amount
        back.append(piece)
      }
    }
    var swapped = credit
    swapped.amount -= left.amount
    if swapped.amount > 0 { try add([swapped], to: spent, currency: currency) }
    return left.amount > 0 ? back + [left] : back
  }
}
