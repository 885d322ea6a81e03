// What MTReader holds while a statement is being read.

import CaseModel

extension MTReader {
  /// What is known of the statement being read.
  struct Page {
    var header: Statement
    /// Number the sink gave; nil until the first entry or the end.
    var number: Int?
    var accountField: MTField?
    var currency: Currency?
    var opening: StatedBalance?
    var closing: (balance: StatedBalance, field: MTField)?
    /// Why the statement is refused; its entries go to quarantine.
    var fault: MTFault?
    var isCut = false
    /// The first line of an entry for which no currency was stated.
    var unstatedLine: Int?
    var entry: Pending?
    var credits = Tally()
    var debits = Tally()
    var controls: [(field: MTField, isCredit: Bool)] = []
    let firstLine: Int
    var lastLine: Int
  }

  /// A statement line that waits for its field 86.
  struct Pending {
    var field: MTField
    var line: MTStatementLine
    var information: [MTField] = []
  }

  struct Tally {
    var count = 0
    var minor: Int128 = 0
  }
}
