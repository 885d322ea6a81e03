import Testing

@testable import Intake

@Suite("JSON, strictly")
struct JSONParserTests {
  func parse(_ text: String) throws -> JSONValue { try parse(Array(text.utf8)) }

  func parse(_ bytes: [UInt8]) throws -> JSONValue {
    try bytes.withUnsafeBufferPointer { buffer in
      var parser = JSONParser(buffer)
      let value = try parser.value()
      parser.skipSpace()
      guard parser.isAtEnd else { throw parser.fault("text behind the value") }
      return value
    }
  }

  @Test("Numbers keep their text")
  func numbersKeepTheirText() throws {
    for text in ["0", "-0", "12.50", "1e400", "92233720368547758079.000000000000000001", "-1E+2"] {
      #expect(try parse(text) == .number(text))
    }
  }

  @Test("Escapes are resolved and order is kept")
  func escapesAndOrder() throws {
    let value = try parse(#"{"b":"\"\\\/\b\f\n\r\té\uD83D\uDE00","a":[true,false,null,[],{}]}"#)
    #expect(value.members?.map(\.name) == ["b", "a"])
    #expect(value["b"]?.string == "\"\\/\u{8}\u{C}\n\r\té😀")
    #expect(value["a"] == .array([.bool(true), .bool(false), .null, .array([]), .object([])]))
  }

  @Test(
    "What RFC 8259 does not allow is a fault",
    arguments: [
      "", " ", "{", "[1,]", "{\"a\":1,}", "{a:1}", "01", "+1", ".5", "1.", "1e", "NaN", "'a'",
      "\"a\nb\"", "\"\\x\"", "\"\\ud800\"", "\"\\ud800\\u0041\"", "\"\\u12\"", "tru", "[1 2]",
      "{} {}",
      "{\"a\" 1}", "\"a", "nul", "-", "[", "\u{FEFF}1",
    ])
  func faults(_ text: String) {
    #expect(throws: JSONFault.self) { try parse(text) }
  }

  @Test("Bytes that are no UTF-8 are a fault of the encoding")
  func notUTF8() {
    #expect { try parse([0x22, 0xE9, 0x22]) } throws: { ($0 as? JSONFault)?.code == "E-ENC" }
  }

  @Test(
    "Five hundred and twelve levels are read, one more is not, a hundred thousand cost no stack")
  func depth() throws {
    func nested(_ count: Int) -> String {
      String(repeating: "[", count: count) + String(repeating: "]", count: count)
    }
    _ = try parse(nested(512))
    for count in [513, 100_000] {
      #expect { try parse(nested(count)) } throws: {
        ($0 as? JSONFault)?.code == "E-JSON-DEPTH" && ($0 as? JSONFault)?.offset == 512
      }
    }
  }

  @Test("A field above the limit is a fault that names it")
  func size() {
    let text = "\"" + String(repeating: "x", count: (1 << 20) + 1) + "\""
    #expect { try parse(text) } throws: { ($0 as? JSONFault)?.code == "E-SIZE" }
  }
}
