import CaseModel

/// Why an OFX transaction cannot be used.
struct OFXFault: Error {
  let code: String
  let found: String
  let expected: String
}

/// An amount as OFX files write it: the standard allows point or comma and no groups; a sign with a blank
/// behind it and groups occur.
struct OFXAmount {
  let money: Money
  /// A comma as decimal sign, or a blank inside.
  let isUnusual: Bool

  init(_ text: String, _ currency: Currency) throws(AmountFault) {
    var plain = text.trimmed
    var sign = ""
    if let first = plain.first, first == "+" || first == "-" {
      sign = first == "-" ? "-" : ""
      plain = String(plain.dropFirst())
    }
    let number = plain.trimmed
    let comma = number.lastIndex(of: ",")
    let point = number.lastIndex(of: ".")
    let isComma = comma.map { c in point.map { c > $0 } ?? true } ?? false
    var groups: Set<Unicode.Scalar> = [" "]
    if comma != nil, point != nil { groups.insert(isComma ? "." : ",") }
    let form = AmountForm(
      decimal: isComma ? "," : ".", groups: groups, isFixedByStandard: true)
    money = Money(
      minorUnits: try AmountText(sign + number, form: form, currency: currency).minorUnits,
      currency: currency)
    isUnusual = isComma || plain != number || number.contains(" ")
  }
}

/// `YYYYMMDD[HHMMSS[.XXX]][[offset:zone]]`. The day is taken as written, never shifted by the zone.
struct OFXDay {
  let date: CivilDate
  var timeOfDay: Int32?
  /// As written: `-5:EST`.
  var zone: String?

  init(_ text: String) throws(DateFault) {
    let bytes = Array(text.trimmed.utf8)
    func number(_ range: Range<Int>) -> Int? {
      guard bytes.count >= range.upperBound else { return nil }
      return bytes[range].reduce(Optional(0)) { value, byte in
        guard let value, (0x30...0x39).contains(byte) else { return nil }
        return value * 10 + Int(byte - 0x30)
      }
    }
    guard !bytes.isEmpty else { throw .empty }
    guard let year = number(0..<4), let month = number(4..<6), let day = number(6..<8) else {
      throw .notInForm
    }
    guard let date = CivilDate(year: year, month: month, day: day) else { throw .noSuchDay }
    self.date = date
    if let hour = number(8..<10), let minute = number(10..<12), let second = number(12..<14),
      hour < 24, minute < 60, second < 60
    {
      timeOfDay = Int32(hour * 3600 + minute * 60 + second)
    }
    if let open = text.firstIndex(of: "["), let end = text.firstIndex(of: "]"), open < end {
      zone = String(text[text.index(after: open)..<end])
    }
  }
}
