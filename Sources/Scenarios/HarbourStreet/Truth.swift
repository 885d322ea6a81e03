import CaseModel

// What was planted and where: the answer against which detection, tracing and benefit are measured.

struct Truth {
  private let made: HarbourStreetCase
  init(_ made: HarbourStreetCase) { self.made = made }

  private struct Pattern {
    let id: String
    let kind: String
    let detector: String
    let description: String
  }

  private static let patterns: [Pattern] = [
    Pattern(
      id: "wage-sweep-1", kind: "wage_sweep", detector: "FL-01",
      description: "Wages of V-01 to V-06 leave for B01 on the payday or the day after"),
    Pattern(
      id: "wage-sweep-2", kind: "wage_sweep", detector: "FL-01",
      description: "Wages of V-07 to V-09 leave for C02, which stands in the name of V-04"),
    Pattern(
      id: "structuring-1", kind: "structuring", detector: "ST-01",
      description: "Three cash deposits just under 10 000 within a week"),
    Pattern(
      id: "structuring-2", kind: "structuring", detector: "ST-01",
      description: "Four cash deposits just under 10 000 within a week"),
    Pattern(
      id: "structuring-3", kind: "structuring", detector: "ST-01",
      description: "Three cash deposits just under 10 000 within a week"),
    Pattern(
      id: "fan-in-1", kind: "fan_in", detector: "ST-05",
      description: "Eleven families pay the first stage of journey 1"),
    Pattern(
      id: "fan-in-2", kind: "fan_in", detector: "ST-05",
      description: "Ten families pay the first stage of journey 2"),
    Pattern(
      id: "fan-in-3", kind: "fan_in", detector: "ST-05",
      description: "Twelve families pay the first stage of journey 3"),
    Pattern(
      id: "pass-through-1", kind: "pass_through", detector: "ST-04",
      description: "Six payments through C03 and A02 abroad, 2024-09"),
    Pattern(
      id: "pass-through-2", kind: "pass_through", detector: "ST-04",
      description: "Six payments through C03 and A02 abroad, 2025-04"),
    Pattern(
      id: "round-trip-1", kind: "cycle", detector: "ST-09",
      description: "C04 to C03 to A02 to A01 to C04"),
    Pattern(
      id: "round-trip-2", kind: "cycle", detector: "ST-09",
      description: "C04 to C03 to A02 to A01 to C04"),
    Pattern(
      id: "stage-payments-1", kind: "stage_payments", detector: "SM-02",
      description: "Journey 1: each family pays before each of three legs"),
    Pattern(
      id: "stage-payments-2", kind: "stage_payments", detector: "SM-02",
      description: "Journey 2: each family pays before each of three legs"),
    Pattern(
      id: "stage-payments-3", kind: "stage_payments", detector: "SM-02",
      description: "Journey 3: each family pays before each of three legs"),
    Pattern(
      id: "officer-payments", kind: "officer_payments", detector: "COR-01",
      description:
        "Five days before crossings on the officer's shift: three transfers, two cash deposits"),
    Pattern(
      id: "company-front", kind: "company_front", detector: "",
      description: "Cash takings of the car wash, and what goes back to the exploiter"),
    Pattern(
      id: "victim-name-account", kind: "victim_name_account", detector: "",
      description: "C02 is emptied to C01 and in cash"),
    Pattern(
      id: "sweep-onward", kind: "onward", detector: "",
      description: "B01 on to the mixed accounts B02 and B03, and in cash"),
    Pattern(
      id: "fees-onward", kind: "onward", detector: "", description: "Journey fees shared out"),
    Pattern(
      id: "mixed-purchase-flat", kind: "mixed_purchase", detector: "",
      description: "What B02 paid for the flat"),
    Pattern(
      id: "mixed-purchase-car", kind: "mixed_purchase", detector: "",
      description: "What C01 paid for the car"),
    Pattern(
      id: "van", kind: "instrumentality", detector: "", description: "What C04 paid for the van"),
    Pattern(
      id: "missing-month", kind: "missing_records", detector: "",
      description: "Movements of the month of C03 that was never handed over"),
  ]

  var text: String {
    JSONText.object([
      ("case", .text("harbour-street")),
      ("seed", .number(Int64(made.seed))),
      ("lines", .number(Int64(made.books.lineCount))),
      ("ordinary_lines", .number(Int64(made.books.ordinaryCount))),
      ("accounts", accounts),
      ("tainted_receipts", .list(receipts.map(\.json))),
      ("expected_benefit", benefit),
      ("unreconciled", unreconciled),
      ("missing_month", missing),
      ("must_stay_silent", silent),
      ("patterns", .list(Self.patterns.map(pattern))),
    ]).written() + "\n"
  }

  private var accounts: JSONText {
    .list(
      made.books.accounts.enumerated().map { number, account in
        let files = Set(made.delivery.statements.filter { $0.account == number }.map(\.file))
          .sorted()
        return .object([
          ("code", .text(account.code)), ("account", .text(account.iban)),
          ("currency", .text(account.currency.code)), ("institution", .text(account.bank.name)),
          ("holder", .text(account.holder)), ("part", .text(account.role)),
          ("lines", .number(Int64(made.books.lines(of: number).count))),
          (
            "closing_minor",
            .number(made.books.balance(account.code, at: Cast.last.last).minorUnits)
          ),
          ("files", .texts(files)),
        ])
      })
  }

