import CaseModel
import Foundation
import Testing

@testable import Intake

struct DelimitedTests {
  static let base = """
    delimiter: ";"
    date-format: "%d.%m.%Y"
    decimal: ","
    currency: EUR
    account: DE89370400440532013000

    """

  static func minor(_ result: ReadResult) -> [Int64] {
    result.statements.flatMap(\.entries).map(\.amount.minorUnits)
  }
  static func codes(_ result: ReadResult) -> [String] { result.issues.map(\.code) }

  @Test("The flag decides the direction, and a sign that contradicts it sets the row aside")
  func flagAndSign() {
    let profile =
      Self.base + """
        columns: {booking-date: d, amount: a}
        flag: {column: f, codes: {S: -1, H: 1}}
        """
    let result = Given.reading(
      "d;a;f\n01.03.2024;5,00;S\n01.03.2024;-5,00;S\n02.03.2024;-7,00;H\n02.03.2024;1,00;?\n",
      profile: profile)
    #expect(Self.minor(result) == [-500, -500])
    #expect(result.quarantined.map(\.code) == ["E-FLAG", "E-FLAG"])
    #expect(result.quarantined[0].locator.text == "line 4")
  }

  @Test("Money out may be unsigned or negative, not both, and never stands beside money in")
  func twoColumns() {
    let profile = Self.base + "columns: {booking-date: d, credit: c, debit: b}\n"
    let unsigned = Given.reading("d;c;b\n01.03.2024;;5,00\n01.03.2024;3,00;\n", profile: profile)
    #expect(Self.minor(unsigned) == [-500, 300])
    let negative = Given.reading(
      "d;c;b\n01.03.2024;;-5,00\n01.03.2024;0,00;-1,00\n", profile: profile)
    #expect(Self.minor(negative) == [-500, -100])
    let mixed = Given.reading(
      "d;c;b\n01.03.2024;;5,00\n01.03.2024;;-1,00\n01.03.2024;2,00;2,00\n", profile: profile)
    #expect(Self.minor(mixed) == [-500])
    #expect(mixed.quarantined.count == 2)
  }

  @Test("Money in below zero is set aside like money out that changes its sign")
  func negativeCredit() {
    let profile = Self.base + "columns: {booking-date: d, credit: c, debit: b}\n"
    let rows = "d;c;b\n01.03.2024;10,00;\n02.03.2024;-50,00;\n"
    let result = Given.reading(rows, profile: profile)
    #expect(Self.minor(result) == [1000])
    #expect(result.quarantined.map(\.code) == ["E-AMOUNT"])
    #expect(result.quarantined.map(\.locator.text) == ["line 3"])
    let turned = Given.reading(rows, profile: profile + "invert: true\n")
    #expect(Self.minor(turned) == [-1000, 5000])
  }

  @Test("A balance derived beside a row set aside proves nothing; a stated one does")
  func quarantinedRowsAreNotReconciled() {
    let profile = Self.base + "columns: {booking-date: d, amount: a, balance: s}\n"
    let rows = "d;a;s\n02.01.2024;-50,00;950,00\n03.01.2024;10,00;960,00\n"
    let broken = Given.reading(rows + "99.01.2024;5,00;965,00\n", profile: profile)
    #expect(broken.quarantined.count == 1)
    #expect(broken.statements.map(\.status) == [.incomplete])
    #expect(broken.statements.first?.difference?.isZero == true)
    let whole = Given.reading(rows, profile: profile)
    #expect(whole.statements.map(\.status) == [.reconciled])
  }

  @Test("Opening and closing come from the running balance, newest row first as well")
  func runningBalance() {
    let profile = Self.base + "columns: {booking-date: d, amount: a, balance: s}\n"
    let result = Given.reading(
      "d;a;s\n03.03.2024;-1,00;11,00\n02.03.2024;2,00;12,00\n02.03.2024;5,00;10,00\n",
      profile: profile)
    #expect(result.statements.first?.opening?.amount.minorUnits == 500)
    #expect(result.statements.first?.closing?.amount.minorUnits == 1100)
    #expect(result.statements.first?.status == .reconciled)
    let missing = Given.reading(
      "d;a;s\n03.03.2024;-1,00;11,00\n02.03.2024;5,00;10,00\n01.03.2024;5,00;5,00\n",
      profile: profile)
    #expect(missing.statements.first?.status == .unreconciled)
    #expect(missing.statements.first?.difference?.minorUnits == -200)
    #expect(Self.codes(missing).contains("W-BALANCE"))
  }

