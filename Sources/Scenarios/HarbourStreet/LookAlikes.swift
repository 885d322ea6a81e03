import CaseModel

// Three lawful businesses that look like what the detectors seek, and must not be accused: a licensed
// remitter used by garment workers, a payroll agent, a conveyancer's client account.

enum LookAlikes {
  static func lay(in books: inout Books, seed: UInt64) {
    remit(&books, seed: seed)
    runPayroll(&books, seed: seed)
    convey(&books, seed: seed)
  }

  /// Regular senders pay a third of a wage; the remitter settles with its correspondent each week.
  private static func remit(_ books: inout Books, seed: UInt64) {
    var random = SplitMix(seed: seed, stream: "remitter")
    let senders = (1...8).map { Party.german("Garment Worker Example \($0)", 5_500 + $0) }
    for month in Cast.months {
      for (number, sender) in senders.enumerated() {
        let day = month.day(2 + number * 3).orWorkingDayAfter
        books.post(
          "A06", day, Int64(random.int(36...84)) * 500, .transfer, sender, "Geldtransfer Auftrag")
      }
      books.pay(
        "A07", "A06", month.day(27).orWorkingDayAfter, Int64(random.int(96...114)) * 500,
        "Geldtransfer an Familie")
      for day in [9, 21] {
        books.post(
          "A06", month.day(day).orWorkingDayAfter, Int64(random.int(140...330)) * 1_000,
          .cashDeposit, Party("Fernweh Geldtransfer Beispiel GmbH"), "Schaltereinnahmen Vorwoche")
      }
      for day in [7, 14, 21, 28] {
        settle(month.day(day).orWorkingDayAfter.adding(days: 3).orWorkingDayAfter, &books)
      }
      books.post(
        "A06", month.day(15).orWorkingDayAfter, -random.cents(690...720), .directDebit,
        .german("Ladenzeile Muster", 5_510), "Miete Filiale")
    }
  }

  /// Pays out what came in up to three days before, and keeps its float.
  private static func settle(_ day: CivilDate, _ books: inout Books) {
    guard day <= Cast.last.last else { return }
    let balance = books.balance("A06", at: day.adding(days: -3)).minorUnits
    let payout = (balance - 1_500_000) * 92 / 100 / 100 * 100
    guard payout > 10_000 else { return }
    books.post(
      "A06", day, -payout, .transfer, .german("Correspondent Payout Example", 5_511),
      "Abrechnung Auszahlungen")
  }

  /// Other clients of the payroll agent. Money waits a week between funding and payday.
  private static func runPayroll(_ books: inout Books, seed: UInt64) {
    var random = SplitMix(seed: seed, stream: "payroll agent")
    let clients = ["Example Bakery Ltd", "Sample Nursery Ltd", "Placeholder Couriers Ltd"]
    for month in Cast.months {
      var fees: Int64 = 0
      for (number, client) in clients.enumerated() {
        var total: Int64 = 0
        for person in 1...2 {
          let wage = random.cents(1_420...1_980)
          total += wage
          books.post(
            "B09", WageSweeps.payday(month), -wage, .salary,
            .british("Employee \(number + 1)\(person) Example", 6_600 + number * 10 + person),
            "Wages \(month.text) \(client)")
        }
        fees += total / 64
        books.post(
          "B09", month.day(18 + number).orWorkingDayAfter, total + total / 64, .transfer,
          .british(client, 6_610 + number * 10), "Payroll funding \(month.text)")
      }
      books.post(
        "B09", WageSweeps.payday(month).adding(days: 5).orWorkingDayAfter, -fees, .transfer,
        .british("Example Payroll Bureau Ltd Office Account", 6_690), "Fees earned \(month.text)")
    }
  }

  /// Two sales a month: buyer and lender pay in, a week or two later the seller is paid.
  private static func convey(_ books: inout Books, seed: UInt64) {
    var random = SplitMix(seed: seed, stream: "conveyancer")
    var matter = 0
    for month in Cast.months.dropLast() {
      for start in [3, 12] {
        matter += 1
        let text = "Matter \(InventedNumbers.padded(matter, 3))"
        let deposit = Int64(random.int(22...58)) * 100_000
        let loan = Int64(random.int(110...190)) * 100_000
        let fee = Int64(random.int(90...160)) * 1_000
        let paidIn = month.day(start).orWorkingDayAfter
        let completion = paidIn.adding(days: random.int(8...14)).orWorkingDayAfter
        books.post(
          "B10", paidIn, deposit + fee, .transfer,
          .british("Buyer Example \(InventedNumbers.padded(matter, 2))", 6_700 + matter),
          "\(text) deposit and costs")
        books.post(
          "B10", paidIn.adding(days: 3).orWorkingDayAfter, loan, .transfer,
          .british("Invented Home Loans plc", 6_203), "\(text) mortgage advance")
        books.post(
          "B10", completion, -(deposit + loan), .transfer,
          .british("Seller Example \(InventedNumbers.padded(matter, 2))", 6_800 + matter),
          "\(text) completion")
        books.post(
          "B10", completion.adding(days: 2).orWorkingDayAfter, -fee, .transfer,
          .british("Paper Lane Conveyancing Example LLP Office Account", 6_799), "\(text) costs")
      }
    }
  }
}
