// Codes of MT940 that say how money moved. Data with its source; everything else stays `unknown`.

import CaseModel

/// Reads the channel from the codes a statement line carries.
///
/// Only codes that name a way of moving money are listed. A code that says less, such as a transfer
/// without saying whether it crossed a border, gives `transfer`, which the accounts decide.
enum MTTransactionTypes {
  /// Last three characters of the type in field 61.
  /// Source: SWIFT Standards MT, category 9, MT940 field 61, transaction type identification codes.
  private static let swift = rows(
    """
    CHG fee
    COM fee
    CHK cheque
    INT interest
    SAL payroll
    TRF transfer
    STO transfer
    """)

  /// First three digits of a German field 86.
  /// Source: Deutsche Kreditwirtschaft, DFÜ agreement, annex 3, list of business transaction codes
  /// (Geschäftsvorfallcodes), and the older codes that banks still send.
  private static let german = rows(
    """
    001 cheque
    002 cheque
    053 payroll
    070 cheque
    082 cash_deposit
    083 cash_withdrawal
    101 cheque
    102 cheque
    106 card_present
    116 transfer
    117 transfer
    118 transfer
    119 transfer
    152 transfer
    153 payroll
    166 transfer
    168 transfer
    170 cheque
    177 transfer
    201 transfer_international
    202 transfer_international
    206 transfer_international
    808 fee
    814 interest
    """)

  /// Words of the bank's booking text, where the code is wider than the word. First match wins.
  /// Source: booking texts of the shared fixtures and published bank manuals (German, Dutch).
  private static let words = rows(
    """
    GELDAUTOMAT atm_withdrawal
    GELDAUTOMAAT atm_withdrawal
    BARGELDAUSZ atm_withdrawal
    BETAALAUTOMAAT card_present
    KARTENZAHLUNG card_present
    BAREINZAHLUNG cash_deposit
    BARAUSZAHLUNG cash_withdrawal
    """)

  /// The channel of one statement line; the most particular statement wins: words, German code,
  /// SWIFT type.
  static func channel(
    type: String?, code: String?, bookingText: String?, own: AccountKey, other: AccountKey?
  ) -> Channel {
    let upper = bookingText?.uppercased() ?? ""
    for (word, name) in words where !upper.isEmpty && upper.contains(word) {
      return ChannelName.channel(name, own: own, other: other)
    }
    if let code, let name = german.first(where: { $0.0 == code })?.1 {
      return ChannelName.channel(name, own: own, other: other)
    }
    if let type, let first = type.first, "NSF".contains(first),
      let name = swift.first(where: { $0.0 == type.dropFirst() })?.1
    {
      return ChannelName.channel(name, own: own, other: other)
    }
    return .unknown
  }

  private static func rows(_ table: String) -> [(Substring, Substring)] {
    table.split(separator: "\n").compactMap {
      let parts = $0.split(separator: " ")
      return parts.count == 2 ? (parts[0], parts[1]) : nil
    }
  }
}

/// Channel names of the data tables.
enum ChannelName {
  /// `transfer` is decided by the countries of the two IBANs and stays `unknown` without them; any
  /// other name is a channel's own.
  static func channel(
    _ name: some StringProtocol, own: AccountKey, other: AccountKey?
  ) -> Channel {
    guard name == "transfer" else { return Channel(rawValue: String(name)) ?? .unknown }
    guard let here = own.iban?.prefix(2), let there = other?.iban?.prefix(2) else {
      return .unknown
    }
    return here == there ? .transferDomestic : .transferInternational
  }
}
