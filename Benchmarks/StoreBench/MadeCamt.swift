import Foundation

/// Seeded statements in the layout of camt.053.001.08, about a kilobyte an entry: equal counts give equal
/// bytes. Opening, entries and closing add up; each entry has one detail, a party and references.
struct MadeCamt {
  let count: Int
  private static let entriesPerStatement = 2000

  func write(to path: String) throws {
    guard let file = fopen(path, "wb") else { throw BenchError("\(path) cannot be written") }
    defer { fclose(file) }
    func put(_ text: String) {
      var text = text
      text.withUTF8 { _ = fwrite($0.baseAddress, 1, $0.count, file) }
    }
    var random = SplitMix(state: 53)
    put(
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><GrpHdr>\
      <MsgId>MADE</MsgId><CreDtTm>2024-12-31T00:00:00</CreDtTm></GrpHdr>

      """)
    let statements = max(1, count / Self.entriesPerStatement)
    for statement in 0..<statements {
      let first = count * statement / statements
      let last = count * (statement + 1) / statements
      var balance = 1_000_000
      var entries = ""
      for entry in first..<last { entries += Self.entry(entry, first, last, &balance, &random) }
      put(Self.head(statement, closing: balance) + entries + "</Stmt>\n")
    }
    put("</BkToCstmrStmt></Document>\n")
  }

  private static func head(_ number: Int, closing: Int) -> String {
    """
    <Stmt><Id>S\(number)</Id><ElctrncSeqNb>\(number + 1)</ElctrncSeqNb><Acct><Id><Othr><Id>\
    \(10_000_000 + number)</Id></Othr></Id><Ccy>EUR</Ccy><Svcr><FinInstnId><BICFI>MADEDEFFXXX</BICFI>\
    </FinInstnId></Svcr></Acct>\(amount("OPBD", 1_000_000, "2024-01-01"))\
    \(amount("CLBD", closing, "2024-12-30"))

    """
  }

  private static func amount(_ code: String, _ minor: Int, _ day: String) -> String {
    """
    <Bal><Tp><CdOrPrtry><Cd>\(code)</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">\(money(abs(minor)))</Amt>\
    <CdtDbtInd>\(minor < 0 ? "DBIT" : "CRDT")</CdtDbtInd><Dt><Dt>\(day)</Dt></Dt></Bal>
    """
  }

  private static func entry(
    _ number: Int, _ first: Int, _ last: Int, _ balance: inout Int, _ random: inout SplitMix
  ) -> String {
    let minor = Int(random.next() % 90_000) + 100
    let isCredit = balance < minor || random.next() % 2 == 0
    balance += isCredit ? minor : -minor
    let step = (number - first) * 300 / max(1, last - first)
    let day = "2024-\(pad(step / 28 + 1))-\(pad(step % 28 + 1))"
    let side = isCredit ? "Dbtr" : "Cdtr"
    let other = Int(random.next() % 5000)
    return """
      <Ntry><NtryRef>\(number)</NtryRef><Amt Ccy="EUR">\(money(minor))</Amt>\
      <CdtDbtInd>\(isCredit ? "CRDT" : "DBIT")</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>\
      <BookgDt><Dt>\(day)</Dt></BookgDt><ValDt><Dt>\(day)</Dt></ValDt>\
      <AcctSvcrRef>MADE\(1_000_000_000 + number)</AcctSvcrRef><BkTxCd><Domn><Cd>PMNT</Cd><Fmly>\
      <Cd>\(isCredit ? "RCDT" : "ICDT")</Cd><SubFmlyCd>ESCT</SubFmlyCd></Fmly></Domn></BkTxCd>\
      <NtryDtls><TxDtls><Refs><EndToEndId>E2E-\(number)</EndToEndId><TxId>TX-\(number)</TxId></Refs>\
      <Amt Ccy="EUR">\(money(minor))</Amt><RltdPties><\(side)><Pty><Nm>Invented Party \(other)</Nm>\
      <PstlAdr><Ctry>DE</Ctry><AdrLine>Made-up Street \(other)</AdrLine></PstlAdr></Pty></\(side)>\
      <\(side)Acct><Id><Othr><Id>\(20_000_000 + other)</Id></Othr></Id></\(side)Acct></RltdPties>\
      <RmtInf><Ustrd>Invoice \(number) of the made-up statement, paid as agreed</Ustrd></RmtInf>\
      </TxDtls></NtryDtls></Ntry>

      """
  }

  private static func pad(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
  private static func money(_ minor: Int) -> String { "\(minor / 100).\(pad(minor % 100))" }
}
