import CaseModel

/// A text encoding that bank files use. UTF-8 first; the rest only when stated or announced.
public enum TextEncoding: String, Sendable, Codable, CaseIterable {
  case utf8 = "UTF-8"
  case utf16LittleEndian = "UTF-16LE"
  case utf16BigEndian = "UTF-16BE"
  case latin1 = "ISO-8859-1"
  case latin2 = "ISO-8859-2"
  case latin9 = "ISO-8859-15"
  case windows1250 = "Windows-1250"
  case windows1251 = "Windows-1251"
  case windows1252 = "Windows-1252"
  case windows1257 = "Windows-1257"
  case dos850 = "IBM850"
  case macRoman = "macintosh"

  /// The encoding that a profile or a declaration names, in the spellings met in files; nil when the
  /// name is not known. ASCII is read as UTF-8, of which it is a part.
  public init?(named name: some StringProtocol) {
    var plain = ""
    for scalar in name.lowercased().unicodeScalars
    where scalar != "-" && scalar != "_" && scalar != " " {
      plain.unicodeScalars.append(scalar)
    }
    switch plain {
    case "utf8", "utf8sig", "ascii", "usascii": self = .utf8
    case "utf16", "utf16le", "ucs2": self = .utf16LittleEndian
    case "utf16be": self = .utf16BigEndian
    case "latin1", "iso88591", "88591", "l1": self = .latin1
    case "latin2", "iso88592": self = .latin2
    case "latin9", "iso885915": self = .latin9
    case "cp1250", "windows1250", "1250": self = .windows1250
    case "cp1251", "windows1251", "1251": self = .windows1251
    case "cp1252", "windows1252", "1252", "ansi": self = .windows1252
    case "cp1257", "windows1257", "1257": self = .windows1257
    case "cp850", "ibm850", "850": self = .dos850
    case "macintosh", "macroman", "xmacroman", "mac": self = .macRoman
    default: return nil
    }
  }

  /// The upper half of a single-byte code page; nil for the Unicode encodings. Latin-1 is its own map.
  var upperHalf: [UInt16]? {
    switch self {
    case .utf8, .utf16LittleEndian, .utf16BigEndian: nil
    case .latin1: (0x80...0xFF).map { UInt16($0) }
    case .latin2: CodePage.latin2
    case .latin9: CodePage.latin9
    case .windows1250: CodePage.windows1250
    case .windows1251: CodePage.windows1251
    case .windows1252: CodePage.windows1252
    case .windows1257: CodePage.windows1257
    case .dos850: CodePage.dos850
    case .macRoman: CodePage.macRoman
    }
  }
}
