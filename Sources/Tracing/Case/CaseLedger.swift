// The ledger of a case, with what links it back to the case: accounts, and what it does not know.

public import CaseModel

/// A ledger made from the booked entries of a matter, ready to be traced by any method.
///
/// Takes the accounts that persons of the matter other than victims hold or control, so also victims'
/// accounts in a suspect's hands. Every step rests on the lines that show it. What the records leave
/// open is decided the cautious way (clean, untraced or spent) and listed in `limits`.
public struct CaseLedger: Sendable {
  public internal(set) var ledger: Ledger
  /// The accounts of the case behind the ledger's accounts, in the same order.
  public let accounts: [AccountID]
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

  init(
    ledger: Ledger, accounts: [AccountID], limits: [String], openings: [OpeningBalance],
    closesOn: CivilDate
  ) {
    self.openings = openings
    self.ledger = ledger
    self.accounts = accounts
    self.limits = limits
    self.closesOn = closesOn
  }

  func account(named name: String) -> AccountID? {
    ledger.accounts.firstIndex { $0.name == name }.map { accounts[$0] }
  }
}
