import CaseModel

// Nine workers are paid, and on the same or the next day nearly all of it goes to an account that the
// exploiter directs. Pattern: typologies.md FL-01.

enum WageSweeps {
  static func lay(in books: inout Books, seed: UInt64) {
    var random = SplitMix(seed: seed, stream: "wage sweeps")
    for month in Month.all(from: Month(year: 2024, month: 3), to: Cast.lastPay) {
      var agentWages: [(worker: Cast.Worker, amount: Int64)] = []
      for worker in Cast.workers where worker.firstPay <= month {
        let wage = Int64(worker.wage * 100) + random.cents(-45...60)
        if worker.collector == "B01" {
          agentWages.append((worker, wage))
        } else {
          payDirectly(worker, wage, month, &books)
        }
        sweep(worker, wage, month, &books, &random)
        live(worker, month, &books, &random)
      }
      payThroughAgent(agentWages, month, &books)
      if !agentWages.isEmpty { spread(month, &books, &random) }
      if month >= Month(year: 2024, month: 6) { drainVictimAccount(month, &books, &random) }
    }
  }

  static func payday(_ month: Month) -> CivilDate { month.day(27).orWorkingDayBefore }

  private static func payDirectly(
    _ worker: Cast.Worker, _ wage: Int64, _ month: Month, _ books: inout Books
  ) {
    books.post(
      worker.account, payday(month), wage, .salary,
      .german("Erdachte Fischkonserven GmbH", 5_101), "Lohn \(month.text)")
  }

  /// The employer pays the payroll agent a week before, the agent pays the workers on the payday.
  private static func payThroughAgent(
    _ wages: [(worker: Cast.Worker, amount: Int64)], _ month: Month, _ books: inout Books
  ) {
    let total = wages.reduce(0) { $0 + $1.amount }
    guard total > 0 else { return }
    books.post(
      "B09", month.day(19).orWorkingDayAfter, total + total / 64, .transfer,
      .british("Invented Seafood Packing Ltd", 6_101), "Payroll funding \(month.text)")
    for (worker, amount) in wages {
      books.pay(
        "B09", worker.account, payday(month), amount,
        "Wages \(month.text) Invented Seafood Packing",
        movement: .salary)
    }
  }

  private static func sweep(
    _ worker: Cast.Worker, _ wage: Int64, _ month: Month, _ books: inout Books,
    _ random: inout SplitMix
  ) {
    let share = Int64(random.int(83...91))
    let amount = (wage * share / 100) / 500 * 500
    let isNextDay = random.chance(35) && payday(month).isoWeekday < 5
    let day = isNextDay ? payday(month).adding(days: 1) : payday(month)
    books.pay(
      worker.account, worker.collector, day, amount,
      worker.collector == "B01" ? "Room transport and costs" : "Zimmer Fahrt Kosten",
      patterns: [worker.collector == "B01" ? "wage-sweep-1" : "wage-sweep-2"], last: true)
  }

  /// What is left to a worker: a telephone and a few purchases.
  private static func live(
    _ worker: Cast.Worker, _ month: Month, _ books: inout Books, _ random: inout SplitMix
  ) {
    let isBritish = worker.collector == "B01"
    let next = month.next
    books.post(
      worker.account, next.day(random.int(2...6)), -random.cents(8...12), .card,
      isBritish ? Party("Sample Mobile Top Up") : Party("Muster Mobilfunk"),
      isBritish ? "Prepaid top up" : "Guthaben Aufladung")
    for _ in 0..<random.int(1...2) {
      books.post(
        worker.account, next.day(random.int(7...22)), -random.cents(9...38), .card,
        isBritish ? Party("Sample Grocers Port Example") : Party("Beispielmarkt Beispielhafen"),
        isBritish ? "Groceries" : "Einkauf Lebensmittel")
    }
  }

  /// From the collecting account: a part to the current account, a part to savings, a part in cash.
  private static func spread(_ month: Month, _ books: inout Books, _ random: inout SplitMix) {
    let first = payday(month).adding(days: 3).orWorkingDayAfter
    let balance = books.balance("B01", at: first.adding(days: -1)).minorUnits
    let toCurrent = balance * 46 / 100 / 1_000 * 1_000
    let toSavings = balance * 24 / 100 / 1_000 * 1_000
    let inCash = balance * 15 / 100 / 2_000 * 2_000
    books.pay("B01", "B02", first, toCurrent, "Own transfer", patterns: ["sweep-onward"])
    books.pay(
      "B01", "B03", first.adding(days: random.int(1...3)).orWorkingDayAfter, toSavings,
      "Own transfer savings", patterns: ["sweep-onward"])
    books.post(
      "B01", first.adding(days: random.int(1...5)), -inCash, .cashWithdrawal,
      Party("Invented Union Bank Port Example"), "Cash withdrawal counter",
      patterns: ["sweep-onward"])
  }

  /// The account in the name of V-04: the exploiter empties it to his own euro account and in cash.
  private static func drainVictimAccount(
    _ month: Month, _ books: inout Books, _ random: inout SplitMix
  ) {
    let day = payday(month).adding(days: random.int(3...5)).orWorkingDayAfter
    let balance = books.balance("C02", at: day.adding(days: -1)).minorUnits
    guard balance > 100_000 else { return }
    let onward = balance * 68 / 100 / 1_000 * 1_000
    let inCash = balance * 18 / 100 / 5_000 * 5_000
    books.pay(
      "C02", "C01", day, onward, "Uebertrag", patterns: ["victim-name-account"])
    books.post(
      "C02", day.nextWorkingDay, -inCash, .cashWithdrawal, Party("Erdachte Landesbank Automat"),
      "Barauszahlung", patterns: ["victim-name-account"])
  }
}
