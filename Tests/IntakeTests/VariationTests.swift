import CaseModel
import Testing

@testable import Intake

/// Layouts nobody described: read when the file decides, refused with what would decide otherwise.
struct VariationTests {
  /// A layout and what must come of it: minor units in file order.
  struct Layout: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let text: String
    let amounts: [Int64]
  }

  static let layouts = [
    Layout(
      testDescription: "German, semicolons, decimal comma",
      text: "Buchungstag;Verwendungszweck;Betrag;Währung\n13.01.2024;a;-1.234,50;EUR\n",
      amounts: [-123_450]),
    Layout(
      testDescription: "French, two columns",
      text:
        "Date opération;Libellé;Débit;Crédit;Devise\n13/01/2024;a;12,50;;EUR\n14/01/2024;b;;7,00;EUR\n",
      amounts: [-1250, 700]),
    Layout(
      testDescription: "Spanish, bars",
      text: "Fecha operación|Concepto|Importe|Divisa\n13/01/2024|a|-12,50|EUR\n", amounts: [-1250]),
    Layout(
      testDescription: "Italian, dare and avere",
      text: "Data contabile;Causale;Dare;Avere;Divisa\n13/01/2024;a;12,50;;EUR\n", amounts: [-1250]),
    Layout(
      testDescription: "Dutch, af and bij",
      text:
        "Datum,Omschrijving,Bedrag,Af Bij,Munt\n20240113,a,\"12,50\",Af,EUR\n20240114,b,\"3,00\",Bij,EUR\n",
      amounts: [-1250, 300]),
    Layout(
      testDescription: "Polish, tabs",
      text: "Data operacji\tTytuł\tKwota\tWaluta\n2024-01-13\ta\t-1 234,50\tPLN\n",
      amounts: [-123_450]),
    Layout(
      testDescription: "Portuguese",
      text: "Data lançamento;Descrição;Valor;Moeda\n13-01-2024;a;-12,50;EUR\n", amounts: [-1250]),
    Layout(
      testDescription: "Swedish, currency in the header",
      text: "Bokföringsdag;Beskrivning;Belopp (SEK)\n2024-01-13;a;-12,50\n", amounts: [-1250]),
    Layout(
      testDescription: "Czech",
      text: "Datum zaúčtování;Částka;Měna;Zpráva\n13.01.2024;-12,50;CZK;a\n", amounts: [-1250]),
    Layout(
      testDescription: "Lithuanian",
      text: "Operacijos data;Paskirtis;Suma;Valiuta\n2024-01-13;a;-12,50;EUR\n", amounts: [-1250]),
    Layout(
      testDescription: "trailing minus",
      text: "Date,Amount,Currency\n2024-01-13,12.50-,EUR\n2024-01-14,3.00,EUR\n",
      amounts: [-1250, 300]),
    Layout(
      testDescription: "parentheses",
      text: "Date,Amount,Currency\n2024-01-13,(12.50),EUR\n2024-01-14,3.00,EUR\n",
      amounts: [-1250, 300]),
    Layout(
      testDescription: "CR and DR behind the amount",
      text: "Date,Amount,Currency\n2024-01-13,12.50 DR,EUR\n2024-01-14,3.00 CR,EUR\n",
      amounts: [-1250, 300]),
    Layout(
      testDescription: "euro sign, no currency column",
      text: "Date,Paid out,Paid in\n13/01/2024,€12.50,\n14/01/2024,,€3.00\n", amounts: [-1250, 300]),
    Layout(
      testDescription: "preamble and CR-only lines",
      text: "Account statement\rprinted for you\rDate,Amount,Currency\r2024-01-13,-12.50,EUR\r",
      amounts: [-1250]),
    Layout(
      testDescription: "a quoted line break",
      text: "Date,Description,Amount,Currency\n2024-01-13,\"two\nlines\",-12.50,EUR\n",
      amounts: [-1250]),
  ]

  @Test("A layout that decides itself is read", arguments: layouts)
  func read(_ layout: Layout) {
    let result = Given.reading(layout.text)
    let amounts = result.statements.flatMap(\.entries).map(\.amount.minorUnits)
    #expect(amounts == layout.amounts, "\(result.issues.map(\.description))")
  }

  @Test(
    "A layout that does not decide is refused, with what would decide it",
    arguments: [
      "Date,Amount,Currency\n2024-01-13,12.50,EUR\n",
      "Date,Amount,Currency\n01/02/2024,-1.00,EUR\n",
      "Date,Amount,Currency\n2024-01-13,\"-1,234\",EUR\n",
      "Date,Withdrawal,Deposit\n01/13/2024,$5.00,\n",
      "Date,Paid out,Paid in\n13/01/2024,£12.50,\n",
      "Betrag,Betrag,Datum\n1,2,13.01.2024\n", "one,two\n1,2\n",
    ])
  func refused(_ text: String) {
    let result = Given.reading(text)
    #expect(result.isRefused)
    #expect(result.issues.last?.expected.contains("profile") == true)
  }

  @Test("A header in Windows-1250 decides the encoding")
  func centralEuropean() {
    let text = "Datum zaúčtování;Částka;Měna;Zpráva\n13.01.2024;-12,50;CZK;příjem\n"
    var bytes: [UInt8] = []
    let page: [Unicode.Scalar: UInt8] = [
      "ú": 0xFA, "č": 0xE8, "á": 0xE1, "í": 0xED, "Č": 0xC8, "ě": 0xEC, "ř": 0xF8,
    ]
    for scalar in text.unicodeScalars { bytes.append(page[scalar] ?? UInt8(scalar.value)) }
    let result = readStatements(file: Given.file(bytes))
    #expect(result.statements.flatMap(\.entries).first?.purpose == "příjem")
  }

  @Test("Lines of MT940 without any currency are kept as XXX, with a warning")
  func noCurrency() {
    let text = ":20:A\r\n:25:123456\r\n:61:2401130113D12,50NTRFREF\r\n:86:a\r\n"
    let result = readStatements(file: Given.file(text, name: "a.sta"))
    let entries = result.statements.flatMap(\.entries)
    #expect(entries.map(\.amount.currency.code) == ["XXX"])
    #expect(result.issues.contains { $0.code == "W-CCY-UNSTATED" })
    #expect(Inspection(result).statements.first?.currency == nil)
  }

  @Test("Files of one account are checked against each other, in any order")
  func chain() {
    func month(_ number: Int, _ opening: String, _ closing: String) -> ReadResult {
      let day = "240\(number)01"
      let text =
        ":20:A\r\n:25:37040044/0532013000\r\n:28C:\(number)/1\r\n:60F:C\(day)EUR\(opening)\r\n"
        + ":61:\(day)C5,00NTRFREF\(number)\r\n:86:a\r\n:62F:C\(day)EUR\(closing)\r\n-\r\n"
      return readStatements(file: Given.file(text, name: "m\(number).sta"))
    }
    let (first, third) = (month(1, "10,00", "15,00"), month(3, "20,00", "25,00"))
    #expect(chainIssues([first, third]).map(\.code) == ["W-GAP"])
    #expect(chainIssues([third, first]) == chainIssues([first, third]))
    #expect(chainIssues([first, month(2, "15,00", "20,00"), third]).isEmpty)
  }
}
