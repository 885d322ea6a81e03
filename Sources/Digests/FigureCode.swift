import CaseModel

extension Figure {
  /// The figure's own number: `F-` and twelve hexadecimal digits of the SHA-256 over what it says
  /// and rests on. Equal figures have equal codes in every store and on every machine.
  ///
  /// Each part goes in with its length in bytes, so no text can pass for two. Row numbers of a
  /// store are left out. Twelve digits are 48 bits: among 100,000 figures two would share a code
  /// about once in 56,000 matters, and the annex that lists them would show both.
  public var code: FigureCode {
    var text = ""
    func add(_ part: String) { text += "\(part.utf8.count):\(part)\n" }
    add("figure/1")
    add(String(amount.minorUnits))
    add(amount.currency.code)
    add(String(amount.currency.exponent))
    add(label)
    add(derivation)
    for source in sources {
      add(source.file.hex)
      add(source.label)
      add(source.locator.text)
    }
    return FigureCode("F-" + ContentHash(of: text).hex.prefix(12))
  }
}
