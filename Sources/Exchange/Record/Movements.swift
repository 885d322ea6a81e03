import CaseModel

/// Money that went from one place to another, once: a pair of lines is one movement, as is a line whose
/// other side shows no line of its own.
struct Movement: Sendable {
  enum End: Hashable, Sendable {
    case account(AccountID)
    /// The other side of this line, known by what the line says of it.
    case stated(EntryID)
  }
  let id: StableID
  let from: End
  let to: End
  /// Never negative.
  let amount: Money
  /// The debit's day, else the credit's.
  let bookedOn: CivilDate
  let valueOn: CivilDate?
  let channel: Channel
  let isReversal: Bool
  let purpose: String?
  /// The lines it rests on: the debit before the credit.
  let entries: [Entry]
  /// Why two lines are one movement; empty for a single line.
  let reasons: [String]

  var sources: [SourceRef] { entries.map(\.source) }
}

/// The sum of the movements from one place to another in one currency.
struct Flow: Sendable {
  let id: StableID
  let from: Movement.End
  let to: Movement.End
  let amount: Money
  let movements: [Movement]
  var first: CivilDate? { movements.map(\.bookedOn).min() }
  var last: CivilDate? { movements.map(\.bookedOn).max() }
}

extension RecordIndex {
  /// Every movement once, by day, then identifier.
  func movements() -> [Movement] {
    var paired: Set<EntryID> = []
    var all: [Movement] = []
    for transfer in caseFile.transfers {
      guard let debit = entry(transfer.debit), let credit = entry(transfer.credit),
        paired.insert(debit.id).inserted, paired.insert(credit.id).inserted
      else { continue }
      all.append(movement(debit, credit, transfer.reasons))
    }
    for entry in caseFile.entries where !paired.contains(entry.id) { all.append(movement(entry)) }
    return all.sorted { ($0.bookedOn, $0.id) < ($1.bookedOn, $1.id) }
  }

  private func movement(_ debit: Entry, _ credit: Entry, _ reasons: [String]) -> Movement {
    Movement(
      id: id(debit, credit), from: .account(debit.account), to: .account(credit.account),
      amount: debit.amount.magnitude, bookedOn: debit.bookedOn, valueOn: debit.valueOn,
      channel: debit.channel == .unknown ? credit.channel : debit.channel,
      isReversal: debit.isReversal || credit.isReversal,
      purpose: purpose(debit) ?? purpose(credit), entries: [debit, credit], reasons: reasons)
  }

  /// A line of its own. A line of zero is told as one that went out.
  private func movement(_ entry: Entry) -> Movement {
    let own = Movement.End.account(entry.account)
    let other: Movement.End =
      account(entry.counterpartyAccount).map { .account($0.id) } ?? .stated(entry.id)
    let isCredit = entry.amount.minorUnits > 0
    return Movement(
      id: id(entry), from: isCredit ? other : own, to: isCredit ? own : other,
      amount: entry.amount.magnitude, bookedOn: entry.bookedOn, valueOn: entry.valueOn,
      channel: entry.channel, isReversal: entry.isReversal, purpose: purpose(entry),
      entries: [entry], reasons: [])
  }

  func id(_ end: Movement.End) -> StableID? {
    switch end {
    case .account(let id): account(id).map { self.id($0) }
    case .stated(let id): entry(id).map { statedParty(of: $0) }
    }
  }

  /// Sums between two places, by identifier. Only between accounts: what a line merely names is one
  /// place a line, and has nothing to add up.
  /// - Throws: `ExportError.sumTooLarge`.
  func flows(of movements: [Movement]) throws -> [Flow] {
    struct Ends: Hashable {
      let from: StableID
      let to: StableID
      let currency: Currency
    }
    var groups: [Ends: [Movement]] = [:]
    for movement in movements {
      guard case .account = movement.from, case .account = movement.to,
        let from = id(movement.from), let to = id(movement.to)
      else { continue }
      groups[Ends(from: from, to: to, currency: movement.amount.currency), default: []]
        .append(movement)
    }
    return try groups.map { ends, group in
      let total = group.reduce(Int128(0)) { $0 + Int128($1.amount.minorUnits) }
      guard let minor = Int64(exactly: total) else {
        throw ExportError.sumTooLarge(currency: ends.currency.code)
      }
      return Flow(
        id: StableID(
          matter.code, "flow", ends.from.text, ends.to.text, ends.currency.code,
          String(ends.currency.exponent)),
        from: group[0].from, to: group[0].to,
        amount: Money(minorUnits: minor, currency: ends.currency), movements: group)
    }.sorted { $0.id < $1.id }
  }
}
