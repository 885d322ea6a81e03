import CaseModel
import Foundation
import Intake
import Testing

@Suite("camt messages made for these tests")
struct CAMTReaderTests {
  static let entry = """
    <Ntry><Amt Ccy="EUR">1.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts></Ntry>
    """

  static func message(
    _ body: String, version: String = "053.001.02", prolog: String = "<?xml version=\"1.0\"?>"
  ) -> String {
    """
    \(prolog)<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.\(version)"><BkToCstmrStmt>\
    <Stmt><Id>S</Id><Acct><Id><IBAN>DE89370400440532013000</IBAN></Id><Ccy>EUR</Ccy></Acct>\
    \(body)</Stmt></BkToCstmrStmt></Document>
    """
  }

  static func read(_ text: String, limits: ReadingOptions.Limits = .init()) -> ReadResult {
    read(Array(text.utf8), limits: limits)
  }

  static func read(_ bytes: [UInt8], limits: ReadingOptions.Limits = .init()) -> ReadResult {
    readStatements(
      file: FormatFixtures.input(bytes, name: "given.xml"),
      options: ReadingOptions(limits: limits))
  }

  @Test("UTF-16 with a byte order mark reads like UTF-8")
  func utf16ReadsLikeUTF8() {
    let text = Self.message(Self.entry, prolog: "<?xml version=\"1.0\" encoding=\"UTF-16\"?>")
    let units = text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    let result = Self.read([0xFF, 0xFE] + units)
    #expect(result.statements.first?.entries.count == 1)
    #expect(
      result.statements.first?.entries
        == Self.read(Self.message(Self.entry)).statements.first?.entries)
  }

  @Test(
    "A document type declaration is refused wherever the prolog hides it",
    arguments: [
      "<!DOCTYPE Document>", "<?xml version=\"1.0\"?>\n<!-- note -->\n<!DOCTYPE Document>",
      "\u{FEFF}<?pi?><!DOCTYPE Document [<!ENTITY a \"b\">]>",
    ])
  func doctypeIsRefused(_ prolog: String) {
    let result = Self.read(Self.message(Self.entry, prolog: prolog))
    #expect(result.isRefused)
    #expect(result.issues.map(\.code) == ["E-XML-DTD"])
  }

  @Test("A comment that speaks of a document type is no document type")
  func commentIsNoDoctype() {
    let result = Self.read(Self.message(Self.entry, prolog: "<!-- <!DOCTYPE x> -->"))
    #expect(!result.isRefused)
  }

  @Test("Each limit of an XML file refuses it with the limit stated, or cuts and says so")
  func limitsHold() {
    var limits = ReadingOptions.Limits()
    limits.xmlDepth = 4
    #expect(
      Self.read(Self.message(Self.entry), limits: limits).issues.map(\.code) == ["E-XML-DEPTH"])
    limits = .init()
    limits.xmlAttributes = 1
    let attributes = Self.message("<Other a=\"1\" b=\"2\"/>")
    #expect(Self.read(attributes, limits: limits).issues.map(\.code) == ["E-SIZE"])
    limits = .init()
    limits.fieldBytes = 40
    let long = Self.entry.replacing(
      "</Ntry>",
      with: "<AddtlNtryInf>" + String(repeating: "ä", count: 60) + "</AddtlNtryInf></Ntry>")
    let result = Self.read(Self.message(long), limits: limits)
    #expect(result.statements.first?.entries.first?.purpose == String(repeating: "ä", count: 20))
    #expect(result.issues.map(\.code) == ["W-SIZE"])
  }

  @Test("libxml2 prints nothing when it refuses a file")
  func nothingIsPrinted() throws {
    let capture = FileManager.default.temporaryDirectory.appending(
      path: "moneytrail-stderr-\(ProcessInfo.processInfo.globallyUniqueString)")
    #expect(FileManager.default.createFile(atPath: capture.path, contents: nil))
    defer { try? FileManager.default.removeItem(at: capture) }
    let handle = try FileHandle(forWritingTo: capture)
    let saved = dup(2)
    dup2(handle.fileDescriptor, 2)
    let damaged = [
      "<a", "<a><b></a>", "<a>&x;</a>", "<?xml version=\"1.0\" encoding=\"NONE\"?><a/>",
      "<a>\u{1}</a>",
      "<x:a/>",
    ].map { Self.read("<!--camt.053-->" + $0) }
    dup2(saved, 2)
    close(saved)
    let printed = try String(contentsOf: capture, encoding: .utf8)
    FileHandle.standardError.write(Data(printed.utf8))
    let isQuiet = !printed.contains("given.xml") && !printed.contains("error :")
    #expect(isQuiet, "\(printed)")
    #expect(damaged.allSatisfy { $0.isRefused })
  }

  @Test("Both sums of a batch of ten thousand details come out, and one entry is pushed")
  func largeBatch() {
    let details = String(
      repeating: "<TxDtls><Amt Ccy=\"EUR\">0.01</Amt></TxDtls>", count: 10_000)
    let batch = """
      <Ntry><Amt Ccy="EUR">101.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><NtryDtls><Btch>\
      <NbOfTxs>10000</NbOfTxs></Btch>\(details)</NtryDtls></Ntry>
      """
    let result = Self.read(Self.message(batch))
    #expect(result.statements.first?.entries.count == 1)
    #expect(
      result.statements.first?.entries.first?.references["batch-not-itemised"] == "1.00 EUR")
    #expect(result.issues.map(\.code) == ["W-BATCH"])
  }

  @Test(
    "A bank transaction code says how money moved, as far as it does",
    arguments: [
      ("PMNT", "CNTR", "CDPT", Channel.cashDeposit), ("PMNT", "CNTR", "CWDL", .cashWithdrawal),
      ("PMNT", "CCRD", "CWDL", .atmWithdrawal), ("PMNT", "CCRD", "POSD", .cardPresent),
      ("PMNT", "RCDT", "SALA", .payroll), ("PMNT", "RCDT", "XBCT", .transferInternational),
      ("PMNT", "RCHQ", "CCHQ", .cheque), ("ACMT", "MDOP", "FEES", .fee),
      ("PMNT", "RCDT", "ESCT", .unknown), ("FORX", "SPOT", "OTHR", .unknown),
    ])
  func channelFromCode(_ domain: String, _ family: String, _ sub: String, _ channel: Channel) {
    let entry = Self.entry.replacing(
      "</Ntry>",
      with: "<BkTxCd><Domn><Cd>\(domain)</Cd><Fmly><Cd>\(family)</Cd><SubFmlyCd>\(sub)</SubFmlyCd>"
        + "</Fmly></Domn></BkTxCd></Ntry>")
    let result = Self.read(Self.message(entry))
    #expect(result.statements.first?.entries.first?.channel == channel)
  }

  @Test("An unusable booked balance leaves the statement incomplete, never reconciled")
  func unusableBalance() {
    let balances = ["OPBD", "CLBD"].map {
      "<Bal><Tp><CdOrPrtry><Cd>\($0)</Cd></CdOrPrtry></Tp><Amt Ccy=\"EUR\">\n1.00</Amt>"
        + "<CdtDbtInd>CRDT</CdtDbtInd></Bal>"
    }
    let one = Self.read(
      Self.message(balances[0] + balances[1].replacing("\n", with: "") + Self.entry))
    #expect(one.statements.first?.status == .incomplete)
    #expect(
      one.issues.contains { $0.code == "E-AMOUNT" && $0.locator.text.hasSuffix("Bal[1]/Amt") })
  }
}
