import CaseModel

// Cash just under the threshold, two accounts through which money only passes, a round trip of four
// hops, and the company front whose takings nobody can check. Patterns: ST-01, ST-04, ST-09.

enum Layering {
  static func lay(in books: inout Books, seed: UInt64) {
    var random = SplitMix(seed: seed, stream: "layering")
    structureCash(&books, &random)
    takeCash(&books, &random)
    pass(1, from: Month(year: 2024, month: 9), &books, &random)
    pass(2, from: Month(year: 2025, month: 4), &books, &random)
    goRound(1, CivilDate(known: "2024-11-12"), 1_480_000, &books)
    goRound(2, CivilDate(known: "2025-06-10"), 1_320_000, &books)
    moveInMissingMonth(&books)
  }

  /// The month of C03 whose statement was never handed over.
  static let missingMonth = Month(year: 2025, month: 2)

  private static func structureCash(_ books: inout Books, _ random: inout SplitMix) {
    let clusters: [(days: [StaticString], pattern: String)] = [
      (["2024-04-09", "2024-04-11", "2024-04-15"], "structuring-1"),
      (["2024-12-02", "2024-12-03", "2024-12-05", "2024-12-06"], "structuring-2"),
      (["2025-08-19", "2025-08-21", "2025-08-22"], "structuring-3"),
    ]
    for cluster in clusters {
      for day in cluster.days {
        books.post(
          "C01", CivilDate(known: day), Int64(random.int(178...198)) * 5_000, .cashDeposit,
          Party("Erdachte Landesbank Einzahler"), "Bareinzahlung", patterns: [cluster.pattern])
      }
    }
  }

  private static func takeCash(_ books: inout Books, _ random: inout SplitMix) {
    for month in Month.all(from: Cast.first, to: Cast.lastPay) {
      var day = month.first
      while day <= month.last {
        if day.isoWeekday == 1 || day.isoWeekday == 4 {
          books.post(
            "C04", day, Int64(random.int(78...290)) * 500, .cashDeposit,
            Party("Hafenstrasse Autowaesche Beispiel GmbH"), "Tageseinnahme Waschhalle",
            patterns: ["company-front"])
        }
        day = day.adding(days: 1)
      }
      books.pay(
        "C04", "C01", month.day(20).orWorkingDayAfter, 150_000,
        "Rueckzahlung Gesellschafterdarlehen",
        patterns: ["company-front"])
    }
  }

  /// Six payments into C03 within three weeks, each sent on by the next working day to A02, and from
  /// there abroad, less a small cut.
  private static func pass(
    _ number: Int, from month: Month, _ books: inout Books, _ random: inout SplitMix
  ) {
    let pattern = "pass-through-\(number)"
    let abroad = Party(
      "Nowhere Holdings Example", iban: InventedNumbers.iban("CY", "999000010000000000009901"))
    for (step, day) in [3, 5, 9, 12, 16, 18].enumerated() {
      let date = month.day(day).orWorkingDayAfter
      let source = step.isMultiple(of: 3) ? "C04" : "C01"
      let amount = Int64(random.int(source == "C04" ? 360...420 : 520...680)) * 1_000
      let second = amount * Int64(random.int(970...988)) / 1_000
      let third = second * Int64(random.int(970...988)) / 1_000
      let text = "Rechnung \(month.year)\(InventedNumbers.padded(40 + step, 3))"
      books.pay(source, "C03", date, amount, text, patterns: [pattern])
      books.pay("C03", "A02", date.nextWorkingDay, second, "Beratung \(text)", patterns: [pattern])
      books.post(
        "A02", date.nextWorkingDay.nextWorkingDay, -third, .transfer, abroad,
        "Commission \(month.text)", patterns: [pattern])
    }
    empty("C03", month.day(23), pattern, &books)
    empty("A02", month.day(24), pattern, &books)
  }

  /// What stayed on a pass-through account as its cut is taken out in cash.
  private static func empty(
    _ code: String, _ day: CivilDate, _ pattern: String, _ books: inout Books
  ) {
    let left = books.balance(code, at: day).minorUnits - 40_000
    guard left > 5_000 else { return }
    books.post(
      code, day, -(left / 5_000 * 5_000), .cashWithdrawal,
      Party("\(books.account(code).bank.name) Automat"), "Barauszahlung", patterns: [pattern])
  }

  /// C04 → C03 → A02 → A01 → C04 within nine days, each hop a little smaller.
  private static func goRound(
    _ number: Int, _ start: CivilDate, _ amount: Int64, _ books: inout Books
  ) {
    let pattern = "round-trip-\(number)"
    let hops = [
      ("C04", "C03", 0, 1_000), ("C03", "A02", 2, 980), ("A02", "A01", 3, 961),
      ("A01", "C04", 7, 940),
    ]
    for (from, to, days, share) in hops {
      books.pay(
        from, to, start.adding(days: days).orWorkingDayAfter, amount * Int64(share) / 1_000,
        to == "C04" ? "Darlehen an Gesellschaft" : "Projekt Nordkai", patterns: [pattern])
    }
    empty("C03", start.adding(days: 13), pattern, &books)
    empty("A02", start.adding(days: 14), pattern, &books)
  }

  private static func moveInMissingMonth(_ books: inout Books) {
    books.pay(
      "C01", "C03", CivilDate(known: "2025-02-11"), 240_000, "Auslage", patterns: ["missing-month"])
    books.post(
      "C03", CivilDate(known: "2025-02-13"), -185_000, .cashWithdrawal,
      Party("Erdachte Landesbank Automat"), "Barauszahlung", patterns: ["missing-month"])
  }
}
