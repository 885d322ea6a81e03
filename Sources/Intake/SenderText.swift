import CaseModel

extension Issue {
  /// What may be told to whoever sent the file: place, code, what was found where that is never the text of a
  /// record, and what was expected. The answer leaves the house, and a name or a purpose may be another's
  /// secret; of the other codes only the place and the remedy are said.
  public var textForSender: String {
    Self.withoutRecordText.contains(code)
      ? "\(locator): \(code): \(found); expected \(expected)"
      : "\(locator): \(code): expected \(expected)"
  }

  /// Codes that are found in counts, balances, days, forms, and words of the layout alone. A code that any
  /// format reports with a piece of a record is not among them (`E-AMOUNT`, `E-CCY`, `W-CTRL` …).
  private static let withoutRecordText = Set(
    """
    E-AMBIGUOUS E-AMOUNT-AMBIGUOUS E-COLS E-DATE-AMBIGUOUS E-EMPTY E-ENC E-ENCODING E-ENCRYPTED E-FORMAT \
    E-HASH E-INTERNAL E-JSON-DEPTH E-LENGTH E-MORE E-NOTHING E-NUL E-QUOTE E-SET E-SIZE E-UNKNOWN-FORMAT \
    E-XML-DEPTH E-XML-DTD E-ZIP-DEPTH E-ZIP-ENCRYPTED E-ZIP-LINK E-ZIP-PATH E-ZIPBOMB W-BALANCE \
    W-BALANCE-CURRENCIES W-CCY-UNSTATED W-COLS W-CONTROL W-COUNT W-DATE-RANGE W-DIGITS W-DUP-REF \
    W-ENC-GUESS W-FEE W-FORMULA W-GAP W-HIDDEN W-IDENTICAL W-INCOMPLETE W-NO-ACCOUNT W-NO-ROWS W-OVERLAP \
    W-QUOTE W-SHEET W-UNBALANCED W-ZERO-AMOUNT
    """.split(separator: " ").map { String($0) })
}
