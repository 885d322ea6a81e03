import CaseModel
import Foundation
import Testing

@testable import Intake

@Suite("Check digits of identifiers")
struct CheckDigitsTests {
  static func isValid(_ scheme: String, _ number: String) -> Bool? {
    switch scheme {
    case "lei": CheckDigits.isLEI(number)
    case "isin": CheckDigits.isISIN(number)
    case "imo": CheckDigits.isIMO(number)
    case "cpf": CheckDigits.isCPF(number)
    case "cnpj": CheckDigits.isCNPJ(number)
    case "pesel": CheckDigits.isPESEL(number)
    case "bsn": CheckDigits.isBSN(number)
    case "es-nif": CheckDigits.isSpanishNIF(number)
    case "pt-nif": CheckDigits.isPortugueseNIF(number)
    default: nil
    }
  }

  @Test("Invented and mutated numbers are judged as another library judged them")
  func agreesWithAnotherLibrary() throws {
    let url = StatementSamplesTests.folder.appending(path: "check-digits.txt")
    var judged = 0
    for line in try String(contentsOf: url, encoding: .utf8).split(separator: "\n")
    where !line.hasPrefix("#") {
      let parts = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      try #require(parts.count == 3)
      #expect(Self.isValid(parts[0], parts[1]) == (parts[2] == "true"), "\(line)")
      judged += 1
    }
    #expect(judged > 200)
  }

  @Test("Vehicle numbers: the standard's own example, its form, and what North America adds")
  func vehicles() {
    #expect(CheckDigits.hasVINCheckDigit("1M8GDM9AXKP042788"))
    #expect(CheckDigits.hasVINCheckDigit("11111111111111111"))
    #expect(!CheckDigits.hasVINCheckDigit("1M8GDM9A1KP042788"))
    #expect(CheckDigits.isVINForm("WVWZZZ1JZXW000001"))
    #expect(!CheckDigits.isVINForm("WVWZZZ1JZXW00000O"))
    #expect(!CheckDigits.isVINForm("1M8GDM9AXKP04278"))
  }

  @Test("Separators of the country are left out, other text is none")
  func separators() {
    #expect(CheckDigits.isCPF("390.533.447-05") && CheckDigits.isCNPJ("16.727.230/0001-97"))
    #expect(CheckDigits.isCNPJ("12.ABC.345/01DE-35"))
    #expect(CheckDigits.isIMO("IMO 9074729") && !CheckDigits.isIMO("IMO 9074728"))
    for text in ["", "abc", "１２３", "00000000000", "39053344705 "] {
      for scheme in ["lei", "isin", "imo", "cpf", "cnpj", "pesel", "bsn", "es-nif", "pt-nif"] {
        #expect(Self.isValid(scheme, text) == false, "\(scheme) \(text)")
      }
    }
    #expect(AccountNumber.isBIC("DEUTDEFF") && !AccountNumber.isBIC("DEUTDEF"))
  }
}
