import CRowScan
import CaseModel
import Testing

@testable import Intake

/// The fast ways over bytes give what the slow ones give.
struct RowScannerTests {
  struct Seeded {
    var state: UInt64
    mutating func next(_ below: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(below))
    }
  }

  static func bytes(_ random: inout Seeded, _ count: Int, from alphabet: [UInt8]) -> [UInt8] {
    (0..<count).map { _ in alphabet[random.next(alphabet.count)] }
  }

  @Test("The marks of 64 bytes are those found byte by byte", arguments: 1...40)
  func marks(seed: Int) {
    var random = Seeded(state: UInt64(seed))
    let text = Self.bytes(&random, 64, from: [0x2C, 10, 13, 0x22, 0x41, 0xFF, 0, 0x7F])
    for quote: UInt8 in [0x22, 0] {
      let fast = crowscan_64(text, 0x2C, quote)
      let slow = crowscan_slow(text, 64, 0x2C, quote)
      #expect(fast.ends == slow.ends && fast.quotes == slow.quotes)
    }
  }

  @Test("The kinds of bytes and the line ends are those found byte by byte", arguments: 1...60)
  func kinds(seed: Int) {
    var random = Seeded(state: UInt64(seed))
    let alphabet: [UInt8] =
      [[0x41, 0x42, 10, 13], [0x41, 10, 13, 13, 9], [0, 1, 10, 0x7F, 0x80], [0xC3, 0xA4, 13]][
        seed % 4]
    let text = Self.bytes(&random, seed * 5, from: alphabet)
    for next: UInt8 in [10, 0x41] {
      let kinds = crowscan_kinds(text, text.count, next)
      var ends = 0
      for (index, byte) in text.enumerated() {
        let after = index + 1 < text.count ? text[index + 1] : next
        if byte == 10 || (byte == 13 && after != 10) { ends += 1 }
      }
      #expect(kinds.line_ends == UInt64(ends))
      #expect((kinds.has_nul != 0) == text.contains(0))
      #expect((kinds.has_control != 0) == text.contains(where: TextTraits.isControl))
      #expect((kinds.has_high != 0) == text.contains { $0 >= 0x80 })
    }
    #expect(Int(crowscan_ascii(text, text.count)) == (text.firstIndex { $0 >= 0x80 } ?? text.count))
  }

  /// A row scanner as RFC 4180 and the deviations say, one byte after the other.
  static func rows(_ text: [UInt8], quote: UInt8) -> [[String]]? {
    var rows: [[String]] = []
    var index = 0
    while index < text.count {
      var row: [String] = []
      while true {
        var field: [UInt8] = []
        if quote != 0, index < text.count, text[index] == quote {
          let open = index
          index += 1
          while true {
            guard index < text.count else { return nil }
            if text[index] == quote {
              guard index + 1 < text.count, text[index + 1] == quote else { break }
              index += 1
            }
            field.append(text[index])
            index += 1
          }
          index += 1
          if index < text.count, ![0x2C, 10, 13].contains(text[index]) {
            while index < text.count, ![0x2C, 10, 13].contains(text[index]) { index += 1 }
            field = Array(text[open..<index])
          }
        } else {
          while index < text.count, ![0x2C, 10, 13].contains(text[index]) {
            field.append(text[index])
            index += 1
          }
        }
        row.append(String(decoding: field, as: UTF8.self))
        guard index < text.count, text[index] == 0x2C else { break }
        index += 1
      }
      if index < text.count {
        if text[index] == 13, index + 1 < text.count, text[index + 1] == 10 { index += 1 }
        index += 1
      }
      rows.append(row)
    }
    return rows
  }

  @Test("Rows of any text are those of a scanner that walks byte by byte", arguments: 1...200)
  func rows(seed: Int) {
    var random = Seeded(state: UInt64(seed))
    let alphabet: [UInt8] =
      seed % 3 == 0 ? [0x2C, 10, 13, 0x22, 0x41] : [0x2C, 10, 13, 0x41, 0x42]
    var text = Self.bytes(&random, 1 + random.next(300), from: alphabet)
    if seed % 5 == 0 { text.insert(0x22, at: random.next(text.count)) }
    for quote: UInt8 in [0x22, 0] {
      let expected = Self.rows(text, quote: quote)
      let found = text.withUnsafeBufferPointer { buffer -> [[String]]? in
        var scanner = RowScanner(buffer, delimiter: 0x2C, quote: quote, columnsMax: 1024)
        var rows: [[String]] = []
        while true {
          guard let more = try? scanner.next() else { return nil }
          guard more else { return rows }
          rows.append(
            scanner.fields.indices.map { index in
              let field = scanner.fields[index]
              guard field.hasQuotes else {
                return String(decoding: buffer[field.start..<field.end], as: UTF8.self)
              }
              let isWhole =
                buffer[field.start] == quote && buffer[field.end - 1] != quote
                || scanner.hasStrayQuote
              return isWhole
                ? String(decoding: buffer[field.start..<field.end], as: UTF8.self)
                : scanner.string(index) ?? ""
            })
        }
      }
      // Fields after which text follows their closing quote are kept raw; those with doubled quotes are not.
      if expected == nil || found == nil {
        #expect((expected == nil) == (found == nil), "seed \(seed)")
      } else if !text.contains(0x22) {
        #expect(found == expected, "seed \(seed)")
      } else {
        #expect(found?.map(\.count) == expected?.map(\.count), "seed \(seed)")
      }
    }
  }

  @Test("Amounts read from bytes are those that the general reader reads", arguments: 1...50)
  func amounts(seed: Int) throws {
    var random = Seeded(state: UInt64(seed))
    let forms = [
      AmountForm(decimal: "."), AmountForm(decimal: ","), AmountForm(decimal: nil),
      AmountForm(decimal: ".", groups: ["'"], signs: []), .swift, .xml,
    ]
    var read = 0
    for _ in 0..<400 {
      let text = Self.bytes(
        &random, 1 + random.next(14), from: Array("0123456789012345678901234567.,,.'- +".utf8))
      let form = forms[random.next(forms.count)]
      for currency in [Currency(iso: "EUR"), Currency(iso: "JPY")].compactMap({ $0 }) {
        let fast = text.withUnsafeBufferPointer {
          AmountBytes(form).read($0, exponent: currency.exponent)
        }
        guard let fast else { continue }
        read += 1
        let shown = String(decoding: text, as: UTF8.self)
        let slow = try? AmountText(" " + shown + " ", form: form, currency: currency)
        #expect(slow?.minorUnits == fast.minorUnits, "\(shown) in \(form)")
        #expect(slow?.sign == fast.sign, "\(shown) in \(form)")
      }
    }
    #expect(read > 20)
  }

  @Test("Days read from bytes are those that the general reader reads")
  func days() throws {
    var random = Seeded(state: 7)
    for form in ValueShapes.forms {
      guard let fast = DateBytes(form) else { continue }
      for _ in 0..<300 {
        let text = form.pattern
          .replacing("%Y", with: "\(1990 + random.next(60))")
          .replacing("%m", with: "\(random.next(2))\(random.next(10))")
          .replacing("%d", with: "\(random.next(4))\(random.next(10))")
        let slow = try? form.read(text, pivot: CenturyPivot(latestYear: 2068))
        let bytes = Array(text.utf8)
        #expect(
          bytes.withUnsafeBufferPointer { fast.read($0) } == slow?.date.dayNumber,
          "\(text) as \(form.pattern)")
      }
    }
  }
}
