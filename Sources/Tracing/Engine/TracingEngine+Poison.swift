// Poison: marks every lot of an account that ever received tainted money. An upper bound only.

extension TracingEngine {
  /// Poisons the account when a tainted piece comes, and turns the pieces into what the account sees.
  mutating func poison(_ pieces: inout [Lot], on account: Int) {
    if !accounts[account].isPoisoned,
      pieces.contains(where: { $0.amount > 0 && classes.isTainted[Int($0.sourceClass)] })
    {
      accounts[account].isPoisoned = true
      var turned: [(units: Int64, sourceClass: Int32)] = []
      accounts[account].turn(to: classes.twin, ranks: classes.ranks) { turned.append(($0, $1)) }
      for (units, sourceClass) in turned {
        turn(units, from: sourceClass, currency: accounts[account].currency)
      }
    }
    guard accounts[account].isPoisoned else { return }
    for index in pieces.indices {
      let piece = pieces[index]
      let twin = classes.twin[Int(piece.sourceClass)]
      guard twin != piece.sourceClass else { continue }
      pieces[index].sourceClass = twin
      // The piece is under way: it is not held anywhere, so only what entered changes its name.
      rename(piece.amount, from: piece.sourceClass, currency: accounts[account].currency)
    }
  }

  mutating func clearPoison(of account: Int) {
    if policy.poisonClearsAtZero, accounts[account].held == 0 {
      accounts[account].isPoisoned = false
    }
  }
}
