extension CheckDigits {
  /// Whether a number of a scheme passes; nil for a scheme that has no check digits, or none known here.
  ///
  /// Schemes: `lei`, `isin`, `imo`, `br-cpf`, `br-cnpj`, `pl-pesel`, `nl-bsn`, `pt-nif`, `es-nif`. Separators
  /// are not read. The same number under another scheme says nothing.
  public static func verdict(_ scheme: String, _ number: String) -> Bool? {
    let plain = String(number.uppercased().filter { $0.isLetter || $0.isNumber })
    switch scheme {
    case "lei": return isLEI(plain)
    case "isin": return isISIN(plain)
    case "imo": return isIMO(plain)
    case "br-cpf": return isCPF(plain)
    case "br-cnpj": return isCNPJ(plain)
    case "pl-pesel": return isPESEL(plain)
    case "nl-bsn": return isBSN(plain)
    case "pt-nif": return isPortugueseNIF(plain)
    case "es-nif": return isSpanishNIF(plain)
    default: return nil
    }
  }
}
