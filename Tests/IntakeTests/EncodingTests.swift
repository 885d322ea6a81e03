import CaseModel
import Testing

@testable import Intake

struct EncodingTests {
  static func text(_ bytes: [UInt8], fallback: TextEncoding? = nil) throws -> (String, DecodedText)
  {
    let decoded = try DecodedText(of: Given.file(bytes), fallback: fallback)
    return (String(decoding: decoded.bytes, as: UTF8.self), decoded)
  }

  @Test("A byte order mark wins and does not become text")
  func marks() throws {
    #expect(try Self.text([0xEF, 0xBB, 0xBF, 0x41]).0 == "A")
    #expect(try Self.text([0xFF, 0xFE, 0x41, 0, 0x3D, 0xD8, 0x00, 0xDE]).0 == "A😀")
    #expect(try Self.text([0xFE, 0xFF, 0, 0x41, 0x20, 0xAC]).0 == "A€")
  }

  @Test("Code pages are read when stated, and Windows-1252 is said to be a guess")
  func codePages() throws {
    #expect(try Self.text([0xE8], fallback: .windows1250).0 == "č")
    #expect(try Self.text([0xE0], fallback: .windows1257).0 == "ą")
    #expect(try Self.text([0xA4], fallback: .latin9).0 == "€")
    let (text, decoded) = try Self.text([0x41, 0xFC, 0x80])
    #expect(text == "Aü€")
    #expect(decoded.isGuessed && decoded.firstGuessed == 1)
  }

  @Test("Bytes that do not decode are marked, never replaced")
  func undecodable() throws {
    let (text, decoded) = try Self.text([0xC3, 0xA9, 0x0A, 0xE9, 0x41])
    #expect(text == "é\n\\xE9A")
    #expect(decoded.undecodable == [3])
    #expect(decoded.line(at: 3) == 2)
    let (undefined, marks) = try Self.text([0x81, 0xFC])
    #expect(undefined == "\\x81ü")
    #expect(marks.undecodable == [0])
  }

  @Test("Overlong forms and surrogates are no UTF-8")
  func strict() {
    #expect(!UTF8Check.isValid([0xC0, 0xAF]))
    #expect(!UTF8Check.isValid([0xED, 0xA0, 0x80]))
    #expect(!UTF8Check.isValid([0xF5, 0x80, 0x80, 0x80]))
    #expect(UTF8Check.isValid(Array("plain ASCII and ünïcödé €😀".utf8)))
  }
}

extension UTF8Check {
  static func isValid(_ bytes: [UInt8]) -> Bool {
    bytes.withUnsafeBufferPointer { firstInvalid($0) == nil }
  }
}
