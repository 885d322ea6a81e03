import CaseModel

/// Why a QIF record cannot be used.
struct QIFFault: Error {
  let code: String
  let line: Int
  let found: String
  let expected: String
}

/// The lines of one record by their letters.
struct QIFRecord {
  private let fields: [QIFLine]

  init(_ fields: [QIFLine]) { self.fields = fields }

  var line: Int { fields.first?.number ?? 1 }
  var offset: Int64? { fields.first?.offset }
  var raw: String { fields.map(\.text).joined(separator: "\n") }

  /// The text of the first line with that letter; nil when empty. A day or an amount behind the first
  /// split belongs to the split.
  subscript(_ letter: Character) -> String? {
    for field in fields {
      if field.text.first == "S", letter == "D" || letter == "$" { return nil }
      if field.text.first == letter {
        let text = String(field.text.dropFirst()).trimmed
        return text.isEmpty ? nil : text
      }
    }
    return nil
  }

  private func line(of letter: Character) -> Int {
    fields.first { $0.text.first == letter }?.number ?? line
  }

  func day(_ profile: QIFProfile, _ pivot: CenturyPivot) throws -> CivilDate {
    guard let text = self["D"] else {
      throw QIFFault(code: "E-DATE", line: line, found: "no day", expected: "a line D")
    }
    let years = profile.settings?.pivotYear.map { CenturyPivot(latestYear: $0) } ?? pivot
    do { return try QIFDay.day(text[...], order: profile.order, years) } catch {
      throw QIFFault(
        code: "E-DATE", line: line(of: "D"), found: error.reason,
        expected: "a day in the profile's order")
    }
  }

  func money(_ text: String, _ profile: QIFProfile, _ currency: Currency) throws -> Money {
    let form = AmountForm(
      decimal: profile.settings?.decimal ?? ".", groups: profile.settings?.groups)
    do {
      return Money(
        minorUnits: try AmountText(text, form: form, currency: currency).minorUnits,
        currency: currency)
    } catch {
      throw QIFFault(
        code: error.code, line: line, found: error.reason,
        expected: "an amount in \(currency.code); state the decimal sign in the profile")
    }
  }

  /// T, or U where T is missing; $ is the amount of an investment.
  func amount(_ profile: QIFProfile, _ currency: Currency) throws -> Money {
    guard let text = self["T"] ?? self["U"] ?? self["$"] else {
      throw QIFFault(code: "E-AMOUNT", line: line, found: "no amount", expected: "a line T")
    }
    return try money(text, profile, currency)
  }

  func entry(
    _ profile: QIFProfile, _ currency: Currency, _ pivot: CenturyPivot
  ) throws -> StatementEntry {
    var amount = try amount(profile, currency)
    if profile.settings?.isInverted == true {
      let (minor, isOver) = Int64(0).subtractingReportingOverflow(amount.minorUnits)
      guard !isOver else {
        throw QIFFault(
          code: "E-AMOUNT-RANGE", line: line, found: AmountFault.outOfRange.reason,
          expected: "an amount in \(currency.code)")
      }
      amount = Money(minorUnits: minor, currency: currency)
    }
    var entry = StatementEntry(
      locator: .line(line), byteOffset: offset, amount: amount,
      bookedOn: try day(profile, pivot))
    entry.counterparty.name = self["P"]
    entry.purpose = self["M"]
    if let text = self["N"] { entry.references["number"] = text }
    if let text = self["C"] { entry.references["cleared"] = text }
    if let text = self["L"] { entry.references["category"] = text }
    let address = fields.filter { $0.text.first == "A" }.map { String($0.text.dropFirst()).trimmed }
    if !address.isEmpty {
      entry.references["party-address"] =
        address.filter { !$0.isEmpty }.joined(separator: ", ")
    }
    for (index, split) in splits.enumerated() { entry.references["split-\(index + 1)"] = split }
    for field in fields {
      guard let letter = field.text.first, !"DTUPMNLCASE$%^".contains(letter) else { continue }
      entry.references["qif:\(letter)"] = String(field.text.dropFirst()).trimmed
    }
    return entry
  }

  /// Categories among which the user divided the amount: `category | memo | amount`. They are no
  /// transactions.
  private var splits: [String] {
    var result: [[String]] = []
    for field in fields {
      let text = String(field.text.dropFirst()).trimmed
      if field.text.first == "S" {
        result.append([text])
      } else if let letter = field.text.first, "E$%".contains(letter), !result.isEmpty {
        result[result.count - 1].append(text)
      }
    }
    return result.map { $0.joined(separator: " | ") }
  }
}
