import Foundation

/// What is compared of a name: its words in plain Latin letters, without title, particle and legal form,
/// sorted. For matching only; the name itself is always kept as it was written (formats.md §7.2).
///
/// Unicode NFKC, transliteration to Latin and removal of marks are ICU's (`Any-Latin; Latin-ASCII`), by
/// way of Foundation. Another release of ICU may transliterate otherwise, so keys are recomputed, never evidence.
public struct NameKey: Hashable, Sendable {
  /// The words that identify, sorted bytewise; a word that comes twice stays twice.
  public let words: [String]
  /// The legal form's code, when the name carries one (`llc`, `ag` …).
  public let legalForm: String?
  /// What makes the writing itself suspicious.
  public let flags: [Flag]

  public enum Flag: String, Hashable, Sendable, Codable, CaseIterable {
    /// One word mixes scripts: `Ѕtаmp` with Cyrillic letters looks like `Stamp` and is not.
    case mixedScripts = "mixed scripts in one word"
    /// Characters that turn the direction of writing, or that nobody sees.
    case hiddenCharacters = "hidden or direction-changing characters"
  }

  /// The key as one text: `kuznecov vladimir`. Empty when nothing of the name identifies.
  public var text: String { words.joined(separator: " ") }

  /// - Parameter isOrganisation: legal forms are looked for, titles and particles are not dropped.
  /// - Complexity: O(*n*) in the letters, times the number of legal forms for an organisation.
  public init(_ name: String, isOrganisation: Bool) {
    self.init(name, isOrganisation: isOrganisation, words: .standard)
  }

  init(_ name: String, isOrganisation: Bool, words list: NameWords) {
    var flags: [Flag] = []
    if Self.mixesScripts(name) { flags.append(.mixedScripts) }
    let visible = String(
      String.UnicodeScalarView(name.unicodeScalars.filter { !Self.isHidden($0) }))
    if visible.unicodeScalars.count != name.unicodeScalars.count { flags.append(.hiddenCharacters) }
    var tokens = Self.tokens(visible)
    var form: String?
    if isOrganisation {
      for (spelling, code) in list.forms {
        guard let range = Self.range(of: spelling, in: tokens), spelling.count < tokens.count
        else { continue }
        tokens.removeSubrange(range)
        // "Holding GmbH" is a GmbH: the first found is the longest, a group word adds nothing.
        if form == nil || form == "company" { form = code }
      }
    } else {
      let kept = tokens.filter { !list.titles.contains($0) && !list.particles.contains($0) }
      // A name that is nothing but such words ("Ben Don") keeps them all.
      if kept.count >= min(2, tokens.count) { tokens = kept }
    }
    self.words = tokens.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    legalForm = form
    self.flags = flags
  }

  /// Words in lower-case Latin letters and digits; apostrophes join, everything else separates.
  static func tokens(_ name: String) -> [String] {
    let wide = name.precomposedStringWithCompatibilityMapping
    let latin =
      wide.applyingTransform(StringTransform("Any-Latin; Latin-ASCII; Lower"), reverse: false)
      ?? wide.lowercased()
    var tokens: [String] = []
    var word = ""
    for scalar in latin.unicodeScalars {
      switch scalar {
      case "a"..."z", "0"..."9": word.unicodeScalars.append(scalar)
      case "'", "`", "\u{02B9}", "\u{02BF}", "\u{02BE}": continue
      default:
        if scalar.properties.isAlphabetic {
          word.unicodeScalars.append(scalar)
        } else if !word.isEmpty {
          tokens.append(word)
          word = ""
        }
      }
    }
    if !word.isEmpty { tokens.append(word) }
    return tokens
  }

  /// Where a form stands: at the end first, then at the beginning; inside a name it is part of it.
  private static func range(of spelling: [String], in tokens: [String]) -> Range<Int>? {
    guard tokens.count >= spelling.count, !spelling.isEmpty else { return nil }
    if Array(tokens.suffix(spelling.count)) == spelling {
      return (tokens.count - spelling.count)..<tokens.count
    }
    return tokens.starts(with: spelling) ? 0..<spelling.count : nil
  }

  private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x2069, 0xFEFF, 0x00AD: true
    default: false
    }
  }

  /// A word with letters of two of Latin, Greek and Cyrillic, which look alike.
  private static func mixesScripts(_ name: String) -> Bool {
    for word in name.split(whereSeparator: { !$0.isLetter }) {
      var seen: Set<Int> = []
      for scalar in word.unicodeScalars {
        switch scalar.value {
        case 0x41...0x5A, 0x61...0x7A, 0xC0...0x24F, 0x1E00...0x1EFF: seen.insert(0)
        case 0x370...0x3FF, 0x1F00...0x1FFF: seen.insert(1)
        case 0x400...0x52F: seen.insert(2)
        default: continue
        }
      }
      if seen.count > 1 { return true }
    }
    return false
  }
}
