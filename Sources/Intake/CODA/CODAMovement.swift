import CaseModel

/// A movement (2.1) with the records that belong to it: 2.2, 2.3 and the information in 3.1 to 3.3.
struct CODAMovement {
  private(set) var entry: StatementEntry
  let sequence: String
  let detail: String
  /// 53 columns of 2.1, 53 of 2.2 and 43 of 2.3 are one text.
  private var communication: String
  private let isStructured: Bool
  private var information: [String] = []
  private let code: String

  init(_ record: FixedRecord, _ currency: Currency, _ pivot: CenturyPivot) throws {
    let minor = try CODAField.signed(record, sign: 32, 33...47, currency)
    entry = StatementEntry(
      locator: record.locator, byteOffset: record.byteOffset,
      amount: Money(minorUnits: minor, currency: currency),
      bookedOn: try CODAField.day(record, 116...121, pivot),
      valueOn: try CODAField.day(record, 48...53, pivot))
    sequence = record[3...6]
    detail = record[7...10]
    guard entry.bookedOn != nil || detail != "0000" else {
      throw CODAFault(
        code: "E-DATE", columns: 116...121, found: "no booking day", expected: "a day as DDMMYY")
    }
    code = record[54...61]
    entry.references["bank-code"] = code
    if let text = record.text(11...31) { entry.references["servicer"] = text }
    entry.references["sequence"] = sequence
    isStructured = record[62] == "1"
    communication = record[63...115]
    entry.channel = Self.channel(code, isDebit: minor < 0)
    finishCommunication()
  }

  /// Takes a record that carries this movement's number.
  /// - Returns: False when it belongs to another.
  mutating func add(_ record: FixedRecord) -> Bool {
    guard record[3...6] == sequence else { return false }
    switch (record[1], record[2]) {
    case ("2", "2"):
      guard record[7...10] == detail else { return false }
      communication += record[11...63]
      if let text = record.text(64...98) { entry.references["end-to-end"] = text }
      if let bic = record.text(99...109) { entry.counterparty.agent = bic }
      if let text = record.text(113...117) {
        entry.references["return-reason"] = text
        entry.isReversal = true
      }
      if let text = record.text(118...121) { entry.references["category-purpose"] = text }
      if let text = record.text(122...125) { entry.references["purpose-code"] = text }
    case ("2", "3"):
      guard record[7...10] == detail else { return false }
      counterparty(record)
      communication += record[83...125]
    case ("3", "1"): information.append(record[41...113])
    case ("3", "2"): information.append(record[11...115])
    case ("3", "3"): information.append(record[11...100])
    default: return false
    }
    finishCommunication()
    return true
  }

  private mutating func counterparty(_ record: FixedRecord) {
    entry.counterparty.name = record.text(48...82)
    // 34 columns of account and 3 of currency; a Belgian number stands in front with its currency.
    guard let field = record.text(11...47) else { return }
    let words = field.split(separator: " ").map(String.init)
    let account = words.first ?? field
    let text =
      account.utf8.count == 37 && Currency(iso: account.suffix(3)) != nil
      ? String(account.dropLast(3)) : account
    entry.counterparty.accountText = text
    let iban = AccountNumber.iban(text) ?? NationalAccount.belgian(text)
    entry.counterparty.accountKey =
      iban.map { AccountKey("iban:" + $0) }
      ?? AccountNumber.key(withoutIBAN: text, institution: entry.counterparty.agent)
  }

  /// The purpose from the communication and the information; a structured communication of the types
  /// 101 and 102 is twelve digits whose last two are the first ten modulo 97.
  private mutating func finishCommunication() {
    var text = communication
    if isStructured {
      let type = String(communication.prefix(3))
      let digits = String(communication.dropFirst(3).prefix(12))
      entry.references["communication-type"] = type
      if type == "101" || type == "102", Self.isSound(digits) {
        entry.references["structured"] = digits
        text =
          "+++\(digits.prefix(3))/\(digits.dropFirst(3).prefix(4))/\(digits.suffix(5))+++"
          + communication.dropFirst(15)
      } else if type == "127" {
        // 127: European direct debit, the mandate in the columns behind day, type and creditor.
        let mandate = String(communication.dropFirst(3 + 6 + 1 + 1 + 1 + 35).prefix(35)).trimmed
        if !mandate.isEmpty { entry.references["mandate"] = mandate }
      }
    }
    let all = ([text] + information).map(Self.collapsed).filter { !$0.isEmpty }
    entry.purpose = all.isEmpty ? nil : all.joined(separator: " ")
  }

  /// A part of a booked movement as a record of its own: shown, never added.
  func detail(of movement: CODAMovement?) -> PaymentRecord {
    var record = PaymentRecord(
      locator: entry.locator, byteOffset: entry.byteOffset, kind: .info, recordType: "coda.detail",
      amounts: [StatedAmount(.settled, entry.amount)], executedOn: entry.bookedOn,
      valueOn: entry.valueOn, channel: entry.channel, purpose: entry.purpose,
      references: entry.references)
    record.references["detail"] = detail
    if let parent = movement?.entry {
      record.details["part of"] = parent.locator.text
      record.details["amount of the whole"] = "\(parent.amount)"
    }
    let other = entry.counterparty
    if !other.isEmpty {
      record.parties = [
        PaymentParty(
          .other, name: other.name, accountText: other.accountText, accountKey: other.accountKey,
          institution: other.agent)
      ]
    }
    return record
  }

  static func isSound(_ digits: String) -> Bool {
    guard digits.utf8.count == 12, let base = Int64(digits.prefix(10)),
      let check = Int64(digits.suffix(2))
    else { return false }
    return check == (base % 97 == 0 ? 97 : base % 97)
  }

  private static func collapsed(_ text: String) -> String {
    text.split(separator: " ", omittingEmptySubsequences: true).joined(separator: " ")
  }

  /// Families of the transaction code (Febelfin, CODA annex 2) that name one channel: 01 and 41
  /// transfers, 03 and 43 cheques, 04 with transaction 04 cash machines, 80 fees.
  private static func channel(_ code: String, isDebit: Bool) -> Channel {
    let transaction = code.dropFirst(3).prefix(2)
    switch code.dropFirst().prefix(2) {
    case "01": return .transferDomestic
    case "41": return .transferInternational
    case "03", "43": return .cheque
    case "04": return transaction == "04" && isDebit ? .atmWithdrawal : .unknown
    case "80": return .fee
    default: return .unknown
    }
  }
}
