// The ledger of a case, with what links it back to the case: accounts, and what it does not know.

public import CaseModel

/// A ledger made from the booked entries of a matter, ready to be traced by any method.
///
/// Takes the accounts that persons of the matter other than victims hold or control, so also victims'
/// accounts in a suspect's hands. Every step rests on the lines that show it. What the records leave
/// open is decided the cautious way (clean, untraced or spent) and listed in `limits`.
public struct CaseLedger: Sendable {
  public internal(set) var ledger: Ledger
  /// The accounts of the case behind the ledger's accounts, in the same order. The pools of cash stand
  /// after them in the ledger and have none.
  public let accounts: [AccountID]
  /// The names of the ledger's accounts that are pools of cash drawn and not seen again: `cash of S-01`.
  public let cashPools: [String]
  /// Classes whose money is of unknown origin because records are missing: opening balances, and the
  /// balance after a gap. They count as clean in a run; `recordBounds` says what depends on that.
  public let uncertain: Set<SourceClassCode>
  /// What is not known or was assumed, one sentence each, in a fixed order.
  public let limits: [String]
  /// The day of the last step, or the matter's day when there is none.
  public let closesOn: CivilDate

  /// Builds the ledger of a case.
  /// - Throws: `TracingError` when the case contradicts itself: an entry in a currency other than its
  ///   account's, an entry of an account that is not listed.
  public init(of caseFile: CaseFile) throws(TracingError) {
    var builder = CaseLedgerBuilder(caseFile)
    self = try builder.build()
  }

  /// What each account held at first, when that has no known origin or is not on record.
  let openings: [OpeningBalance]
  /// The case it was made from; what missing records may hide is read from it again.
  let caseFile: CaseFile

  init(
    ledger: Ledger, accounts: [AccountID], cashPools: [String], uncertain: Set<SourceClassCode>,
    limits: [String], openings: [OpeningBalance], closesOn: CivilDate, caseFile: CaseFile
  ) {
    self.openings = openings
    self.ledger = ledger
    self.accounts = accounts
    self.cashPools = cashPools
    self.uncertain = uncertain
    self.limits = limits
    self.closesOn = closesOn
    self.caseFile = caseFile
  }

  /// The account of the case behind an account of the ledger; nil for a pool of cash.
  func account(named name: String) -> AccountID? {
    ledger.accounts.prefix(accounts.count).firstIndex { $0.name == name }.map { accounts[$0] }
  }

  /// The pool of cash as a place, when the name is one of a pool.
  func cashPlace(named name: String) -> Place? {
    cashPools.contains(name) ? .cash(name) : nil
  }
}
