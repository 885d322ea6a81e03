// Nothing is created or lost: what entered, less what left, is what the ledger holds.

import CaseModel

extension TracingEngine {
  func slot(_ sourceClass: Int32, _ currency: Int) -> Int {
    currency * classes.count + Int(sourceClass)
  }

  /// Units come into the ledger: a credit, an opening lot, a debt, the far side of a conversion.
  mutating func enter(
    _ amount: Int64, of sourceClass: Int32, currency: Int
  ) throws(TracingError) {
    let slot = slot(sourceClass, currency)
    let (sum, tooMuch) = entered[slot].addingReportingOverflow(amount)
    guard !tooMuch else { throw overflow() }
    entered[slot] = sum
    let (total, tooMany) = inLedger[currency].addingReportingOverflow(amount)
    guard !tooMany else { throw overflow() }
    inLedger[currency] = total
  }

  mutating func enter(_ pieces: [Lot], currency: Int) throws(TracingError) {
    for piece in pieces { try enter(piece.amount, of: piece.sourceClass, currency: currency) }
  }

  /// Units end: the near side of a conversion, the cost of what was sold, a debt replaced.
  mutating func leave(_ pieces: [Lot], currency: Int) {
    for piece in pieces {
      entered[slot(piece.sourceClass, currency)] -= piece.amount
      inLedger[currency] -= piece.amount
    }
  }

  mutating func keep(_ lot: Lot, currency: Int) {
    holds[slot(lot.sourceClass, currency)] += lot.amount
  }

  mutating func release(_ lot: Lot, currency: Int) {
    holds[slot(lot.sourceClass, currency)] -= lot.amount
  }

  /// Units of a clean class become those of its tainted twin, held or under way.
  mutating func turn(_ amount: Int64, from sourceClass: Int32, currency: Int) {
    let twin = classes.twin[Int(sourceClass)]
    holds[slot(sourceClass, currency)] -= amount
    holds[slot(twin, currency)] += amount
    rename(amount, from: sourceClass, currency: currency)
  }

  mutating func rename(_ amount: Int64, from sourceClass: Int32, currency: Int) {
    entered[slot(sourceClass, currency)] -= amount
    entered[slot(classes.twin[Int(sourceClass)], currency)] += amount
  }

  /// After each step: class by class, what entered and did not leave is held; a difference stops the program, rather
  /// than put a wrong figure before a court.
  func checkStep() {
    for slot in entered.indices {
      precondition(entered[slot] == holds[slot], "units were made or lost")
    }
  }

  /// The same by recount: every account against its lots and its booked balance, every place
  /// against the running totals.
  func checkWhole() {
    var counted = Array(repeating: Int64(0), count: holds.count)
    for account in accounts {
      var totals = Array(repeating: Int64(0), count: classes.count)
      for lane in account.lanes {
        for lot in lane.live {
          precondition(lot.amount > 0, "an empty or negative lot")
          totals[Int(lot.sourceClass)] += lot.amount
        }
      }
      precondition(totals == account.totals, "an account's lots differ from its totals")
      precondition(totals.reduce(0, +) == account.held, "an account's totals differ from its sum")
      precondition(account.held == 0 || account.owed == 0, "an account holds money and owes it")
      precondition(account.balance == account.booked, "an account differs from its booked balance")
      for (index, units) in totals.enumerated() {
        counted[slot(Int32(index), account.currency)] += units
      }
    }
    for holding in holdings {
      for (index, units) in holding.totals.enumerated() {
        precondition(units >= 0, "a place holds less than nothing")
        counted[slot(Int32(index), holding.currency)] += units
      }
      if provenance.isRecording {
        var totals = Array(repeating: Int64(0), count: classes.count)
        for lot in holding.lots { totals[Int(lot.sourceClass)] += lot.amount }
        precondition(totals == holding.totals, "a place's lots differ from its totals")
      }
    }
    precondition(counted == holds, "the recount differs from the running totals")
  }
}
