import CaseModel

/// Layout 1: semicolons, decimal comma, `dd.mm.yyyy`, a balance after each line, UTF-8.
enum GermanCSV {
  static let header =
    "Auftragskonto;Buchungstag;Valutadatum;Buchungstext;Verwendungszweck;"
    + "Beguenstigter/Zahlungspflichtiger;Kontonummer/IBAN;BIC;Betrag;Waehrung;Saldo"

  static func write(_ account: MadeUpAccount, _ part: StatementPart) -> WrittenFile {
    var text = header + "\n"
    var locators: [(Int, String)] = []
    var balance = part.opening
    for (row, line) in part.lines.enumerated() {
      balance += line.amount
      let fields = [
        account.iban, line.date.german, line.date.german, word(line.movement), line.purpose,
        line.party.name, line.party.iban ?? "", line.party.bic ?? "",
        number(line.amount, account.currency), account.currency.code,
        number(balance, account.currency),
      ]
      precondition(fields.allSatisfy { !$0.contains(";") && !$0.contains("\"") })
      text += fields.joined(separator: ";") + "\n"
      locators.append((line.number, "line \(row + 2)"))
    }
    return WrittenFile(text: text, locators: locators)
  }

  static func number(_ minor: Int64, _ currency: Currency) -> String {
    String(Money(minorUnits: minor, currency: currency).decimalText.map { $0 == "." ? "," : $0 })
  }

  private static func word(_ movement: Movement) -> String {
    switch movement {
    case .cashDeposit: "Bareinzahlung"
    case .cashWithdrawal: "Barauszahlung"
    case .salary: "Lohn Gehalt"
    case .card: "Kartenzahlung"
    case .transfer: "Überweisung"
    case .directDebit: "Lastschrift"
    case .interest: "Zinsen"
    case .fee: "Entgelt"
    }
  }
}
