import CaseModel

/// MT940 as German banks send it: monthly statements, a structured field 86, CRLF, ASCII only.
enum MT940Writer {
  static func write(_ account: MadeUpAccount, _ parts: [StatementPart]) -> WrittenFile {
    var rows: [String] = []
    var locators: [(Int, String)] = []
    for part in parts {
      let number = InventedNumbers.padded(part.number, 2)
      rows.append(":20:HS\(part.period.first.sixDigits.prefix(2))\(number)\(account.code)")
      rows.append(":25:\(account.iban)")
      rows.append(":28C:\(part.number)/1")
      rows.append(":60F:" + balance(part.opening, part.period.first, account.currency))
      for (place, line) in part.lines.enumerated() {
        rows.append(entry(line, account, place + 1))
        locators.append((line.number, "line \(rows.count)"))
        rows += information(line)
      }
      rows.append(":62F:" + balance(part.closing, part.period.last, account.currency))
      rows.append("-")
    }
    return WrittenFile(text: rows.joined(separator: "\r\n") + "\r\n", locators: locators)
  }

  private static func balance(_ minor: Int64, _ day: CivilDate, _ currency: Currency) -> String {
    (minor < 0 ? "D" : "C") + day.sixDigits + currency.code + GermanCSV.number(abs(minor), currency)
  }

  private static func entry(_ line: Line, _ account: MadeUpAccount, _ place: Int) -> String {
    let day = line.date.sixDigits
    let amount = GermanCSV.number(abs(line.amount), account.currency)
    let type = line.movement == .transfer || line.movement == .salary ? "NTRF" : "NMSC"
    let reference = account.code + day + InventedNumbers.padded(place, 3)
    return
      ":61:\(day)\(day.dropFirst(2))\(line.amount < 0 ? "D" : "C")\(amount)\(type)NONREF//\(reference)"
  }

  /// Business transaction code, booking text, purpose and the other side, in lines of at most 65.
  private static func information(_ line: Line) -> [String] {
    let (code, word) = kind(line)
    var fields = ["?00\(word)"]
    fields += zip(20..., pieces("SVWZ+" + line.purpose)).map { "?\($0)\($1)" }
    if let bic = line.party.bic { fields.append("?30\(bic)") }
    if let iban = line.party.iban { fields.append("?31\(iban)") }
    fields += zip(32..., pieces(line.party.name)).map { "?\($0)\($1)" }
    var rows: [String] = []
    var row = ":86:\(code)"
    for field in fields {
      if row.utf8.count + field.utf8.count > 65 {
        rows.append(row)
        row = ""
      }
      row += field
    }
    rows.append(row)
    precondition(rows.allSatisfy { $0.utf8.allSatisfy { (0x20...0x7E).contains($0) } })
    return rows
  }

  /// Pieces of at most 27 characters. A piece never ends or begins with a space, so that they join
  /// without one.
  private static func pieces(_ text: String) -> [String] {
    var pieces: [String] = []
    var rest = Array(text)
    while rest.count > 27 {
      var cut = 27
      while rest[cut] == " " || rest[cut - 1] == " " { cut -= 1 }
      pieces.append(String(rest[..<cut]))
      rest = Array(rest[cut...])
    }
    return pieces + [String(rest)]
  }

  /// Business transaction codes (GVC) of the German banking industry.
  private static func kind(_ line: Line) -> (code: String, word: String) {
    switch line.movement {
    case .cashDeposit: ("082", "BAREINZAHLUNG")
    case .cashWithdrawal: ("083", "BARAUSZAHLUNG")
    case .salary: line.amount > 0 ? ("153", "LOHN GEHALT") : ("177", "UEBERWEISUNG LOHN")
    case .card: ("106", "KARTENZAHLUNG")
    case .transfer: line.amount > 0 ? ("166", "GUTSCHRIFT") : ("177", "UEBERWEISUNG")
    case .directDebit: ("105", "LASTSCHRIFT")
    case .interest: ("814", "ZINSEN")
    case .fee: ("808", "ENTGELT")
    }
  }
}
