import CaseModel

// Families pay in three stages, each just before a leg of a journey; before crossings the border
// officer is paid. Patterns: typologies.md SM-02, ST-05 (first stage), COR-01.

enum Smuggling {
  static func lay(in books: inout Books, seed: UInt64) {
    var random = SplitMix(seed: seed, stream: "smuggling")
    for journey in Cast.journeys {
      for (stage, leg) in journey.legs.enumerated() {
        takeFees(journey, stage, leg, &books, &random)
        if leg.isPaidFor { payOfficer(journey, stage, leg, &books, seed: seed) }
      }
      shareOut(journey, &books)
    }
  }

  /// Each family pays within three days before the leg: more for the first, less for the others.
  private static func takeFees(
    _ journey: Cast.Journey, _ stage: Int, _ leg: Cast.Leg, _ books: inout Books,
    _ random: inout SplitMix
  ) {
    for family in journey.families {
      let amount = Int64(stage == 0 ? random.int(70...82) : random.int(42...52)) * 1_000
      var patterns = ["stage-payments-\(journey.number)"]
      if stage == 0 { patterns.append("fan-in-\(journey.number)") }
      books.post(
        "D01", leg.date.adding(days: -random.int(1...3)), amount, .transfer, Cast.family(family),
        "Contribution journey \(journey.number) stage \(stage + 1)", patterns: patterns)
    }
  }

  /// The day before the crossing: euro into zloty, then by transfer or in cash to the officer.
  private static func payOfficer(
    _ journey: Cast.Journey, _ stage: Int, _ leg: Cast.Leg, _ books: inout Books, seed: UInt64
  ) {
    let day = leg.date.adding(days: -1).orWorkingDayBefore
    let euro = Money(minorUnits: 105_000, currency: Cast.eur)
    let rate = Rates(seed: seed).bankRate(on: day)
    guard let zloty = rate.convert(euro, rounding: .halfUp) else {
      preconditionFailure("the rate joins euro and zloty")
    }
    let pattern = "officer-payments"
    books.post(
      "D01", day, -euro.minorUnits, .transfer, books.account("D02").party, "Currency exchange",
      patterns: [pattern], original: (zloty, rate.value))
    books.post(
      "D02", day, zloty.minorUnits, .transfer, books.account("D01").party, "Currency exchange",
      patterns: [pattern], original: (euro, rate.value))
    if stage == 0 {
      books.pay("D02", "D03", day, 400_000, "Usluga doradcza", patterns: [pattern], last: true)
    } else {
      books.post(
        "D02", day, -420_000, .cashWithdrawal, Party("Zmyslony Bank Spoldzielczy Przyklad"),
        "Wyplata gotowki", patterns: [pattern], last: true)
      books.post(
        "D03", day, 400_000, .cashDeposit, Party("Zmyslony Bank Spoldzielczy Przyklad"),
        "Wplata gotowki", patterns: [pattern])
    }
  }

  /// After the last leg: a share to the exploiter, a share to the recruiter, vans, cash.
  private static func shareOut(_ journey: Cast.Journey, _ books: inout Books) {
    guard let last = journey.legs.last?.date else { return }
    let pattern = "fees-onward"
    let balance = books.balance("D01", at: last.adding(days: 4)).minorUnits
    let start = last.adding(days: 5).orWorkingDayAfter
    books.pay(
      "D01", "C01", start, balance * 36 / 100 / 1_000 * 1_000, "Rozliczenie",
      arriving: start.nextWorkingDay,
      patterns: [pattern])
    books.pay(
      "D01", "A01", start.nextWorkingDay, balance * 22 / 100 / 1_000 * 1_000, "Rozliczenie",
      patterns: [pattern])
    books.post(
      "D01", start.adding(days: 3).orWorkingDayAfter, -balance * 14 / 100 / 100 * 100, .transfer,
      .polish("Sample Van Hire Example", 8_301), "Wynajem busa", patterns: [pattern])
    books.post(
      "D01", start.adding(days: 8), -balance * 12 / 100 / 5_000 * 5_000, .cashWithdrawal,
      Party("Zmyslony Bank Spoldzielczy Przyklad"), "Wyplata gotowki", patterns: [pattern])
  }
}