  @Test("Account and balances are found in the lines before the header")
  func preamble() {
    let profile = """
      delimiter: ","
      decimal: "."
      currency: SGD
      skip: 3
      account: {pattern: 'Account (\\d[\\d-]+)'}
      opening: {line: 2, column: 2}
      closing: {line: 3, column: 2}
      institution: Invented Bank
      columns: {booking-date: Date, amount: Amount}
      date-format: "%d/%m/%Y"
      """
    let result = Given.reading(
      "Details for:,Account 66-77\nOpening,\"1,000.00\"\nClosing,900.00\nDate,Amount\n01/03/2024,-100.00\n",
      profile: profile)
    #expect(result.statements.first?.accountText == "66-77")
    #expect(result.statements.first?.accountKey.text == "stated:invented-bank/6677")
    #expect(result.statements.first?.status == .reconciled)
  }

  @Test("Rows without a day go on with the purpose of the row before")
  func continuation() {
    let profile =
      Self.base + """
        columns: {booking-date: d, amount: a, purpose: [p, q]}
        continuation: true
        """
    let result = Given.reading(
      "d;a;p;q\n01.03.2024;5,00;one;two\n;;three;\n02.03.2024;6,00;four;\n", profile: profile)
    #expect(result.statements.flatMap(\.entries).map(\.purpose) == ["one two three", "four"])
    #expect(result.recordsRead == 3 && result.skippedRecords == 1)
  }

  @Test("A status column keeps pending rows out of the balance")
  func status() {
    let profile =
      Self.base + """
        columns: {booking-date: d, amount: a}
        status: {column: s, codes: {booked: booked, open: pending}}
        """
    let result = Given.reading(
      "d;a;s\n01.03.2024;5,00;booked\n01.03.2024;6,00;open\n01.03.2024;7,00;?\n", profile: profile)
    #expect(result.statements.flatMap(\.entries).map(\.kind) == [.booked, .pending])
    #expect(result.quarantined.map(\.code) == ["E-STATUS"])
  }

  @Test("Gross and fee in one row are two bookings that sum to the net")
  func fee() {
    let profile = Self.base + "columns: {booking-date: d, amount: g, fee: f}\n"
    let result = Given.reading(
      "d;g;f\n01.03.2024;100,00;2,90\n02.03.2024;5,00;x\n", profile: profile)
    #expect(Self.minor(result) == [10_000, -290])
    #expect(result.statements.first?.entries.last?.channel == .fee)
    #expect(result.quarantined.count == 1)
    #expect(!result.isRefused)
  }

  @Test("A row that books on two accounts gives both legs, or is set aside whole")
  func mirror() {
    let header = "tx_id,src,dst,ts,amount_minor,currency,channel\n"
    let result = Given.reading(
      header + "1,A,B,1709251200,500,EUR,wire\n2,A,,1709251200,7,EUR,wire\n")
    #expect(result.statements.map { $0.entries.map(\.amount.minorUnits) } == [[-500], [500]])
    #expect(result.quarantined.map(\.code) == ["E-FIELD"])
    #expect(!result.isRefused && result.recordsRead == 3)
  }

  @Test("A changed header is refused and the change is named")
  func changedHeader() {
    let header =
      "Auftragskonto;Buchungstag;Valutadatum;Buchungstext;Verwendungszweck;Beguenstigter/Zahlungspflichtiger;Kontonummer/IBAN;BIC;Umsatz;Waehrung;Saldo\n"
    let result = Given.reading(header)
    #expect(result.isRefused)
    #expect(Self.codes(result) == ["E-HEADER"])
    #expect(result.issues[0].found == "a changed header; renamed: 'Betrag' to 'Umsatz' (column 9)")
  }

