import CaseModel

/// Looks for what disproves that a text without a stated encoding is Windows-1252.
///
/// Three signs: a byte that Windows-1252 leaves undefined; a column name that is known in another code page
/// only; a character inside a word that no word of Windows-1252 has there (`M„rz`, `BjŠrn`, `z³oty`). Which
/// code page is right the operator says: between two that fit nothing in the file decides.
enum EncodingGuess {
  /// Code pages that are named when they fit. The ISO ones have no letters where these differ most.
  private static let others: [TextEncoding] = [
    .dos850, .macRoman, .windows1250, .windows1251, .windows1257,
  ]

  /// - Parameter header: gives the row of names of a text.
  /// - Throws: `FileRefusal` with `E-ENC`, which names the code pages that fit.
  /// - Complexity: O(*n*) in the bytes; nothing for a text whose encoding was not guessed.
  static func check(
    _ text: DecodedText, of file: InputFile, header: (DecodedText) -> [String]
  ) throws {
    guard text.isGuessed else { return }
    let signs = file.withBytes { Signs($0, passed: file.passed) }
    file.passed(0)
    let fitting = others.filter(signs.fits)
    let known = ProfileDetection.knownNames(header(text))
    let head = file.withBytes { Array($0.prefix(64 << 10)) }
    let counts = fitting.map { encoding in
      let read = try? DecodedText(head, name: file.name, fallback: encoding)
      return read.map { ProfileDetection.knownNames(header($0)) } ?? 0
    }
    let best = counts.max() ?? 0
    let better = zip(fitting, counts).filter { $0.1 == best && best > known }.map(\.0)
    if let sign = signs.undefined ?? signs.inWord {
      throw refusal(
        file, line: sign.line,
        found: "byte 0x\(String(sign.byte, radix: 16, uppercase: true)), which "
          + (signs.undefined == nil
            ? "in Windows-1252 is no letter of a word, and stands inside one"
            : "Windows-1252 does not define") + "; no encoding is stated",
        better.isEmpty ? fitting : better)
    }
    guard !better.isEmpty else { return }
    throw refusal(
      file, line: 1, found: "column names that Windows-1252 does not give; no encoding is stated",
      better)
  }

  private static func refusal(
    _ file: InputFile, line: Int, found: String, _ fitting: [TextEncoding]
  ) -> FileRefusal {
    let names = fitting.map(\.rawValue).joined(separator: " or ")
    return FileRefusal([
      Issue(
        .error, "E-ENC", file: file.name, at: .line(line), found: found,
        expected: "a profile that states encoding:"
          + (names.isEmpty ? ", or the file in UTF-8" : " \(names); compare a printed name"))
    ])
  }

  /// What the bytes of the file say.
  private struct Signs {
    struct Sign {
      let byte: UInt8
      let line: Int
    }
    private(set) var undefined: Sign?
    private(set) var inWord: Sign?
    private var isPresent = [Bool](repeating: false, count: 128)
    private var isInWord = [Bool](repeating: false, count: 128)

    /// - Parameter passed: told now and then how far the pass has come.
    init(_ raw: UnsafeBufferPointer<UInt8>, passed: (Int) -> Void) {
      for (index, byte) in raw.enumerated() {
        if index & 0xFF_FFFF == 0 { passed(index) }
        guard byte >= 0x80 else { continue }
        let place = Int(byte) - 0x80
        isPresent[place] = true
        if CodePage.windows1252[place] == 0, undefined == nil {
          undefined = Sign(byte: byte, line: Self.line(raw, index))
        }
        guard EncodingGuess.isOddInWord[place], !isInWord[place] || inWord == nil,
          index > 0, index + 1 < raw.count, Self.isSmall(raw[index - 1] | 0x20),
          Self.isSmall(raw[index + 1])
        else { continue }
        isInWord[place] = true
        if inWord == nil { inWord = Sign(byte: byte, line: Self.line(raw, index)) }
      }
    }

    /// Whether a code page defines every byte and has small letters where words need them.
    func fits(_ encoding: TextEncoding) -> Bool {
      guard let upper = encoding.upperHalf else { return false }
      return upper.indices.allSatisfy { place in
        guard isPresent[place] else { return true }
        guard let scalar = Unicode.Scalar(upper[place]), upper[place] > 0 else { return false }
        return !isInWord[place] || scalar.properties.isLowercase
      }
    }

    private static func isSmall(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte) }

    private static func line(_ raw: UnsafeBufferPointer<UInt8>, _ offset: Int) -> Int {
      1 + TextTraits.lineEnds(UnsafeBufferPointer(rebasing: raw[..<offset]), next: raw[offset])
    }
  }

  /// Bytes 0x80 to 0xFF that no text in Windows-1252 has between a letter and a small letter: signs, and capitals.
  /// Not among them: dashes, apostrophes, dots, accents, degrees, and spaces, which stand there rightly.
  private static let isOddInWord: [Bool] = {
    let rightly: Set<UInt16> = [
      0x2026, 0x2018, 0x2019, 0x2013, 0x2014, 0x00A0, 0x00A8, 0x00AA, 0x00AB, 0x00AD, 0x00AF,
      0x00B0,
      0x00B2, 0x00B4, 0x00B7, 0x00BA, 0x00BB, 0x00D7, 0x00F7,
    ]
    let capitals: Set<UInt16> = [0x0160, 0x0152, 0x017D, 0x0178]
    return CodePage.windows1252.map { value in
      guard let scalar = Unicode.Scalar(value), !rightly.contains(value) else { return false }
      return value == 0 || capitals.contains(value) || !scalar.properties.isAlphabetic
    }
  }()
}
