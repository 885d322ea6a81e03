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

  static func bytes(_ text: String, _ page: [Unicode.Scalar: UInt8]) -> [UInt8] {
    text.unicodeScalars.map { page[$0] ?? UInt8(truncatingIfNeeded: $0.value) }
  }
  static let dos: [Unicode.Scalar: UInt8] = ["ä": 0x84, "ö": 0x94, "ü": 0x81, "é": 0x82]
  static let mac: [Unicode.Scalar: UInt8] = ["ä": 0x8A, "ö": 0x9A, "ü": 0x9F, "é": 0x8E]
  static let windows: [Unicode.Scalar: UInt8] = ["ł": 0xB3, "ą": 0xB9, "’": 0x92, "–": 0x96]

  @Test("A file that is not Windows-1252 is not read as if it were; what fits is named")
  func disproved() {
    func refusal(_ text: String, _ page: [Unicode.Scalar: UInt8]) -> CaseModel.Issue? {
      let result = readStatements(file: Given.file(Self.bytes(text, page)))
      #expect(result.isRefused && result.statements.isEmpty)
      return result.issues.first { $0.code == "E-ENC" }
    }
    let row = "Date,Amount,Currency,Name\n2024-03-01,-1.00,EUR,"
    #expect(refusal(row + "Müller\n", Self.dos)?.expected.contains("IBM850") == true, "undefined")
    #expect(refusal(row + "Müller\n", Self.dos)?.locator.text == "line 2")
    #expect(refusal(row + "Björn\n", Self.dos)?.expected.contains("IBM850") == true, "in a word")
    #expect(refusal(row + "Bäcker\n", Self.mac)?.expected.contains("macintosh") == true)
    #expect(refusal(row + "złoty\n", Self.windows)?.expected.contains("Windows-1250") == true)
    let header = refusal(
      "Datum;Betrag;Währung\n01.03.2024;-1,00;EUR\n13.03.2024;-2,00;EUR\n", Self.mac)
    #expect(header?.expected.contains("encoding: macintosh") == true)
    #expect(header?.expected.contains("IBM850") == false)
  }

  @Test("What Windows-1252 has inside words is no doubt, and a stated encoding is believed")
  func notDisproved() {
    let row = "Date,Amount,Currency,Name\n2024-03-01,-1.00,EUR,"
    let plain = readStatements(
      file: Given.file(Self.bytes(row + "l’été – Müller 5°c\n", Self.windows)))
    #expect(plain.statements.flatMap(\.entries).map(\.counterparty.name) == ["l’été – Müller 5°c"])
    #expect(plain.issues.contains { $0.code == "W-ENC-GUESS" })
    let profile = """
      name: dos
      encoding: cp850
      columns: {booking-date: Date, amount: Amount, currency: Currency, name: Name}
      """
    let stated = readStatements(
      file: Given.file(Self.bytes(row + "Müller\n", Self.dos)),
      options: ReadingOptions(profile: profile))
    #expect(stated.statements.flatMap(\.entries).map(\.counterparty.name) == ["Müller"])
    #expect(TextEncoding(named: "Mac Roman") == .macRoman)
  }

  @Test("UTF-32 is named, with a mark and without")
  func utf32() {
    let text = "Date,Amount,Currency\n2024-03-01,-1.00,EUR\n"
    let little = text.unicodeScalars.flatMap {
      [UInt8(truncatingIfNeeded: $0.value), 0, 0, 0] as [UInt8]
    }
    let big = text.unicodeScalars.flatMap {
      [0, 0, 0, UInt8(truncatingIfNeeded: $0.value)] as [UInt8]
    }
    let marked: [[UInt8]] = [[0xFF, 0xFE, 0, 0] + little, [0, 0, 0xFE, 0xFF] + big]
    for bytes in marked + [little, big] {
      let result = readStatements(file: Given.file(bytes))
      #expect(result.isRefused && result.issues.map(\.code) == ["E-ENC"])
      #expect(result.issues.first?.found.contains("UTF-32") == true)
    }
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
