import CaseModel
import Tracing

/// Finds the steps of a matter's ledger behind a row that a user names.
struct TraceRows {
  let caseFile: CaseFile
  let ledger: CaseLedger

  /// The steps of one row: what it received, and what it paid.
  struct Steps {
    var received: [Int] = []
    var paid: [Int] = []
  }

  /// The steps of a row given as `LABEL:LINE` or as an entry key.
  /// - Throws: `ProgramError` that says how to find the row, or why the ledger has no step for it.
  func steps(ofRow given: String) throws -> Steps {
    let entries = self.entries(given)
    guard !entries.isEmpty else {
      throw ProgramError(
        .inputRejected,
        "--from-row \(given): no entry of the matter was read there — `moneytrail entries` prints label and"
          + " line of each, `moneytrail entries --json` their keys")
    }
    var steps = Steps()
    for entry in entries {
      let found = try self.steps(of: entry, given)
      steps.received += found.received
      steps.paid += found.paid
    }
    return steps
  }

  /// The steps of the entry read at a place.
  func steps(at source: SourceRef) throws -> Steps {
    let name = "\(source.label) \(source.locator)"
    guard
      let entry = caseFile.entries.first(where: {
        $0.source.file == source.file && $0.source.locator == source.locator
      })
    else { throw ProgramError(.inputRejected, "\(name): is no entry of the matter") }
    return try steps(of: entry, name)
  }

  private func entries(_ given: String) -> [Entry] {
    let byKey = caseFile.entries.filter { $0.key == given }
    guard byKey.isEmpty, let colon = given.lastIndex(of: ":") else { return byKey }
    let label = given[..<colon]
    let line = given[given.index(after: colon)...]
    return caseFile.entries.filter { entry in
      entry.source.label == label
        && (entry.source.locator.text == line || entry.source.locator.text == "line \(line)"
          || (Int64(line).map { entry.source.locator.ordinal == $0 } ?? false))
    }
  }

  private func steps(of entry: Entry, _ given: String) throws -> Steps {
    let numbers = Set(ledger.steps(on: entry.source))
    guard !numbers.isEmpty else {
      let account = caseFile.accounts.first { $0.id == entry.account }?.displayName ?? "its account"
      let why =
        entry.amount.isZero
        ? "it books nothing"
        : ledger.accounts.contains(entry.account)
          ? "the ledger has it in no step"
          : "\(account) is held and controlled by nobody whose money the matter follows — name the holder in the case sheet"
      throw ProgramError(
        .inputRejected, "\(given): is not in the matter's ledger, because \(why)")
    }
    var steps = Steps()
    for step in ledger.ledger.steps where numbers.contains(step.sequence) {
      if entry.amount.isNegative {
        if step.movement.isPayment { steps.paid.append(step.sequence) }
      } else if step.movement.isReceipt {
        steps.received.append(step.sequence)
      }
    }
    guard !steps.received.isEmpty || !steps.paid.isEmpty else {
      throw ProgramError(
        .inputRejected,
        "\(given): takes back or sells what was there before, and starts nothing of its own — start from"
          + " the payment it belongs to")
    }
    return steps
  }

  func account(_ given: String) throws -> Account {
    guard let account = caseFile.accounts.first(where: { $0.isNamed(given) }) else {
      throw ProgramError(
        .inputRejected,
        "--from-account \(given): the matter has no such account — run: moneytrail accounts --all;"
          + " a protected person's account goes by its token, such as sealed:V-04/2")
    }
    guard ledger.accounts.contains(account.id) else {
      throw ProgramError(
        .inputRejected,
        "--from-account \(given): is not in the matter's ledger, because it has no records or is held and"
          + " controlled by nobody whose money the matter follows — name the holder in the case sheet"
      )
    }
    return account
  }
}

extension Movement {
  fileprivate var isReceipt: Bool {
    switch self {
    case .credit, .transfer, .arrival, .interest: true
    case .debit, .departure, .fee, .reversal, .sale, .gap: false
    }
  }
  fileprivate var isPayment: Bool {
    switch self {
    case .debit, .transfer, .departure, .fee: true
    case .credit, .arrival, .interest, .reversal, .sale, .gap: false
    }
  }
}

extension Account {
  /// Whether a user means this account: its number, key or display name.
  func isNamed(_ given: String) -> Bool {
    let plain = given.filter { !$0.isWhitespace }
    return key.text == given || key.iban == plain.uppercased() || displayName == given
      || key.text.hasSuffix("/" + plain)
  }
}
