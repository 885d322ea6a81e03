// The one place where an amount becomes a floating-point number: a spreadsheet cell knows no other.
// Minor units divide once by a power of ten; the nearest double of a decimal of up to 15 digits
// reads back as that decimal (IEEE 754 binary64). Longer amounts stay text.

import CaseModel

extension Money {
  /// The cell value, or nil when the amount has more than 15 digits and must be written as text.
  var cellNumber: Double? {
    guard minorUnits.magnitude < 1_000_000_000_000_000, currency.exponent <= 15 else { return nil }
    return Double(minorUnits) / Double(currency.minorUnitsPerMajor)
  }
}

extension Int {
  /// A count as a cell value.
  var cellNumber: Double { Double(self) }
}

/// Sheet measures that libxlsxwriter wants as floating point; never amounts.
enum SheetMeasure {
  static func width(_ characters: Int) -> Double { Double(characters) }
}
