// Nothing is created or lost: what entered, less what left, is what the ledger holds.

import CaseModel

/// Units of one class and currency over a run.
struct ClassFlow: Hashable {
  /// What entered and did not leave.
  var entered: Int64 = 0
  var held: Int64 = 0
}

extension TracingEngine {
  func slot(_ sourceClass: Int32, _ currency: Int) -> Int {
    currency * classes.count + Int(sourceClass)
  }

  /// As `slot`, for a change: the step's check will look at it.
  private mutating func touched(_ sourceClass: Int32, _ currency: Int) -> Int {
    let slot = slot(sourceClass, currency)
    touchedFlows.append(Int32(slot))
    return slot
  }

  /// Units come into the ledger: a credit, an opening lot, a debt, the far side of a conversion.
  mutating func enter(
    _ amount: Int64, of sourceClass: Int32, currency: Int
  ) throws(TracingError) {
    let slot = touched(sourceClass, currency)
    let (sum, tooMuch) = flows[slot].entered.addingReportingOverflow(amount)
    guard !tooMuch else { throw overflow() }
    flows[slot].entered = sum
    let (total, tooMany) = inLedger[currency].addingReportingOverflow(amount)
    guard !tooMany else { throw overflow() }
    inLedger[currency] = total
  }

  mutating func enter(_ pieces: [Lot], currency: Int) throws(TracingError) {
    for piece in pieces { try enter(piece.amount, of: piece.sourceClass, currency: currency) }
  }

  /// Units end: the near side of a conversion, the cost of what was sold, a debt replaced.
  mutating func leave(_ pieces: [Lot], currency: Int) {
    for piece in pieces { leave(piece, currency: currency) }
  }

  mutating func leave(_ piece: Lot, currency: Int) {
    flows[touched(piece.sourceClass, currency)].entered -= piece.amount
    inLedger[currency] -= piece.amount
  }

  mutating func keep(_ lot: Lot, currency: Int) {
    flows[touched(lot.sourceClass, currency)].held += lot.amount
  }

  mutating func keep(_ lots: [Lot], currency: Int) {
    for lot in lots where lot.amount > 0 { keep(lot, currency: currency) }
  }

  mutating func release(_ lot: Lot, currency: Int) {
    flows[touched(lot.sourceClass, currency)].held -= lot.amount
  }

  mutating func release(_ lots: ArraySlice<Lot>, currency: Int) {
    for lot in lots { release(lot, currency: currency) }
  }

  /// Units of a clean class become those of its tainted twin, held or under way.
  mutating func turn(_ amount: Int64, from sourceClass: Int32, currency: Int) {
    let twin = classes.twin[Int(sourceClass)]
    flows[touched(sourceClass, currency)].held -= amount
    flows[touched(twin, currency)].held += amount
    rename(amount, from: sourceClass, currency: currency)
  }

  mutating func rename(_ amount: Int64, from sourceClass: Int32, currency: Int) {
    flows[touched(sourceClass, currency)].entered -= amount
    flows[touched(classes.twin[Int(sourceClass)], currency)].entered += amount
  }

  /// After each step: class by class, what entered and did not leave is held; a difference stops the
  /// program, rather than put a wrong figure before a court. A step that leaves a class alone cannot unbalance it.
  mutating func checkStep() {
    for slot in touchedFlows {
      let flow = flows[Int(slot)]
      precondition(flow.entered == flow.held, "units were made or lost")
    }
    touchedFlows.removeAll(keepingCapacity: true)
  }

  /// The same by recount: every account against its lots and its booked balance, every place
  /// against the running totals.
  /// - Complexity: O(lots and classes held, accounts, places).
  func checkWhole() {
    var counted = Array(repeating: Int64(0), count: flows.count)
    var units = Array(repeating: Int64(0), count: classes.count)
    for account in accounts {
      precondition(account.totals.sum == Int128(account.held), "totals differ from their sum")
      precondition(account.held == 0 || account.owed == 0, "an account holds money and owes it")
      precondition(account.balance == account.booked, "an account differs from its booked balance")
      check(account.totals, against: account.lanes.lazy.map(\.live).joined(), &units)
      count(account.totals, account.currency, &counted)
    }
    for holding in holdings {
      if provenance.isRecording || holding.key.isTransit {
        check(holding.totals, against: holding.lots, &units)
      }
      count(holding.totals, holding.currency, &counted)
    }
    for (slot, flow) in flows.enumerated() {
      precondition(counted[slot] == flow.held, "the recount differs from the running totals")
      precondition(flow.entered == flow.held, "units were made or lost")
    }
  }

  /// The lots add up to the totals, class by class; `units` is all 0 before and after.
  private func check(
    _ totals: Composition, against lots: some Sequence<Lot>, _ units: inout [Int64]
  ) {
    var classCount = 0
    for lot in lots {
      precondition(lot.amount > 0, "an empty or negative lot")
      if units[Int(lot.sourceClass)] == 0 { classCount += 1 }
      units[Int(lot.sourceClass)] += lot.amount
    }
    precondition(classCount == totals.shares.count, "lots of a class that is not counted")
    for share in totals.shares {
      precondition(share.units == units[Int(share.sourceClass)], "lots differ from their totals")
      units[Int(share.sourceClass)] = 0
    }
  }

  private func count(_ totals: Composition, _ currency: Int, _ counted: inout [Int64]) {
    for share in totals.shares {
      precondition(share.units > 0, "a place holds less than nothing")
      counted[slot(share.sourceClass, currency)] += share.units
    }
  }
}
