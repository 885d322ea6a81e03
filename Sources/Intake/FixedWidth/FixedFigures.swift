import CaseModel

/// Figures as fixed-width records write them: digits without a decimal sign, days without separators.
enum FixedFigures {
  /// Digits counting units of 10^-decimals, in the currency's minor units. Nothing is rounded.
  static func minorUnits(
    _ digits: String, decimals: Int, _ currency: Currency
  ) throws(AmountFault) -> Int64 {
    let form = AmountForm(
      decimal: nil, groups: [], signs: [], isFixedByStandard: true, impliedDecimals: decimals)
    guard !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
      throw .notANumber
    }
    return try AmountText(digits, form: form, currency: currency).minorUnits
  }

  static let dayMonthYear = DateForm("%d%m%y")
  static let yearMonthDay = DateForm("%y%m%d")

  /// A day by one of the two forms; nil when the columns are blank or zero.
  static func day(
    _ text: String, _ form: DateForm?, _ pivot: CenturyPivot
  ) throws(DateFault) -> CivilDate? {
    guard text.contains(where: { $0 != " " && $0 != "0" }) else { return nil }
    guard let form else { throw .notInForm }
    return try form.read(text, pivot: pivot).date
  }
}