  private func pattern(_ pattern: Pattern) -> JSONText {
    let lines = made.books.lines(of: pattern.id)
    let names = Set(lines.map { made.books.accounts[$0.account].code }).sorted()
    return .object([
      ("id", .text(pattern.id)), ("kind", .text(pattern.kind)),
      ("detector", pattern.detector.isEmpty ? .none : .text(pattern.detector)),
      ("description", .text(pattern.description)), ("accounts", .texts(names)),
      ("entries", .list(lines.map(entry))),
    ])
  }

  private func entry(_ line: Line) -> JSONText {
    let account = made.books.accounts[line.account]
    let place = made.delivery.places[line.number]
    return .object([
      ("file", place.map { .text($0.file) } ?? .none),
      ("locator", place.map { .text($0.locator) } ?? .none),
      ("account", .text(account.code)), ("date", .text(line.date.description)),
      ("amount_minor", .number(line.amount)), ("currency", .text(account.currency.code)),
    ])
  }

  // MARK: Receipts and benefit

  struct Receipt {
    let code: String
    let account: String
    let currency: Currency
    let count: Int
    let sum: Money
    /// Each receipt converted on its own day, rounded half up to the penny, then added.
    let inPounds: Money

    var json: JSONText {
      .object([
        ("class", .text(code)), ("account", .text(account)), ("currency", .text(currency.code)),
        ("receipts", .number(Int64(count))), ("sum_minor", .number(sum.minorUnits)),
        ("sum_gbp_minor", .number(inPounds.minorUnits)),
      ])
    }
  }

  var receipts: [Receipt] {
    let rates = Rates(seed: made.seed)
    var found: [Receipt] = []
    let classes = SheetClasses.all.filter(\.isTainted)
    for item in classes {
      let own = SheetClasses.taintedPatterns.filter { $0.code == item.code }
      let lines = own.flatMap { pattern in
        made.books.lines(of: pattern.pattern).filter {
          $0.amount > 0 && made.books.accounts[$0.account].code == pattern.account
            && (item.code != "SC-05" || $0.movement == .cashDeposit)
        }
      }
      let account = made.books.account(item.accounts[0])
      let amounts = lines.map {
        ($0.date, Money(minorUnits: $0.amount, currency: account.currency))
      }
      let converted = amounts.map { day, amount -> Money in
        guard account.currency != Cast.gbp else { return amount }
        let rate =
          account.currency == Cast.eur ? rates.euroInPounds(on: day) : rates.poundInZloty(on: day)
        guard let pounds = rate.convert(amount, rounding: .halfUp) else {
          preconditionFailure("the rate joins the two currencies")
        }
        return pounds
      }
      found.append(
        Receipt(
          code: item.code, account: account.code, currency: account.currency, count: lines.count,
          sum: amounts.map(\.1).sum(in: account.currency), inPounds: converted.sum(in: Cast.gbp)))
    }
    return found
  }

  /// Counts 1 and 2, convicted: receipts from outside the offender set. Count 4 is only alleged.
  private var benefit: JSONText {
    let counted = receipts.filter { ["SC-01", "SC-02", "SC-03", "SC-04"].contains($0.code) }
    let euro = counted.filter { $0.currency == Cast.eur }.map(\.sum).sum(in: Cast.eur)
    let pounds = counted.filter { $0.currency == Cast.gbp }.map(\.sum).sum(in: Cast.gbp)
    return .object([
      ("classes", .texts(counted.map(\.code))),
      ("offender_set", .texts(["S-01", "S-02"])),
      ("eur_minor", .number(euro.minorUnits)), ("gbp_minor", .number(pounds.minorUnits)),
      ("total_gbp_minor", .number(counted.map(\.inPounds).sum(in: Cast.gbp).minorUnits)),
      ("rule", .text("each receipt converted on its own day, rounded half up, then added")),
    ])
  }

  // MARK: What is wrong on purpose, and what must stay silent

  private var unreconciled: JSONText {
    let line = made.droppedLine
    let broken = made.delivery.statements.filter { $0.difference != 0 }
    return .object([
      ("file", .texts(broken.map(\.file))),
      ("account", .text(made.books.accounts[line.account].code)),
      ("dropped_date", .text(line.date.description)), ("dropped_minor", .number(line.amount)),
      ("difference_minor", .list(broken.map { .number($0.difference) })),
    ])
  }

  private var missing: JSONText {
    let month = Layering.missingMonth
    let before = made.books.balance("C03", at: month.first.adding(days: -1))
    let after = made.books.balance("C03", at: month.last)
    return .object([
      ("account", .text("C03")), ("month", .text(month.text)),
      ("closing_before_minor", .number(before.minorUnits)),
      ("opening_after_minor", .number(after.minorUnits)),
      ("jump_minor", .number((after - before).minorUnits)),
    ])
  }

  private var silent: JSONText {
    .list([
      .object([
        ("account", .text("A06")), ("looks_like", .text("ST-05, ST-04")),
        (
          "why_lawful",
          .text("licensed remitter: nine senders who pay every month, weekly settlement, a float")
        ),
      ]),
      .object([
        ("account", .text("A07")), ("looks_like", .text("FL-01")),
        ("why_lawful", .text("garment worker who sends about four tenths of her wage home")),
      ]),
      .object([
        ("account", .text("B09")), ("looks_like", .text("ST-04")),
        (
          "why_lawful",
          .text("payroll agent: money waits a week between funding and payday, a float")
        ),
      ]),
      .object([
        ("account", .text("B10")), ("looks_like", .text("ST-04")),
        (
          "why_lawful",
          .text("conveyancer's client account: deposits and advances wait until completion")
        ),
      ]),
    ])
  }
}
