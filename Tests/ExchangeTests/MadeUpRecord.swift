import CaseModel
import TestSupport

@testable import Exchange

/// The small invented matter of `SampleMatter`, with what exports must survive: pairs, hostile texts,
/// protected persons' accounts, payment records and stated entities.
enum MadeUpRecord {
  /// Begins like a formula, has quotes, line breaks, markup, controls and combining marks.
  static let hostile = "=cmd|' /C calc'!A0,\"q\"\u{301}\r\n<b>&amp; \u{1}\u{FFFE} ]]> ;\u{202E}x"

  static func make(selection: ExportSelection = ExportSelection()) throws -> ExportRecord {
    ExportRecord(
      caseFile: try caseFile(), payments: try payments(), entities: try entities(),
      selection: selection)
  }

  struct Missing: Error {}

  static func need<T>(_ value: T?) throws -> T {
    guard let value else { throw Missing() }
    return value
  }

  static func caseFile() throws -> CaseFile {
    var caseFile = try SampleMatter().caseFile
    let eur = try need(Currency(iso: "EUR"))
    let gbp = try need(Currency(iso: "GBP"))
    let file = caseFile.files[1]
    func entry(
      _ id: Int64, _ account: Int64, _ minor: Int64, _ currency: Currency, _ day: String,
      other: Int64? = nil, name: String? = nil, purpose: String? = nil
    ) throws -> Entry {
      Entry(
        id: EntryID(id), key: String(repeating: "e", count: 30) + "\(id)",
        account: AccountID(account), amount: Money(minorUnits: minor, currency: currency),
        bookedOn: try need(CivilDate(day)), valueOn: CivilDate(day), timeOfDay: 50_709,
        sequence: Int32(id), channel: .transferDomestic, isReversal: false,
        counterpartyAccount: other.map { AccountID($0) }, counterpartyName: name, purpose: purpose,
        statement: StatementID(1),
        source: SourceRef(
          file: file.sha256, label: file.label, locator: .line(Int(id)), entry: EntryID(id)))
    }
    caseFile.entries += [
      try entry(20, 1, -5_000, eur, "2024-04-10", other: 3, purpose: hostile),
      try entry(21, 3, 5_000, eur, "2024-04-11", other: 1, name: "@SUM(A1:A9)", purpose: "-1+1"),
      try entry(22, 1, -7, eur, "2024-04-12", name: hostile, purpose: "'quoted from the start"),
      try entry(23, 2, 0, gbp, "2024-04-13", name: "\tTab"),
      try entry(24, 1, -5_100, eur, "2024-04-14", other: 3, purpose: "to Plainly Invented Name"),
    ]
    caseFile.transfers = [
      Transfer(
        id: TransferID(1), debit: EntryID(20), credit: EntryID(21),
        reasons: ["same amount", "opposite sign; 1 day apart"])
    ]
    return caseFile
  }

  static func payments() throws -> [Recorded<PaymentRecord>] {
    let eur = try need(Currency(iso: "EUR"))
    let file = try SampleMatter().caseFile.files[2]
    let source = SourceRef(file: file.sha256, label: file.label, locator: .line(70))
    let payment = PaymentRecord(
      locator: .line(70), kind: .instruction, recordType: "mt103", status: "ACK",
      amounts: [
        StatedAmount(.settled, Money(minorUnits: 123_456, currency: eur)),
        StatedAmount(.fee, Money(minorUnits: 250, currency: eur)),
      ], exchangeRate: "1.0812", executedOn: CivilDate("2024-03-05"),
      channel: .transferInternational,
      parties: [
        PaymentParty(
          .originator, name: "+Plus Trading \(hostile)", accountText: "DE00 INVENTED 1",
          accountKey: AccountKey("stated:X/1"), identifiers: ["bic": "INVEDEFFXXX", "tax": "=1"],
          address: "1 Invented Street", country: "DE"),
        PaymentParty(.intermediary, name: "Invented Correspondent"),
        PaymentParty(.beneficiary, name: "V account", accountKey: AccountKey("stated:NM/3")),
      ], purpose: "INV 77", references: ["uetr": "00000000-0000-4000-8000-000000000001"],
      chargeBearer: "SHA", details: ["23B": "CRED"], key: String(repeating: "ab", count: 32))
    return [Recorded(payment, source: source)]
  }

  static func entities() throws -> [Recorded<StatedEntity>] {
    let file = try SampleMatter().caseFile.files[3]
    func one(
      _ line: Int, _ schema: String, _ id: String, _ properties: [String: [String]],
      from: String? = nil
    ) -> Recorded<StatedEntity> {
      Recorded(
        StatedEntity(
          locator: .line(line), schema: schema, space: "made-up-register", id: id,
          properties: properties, validFrom: from.flatMap { CivilDate($0) },
          key: "\(schema)-\(id)-\(line)"),
        source: SourceRef(file: file.sha256, label: file.label, locator: .line(line)))
    }
    return [
      one(1, "Company", "c-1", ["name": ["Made Up \(hostile)"], "registrationNumber": ["77"]]),
      one(
        2, "Person", "p-1",
        ["name": ["Somebody Invented"], "made-up:remark": ["kept under the format's own name"]]),
      one(
        3, "Ownership", "o-1",
        ["owner": ["p-1"], "asset": ["c-1"], "percentage": ["25"]], from: "2020-01-01"),
      one(4, "NoSuchKind", "n-1", ["name": ["Not in the model"]]),
      one(5, "Company", "c-1", ["name": ["Made Up"], "jurisdiction": ["gb"]]),
    ]
  }

  static let settings = ExportSettings(programVersion: "test")

  static func files(_ entry: some ExchangeCatalogueEntry) throws -> [String: ExportFile] {
    let files = try entry.files(of: make(), settings: settings)
    return Dictionary(files.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
  }

  static func text(_ file: ExportFile?) throws -> String {
    String(decoding: try need(file).bytes, as: UTF8.self)
  }
}
