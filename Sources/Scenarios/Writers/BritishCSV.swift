import CaseModel

/// Layout 2: commas, decimal point, `dd/mm/yyyy`, money in and money out in columns of their own.
enum BritishCSV {
  static let header =
    "Date,Account Number,Sort Code,Transaction Type,Description,Counterparty,Counterparty Account,"
    + "Paid In,Paid Out,Balance,Currency"

  static func write(_ account: MadeUpAccount, _ part: StatementPart) -> WrittenFile {
    var text = header + "\r\n"
    var locators: [(Int, String)] = []
    var balance = part.opening
    for (row, line) in part.lines.enumerated() {
      balance += line.amount
      let magnitude = Money(minorUnits: abs(line.amount), currency: account.currency).decimalText
      let fields = [
        line.date.british, account.iban, "00-00-01", word(line.movement), line.purpose,
        line.party.name, line.party.iban ?? "", line.amount > 0 ? magnitude : "",
        line.amount < 0 ? magnitude : "",
        Money(minorUnits: balance, currency: account.currency).decimalText, account.currency.code,
      ]
      precondition(fields.allSatisfy { !$0.contains(",") && !$0.contains("\"") })
      text += fields.joined(separator: ",") + "\r\n"
      locators.append((line.number, "line \(row + 2)"))
    }
    return WrittenFile(text: text, locators: locators)
  }

  private static func word(_ movement: Movement) -> String {
    switch movement {
    case .cashDeposit: "Cash deposit"
    case .cashWithdrawal: "Cash withdrawal"
    case .salary: "Salary"
    case .card: "Card payment"
    case .transfer: "Transfer"
    case .directDebit: "Direct debit"
    case .interest: "Interest"
    case .fee: "Fee"
    }
  }
}