  @Test("Without a profile what the values cannot decide is refused with both readings")
  func undecided() {
    let dates = Given.reading("Date,Amount,Currency\n03/04/2024,-5.10,EUR\n")
    #expect(Self.codes(dates).contains("E-DATE-AMBIGUOUS"))
    #expect(
      dates.issues.contains { $0.found.contains("2024-04-03") && $0.found.contains("2024-03-04") })
    let amounts = Given.reading("Date;Amount;Currency\n2024-04-03;-1,234;EUR\n")
    #expect(Self.codes(amounts).contains("E-AMOUNT-AMBIGUOUS"))
    let direction = Given.reading("Date,Amount,Currency\n2024-04-03,5.10,EUR\n")
    #expect(Self.codes(direction) == ["E-AMBIGUOUS"])
  }

  @Test("Without a profile words and shapes are enough when they leave no doubt")
  func detected() {
    let result = Given.reading(
      "Buchungstag;Valuta;Betrag;Waehrung;Verwendungszweck;Saldo\n13.03.2024;14.03.2024;-1.234,50;EUR;Miete;10,00\n14.03.2024;14.03.2024;2,00;EUR;x;12,00\n"
    )
    #expect(Self.minor(result) == [-123_450, 200])
    #expect(result.statements.first?.entries.first?.valueOn?.description == "2024-03-14")
    #expect(result.statements.first?.status == .reconciled)
    #expect(result.issues.contains { $0.code == "N-DETECTED" && $0.severity == .note })
  }

  @Test("A profile that is wrong is refused with what is wrong")
  func badProfile() {
    for (text, word) in [
      ("colour: red", "colour"), ("delimiter: ab", "delimiter"), ("date-format: '%Q'", "%Q"),
      ("columns: {account: x}", "own-account"), ("{", "YAML"), ("currency: EUX", "EUX"),
    ] {
      let result = Given.reading("a,b\n1,2\n", profile: text)
      #expect(Self.codes(result) == ["E-PROFILE"], "\(text)")
      #expect(result.issues[0].found.contains(word), "\(result.issues[0].found)")
    }
  }

  @Test("Line numbers stay physical behind quoted line breaks and mixed line ends")
  func lines() {
    let profile = Self.base + "columns: {booking-date: d, amount: a, purpose: p}\n"
    let result = Given.reading(
      "d;a;p\r01.03.2024;1,00;\"x\r\ny\"\n02.03.2024;2,00;z\r\n\n03.03.2024;bad;z", profile: profile
    )
    #expect(result.statements.flatMap(\.entries).map(\.locator.text) == ["line 2", "line 4"])
    #expect(result.quarantined.map(\.locator.text) == ["line 6"])
  }

  @Test("Random damage to a sound file never traps and always accounts for every record")
  func damage() {
    let profile = Self.base + "columns: {booking-date: d, amount: a, purpose: p, balance: s}\n"
    let sound = Array(
      "d;a;p;s\n01.03.2024;1,00;\"x;\"\"y\"\"\";1,00\n02.03.2024;-2,50;Größe;-1,50\n03.03.2024;7,00;z;5,50\n"
        .utf8)
    var seed: UInt64 = 20_240_301
    for round in 0..<1500 {
      var bytes = sound
      for _ in 0...(round % 4) {
        seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        let place = Int(seed >> 33) % bytes.count
        switch (seed >> 20) % 4 {
        case 0: bytes[place] = UInt8(truncatingIfNeeded: seed >> 40)
        case 1: bytes.remove(at: place)
        case 2: bytes.insert([0x22, 0x3B, 0x0A, 0x00, 0xFF][Int(seed >> 50) % 5], at: place)
        default: bytes.removeLast(min(bytes.count - 1, Int(seed >> 50) % 20))
        }
      }
      let result = readStatements(
        file: Given.file(bytes),
        options: ReadingOptions(profile: profile, receivedOn: CivilDate("2024-06-30")))
      #expect(!result.issues.contains { $0.code == "E-INTERNAL" }, "round \(round)")
      let kept = result.statements.reduce(0) { $0 + $1.entries.count }
      #expect(
        result.isRefused
          || kept + result.quarantined.count + result.skippedRecords == result.recordsRead)
    }
  }
}
