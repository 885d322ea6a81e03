// ISO 20022 bank transaction codes that say how money moved. Data with its source.

import CaseModel

/// Reads the channel from `BkTxCd` (domain, family, sub-family) and the purpose code.
enum BankTransactionCodes {
  /// `*` stands for any value. The first row that fits wins.
  /// Source: ISO 20022 external code sets, bank transaction codes (ExternalBankTransactionDomain,
  /// Family, SubFamily). Direct debits and credit transfers say nothing about borders, which the
  /// accounts decide; rows for cross-border sub-families (XBCT, XBDD) say it themselves.
  private static let rows = table(
    """
    PMNT CNTR CDPT cash_deposit
    PMNT CNTR FCDP cash_deposit
    PMNT CNTR CWDL cash_withdrawal
    PMNT CNTR FCWD cash_withdrawal
    PMNT CNTR BCDP cash_deposit
    PMNT CNTR BCWD cash_withdrawal
    PMNT CNTR CHKD cheque
    PMNT CCRD CDPT cash_deposit
    PMNT CCRD CWDL atm_withdrawal
    PMNT CCRD XBCW atm_withdrawal
    PMNT CCRD POSD card_present
    PMNT * SALA payroll
    PMNT * XBCT transfer_international
    PMNT * XBSA payroll
    PMNT * XBDD transfer_international
    PMNT * DMCT transfer_domestic
    PMNT * CHRG fee
    PMNT * FEES fee
    PMNT * COMM fee
    PMNT * INTR interest
    PMNT ICHQ * cheque
    PMNT RCHQ * cheque
    PMNT ICDT * transfer
    PMNT RCDT * transfer
    PMNT IRCT * transfer
    PMNT RRCT * transfer
    PMNT IDDT * transfer
    PMNT RDDT * transfer
    * * CHRG fee
    * * FEES fee
    * * COMM fee
    * * INTR interest
    """)

  /// Purpose codes. Source: ISO 20022 external code sets, ExternalPurpose.
  private static let purposes = ["SALA": "payroll", "PAYR": "payroll"]

  /// - Parameter code: `PMNT/RCDT/ESCT`; nil when the entry has only a proprietary code.
  static func channel(
    code: String?, purpose: String?, own: AccountKey, other: AccountKey?
  ) -> Channel {
    if let purpose, let name = purposes[purpose] {
      return ChannelName.channel(name, own: own, other: other)
    }
    guard let parts = code?.split(separator: "/", omittingEmptySubsequences: false),
      parts.count == 3
    else { return .unknown }
    let row = rows.first { row in
      zip(row, parts).allSatisfy { pattern, part in pattern == "*" || pattern == part }
    }
    guard let name = row?.last else { return .unknown }
    return ChannelName.channel(name, own: own, other: other)
  }

  private static func table(_ text: String) -> [[Substring]] {
    text.split(separator: "\n").map { $0.split(separator: " ") }
  }
}
