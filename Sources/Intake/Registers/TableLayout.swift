import CaseModel

/// How the text of a table is cut into rows and values: what registers and production sets share.
struct TableLayout: Sendable {
  var delimiter: UInt8 = 0x2C
  /// 0 when the layout has no quotes.
  var quote: UInt8 = 0x22
  var encoding: TextEncoding?
  var dates: [DateForm] = [.iso]
  var decimal: Unicode.Scalar? = "."
  var impliedDecimals = 0
  var currency: Currency?
  /// Words that mean "no value".
  var nullWords: Set<String> = []

  var amountForm: AmountForm {
    AmountForm(decimal: decimal, groups: [], impliedDecimals: impliedDecimals)
  }

  /// A day in the first form that fits.
  func day(_ text: String, pivot: CenturyPivot) throws(DateFault) -> CivilDate {
    var fault = DateFault.notInForm
    for form in dates {
      do throws(DateFault) { return try form.read(text, pivot: pivot).date } catch { fault = error }
    }
    throw fault
  }

  /// Unsigned or signed amount text in the layout's form. Digits without a decimal sign count minor units
  /// when the layout says so; with one, they are read as written.
  func amount(_ text: String, in currency: Currency) throws(AmountFault) -> Money {
    var form = amountForm
    if impliedDecimals > 0, let decimal, text.unicodeScalars.contains(decimal) {
      form.impliedDecimals = 0
    }
    let read = try AmountText(text, form: form, currency: currency)
    return Money(minorUnits: read.minorUnits, currency: currency)
  }
}

/// One row of a table: texts by column name.
struct TableRow {
  let locator: Locator
  let columns: [String: Int]
  let fields: [String?]
  let raw: String

  subscript(name: String) -> String? {
    guard let index = columns[name], index < fields.count else { return nil }
    return fields[index]
  }
}
