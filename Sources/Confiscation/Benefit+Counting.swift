// Benefit: gross, once, per currency and in the reporting currency at dated rates.

import CaseModel

extension Benefit {
  /// Counts benefit from receipts sorted by the cut-set rule.
  ///
  /// Each receipt is converted on its own day and rounded half up, then added (rule `fx_benefit`).
  /// What has no rate stays in its currency and is listed.
  ///
  /// - Throws: `ConfiscationError.overflow`.
  init(
    counting receipts: [ClassReceipts], into set: OffenderSet, rates: RateBook, index: CaseIndex
  ) throws {
    var lines: [Line] = []
    var unconverted: [String] = []
    for item in receipts {
      let byCurrency = Dictionary(grouping: item.crossing, by: \.amount.currency)
      for (currency, obtainings) in byCurrency.sorted(by: { $0.key < $1.key }) {
        let (line, note) = try Self.line(
          for: item.sourceClass, currency: currency, obtainings: obtainings, rates: rates)
        if let line { lines.append(line) }
        if let note { unconverted.append(note) }
      }
    }
    let currencies = Set(lines.map(\.amount.amount.currency)).sorted()
    var perCurrency: [Figure] = []
    for currency in currencies {
      let figures = lines.map(\.amount).filter { $0.amount.currency == currency }
      try refuseOverflow(figures.map(\.amount), at: "benefit in \(currency)")
      if let total = figures.total(label: "benefit obtained in \(currency)") {
        perCurrency.append(total)
      }
    }
    let converted = lines.compactMap(\.converted)
    try refuseOverflow(converted.map(\.amount), at: "benefit")
    let label =
      unconverted.isEmpty
      ? "benefit in \(rates.target)" : "benefit in \(rates.target), of what could be converted"
    self.init(
      offenderSet: set.persons, lines: lines, perCurrency: perCurrency,
      total: converted.total(label: label), naiveInflows: try Self.inflows(of: set, in: index),
      unconverted: unconverted)
  }

  private static func line(
    for sourceClass: SourceClass, currency: Currency, obtainings: [Obtaining], rates: RateBook
  ) throws -> (line: Line?, unconverted: String?) {
    let place = "receipts of \(sourceClass.code)"
    try refuseOverflow(obtainings.map(\.amount), at: place)
    let amount = Figure(
      obtainings.map(\.amount).sum(in: currency), label: "obtained: \(sourceClass.title)",
      derivation: "sum of \(receipts(obtainings.count)) from outside the persons charged",
      from: obtainings.map(\.entry.source))
    guard let amount else { return (nil, nil) }
    if currency == rates.target {
      let line = Line(
        sourceClass: sourceClass.code, title: sourceClass.title, amount: amount,
        converted: amount, rateNote: nil)
      return (line, nil)
    }
    var conversions: [RateBook.Conversion] = []
    var sources: [SourceRef] = []
    var left: [Obtaining] = []
    for obtaining in obtainings {
      guard let conversion = rates.convert(obtaining.amount, on: obtaining.entry.bookedOn) else {
        left.append(obtaining)
        continue
      }
      conversions.append(conversion)
      sources += [obtaining.entry.source, conversion.rate.source]
    }
    try refuseOverflow(conversions.map(\.amount), at: place)
    let converted = Figure(
      conversions.map(\.amount).sum(in: rates.target),
      label: "obtained, in \(rates.target): \(sourceClass.title)",
      derivation:
        "\(receipts(conversions.count)), each converted on its own day, rounded half up, and added",
      from: sources)
    let line = Line(
      sourceClass: sourceClass.code, title: sourceClass.title, amount: amount,
      converted: converted, rateNote: note(conversions, left: left.count, days: rates.days))
    guard let first = left.first, let last = left.last else { return (line, nil) }
    let rest = left.map(\.amount).sum(in: currency)
    let when =
      first.entry.bookedOn == last.entry.bookedOn
      ? "of \(first.entry.bookedOn)"
      : "between \(left.map(\.entry.bookedOn).min() ?? first.entry.bookedOn) and "
        + "\(left.map(\.entry.bookedOn).max() ?? last.entry.bookedOn)"
    return (
      line,
      "\(rest.text) of \(sourceClass.title) (\(receipts(left.count)) \(when)): no rate into "
        + "\(rates.target) on the day or within \(rates.days) days before it"
    )
  }

  private static func receipts(_ count: Int) -> String {
    count == 1 ? "1 receipt" : "\(count) receipts"
  }

  /// How many receipts, at which rates, from which table and between which days: never each date,
  /// because every rate is among the lines the amount rests on.
  private static func note(
    _ conversions: [RateBook.Conversion], left: Int, days: Int
  ) -> String {
    if conversions.count == 1, left == 0, let only = conversions.first { return only.note }
    let earlier = conversions.filter { $0.daysBefore > 0 }.count
    var parts: [String] = []
    if !conversions.isEmpty {
      let own = "\(receipts(conversions.count)), each at the rate of its own day"
      parts.append(
        earlier == 0
          ? own
          : own + " or the nearest earlier day (\(earlier) of them, at most \(days) days before)")
    }
    if left > 0 { parts.append("\(left) without a rate, not converted") }
    let sources = Set(
      conversions.map { "\(title($0.rate.rate.source)), \($0.rate.rate.kind.rawValue)" })
    parts += sources.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    let dates = conversions.map(\.rate.date)
    if let first = dates.min(), let last = dates.max() {
      parts.append(first == last ? "rate of \(first)" : "rates of \(first) to \(last)")
    }
    return parts.joined(separator: "; ")
  }

  /// The name of a table of rates without the day of the issue, so that one table is named once.
  private static func title(_ source: String) -> String {
    let words: [String] = source.split(separator: " ").map(String.init).filter { word in
      let bare = word.filter { $0.isASCII && ($0.isNumber || $0 == "-") }
      return bare.count != 10 || bare.filter { $0 == "-" }.count != 2
    }
    let joined: String = words.joined(separator: " ")
    return joined.hasSuffix(",") ? String(joined.dropLast()) : joined
  }

  /// Every credit into the set, per currency: printed only to show the double count avoided.
  private static func inflows(of set: OffenderSet, in index: CaseIndex) throws -> [Figure] {
    let credits = index.caseFile.entries.filter {
      set.accounts.contains($0.account) && $0.amount.minorUnits > 0
        && $0.bookedOn <= index.matter.asOf
    }
    let byCurrency = Dictionary(grouping: credits, by: \.amount.currency)
    return try byCurrency.sorted { $0.key < $1.key }.compactMap { currency, entries in
      try refuseOverflow(entries.map(\.amount), at: "inflows in \(currency)")
      return Figure(
        entries.map(\.amount).sum(in: currency), label: "all inflows in \(currency)",
        derivation: "sum of \(entries.count) credits, not a claim: shows the double count avoided",
        from: entries.map(\.source))
    }
  }
}

/// Refuses amounts whose sum leaves 64 bits, before it is taken.
func refuseOverflow(_ amounts: [Money], at place: String) throws {
  var sum: Int128 = 0
  for amount in amounts { sum += Int128(amount.minorUnits) }
  guard Int64(exactly: sum) != nil else { throw ConfiscationError.overflow(place: place) }
}
