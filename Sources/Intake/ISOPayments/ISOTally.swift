// Payments of a message against the control figures of its headers.

import CaseModel

/// Counts and sums of the payments read, to be compared with what a header announces.
struct ISOTally {
  var count = 0
  /// False once a payment could not be read: its amount is not in the sum.
  var isWhole = true
  /// Control sums add plain numbers whatever their currency; this one counts 10^-5.
  private var sum: Int128 = 0
  private var settled: [Currency: Int128] = [:]

  mutating func add(_ amount: Money?) {
    count += 1
    guard let amount else { return }
    sum += Int128(amount.minorUnits) * Self.power(Self.scale - amount.currency.exponent)
    settled[amount.currency, default: 0] += Int128(amount.minorUnits)
  }

  mutating func add(_ other: ISOTally) {
    count += other.count
    isWhole = isWhole && other.isWhole
    sum += other.sum
    for (currency, minor) in other.settled { settled[currency, default: 0] += minor }
  }

  /// Compares number and control sum; `W-CTRL` at the figure that disagrees.
  func check(
    _ header: XMLElement, at path: String, sum sumName: String, count countName: String,
    _ outlet: RecordOutlet
  ) throws {
    if let text = header.value(countName), Int(text) != count {
      try outlet.report(
        .warning, "W-CTRL", outlet.place("\(path)/\(countName)"),
        "\(Issue.escaped(text)) payments announced, \(count) read",
        "equal figures; ask the sender whether payments are missing")
    }
    guard isWhole, let text = header.value(sumName) else { return }
    guard let stated = DecimalNumber(text), let exact = Self.scaled(stated) else {
      try outlet.report(
        .warning, "W-CTRL", outlet.place("\(path)/\(sumName)"),
        "the control sum '\(Issue.escaped(text))'", "a decimal number; it is not compared")
      return
    }
    guard exact != sum else { return }
    try outlet.report(
      .warning, "W-CTRL", outlet.place("\(path)/\(sumName)"),
      "the control sum \(text), payments of \(Self.text(sum))",
      "equal figures; ask the sender whether payments are missing")
  }

  /// Compares the total of interbank settlement of the message.
  func checkTotal(_ header: XMLElement, at path: String, _ outlet: RecordOutlet) throws {
    guard isWhole, let element = header["TtlIntrBkSttlmAmt"],
      let stated = try? CamtAmount.money(element, path: "")
    else { return }
    let read = settled[stated.currency] ?? 0
    guard Int128(stated.minorUnits) != read || settled.count > 1 else { return }
    let shown = Int64(exactly: read).map { Money(minorUnits: $0, currency: stated.currency) }
    try outlet.report(
      .warning, "W-CTRL", outlet.place(path + "/TtlIntrBkSttlmAmt"),
      "\(stated) announced, \(shown?.description ?? "a sum beyond 64 bits") read",
      "equal figures; ask the sender whether payments are missing")
  }

  private static let scale = 5

  private static func power(_ exponent: Int) -> Int128 {
    (0..<max(0, exponent)).reduce(1) { power, _ in power * 10 }
  }

  /// A stated sum in 10^-5; nil when it has more decimals than any currency.
  private static func scaled(_ number: DecimalNumber) -> Int128? {
    if number.scale <= scale { return Int128(number.digits) * power(scale - number.scale) }
    // Exact: a remainder means digits that no amount has.
    let (quotient, remainder) = Int128(number.digits).quotientAndRemainder(
      dividingBy: power(number.scale - scale))
    return remainder == 0 ? quotient : nil
  }

  /// The sum as plain decimal text, without zeros at the end beyond two decimals.
  private static func text(_ sum: Int128) -> String {
    let unit = power(scale)
    // Whole and fraction apart, truncated towards zero: nothing is rounded.
    let (whole, part) = sum.magnitude.quotientAndRemainder(dividingBy: UInt128(unit))
    var fraction = String(part)
    fraction = String(repeating: "0", count: scale - fraction.count) + fraction
    while fraction.count > 2, fraction.hasSuffix("0") { fraction.removeLast() }
    return (sum < 0 ? "-" : "") + "\(whole).\(fraction)"
  }
}
