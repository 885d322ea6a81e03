import CaseModel

// The page that stands beside the files of the example case.

struct ReadMe {
  private let made: HarbourStreetCase
  init(_ made: HarbourStreetCase) { self.made = made }

  var text: String {
    let rows = made.books.accounts.map {
      "| \($0.code) | \($0.bank.name) | \($0.currency) | \($0.holder) | \($0.role) |"
    }
    return """
      # Harbour Street

      An example case, made from seed \(made.seed). Every person, company, bank, number and place is
      invented; account numbers have right check digits at banks that do not exist. Do not edit these
      files: they are what `Scenarios.HarbourStreet.files(seed:)` gives, and a test compares them.

      Two years, \(Bank.allCases.count) banks, three currencies, \(made.books.lineCount) booked lines, of which \
      \(made.books.ordinaryCount) are ordinary life.

      | folder | bank | form |
      |---|---|---|
      | `bank-a` | \(Bank.a.name) | delimited text, layout 1 (semicolon, decimal comma, `dd.mm.yyyy`) |
      | `bank-b` | \(Bank.b.name) | delimited text, layout 2 (comma, decimal point, `dd/mm/yyyy`) |
      | `bank-c` | \(Bank.c.name) | MT940, monthly statements, a file a year |
      | `bank-d` | \(Bank.d.name) | camt.053.001.08, a file a quarter |

      - `case-sheet.yaml`: the matter as a prosecutor's office would state it; `variants/untoc/` holds the
        same sheet under another profile.
      - `sealed-identities.yaml`: who stands behind the pseudonyms. Kept apart in a real case.
      - `truth.json`: what was planted, line by line, and what must not be accused.

      Wrong on purpose: the statement of C03 for \(Layering.missingMonth.text) is missing, and one line of \
      D02 on \(made.droppedLine.date) was
      left out, so that its statement does not reconcile.

      | account | bank | currency | holder | part |
      |---|---|---|---|---|
      \(rows.joined(separator: "\n"))

      """
  }
}
