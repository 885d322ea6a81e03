import CaseModel
import Testing

@testable import Intake

struct AccountNumberTests {
  @Test("Valid IBANs are accepted in any spacing and case, others never become one")
  func iban() {
    #expect(AccountNumber.iban("de89 3704 0044 0532 0130 00") == "DE89370400440532013000")
    #expect(AccountNumber.iban("GB29NWBK60161331926819") != nil)
    #expect(AccountNumber.iban("FR1420041010050500013M02606") != nil)
    #expect(AccountNumber.iban("DE89370400440532013001") == nil)
    #expect(AccountNumber.ibanFault("DE89370400440532013001") == .checksum)
    #expect(AccountNumber.ibanFault("XX00123") == .country)
    #expect(AccountNumber.ibanFault("DE8937040044053201300") == .length)
  }

  @Test("An account's key names its institution unless it is an IBAN")
  func keys() {
    #expect(AccountNumber.key("DE89 3704 0044 0532 0130 00").text == "iban:DE89370400440532013000")
    #expect(AccountNumber.key("37040044/0532013000").text == "local:37040044/532013000")
    #expect(
      AccountNumber.key("00123456", bankCode: "00-00-01", scheme: "GB-SORT").text
        == "local:GB-SORT/000001/123456")
    #expect(
      AccountNumber.key("12-34", institution: "Example Bank").text == "stated:example-bank/1234")
    #expect(AccountNumber.key("1234").text == "stated:unknown/1234")
  }

  @Test("The bank code and number inside an IBAN are those of older formats")
  func national() {
    let parts = AccountNumber.national(ofIBAN: "DE89370400440532013000")
    #expect(parts?.bank == "37040044")
    #expect(parts?.number == "532013000")
  }

  @Test("BICs have eight or eleven characters, eight mean the head office")
  func bic() {
    #expect(AccountNumber.isBIC("DEUTDEFF"))
    #expect(AccountNumber.longBIC("DEUTDEFF") == "DEUTDEFFXXX")
    #expect(!AccountNumber.isBIC("DEUT1EFF"))
    #expect(!AccountNumber.isBIC("DEUTDEFFX"))
  }
}
