import CaseModel

// Two years of ordinary life: wages, rent, energy, groceries, cards, savings, interest, fees.

enum OrdinaryLife {
  /// Something that happens every month on about the same day.
  struct Monthly {
    let day: Int
    let amount: ClosedRange<Int>
    let movement: Movement
    let party: Party
    let purpose: String
    var isCredit = false
    var until = Cast.last
    var from = Cast.first
  }

  struct Household {
    let account: String
    let monthly: [Monthly]
    let shops: [(name: String, purpose: String, amount: ClosedRange<Int>)]
    let cards: ClosedRange<Int>
    var until = Cast.last
    var cash = 0
  }

  static func lay(in books: inout Books, seed: UInt64) {
    for household in households {
      var random = SplitMix(seed: seed, stream: "life of \(household.account)")
      for month in Cast.months where month >= books.account(household.account).opened {
        for item in household.monthly where item.from <= month && month <= item.until {
          let day = month.day(item.day)
          let amount = random.cents(item.amount)
          books.post(
            household.account, item.isCredit ? day.orWorkingDayBefore : day.orWorkingDayAfter,
            item.isCredit ? amount : -amount, item.movement, item.party, item.purpose)
        }
        guard month <= household.until else { continue }
        for _ in 0..<random.int(household.cards) {
          let shop = random.pick(household.shops)
          books.post(
            household.account, month.day(random.int(1...28)), -random.cents(shop.amount), .card,
            Party(shop.name), shop.purpose)
        }
        if household.cash > 0 {
          books.post(
            household.account, month.day(random.int(4...26)), -Int64(household.cash * 100),
            .cashWithdrawal, Party("\(books.account(household.account).bank.name) ATM"),
            books.account(household.account).bank == .b ? "ATM withdrawal" : "Automat")
        }
      }
    }
    shareHousehold(&books)
  }

  private static func shareHousehold(_ books: inout Books) {
    for month in Cast.months {
      books.pay("B08", "B02", month.day(27).orWorkingDayBefore, 65_000, "Household share")
      if month <= Cast.lastPay {
        books.pay("B02", "B03", month.day(6).orWorkingDayAfter, 20_000, "Standing order savings")
      }
    }
    books.post(
      "B02", CivilDate(known: "2024-02-16"), 2_200_000, .transfer,
      .british("Estate of Grandparent Example", 6_301), "Distribution from estate")
    books.post(
      "C01", CivilDate(known: "2024-08-08"), 650_000, .transfer,
      .german("Buyer Example", 5_301), "Kaufpreis gebrauchter Kombi")
    books.post(
      "C01", CivilDate(known: "2025-01-21"), 124_050, .transfer,
      .german("Finanzkasse Beispielhafen", 5_302), "Steuererstattung 2023")
  }

  /// Quarterly interest on savings, quarterly fees on current accounts.
  static func addInterestAndFees(_ books: inout Books, seed: UInt64) {
    var random = SplitMix(seed: seed, stream: "interest and fees")
    for month in Cast.months where month.month.isMultiple(of: 3) {
      let day = month.last.orWorkingDayBefore
      let saved = books.balance("B03", at: day).minorUnits
      books.post(
        "B03", day, saved / 260, .interest, Party("Invented Union Bank"), "Interest paid")
      for code in ["A01", "A02", "A06", "A07", "C01", "C02", "C03", "C04", "D01", "D02", "D03"]
      where books.account(code).opened <= month {
        let bank = books.account(code).bank
        books.post(
          code, day, -random.cents(6...11), .fee, Party(bank.name),
          bank == .d ? "Oplata za prowadzenie rachunku" : "Kontofuehrung Quartal \(month.quarter)")
      }
    }
  }
}
