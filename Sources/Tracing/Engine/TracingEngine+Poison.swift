// Poison: marks every lot of an account that ever received tainted money. An upper bound only.

extension TracingEngine {
  /// Poisons the account when a tainted piece comes, and gives the pieces as the account sees them.
  mutating func poisoned(_ pieces: [Lot], on account: Int) -> [Lot] {
    if pieces.contains(where: { $0.amount > 0 && classes.isTainted[Int($0.sourceClass)] }),
      !accounts[account].isPoisoned
    {
      accounts[account].isPoisoned = true
      let twin = classes.twin
      for lane in accounts[account].lanes.indices {
        accounts[account].lanes[lane].reclassify { twin[Int($0)] }
      }
      for (index, units) in accounts[account].totals.enumerated()
      where units > 0 && Int(twin[index]) != index {
        turn(units, from: Int32(index), currency: accounts[account].currency)
        accounts[account].totals[index] = 0
        accounts[account].totals[Int(twin[index])] += units
      }
    }
    guard accounts[account].isPoisoned else { return pieces }
    var result = pieces
    for (index, piece) in pieces.enumerated()
    where classes.twin[Int(piece.sourceClass)] != piece.sourceClass {
      result[index].sourceClass = classes.twin[Int(piece.sourceClass)]
      // The piece is under way: it is not held anywhere, so only what entered changes its name.
      rename(piece.amount, from: piece.sourceClass, currency: accounts[account].currency)
    }
    return result
  }

  mutating func clearPoison(of account: Int) {
    if policy.poisonClearsAtZero, accounts[account].held == 0 {
      accounts[account].isPoisoned = false
    }
  }
}
