// The sealed sheet: who stands behind the pseudonyms. Invented like everything else.

enum SealedSheetText {
  static var text: String {
    var sheet = SheetText()
    sheet.line(0, "moneytrail: sealed-identities/1")
    sheet.line(0, "# Invented names. In a real case this file is kept apart and is never printed.")
    sheet.line(0, "matter: HS-2026-01")
    sheet.line(0, "persons:")
    let others = [
      ("S-01", "Foreman Example"), ("S-02", "Recruiter Example"), ("N-01", "Nominee Example"),
      ("O-01", "Officer Example"), ("T-01", "Spouse Example"), ("W-01", "Seamstress Example"),
    ]
    for (number, worker) in Cast.workers.enumerated() {
      let word = worker.name.split(separator: " ")[1]
      sheet.line(1, "- code: \(worker.code)")
      sheet.line(2, "names: [\(SheetText.quoted(worker.name))]")
      sheet.line(2, "aliases: [\(SheetText.quoted("W. \(word) Example"))]")
      let accounts = Cast.accounts.filter { $0.holder == worker.code }.map(\.iban)
      sheet.line(2, "accounts: " + SheetText.list(accounts))
      sheet.line(2, "phones: [\"+999 555 01\(InventedNumbers.padded(number + 1, 2))\"]")
    }
    for (code, name) in others {
      sheet.line(1, "- code: \(code)")
      sheet.line(2, "names: [\(SheetText.quoted(name))]")
    }
    for number in 1...33 {
      let family = Cast.family(number)
      sheet.line(1, "- code: \(Cast.familyCode(number))")
      sheet.line(2, "names: [\(SheetText.quoted(family.name))]")
      sheet.line(2, "accounts: " + SheetText.list([family.iban].compactMap { $0 }))
    }
    return sheet.text
  }
}
